#!/usr/bin/env python3
"""One call at a time fails: memory, open, read, write, sync, rename, map. What
the program then says must be what it says without the fault, byte for byte, or
a coded error, or exit status 4 with a message: never a crash, never a hang,
and never other figures under the same exit status, without a word. A report
that was written all the same holds the bounds of the whole one.

`make check` tries a sample; `make faults N=20000` as many as that, of each
class its share. TAP on standard output; skipped with sanitizers, which do not
bear with another malloc."""
import argparse
import concurrent.futures
import errno
import gzip
import json
import mmap
import os
import random
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../cli"))
import _feeds  # noqa: E402
import _tap  # noqa: E402

CLASSES = ["alloc", "open", "read", "write", "sync", "rename", "map"]
ERRNOS = {"alloc": [errno.ENOMEM],
          "open": [errno.EIO, errno.EMFILE, errno.EACCES],
          "read": [errno.EIO, errno.EINTR, 0],
          "write": [errno.ENOSPC, errno.EIO, errno.EINTR, 0],
          "sync": [errno.EIO, errno.ENOSPC], "rename": [errno.EIO],
          "map": [errno.ENOMEM]}
INJECT = os.path.join(os.path.dirname(os.path.abspath(_tap.RANWHENCE)),
                      "tests/faults/inject.so")
CODE = re.compile(rb"RW\d{4}")
FIXTURES = os.path.join(_tap.SRCDIR, "fixtures")
TIME = 20
FAILED = (2, 3, 4, 5, 75)  # 75: of shards, to be tried again
TOLD = {b"RW1414", b"RW1416"}


def history(path, message=b"x"):
    """A bare repository with what the walk can meet: renames, merges, notes,
    co-authors, a .mailmap, seats, several files."""
    stream = b""
    for i in range(40):
        host = [b"nokia.com", b"huawei.com", b"gmail.com", b"x.example"][i % 4]
        files = {f"src/f{i % 7}.c": b"".join(
            b"line %d %d\n" % (k, i * k % 11) for k in range(30))}
        if i == 0:
            files |= {"go.mod": b"module example.com/x\n"
                      b"require github.com/a/b v1.0.0\n",
                      "INFO.yaml": b"project: x\ncommitters:\n"
                      b"  - {name: A, email: a@zte.com.cn, company: ZTE}\n",
                      ".mailmap": b"B <u1@nokia.com> <u2@gmail.com>\n"}
        stream += _tap.commit(i + 1, b"U", b"u%d@%s" % (i, host),
                              b"%d +0000" % (1600000000 + i * 864000), files,
                              i or None, b"x\n\nCo-authored-by: C <c@intel.com>"
                              if i % 5 == 1 else message)
    _tap.repository(path, stream)


class Scenario:
    """Arguments of the program, run in a copy of a folder; afterwards its
    standard output, these files (of a folder all) and what `look` finds are
    what it has said.  What asks others asks the clock, too."""

    def __init__(self, name, prepare, arguments, files=(), look=None):
        self.name, self.prepare, self.look = name, prepare, look
        self.arguments, self.files = arguments, files


def prepare_scan(folder):
    history(os.path.join(folder, "r"))


def prepare_boms(folder):
    shutil.copytree(os.path.join(FIXTURES, "demo"), os.path.join(folder, "in"))
    with open(os.path.join(FIXTURES, "demo/near-rt-ric.cdx.json"), "rb") as f:
        text = f.read()
    with open(os.path.join(folder, "in/ric.json.gz"), "wb") as f:
        f.write(gzip.compress(text, mtime=0))


def prepare_store(folder):
    with _feeds.Site(folder) as site:
        site.update("--feed", "gleif", "--feed", "csl", "--feed", "fcc")
    os.remove(os.path.join(folder, "config"))
    p = _tap.run("store", "--store", "store.db", "export", "all.rws",
                 cwd=folder)
    if p.returncode:
        raise RuntimeError(p.stderr)


OPENPGP = os.path.join(FIXTURES, "openpgp")
MADE_BY = ["rsa", "ed25519", "subkey", "forged", "past-the-end", "revoked",
           "of-another", "sha1"]


def prepare_signed(folder):
    """A commit for each of the fixtures, sound and not, and one on them."""
    def git(*arguments, data=None):
        return subprocess.run(["git", "-C", path, *arguments], check=True,
                              input=data, capture_output=True
                              ).stdout.decode().strip()

    path, names = os.path.join(folder, "r"), []
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", path],
                   check=True)
    tree = git("hash-object", "-w", "-t", "tree", "--stdin", data=b"")
    for name in MADE_BY:
        with open(os.path.join(OPENPGP, name + ".commit"), "rb") as f:
            names.append(git("hash-object", "-w", "-t", "commit",
                             "--literally", "--stdin", data=f.read()))
    head = f"tree {tree}\n" + "".join(f"parent {n}\n" for n in names)
    who = " A <a@one.test> 1700000000 +0000\n"
    git("update-ref", "refs/heads/main", git(
        "hash-object", "-w", "-t", "commit", "--stdin", data=(
            f"{head}author{who}committer{who}\nx\n").encode()))
    shutil.copy(os.path.join(OPENPGP, "keys.asc"), folder)


