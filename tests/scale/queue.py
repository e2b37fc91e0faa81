#!/usr/bin/env python3
"""The queue on a real PostgreSQL server: a frontier that grows on the way, a
worker that is killed, a server that is killed, one budget for all, rows that
somebody else wrote. TAP on standard output; not part of `make check`, see
`make scale-queue`."""
import hashlib
import json
import os
import random
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "../cli")]
import _tap  # noqa: E402
from _feeds import Site  # noqa: E402
from _postgres import Postgres  # noqa: E402

FORGE = "forge.example/acme/"
N = 64
RATE = 20     # requests a second, of all workers together
HELD = 3      # seconds that a refusal asks for
HOSTS = [b"huawei.com", b"intel.com", b"nokia.com", b"gmail.com", b"x.example"]
SCAN = ["scan", "-q", "--as-of=2026-01-01", "-o", "json"]


def address(name):
    return "https://" + FORGE + name


def clone(name):
    digest = hashlib.sha256(address(name).encode()).hexdigest()[:32]
    return f"out/clones/{digest}.git"


def make(root, name, needs, commits=6, seed=0):
    """A repository that says which others are built into it."""
    rng, stream = random.Random(seed), b""
    text = "".join(f"FetchContent_Declare({n} GIT_REPOSITORY {address(n)} "
                   "GIT_TAG v1)\n" for n in needs).encode()
    for i in range(commits):
        files = {f"f{i % 7}.c": b"".join(b"%d\n" % rng.randrange(99)
                                         for _ in range(30))}
        if not i:
            files["CMakeLists.txt"] = text + b"\n"
        stream += _tap.commit(i + 1, b"A", b"u%d@%s" % (i % 5,
                                                        rng.choice(HOSTS)),
                              b"%d +0000" % (1600000000 + i * 86400), files,
                              i or None)
    _tap.repository(os.path.join(root, FORGE, name), stream)


