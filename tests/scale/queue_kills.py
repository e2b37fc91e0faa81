#!/usr/bin/env python3
"""The queue on a real PostgreSQL server: a frontier that grows on the way, a
worker that is killed, a server that is killed, one budget for all, rows that
somebody else wrote. TAP on standard output; not part of `make check`, see
`make scale-queue`."""
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "../cli")]
import _tap  # noqa: E402
from _feeds import Site, sbom  # noqa: E402
from _postgres import Postgres, binaries  # noqa: E402

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


def make(root, name, needs, commits=6, seed=0, where=FORGE):
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
    _tap.repository(os.path.join(root, where, name), stream)


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
        # r09 has the most commits: it alone is cut
        cut = ["--split=40"]
        one = s.start(*cut, store="one.db")
        two = s.start(*cut, store="two.db")
        s.wait(10)
        one.kill()
        one.wait()
        orphans = int(db.ask("SELECT count(*) FROM ranwhence.item WHERE state "
                             f"= 'leased' AND owner LIKE '%-{one.pid}-%'"
                             )[0][0])
        s.wait(25)
        s.db.stop()
        stopped = time.monotonic()
        time.sleep(2)
        s.db.start()
        started = time.monotonic()
        _, err = two.communicate(timeout=120)
        codes += [two.returncode, s.run("add", address("r00")).returncode]
        found = [] if codes == [0, 0, 0, 0] else [
            f"{codes} {err.decode()[-800:]}"]
        if s.bodies("fetch") != [address(n) for n in names]:
            found.append(f"fetched: {s.bodies('fetch')}")
        parts = os.listdir(os.path.join(folder, "out/parts"))
        # slices, and the part that whoever saw the last of them made
        counted = s.done("count")
        if not N < counted < len(parts):
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
        if not orphans:
            found.append("the worker was killed while it did nothing")
        print(f"# {len(times)} requests, {max(times) - min(times):.1f} s, at "
              f"most {most_in(times, 1)} in a second; {orphans} items of the "
              f"killed worker; {len(parts)} parts")
        return found


def small(s, *edges):
    """Repositories, each with what it needs: "a:b c"."""
    for edge in edges:
        name, _, needs = edge.partition(":")
        make(s.root, name, needs.split(), 2, len(name))


def states(s):
    return {b.split("/")[-1] if k == "fetch" else b: (t, int(d), e)
            for k, b, t, d, e in s.db.ask(
                "SELECT kind, split_part(body, E'\\t', 1), state, depth, "
                "error FROM ranwhence.item WHERE kind <> 'count'")}


def work(s, *words, **options):
    p = s.start(*words, **options)
    out, err = p.communicate(timeout=60)
    return p.returncode, out.decode() + err.decode()


def depth_and_number_are_bounded(folder):
    """a -> b -> c -> d -> e, and a2 -> c: found again nearer, it is read
    again."""
    with Postgres() as db, Queue(folder, db, rate="1000/s") as s:
        small(s, "a:b", "b:c", "c:d", "d:e", "e:", "a2:c")
        s.run("init", "--depth=2")
        s.run("add", address("a"))
        found = []
        code, text = work(s)
        if code or set(states(s)) != set("abc"):
            found.append(f"{code} {text} {states(s)}")
        p = s.run("status")
        if p.returncode or b"not followed" not in p.stdout:
            found.append(str(p))
        s.run("add", address("a2"))
        code, text = work(s)
        depths = {n: d for n, (_, d, _) in states(s).items()}
        if code or depths != {"a": 0, "a2": 0, "b": 1, "c": 1, "d": 2}:
            found.append(f"{code} {text} {depths}")
        s.run("init", "--depth=9", "--most=5")
        code, text = work(s)
        p = s.run("status")
        if code != 3 or "RW1901" not in text or p.returncode != 3 or \
                b"left out" not in p.stdout or "e" in states(s):
            found.append(f"{code} {text} {p} {states(s)}")
        if s.run("add", address("e")).returncode != 3:
            found.append("one too many is not told")
        s.server.clear()
        s.run("init", "--most=6")
        code, text = work(s)
        if code or states(s)["e"] != ("done", 3, "") or s.done("count") != 6:
            found.append(f"{code} {text} {states(s)}")
        if len(s.asked("/git/")) != 2:
            found.append("what was fetched is fetched again")
        return found