def prepare_links(folder):
    history(os.path.join(folder, "r"), b"x\n\nSigned-off-by: U <u@zte.com.cn>")


def prepare_ages(folder):
    """Two editions, of which a policy leaves out one."""
    with _feeds.Site(folder) as site:
        site.update("--feed", "gleif", "--feed", "csl")
    os.remove(os.path.join(folder, "config"))
    with sqlite3.connect(os.path.join(folder, "store.db")) as db:
        for feed, day in (("gleif", "2025-12-20"), ("csl", "2025-01-01")):
            db.execute("UPDATE edition SET fetched = strftime('%s', ?) WHERE "
                       "id = (SELECT edition FROM feed WHERE name = ?)",
                       (day, feed))
            db.execute("UPDATE feed SET checked_at = strftime('%s', ?) WHERE "
                       "name = ?", (day, feed))
    with open(os.path.join(folder, "p.yaml"), "w", encoding="utf-8") as f:
        f.write("""policy: 1
name: p
title: T
text: {title: T, date: 2026, source: none, status: own}
concern: {jurisdictions: [CN], rungs: [established, controlled]}
evidence: {max-age: 100}
weights: {axes: {supply: 1}}
rules:
  - {id: R1, title: T, clause: C, confirmed: true, kind: exposure, limit: 10%,
     severity: low}
""")
    with open(os.path.join(folder, "bom.json"), "w", encoding="utf-8") as f:
        json.dump({"bomFormat": "CycloneDX", "specVersion": "1.5",
                   "components": [{"type": "library", "name": n,
                                   "supplier": {"name": n}} for n in (
                       "Huawei Technologies Co., Ltd.", "Nokia Oyj",
                       "ZTE Corporation", "x")]}, f)


SITES = []  # as long as the scenarios run


def prepare_update(folder):
    site = _feeds.Site(folder)
    SITES.append(site.__enter__())
    site.update("--feed", "csl")
    os.remove(site.store)


def edition(folder):
    """What an update left to be read."""
    path = os.path.join(folder, "store.db")
    if not os.path.exists(path):
        return b""
    with sqlite3.connect(path) as db:
        try:
            return repr(db.execute(
                "SELECT kind, subject, object, value, \"from\", \"to\" FROM "
                "fact JOIN feed ON fact.edition = feed.edition WHERE "
                "feed.name = 'csl' ORDER BY 1, 2, 3, 4, 5, 6").fetchall()
                ).encode()
        except sqlite3.DatabaseError as e:
            return b"" if "no such table" in str(e) else repr(e).encode()


def prepare_plan(folder):
    for name in ("r", "q"):
        history(os.path.join(folder, name))
    subprocess.run(["git", "-C", os.path.join(folder, "q"), "config",
                    "remote.origin.url", "https://example.com/q"], check=True)
    p = _tap.run("shards", "plan", "-q", "-p", "default", "--shards=1",
                 "--store=/dev/null/x", "r", "q", cwd=folder)
    with open(os.path.join(folder, "plan.json"), "wb") as f:
        f.write(p.stdout)


def prepare_parts(folder):
    prepare_plan(folder)
    p = _tap.run("shards", "run", "-q", "--index=0", "--out=a",
                 "--store=/dev/null/x", "plan.json", cwd=folder)
    if p.returncode:
        raise RuntimeError(p.stderr)
    names = sorted(os.listdir(os.path.join(folder, "a")))
    os.mkdir(os.path.join(folder, "b"))
    os.rename(os.path.join(folder, "a", names[0]),
              os.path.join(folder, "b", names[0]))