class Queue(Site):
    """A site with repositories, a database and workers."""

    def __init__(self, folder, db, rate=f"{RATE}/s", extra=""):
        super().__init__(folder)
        self.db, self.root = db, os.path.join(folder, "served")
        os.makedirs(self.root)
        self.server.state["git"] = self.root
        text = self.server.configuration("tries = 1", "max-wait = 1s")
        text = text.replace("tries = 2\n", "")
        head, _, tail = text.partition("[feed git]\n")
        tail = tail.replace("rate = 1000/s", "rate = " + rate, 1).replace(
            "enabled = no", "enabled = yes", 1)
        # of the others only deps.dev is asked
        parts = ("[feed git]\n" + tail).split("[feed ")
        parts = head.split("[feed ") + parts[1:]
        text = parts[0] + "".join(
            "[feed " + p + ("" if p.startswith(("git]", "depsdev]"))
                            else "enabled = no\n"
                            if "enabled" not in p and "licence" not in p
                            else "") for p in parts[1:])
        with open(f"{folder}/config", "w", encoding="utf-8") as f:
            f.write(text + extra)
        db.ask("DROP SCHEMA IF EXISTS ranwhence CASCADE")
        self.workers = []

    def run(self, *words):
        return _tap.run("queue", *words, cwd=self.folder, env=self.db.env)

    def start(self, *words, store="store.db"):
        p = subprocess.Popen(
            [_tap.RANWHENCE, "queue", "work", "--out=out", "--lease=4s",
             "--config=config", "--store", store, *words], cwd=self.folder,
            env=dict(os.environ, **self.db.env), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.workers.append(p)
        return p

    def __exit__(self, *all_of_it):
        for p in self.workers:
            p.kill()
            p.communicate()
        super().__exit__(*all_of_it)

    def done(self, kind="fetch"):
        return int(self.db.ask("SELECT count(*) FROM ranwhence.item WHERE "
                               f"state = 'done' AND kind = '{kind}'")[0][0])

    def wait(self, n, kind="fetch"):
        end = time.monotonic() + 60
        while self.done(kind) < n and time.monotonic() < end:
            time.sleep(0.05)

    def bodies(self, kind):
        return sorted(b for b, in self.db.ask(
            "SELECT body FROM ranwhence.item WHERE "
            f"kind = '{kind}'"))

    def times(self):
        """When each request came, and whether it was refused."""
        return [(t, r) for t, r in self.server.requests
                if r.target.startswith("/git/")]

    def reports(self, names):
        """The report of the parts, and that of one machine, which made its
        clones by itself."""
        paths = sorted(clone(n) for n in names)
        p = _tap.run(*SCAN, "--parts=out/parts", *paths, cwd=self.folder)
        one = os.path.join(self.folder, "one")
        os.makedirs(os.path.join(one, "out/clones"))
        for n in names:
            to = os.path.join(one, clone(n))
            subprocess.run(["git", "clone", "-q", "--bare", os.path.join(
                self.root, FORGE, n), to], check=True)
            subprocess.run(["git", "config", "remote.origin.url",
                            address(n)], cwd=to, check=True)
        q = _tap.run(*SCAN, *paths, cwd=one)
        return (p.returncode, p.stdout), (q.returncode, q.stdout)


def names_of(n):
    return [f"r{i:02}" for i in range(n)]


def frontier(root):
    """A tree of dependencies with links across, and a heavy tail."""
    names = names_of(N)
    for i, name in enumerate(names):
        needs = [names[k] for k in (2 * i + 1, 2 * i + 2, i // 3) if k < N]
        make(root, name, needs, 300 if i == 9 else 3 + i % 5, i)
    return names


def most_in(times, seconds):
    """The most of them in any time of this length."""
    return max(sum(t <= u < t + seconds for u in times) for t in times)


def a_frontier_survives_two_kills(folder):
    with Postgres() as db, Queue(folder, db) as s:
        names = frontier(s.root)
        codes = [s.run("init", "--depth=9").returncode,
                 s.run("add", address("r00") + ".git").returncode]
        s.server.fault("/git/" + FORGE + "r05/info", "retry_after", HELD, 1)
        one, two = s.start(store="one.db"), s.start(store="two.db")
        s.wait(10)
        one.kill()
        s.wait(25)
        s.db.stop()
        stopped = time.monotonic()
        time.sleep(2)
        s.db.start()
        started = time.monotonic()
        out, err = two.communicate(timeout=120)
        codes += [two.returncode, s.run("add", address("r00")).returncode]
        found = [] if codes == [0, 0, 0, 0] else [
            f"{codes} {err.decode()[-800:]}"]
        if s.bodies("fetch") != [address(n) for n in names]:
            found.append(f"fetched: {s.bodies('fetch')}")
        parts = os.listdir(os.path.join(folder, "out/parts"))
        if len(parts) != N or s.done("count") != N:
            found.append(f"{len(parts)} parts, {s.done('count')} counted")
        got, want = s.reports(names)
        if got != want or len(json.loads(want[1])["digests"]) != N:
            found.append(f"another report: {got[0]} {want[0]}")
        times = [t for t, _ in s.times()]
        if most_in(times, 2) > 2 * RATE + 3:
            found.append(f"{most_in(times, 2)} requests in 2 s")
        # those that were on their way may still come
        refused = [t for t, r in s.times()
                   if r.target.startswith("/git/" + FORGE + "r05/info")][0]
        after = [t for t in times if refused + 0.3 < t < refused + HELD - 0.1]
        if after:
            found.append(f"{len(after)} requests after a refusal")
        calls = int(db.ask("SELECT sum(calls) FROM ranwhence.budget")[0][0])
        if not len(times) <= calls <= len(times) + 4:
            found.append(f"{calls} drawn, {len(times)} asked")
        away = [t for t in times if stopped + 0.3 < t < started]
        if away:
            found.append(f"{len(away)} requests without leave")
        twice = out.count(b"taken over") + sum(
            int(n) > 1 for n, in db.ask("SELECT attempts FROM ranwhence.item"))
        print(f"# {len(times)} requests, {max(times) - min(times):.1f} s, at "
              f"most {most_in(times, 1)} in a second; {twice} taken over; "
              f"{len(parts)} parts")
        return found


_tap.main([a_frontier_survives_two_kills])