def what_fails_is_tried_and_given_up(folder):
    with Postgres() as db, Queue(folder, db, rate="1000/s") as s:
        small(s, "a:b gone", "b:", "bad:")
        s.server.fault("/git/" + FORGE + "b/info", "status", 500, 2)
        s.run("init")
        s.run("add", address("a"), address("bad"))
        # what somebody else wrote, who can write to the database
        rows = [("'" + "1" * 64 + "'", "fetch", "file:///etc/passwd"),
                ("'" + "2" * 64 + "'", "fetch", address("b")),
                ("'" + "3" * 64 + "'", "count", "{}"),
                ("'" + "4" * 64 + "'", "package", "x")]
        for key, kind, body in rows:
            db.ask("INSERT INTO ranwhence.item (key, kind, body, depth, "
                   f"attempts) VALUES ({key}, '{kind}', '{body}', 0, 4)")
        code, text = work(s, "--lease=1s")
        after, found = states(s), []
        if code != 3 or "RW2012" not in text or text.count("RW2013") < 3:
            found.append(f"{code} {text}")
        if after["a"][0] != "done" or after["b"][0] != "done" or \
                after["gone"][0] != "dead" or \
                not after["gone"][2].startswith("RW2003"):
            found.append(str(after))
        dead = {k: e for k, e in db.ask(
            "SELECT key, error FROM ranwhence.item WHERE state = 'dead'")}
        if len(dead) != 5 or any(not e.startswith("RW") for e in
                                 dead.values()):
            found.append(str(dead))
        p = s.run("status")
        if p.returncode != 3 or b"gone" not in p.stdout:
            found.append(str(p))
        small(s, "gone:")
        s.run("add", address("gone"))
        code, text = work(s)
        if states(s)["gone"][0] != "done" or s.done("count") != 4:
            found.append(f"{code} {text} {states(s)}")
        return found


def packages_lead_to_repositories(folder):
    """By way of deps.dev; a service that fails is not "no source"."""
    with Postgres() as db, Queue(folder, db, rate="1000/s") as s:
        make(s.root, "ric-plt-e2", [], where="github.com/o-ran-sc")
        target = sbom(folder, ["pkg:pypi/e2-tools@1.0", "pkg:npm/none@1.0.0"])
        s.server.fault("/depsdev/", "status", 500, 1)
        s.run("init")
        p = s.run("add", target)
        code, text = work(s, "--lease=1s")
        found = [] if code == 0 and p.returncode == 0 else [f"{code} {text}"]
        ends = states(s)
        if set(ends) != {"ric-plt-e2", "pkg:pypi/e2-tools", "pkg:npm/none"} \
                or any(e[0] != "done" for e in ends.values()) or \
                s.done("count") != 1:
            found.append(str(ends))
        if "RW2003" not in text or len(s.asked("/depsdev/")) != 3:
            found.append(f"{text} {len(s.asked('/depsdev/'))} requests")
        # nothing that another one did is asked again
        s.server.clear()
        s.run("add", target)
        code, text = work(s, store="other.db")
        if code or s.asked("/"):
            found.append(f"{code} {text} {len(s.asked('/'))} requests")
        return found


def a_budget_is_one_for_all(folder):
    """At most n in any window, whoever draws."""
    del folder
    with Postgres() as db:
        p = _tap.run("queue", "init", env=db.env)
        draw = "SELECT count(*) FROM generate_series(1, 40) g, LATERAL " \
            "(SELECT ranwhence.draw({}, {}, {}, {}, {} + 0 * g) w) d " \
            "WHERE w = 0"
        found = [] if p.returncode == 0 else [str(p)]
        for n, window, most in ((10, 3600, 5), (1, 3600, 1), (3, 3600, 1),
                                (0, 0, 40)):
            got = int(db.ask(draw.format(f"'s{n}'", "''", 0, n,
                                         window * 1000000))[0][0])
            if got != most:
                found.append(f"{n} in {window} s: {got}")
        wait = int(db.ask("SELECT ranwhence.draw('s10', '', 0, 10, "
                          "3600000000)")[0][0])
        if not 3500e6 / 5 < wait <= 3600e6 / 5 + 2:
            found.append(f"wait {wait}")
        db.ask("SELECT ranwhence.draw('a', '', 0, 0, 0), "
               "ranwhence.hold('a', '', 5000000)")
        waits = [int(db.ask(f"SELECT ranwhence.draw('{s}', '{t}', 0, 0, 0)"
                            )[0][0]) for s, t in (("a", ""), ("a", "t"),
                                                  ("b", ""))]
        if not 3e6 < waits[0] <= 5e6 or waits[1:] != [0, 0]:
            found.append(str(waits))
        # the most that came within any half of a second of four at once
        sql = "DO $$ BEGIN FOR i IN 1..60 LOOP INSERT INTO log SELECT " \
            "clock_timestamp() WHERE ranwhence.draw('x', '', 20000, 0, 0) " \
            "= 0; COMMIT; PERFORM pg_sleep(0.01); END LOOP; END $$"
        db.ask("CREATE TABLE log (t timestamptz)")
        psql = [os.path.join(binaries(), "psql"),
                "-X", "-q", "-c", sql]
        some = [subprocess.Popen(psql, env=dict(os.environ, **db.env))
                for _ in range(4)]
        codes = [q.wait() for q in some]
        worst = float(db.ask("SELECT min(d) FROM (SELECT extract(epoch FROM "
                             "t - lag(t) OVER (ORDER BY t)) d FROM log) x")
                      [0][0])
        count = int(db.ask("SELECT count(*) FROM log")[0][0])
        if codes != [0] * 4 or worst < 0.015 or count < 10:
            found.append(f"{codes} {count} draws, {worst} s apart")
        return found