DATE = "--as-of=2026-01-01"
SCENARIOS = [
    Scenario("scan a repository", prepare_scan,
             ["scan", "-q", DATE, "--store=s/s.db", "-o", "json=out.json",
              "-o", "text", "r"], ["out.json"]),
    Scenario("scan bills of materials", prepare_boms,
             ["scan", "-q", DATE, "-o", "json=out.json", "-o",
              "html=out.html", "-o", "cyclonedx=out.cdx", "in/stack.yaml",
              "in/ric.json.gz"], ["out.json", "out.html", "out.cdx"]),
    Scenario("count a history", prepare_scan,
             ["history", "-q", "--threads=1", "--no-cache", "--json",
              "--axis=commits,churn,surviving,review,stewardship", "r"]),
    Scenario("import a store", prepare_store,
             ["store", "-q", "--store=new.db", "import", "all.rws"]),
    Scenario("export a store", prepare_store,
             ["store", "-q", "--store=store.db", "export", "out.rws"],
             ["out.rws"]),
    Scenario("look up an entity", prepare_store,
             ["entity", "--store=store.db", DATE, "--json", "huawei.com"]),
    Scenario("verify signatures", prepare_signed,
             ["history", "-q", "--threads=1", "--no-cache", "--json",
              "--author-keys=keys.asc", "r"]),
    Scenario("leave out what is old", prepare_ages,
             ["scan", "-q", DATE, "--store=store.db", "--policy=p.yaml",
              "-o", "json=out.json", "bom.json"], ["out.json"]),
    Scenario("count links", prepare_links,
             ["history", "-q", "--threads=1", "--no-cache",
              "--axis=commits,churn,surviving,review,stewardship", "r"]),
    Scenario("run a plan", prepare_plan,
             ["shards", "run", "-q", "--index=0", "--out=a", "--threads=1",
              "--store=none.db", "plan.json"], ["a"]),
    Scenario("merge parts", prepare_parts,
             ["shards", "merge", "--out=m", "a", "b"], ["m"]),
    Scenario("update a feed", prepare_update,
             ["update", "--config=config", "--store=store.db", "--feed=csl"],
             [], edition),
]


class Outcome:
    def __init__(self, status, out, err, files, counts):
        self.status, self.out, self.err = status, out, err
        self.files, self.counts = files, counts

    def same_words(self, other):
        return self.out == other.out and self.files == other.files


def named(folder, names):
    """Those of these files that are there; of a folder its files."""
    for name in names:
        path = os.path.join(folder, name)
        if os.path.isdir(path):
            yield from (f"{name}/{n}" for n in sorted(os.listdir(path))
                        if not n.startswith(".ranwhence-"))
        elif os.path.exists(path):
            yield name


