#!/usr/bin/env python3
"""How long a scan of 10^3 to 10^5 repositories takes on 1 to 256 workers, and
what it costs: by the costs of histories that were measured (costs.csv), not
by running anything. Deterministic.

    simulate.py [--price=0.05] [--seed=1] [--failures=0.01] [--svg=FILE]

costs.csv: one clone a row, the time of a processor for all four axes with one
thread (2026-11-26, 2 shared virtual processors, Zen 4, warm page cache)."""
import argparse
import csv
import heapq
import math
import os
import random

SIZES = (10 ** 3, 10 ** 4, 10 ** 5)
WORKERS = (1, 4, 16, 64, 256)
SHARDS_MOST, SLICES_MOST, LEAST = 4096, 48, 10.0  # seconds
# Beyond what was measured: so many of 10,000 cost so many times as much
TAIL = ((1, 1000), (9, 100), (90, 10))
# Of an uncut history: what every slice does anew, what is shared, joining
SLICE, SHARED, JOIN = 0.11, 0.97, 0.18
START = 2.0    # seconds until an engine has started a task
AGAIN = 60.0   # until it starts one again whose worker died


def estimate(row):
    """Seconds, as scanner/cli/shard.c has them."""
    objects, size = int(row["objects"]), int(row["bytes"])
    return (30 + objects // 1500 + objects // 77 + size // 100000) / 1000


def measured():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                        "costs.csv")
    with open(path, encoding="utf-8") as f:
        return [(int(r["milliseconds"]) / 1000, estimate(r))
                for r in csv.DictReader(f)]


def draw(n, seed):
    """Costs and estimates of n repositories."""
    rng, known, times = random.Random(seed), measured(), []
    for of, by in TAIL:
        times += [by] * of
    times += [1] * (10000 - len(times))
    ret = []
    for _ in range(n):
        (cost, guess), by = rng.choice(known), rng.choice(times)
        ret.append((cost * by, guess * by))
    return ret


def cut(units, shards):
    """The same in slices where the plan makes some; the last one joins."""
    most, ret = max(sum(g for _, g in units) / shards, LEAST), []
    for cost, guess in units:
        k = min(math.ceil(guess / most), SLICES_MOST)
        if k < 2:
            ret.append((cost, guess))
            continue
        ret += [(cost * (SLICE + SHARED / k), guess / k)] * (k - 1)
        ret.append((cost * (SLICE + SHARED / k + JOIN), guess / k))
    return ret


def pack(units, shards):
    """The costs of each shard: the costliest first, where there is least."""
    loads, ret = [(0.0, i) for i in range(shards)], [[] for _ in range(shards)]
    for cost, guess in sorted(units, key=lambda u: -u[1]):
        load, at = loads[0]
        heapq.heapreplace(loads, (load + guess, at))
        ret[at].append(cost)
    return ret


def task(costs, rng, failures):
    """Seconds of a task, and of waiting: a worker that dies takes with it the
    unit that it was at, and the task starts again."""
    busy, waits = START, 0.0
    for cost in costs:
        while rng.random() < 1 - math.exp(-failures * cost / 3600):
            busy += cost * rng.random() + START
            waits += AGAIN
        busy += cost
    return busy, waits


def run(units, workers, seed, failures):
    """Hours until all is done, and hours of workers."""
    shards = min(SHARDS_MOST, len(units), 8 * workers)
    rng, free, total = random.Random(seed), [0.0] * workers, 0.0
    for costs in sorted(pack(units, shards), key=sum, reverse=True):
        busy, waits = task(costs, rng, failures)
        heapq.heapreplace(free, free[0] + busy + waits)
        total += busy
    return max(free) / 3600, total / 3600


def simulate(o):
    ret = []
    for n in SIZES:
        units = draw(n, o.seed)
        for workers in WORKERS:
            shards = min(SHARDS_MOST, n, 8 * workers)
            whole = run(units, workers, o.seed, o.failures)
            slices = run(cut(units, shards), workers, o.seed, o.failures)
            ret.append((n, workers, whole, slices))
    return ret


def table(rows, price):
    out = ["| repositories | workers | uncut: hours | worker-hours | money | "
           "in slices: hours | worker-hours | money |",
           "|---|---|---|---|---|---|---|---|"]
    for n, workers, (hours, work), (cut_hours, cut_work) in rows:
        out.append(f"| {n:,} | {workers} | {hours:.2f} | {work:.1f} | "
                   f"{work * price:.2f} | {cut_hours:.2f} | {cut_work:.1f} | "
                   f"{cut_work * price:.2f} |")
    return "\n".join(out) + "\n"


# --- the plot ---------------------------------------------------------------

LEFT, TOP, WIDTH, HEIGHT = 70, 20, 420, 280
COLOURS = ("#2f6f9f", "#b0562d", "#3c7d4e")


def x_of(workers):
    return LEFT + WIDTH * math.log(workers) / math.log(WORKERS[-1])


def y_of(hours):
    """0.01 to 1000 hours."""
    return TOP + HEIGHT * (3 - math.log10(hours)) / 5


def line(points, colour, dash):
    at = " ".join(f"{x_of(w):.1f},{y_of(h):.1f}" for w, h in points)
    return (f'<polyline points="{at}" fill="none" stroke="{colour}" '
            f'stroke-width="2"{dash}/>')


def text(x, y, words, more=""):
    return f'<text x="{x:.1f}" y="{y:.1f}"{more}>{words}</text>'


def svg(rows):
    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 350" '
           'font-family="sans-serif" font-size="12" fill="#333">',
           "<title>Hours by workers, simulated</title>",
           '<rect width="640" height="350" fill="#fff"/>']
    for power in range(-2, 4):
        y = y_of(10 ** power)
        out.append(f'<path d="M{LEFT} {y:.1f}h{WIDTH}" stroke="#ddd"/>')
        out.append(text(LEFT - 8, y + 4, f"{10 ** power:g} h",
                        ' text-anchor="end"'))
    for workers in WORKERS:
        out.append(text(x_of(workers), TOP + HEIGHT + 18, workers,
                        ' text-anchor="middle"'))
    out.append(text(LEFT + WIDTH / 2, TOP + HEIGHT + 38, "workers",
                    ' text-anchor="middle"'))
    for n, colour in zip(SIZES, COLOURS):
        of = [r for r in rows if r[0] == n]
        out.append(line([(r[1], r[2][0]) for r in of], colour,
                        ' stroke-dasharray="5 4"'))
        out.append(line([(r[1], r[3][0]) for r in of], colour, ""))
        out.append(text(LEFT + WIDTH + 10, y_of(of[-1][3][0]) + 4,
                        f"{n:,} in slices", f' fill="{colour}"'))
    out.append(text(LEFT + WIDTH + 10, TOP + HEIGHT + 18, "dashed: uncut"))
    return "\n".join(out) + "\n</svg>\n"


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--price", type=float, default=0.05)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--failures", type=float, default=0.01)
    p.add_argument("--svg")
    o = p.parse_args()
    rows = simulate(o)
    print(table(rows, o.price), end="")
    if o.svg:
        with open(o.svg, "w", encoding="utf-8") as f:
            f.write(svg(rows))


if __name__ == "__main__":
    main()