def stages_and_a_worker_that_pauses(folder):
    """It fetches, another one counts; it stands still, and is overtaken."""
    with Postgres() as db, Queue(folder, db, rate="1000/s") as s:
        small(s, "a:b c", "b:", "c:")
        s.run("init")
        s.run("add", address("a"))
        code, text = work(s, "--stage=fetch")
        found = [] if code == 0 and s.done() == 3 and not s.done("count") \
            else [f"{code} {text}"]
        s.server.clear()
        s.server.__exit__()
        code, text = work(s, "--stage=count", store="none.db")
        if code or s.done("count") != 3 or os.path.exists(
                os.path.join(folder, "none.db")):
            found.append(f"{code} {text}")
        # a plan of two units, of a repository elsewhere that takes a while
        make(folder, "slow", [], 4000, 1, "local")
        p = _tap.run("shards", "plan", "-q", "local/slow", cwd=folder)
        with open(f"{folder}/plan.json", "wb") as f:
            f.write(p.stdout)
        s.run("add", "plan.json")
        one = s.start("--stage=count", "--lease=1s", "--threads=1")
        end = time.monotonic() + 20
        while time.monotonic() < end and not int(db.ask(
                "SELECT count(*) FROM ranwhence.item WHERE state = 'leased'"
                )[0][0]):
            time.sleep(0.01)
        one.send_signal(signal.SIGSTOP)
        code, text = work(s, "--stage=count", "--lease=2s")
        if code or s.done("count") != 5 or "done, 0 found" not in text:
            found.append(f"{code} {text}")
        one.send_signal(signal.SIGCONT)
        out, err = one.communicate(timeout=60)
        if one.returncode or b"taken over" not in out:
            found.append(f"{one.returncode} {out} {err}")
        if len(os.listdir(os.path.join(folder, "out/parts"))) != 5:
            found.append("another number of parts")
        return found


def the_last_request_of_a_window_holds_for_all(folder):
    """X-RateLimit-Remaining: 0 with an answer, not only with a refusal."""
    with Postgres() as db, Queue(folder, db, rate="1000/s") as s:
        small(s, "a:b c", "b:", "c:")
        s.server.fault("/git/" + FORGE + "a/git-upload-pack", "last", 4, 1)
        s.run("init")
        s.run("add", address("a"))
        code, text = work(s, "--lease=1s")
        times = [t for t, _ in s.times()]
        gaps = [b - a for a, b in zip(times, times[1:])]
        tries = [int(n) for n, in db.ask(
            "SELECT attempts FROM ranwhence.item WHERE kind = 'fetch'")]
        return [] if code == 0 and s.done() == 3 and 2.5 < max(gaps) < 9 \
            and "given up" not in text and len(times) == 6 else [
                f"{code} {text} {gaps} {tries}"]


def versions_and_secrets(folder):
    with Postgres() as db:
        def run(*words):
            p = _tap.run("queue", *words, cwd=folder, env=db.env)
            return p.returncode, p.stdout + p.stderr
        found = []
        for words in (["status"], ["add", "https://a.example/b"],
                      ["work", "--out=o"]):
            code, text = run(*words)
            if code != 2 or b"RW2011" not in text or b"init" not in text:
                found.append(f"{words}: {code} {text}")
        some = [subprocess.Popen([_tap.RANWHENCE, "queue", "init"],
                                 env=dict(os.environ, **db.env))
                for _ in range(4)]
        if [p.wait() for p in some] != [0] * 4:
            found.append("inits at the same time")
        # as the first version left it
        db.ask("DROP FUNCTION ranwhence.bound; "
               "UPDATE ranwhence.setting SET version = 1")
        code, text = run("status")
        if code != 2 or b"older" not in text or run("init")[0] or \
                run("status")[0]:
            found.append(f"of an older version: {code} {text}")
        db.ask("UPDATE ranwhence.setting SET version = 99")
        for words in (["status"], ["init"]):
            code, text = run(*words)
            if code != 2 or b"newer" not in text:
                found.append(f"{words}: {code} {text}")
        code, text = run("status", "--db", f"host={db.folder} user=rw "
                         "password=wrong-sesame")
        if code != 75 or b"sesame" in text:
            found.append(f"{code} {text}")
        return found


TESTS = [a_frontier_survives_two_kills, depth_and_number_are_bounded,
         what_fails_is_tried_and_given_up, packages_lead_to_repositories,
         a_budget_is_one_for_all, stages_and_a_worker_that_pauses,
         the_last_request_of_a_window_holds_for_all, versions_and_secrets]
_tap.main([t for t in TESTS if not sys.argv[1:] or t.__name__ in sys.argv[1:]])