def run(scenario, base, fault=None, clock=0):
    """The program in a fresh copy of base, with (class, nth, errno, on)."""
    folder = tempfile.mkdtemp(prefix="rw-fault-")
    try:
        shutil.copytree(base, folder, dirs_exist_ok=True, symlinks=True)
        with tempfile.TemporaryFile() as shared:
            shared.truncate(mmap.PAGESIZE)
            env = dict(os.environ, LD_PRELOAD=INJECT,
                       FAULT_FD=str(shared.fileno()), FAULT_CLOCK=str(clock),
                       HOME=folder, RANWHENCE_STORE=folder + "/none.db")
            if fault:
                env |= dict(zip(("FAULT_CLASS", "FAULT_NTH", "FAULT_ERRNO",
                                 "FAULT_ON"), map(str, fault)))
            try:
                p = subprocess.run(
                    [_tap.RANWHENCE, *scenario.arguments], cwd=folder, env=env,
                    stdin=subprocess.DEVNULL, capture_output=True,
                    timeout=TIME, pass_fds=[shared.fileno()])
            except subprocess.TimeoutExpired:
                return Outcome("hang", b"", b"", {}, {})
            shared.seek(0)
            numbers = struct.unpack("8Q", shared.read(64))
        files = {}
        for name in named(folder, scenario.files):
            with open(os.path.join(folder, name), "rb") as f:
                files[name] = f.read()
        if scenario.look:
            files["what is there"] = scenario.look(folder)
        return Outcome(p.returncode, p.stdout, p.stderr, files,
                       dict(zip(CLASSES + ["fired"], numbers)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def bounds(outcome):
    """Of each policy in the report its influence, or None."""
    text = outcome.files.get("out.json")
    if not text:
        return None
    try:
        report = json.loads(text)
    except ValueError:
        return "broken"
    return [(v["policy"], v["headline"])
            for v in report.get("verdicts", [])]


def hold(part, whole):
    """Whether a report on less is no cleaner than the whole one. What is
    proven is a share of what was read, so that the lower bound may rise."""
    return len(part) == len(whole) and all(
        not (a and b) or a["high_bp"] >= b["high_bp"]
        for (_, a), (_, b) in zip(part, whole))


def accused(outcome):
    """What is said of signatures that do not hold: {what: how many}."""
    said = outcome.err + outcome.out
    return {what: int(n) for told in re.findall(rb"that do not hold: ([^\"\[]+)",
                                                said)
            for n, what in re.findall(rb"(\d+) ([a-z ]+)", told)}


def judge(got, good):
    """What is wrong with this outcome of a fault, or None."""
    for what, n in accused(got).items():
        if n > accused(good).get(what, 0):
            return f"accuses: {n} {what}"
    if got.status == "hang":
        return "hangs"
    if got.status < 0:
        return f"killed by {-got.status}: {got.err[-200:]!r}"
    known = set(CODE.findall(good.err + good.out +
                             b"".join(good.files.values())))
    for name, text in got.files.items():
        told = set(CODE.findall(text)) - known
        # a part tells whoever reads it what is missing in it
        if told and name.endswith(".part") or told & TOLD:
            continue
        if name not in good.files or (text != good.files[name] and
                                      got.status not in FAILED):
            return f"{name} differs, status {got.status}"
    if got.same_words(good) and got.status == good.status:
        return None
    said = set(CODE.findall(got.err + got.out + b"".join(got.files.values())))
    # lines that are nobody's, and seats of the past, are told and no failure
    if got.status == good.status and (said - known) & TOLD:
        return None
    if got.status == good.status and any(n.endswith(".part") for n in
                                         got.files) and said - known:
        return None
    if got.status not in FAILED:
        return f"other words, status {got.status}: {got.err[-300:]!r}"
    if not said - known and not (
            got.status in (4, 75) and got.err or b"cannot be read" in got.err):
        return f"no code, status {got.status}: {got.err[-300:]!r}"
    part, whole = bounds(got), bounds(good)
    if part == "broken":
        return "the report is broken"
    if part and whole and not hold(part, whole):
        return f"bounds {part} do not hold {whole}"
    return None


def faults(counts, n, rng):
    """n faults, spread over the classes and over the calls of each."""
    classes = [c for c in CLASSES if counts[c]]
    out = []
    for c in classes:
        share = max(1, n // 2 if c == "alloc" else n // (2 * len(classes)))
        calls = range(1, counts[c] + 1)
        picked = calls if share >= len(calls) else rng.sample(calls, share)
        for k, nth in enumerate(sorted(picked)):
            number = ERRNOS[c][k % len(ERRNOS[c])]
            # what is full stays full
            on = number in (errno.ENOSPC, errno.EMFILE) or (
                c == "alloc" and k % 3 == 2)
            out.append((c, nth, number, int(on)))
    return out


def sweep(scenario, n, seed, show):
    base = tempfile.mkdtemp(prefix="rw-fault-base-")
    found, done, same = [], 0, 0
    try:
        scenario.prepare(base)
        good = run(scenario, base)
        again = run(scenario, base)
        if good.status not in (0, 1, 3) or not good.same_words(again):
            return [f"without a fault: {good.status} {good.err!r}"], 0, 0
        todo = faults(good.counts, n, random.Random(seed))
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for fault, got in zip(todo, pool.map(
                    lambda f: run(scenario, base, f), todo)):
                wrong = judge(got, good)
                # nothing can be written any more, on standard error either
                if wrong and fault[0] == "write" and fault[3] and \
                        got.status in FAILED and not got.err:
                    wrong = None
                done += got.status == "hang" or got.counts["fired"] > 0
                same += not wrong and got.status == good.status
                if wrong:
                    found.append(f"{fault}: {wrong}")
                    if show:
                        print("#", scenario.name, found[-1], flush=True)
    finally:
        shutil.rmtree(base, ignore_errors=True)
    return found, done, same


def clocks(scenario):
    """Ten years before and after: the same bytes, since a day is given."""
    base = tempfile.mkdtemp(prefix="rw-fault-base-")
    try:
        scenario.prepare(base)
        good = run(scenario, base)
        return [f"{years} years: {got.status} {got.err[-200:]!r}"
                for years in (-10, 10)
                for got in [run(scenario, base, clock=years * 31557600)]
                if got.status != good.status or not got.same_words(good)]
    finally:
        shutil.rmtree(base, ignore_errors=True)


def sanitized():
    with open(_tap.RANWHENCE, "rb") as f:
        return b"__asan_init" in f.read()


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--n", type=int, default=180)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--only", default="")
    p.add_argument("--show", action="store_true")
    a = p.parse_args()
    chosen = [s for s in SCENARIOS if a.only in s.name]
    print(f"1..{2 * len(chosen)}")
    number = total = 0
    for s in chosen:
        for what in ("fails softly", "asks no clock"):
            number += 1
            if sanitized():
                print(f"ok {number} - {s.name} # skip sanitizers")
                continue
            if what == "asks no clock":
                found = [] if s.look else clocks(s)
            else:
                found, done, same = sweep(s, a.n // len(chosen), a.seed,
                                          a.show)
                total += done
                if not done:
                    found.append("no fault was met")
                print(f"# {s.name}: {done} faults, {same} without effect")
            print(f"{'not ok' if found else 'ok'} {number} - {s.name} {what}")
            for line in found[:8]:
                print("#", line)
    print(f"# {total} faults in all")


if __name__ == "__main__":
    main()
