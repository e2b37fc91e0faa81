#!/usr/bin/env python3
"""The confined worker and its parent: same bytes as without, outputs by way of
the parent, and a worker that dies is never a clean result. TAP on standard
output."""
import contextlib
import fcntl
import json
import os
import resource
import shutil
import sqlite3
import subprocess

import _tap

DEMO = os.path.join(_tap.SRCDIR, "fixtures/demo/stack.yaml")
DAY = ["-q", "--as-of=2026-11-25"]
SANITIZED = _tap.is_sanitized()


def level():
    out = _tap.run("doctor").stdout.decode()
    return out.split("sandbox: ")[1].split("\n")[0]


def scan(*arguments):
    return _tap.run("scan", *DAY, *arguments, DEMO)


def the_same_with_and_without(folder):
    texts = []
    for name, more in (("a", []), ("b", ["--no-sandbox"])):
        path = os.path.join(folder, name)
        p = scan("-o", "json=" + path, "-o", "line", *more)
        with open(path, encoding="utf-8") as f:
            report = json.load(f)
        said = report["tool"].pop("sandbox")
        if said != (level() if name == "a" else "none"):
            return [f"{name}: {said}"]
        texts.append((report, p.stdout, p.returncode))
    return [] if texts[0] == texts[1] else ["they differ"]


def the_report_says_how_far(_):
    head = scan().stdout.decode().split("\n")[0]
    return [] if head.endswith("sandbox: " + level()) else [head]


def an_output_that_cannot_be_written(folder):
    path = os.path.join(folder, "none/x.json")
    p = scan("-o", "json=" + path)
    return [] if p.returncode == 3 and b"RW1008" in p.stderr and \
        b"No such file" in p.stderr else [f"{p.returncode} {p.stderr}"]


def outputs_that_make_no_sense(folder):
    path = os.path.join(folder, "same")
    bad = []
    for outputs, why in ((["line="], b"names no file"),
                         (["line=" + path, "json=" + path], b"another"),
                         (["nosuch=" + path], b"no such format")):
        p = scan(*[w for o in outputs for w in ("-o", o)])
        if p.returncode != 2 or why not in p.stderr or os.path.exists(path):
            bad.append(f"{outputs}: {p.returncode} {p.stderr}")
    p = scan("-o", "line=/dev/stdout", "-o", "line=/dev/stdout")
    if p.stdout.count(b"\n") != 2:
        bad.append(f"/dev/stdout twice: {p}")
    return bad


def what_is_named_is_read_wherever_it_lies(folder):
    """Links to elsewhere, and policies that extend one in another folder;
    the store lies apart, or its folder would open all of them."""
    for name in ("a/b", "links", "store"):
        os.makedirs(os.path.join(folder, name))
    with open(os.path.join(_tap.SRCDIR, "policies/default.yaml"), "rb") as f:
        default = f.read()
    with open(os.path.join(folder, "a/base.yaml"), "wb") as f:
        f.write(default)
    with open(os.path.join(folder, "a/b/x.yaml"), "w",
              encoding="utf-8") as f:
        f.write("extends: ../base.yaml\n")
    links = {}
    for name, to in (("base.yaml", os.path.join(folder, "a/base.yaml")),
                     ("ric.json", os.path.join(
                         _tap.SRCDIR, "fixtures/demo/near-rt-ric.cdx.json")),
                     ("demo", os.path.dirname(DEMO))):
        links[name] = os.path.join(folder, "links", name)
        os.symlink(os.path.abspath(to), links[name])
    with open(os.path.join(folder, "stack"), "w", encoding="utf-8") as f:
        f.write("\ufeffstack: 1\nname: x\nfunctions:\n  - function: O-DU\n"
                "    components:\n      - purl: pkg:github/DPDK/dpdk\n")
    links["stack"] = os.path.join(folder, "links/stack.yaml")
    os.symlink(os.path.join(folder, "stack"), links["stack"])
    bad = []
    for args in (["-p", os.path.join(folder, "a/b/x.yaml"), DEMO],
                 ["-p", links["base.yaml"], DEMO], [links["ric.json"]],
                 [links["demo"]], [links["stack"]]):
        runs = [_tap.run("scan", *DAY, "-o", "line", "--store",
                         os.path.join(folder, "store/s.db"), *more, *args)
                for more in ([], ["--no-sandbox"])]
        if runs[0].stdout != runs[1].stdout or not runs[0].stdout or \
           runs[0].returncode not in (0, 1, 3):
            bad.append(f"{args}: {runs}")
    return bad


def no_sandbox_and_required_is_refused(_):
    p = scan("--no-sandbox", "--require-sandbox", "-o", "line")
    return [] if p.returncode == 2 and not p.stdout and \
        b"exclude each other" in p.stderr else [str(p)]


def a_configuration_that_is_not_there(folder):
    path = os.path.join(folder, "none")
    bad = []
    for args in (["scan", DEMO], ["feeds"], ["store", "verify"], ["update"]):
        p = _tap.run(*args, "--config", path)
        if p.returncode != 2 or p.stdout or b"--config" not in p.stderr:
            bad.append(f"{args}: {p}")
    return bad


def arguments_that_nothing_takes(_):
    bad = []
    for name in ("doctor", "feeds", "update"):
        p = _tap.run(name, "surplus")
        if p.returncode != 2 or p.stdout or b"no argument" not in p.stderr:
            bad.append(f"{name}: {p}")
    return bad


def traced(folder, *arguments):
    """(what the worker opened to write after it was confined, the status)"""
    log = os.path.join(folder, "trace")
    p = subprocess.run(["strace", "-f", "-qq", "-e", "trace=openat,open,"
                        "unlink,unlinkat,rename,renameat,renameat2,mkdir,"
                        "ftruncate,landlock_restrict_self,prctl,seccomp",
                        "-o", log, _tap.RANWHENCE, *arguments],
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                       check=False)
    with open(log, encoding="utf-8", errors="replace") as f:
        lines = f.read().split("\n")
    confined, found = set(), []
    for line in lines:
        pid = line.split(" ")[0]
        if "landlock_restrict_self" in line or "PR_SET_SECCOMP" in line:
            confined.add(pid)
        elif pid in confined and "= -1" not in line and (
                "O_WRONLY" in line or "O_RDWR" in line or "O_CREAT" in line
                or line.split(" ")[-1] == "0"):
            found.append(line)
    return found, p


def a_digest_is_kept_though_the_worker_writes_nothing(folder):
    _tap.repository(os.path.join(folder, "r"), _tap.commit(
        1, b"A", b"a@intel.com", b"1700000000 +0000", {"f": b"x\n"}))
    store, repository = (os.path.join(folder, n) for n in ("s.db", "r"))
    args = ["history", "--json", "--store", store, repository]
    bad, texts = [], []
    for _ in range(2):
        if shutil.which("strace") and level() == "full":
            found, p = traced(folder, *args)
            bad += found
        else:
            p = _tap.run(*args)
        texts.append(p.stdout)
    with sqlite3.connect(store) as db:
        n = db.execute("SELECT count(*) FROM kept WHERE kind = 'digest'"
                       ).fetchone()[0]
    if n != 1 or texts[0] != texts[1] or b"intel.com" not in texts[0]:
        bad.append(f"{n} kept, {texts}")
    p = _tap.run("store", "verify", "--store", store)
    return bad + ([] if p.returncode == 0 else [str(p)])


def a_store_is_read_beside_a_writer(folder):
    """What a writer has not moved into the file yet is read, too."""
    _tap.repository(os.path.join(folder, "r"), _tap.commit(
        1, b"A", b"a@intel.com", b"1700000000 +0000", {"f": b"x\n"}))
    store = os.path.join(folder, "s.db")
    args = ["history", "--json", "--store", store, os.path.join(folder, "r")]
    first = _tap.run(*args).stdout
    link = os.path.join(folder, "link.db")
    os.symlink(store, link)
    db = sqlite3.connect(store)
    db.execute("UPDATE kept SET body = x'00'")
    db.commit()  # stays in the log as long as this connection is open
    db.execute("BEGIN IMMEDIATE")  # and nobody else writes
    p = _tap.run(*args[:3], link, args[4])
    db.rollback()
    bad = [] if p.stdout == first and not p.stderr else [str(p)]
    p = _tap.run(*args[:3], link, args[4])
    kept = db.execute("SELECT min(length(body)) FROM kept").fetchone()[0]
    db.close()
    return bad + ([] if p.stdout == first and kept > 9 else [f"{p} {kept}"])


def a_store_that_cannot_be_written_is_read(folder):
    _tap.repository(os.path.join(folder, "r"), _tap.commit(
        1, b"A", b"a@intel.com", b"1700000000 +0000", {"f": b"x\n"}))
    os.mkdir(os.path.join(folder, "d"))
    store = os.path.join(folder, "d/s.db")
    args = ["history", "--json", "--store", store, os.path.join(folder, "r")]
    first = _tap.run(*args).stdout
    for name in os.listdir(os.path.join(folder, "d")):
        os.chmod(os.path.join(folder, "d", name), 0o444)
    os.chmod(os.path.join(folder, "d"), 0o555)
    p = _tap.run(*args)
    os.chmod(os.path.join(folder, "d"), 0o755)
    return [] if p.stdout == first and not p.stderr else [str(p)]


def what_is_required_is_there_or_refused(_):
    p = scan("--require-sandbox", "-o", "line")
    if level() == "full":
        return [] if b"default" in p.stdout else [str(p)]
    return [] if p.returncode == 2 and not p.stdout else [str(p)]


def a_worker_that_dies_is_told(folder):
    """Little processor time: the kernel ends the worker."""
    path = os.path.join(folder, "big.json")
    with open(path, "w", encoding="utf-8") as f:
        json.dump({"bomFormat": "CycloneDX", "specVersion": "1.5",
                   "components": [{"type": "library", "name": f"n{i}",
                                   "purl": f"pkg:npm/n{i}@1"}
                                  for i in range(300000)]}, f)

    def little():
        resource.setrlimit(resource.RLIMIT_CPU, (1, 1))
    p = subprocess.run([_tap.RANWHENCE, "scan", *DAY, "-o", "json", path],
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                       preexec_fn=little, check=False)
    if p.returncode != 4 or b"nothing is known" not in p.stderr:
        return [f"{p.returncode} {p.stderr[-300:]}"]
    return []


@contextlib.contextmanager
def waiting(env):
    """The number of a worker that waits: nobody reads what it prints."""
    r, w = os.pipe()
    fcntl.fcntl(w, fcntl.F_SETPIPE_SZ, 4096)
    with subprocess.Popen([_tap.RANWHENCE, "scan", *DAY, "-o", "json", DEMO],
                          env=env, stdout=w, stderr=subprocess.DEVNULL) as p:
        os.close(w)
        os.read(r, 1)  # it has read all of its input
        with open(f"/proc/{p.pid}/task/{p.pid}/children",
                  encoding="ascii") as f:
            yield int(f.read().split()[0])
        os.close(r)


def memory(pid):
    """All that a process can write and has touched."""
    with open(f"/proc/{pid}/maps", encoding="utf-8") as f:
        maps = [line.split() for line in f]
    text = b""
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as f:
        for m in maps:
            a, b = (int(x, 16) for x in m[0].split("-"))
            if "rw" in m[1] and b - a < 1 << 28:
                f.seek(a)
                text += f.read(b - a)
    return text


def a_secret_of_the_environment_stays_outside(folder):
    """Neither an output nor the memory of what reads hostile input has it;
    what the program reads is in both, or the test would see nothing."""
    path = os.path.join(folder, "x.json")
    env = dict(os.environ, CI_JOB_TOKEN="canary-4711", COLUMNS="4712077")
    p = subprocess.run([_tap.RANWHENCE, "scan", *DAY, "-o", "json=" + path,
                        DEMO], env=env, stdout=subprocess.PIPE,
                       stderr=subprocess.PIPE, check=False)
    with open(path, "rb") as f:
        text = f.read() + p.stdout + p.stderr
    with waiting(env) as pid:
        held = memory(pid) if os.geteuid() == 0 and not SANITIZED else \
            b"4712077"
    return [what for what, wrong in (
        ("the canary is in an output", b"canary-4711" in text),
        ("the canary is in memory", b"canary-4711" in held),
        ("memory was not looked at", b"4712077" not in held)) if wrong]


def the_kernel_keeps_its_limits(_):
    with waiting(None) as pid:
        with open(f"/proc/{pid}/limits", encoding="ascii") as f:
            limits = {line[:26].strip(): line[26:].split()[:2] for line in f}
    want = {"Max cpu time": 86400, "Max open files": 1024,
            "Max core file size": 0, "Max file size": 16384 << 20}
    if not SANITIZED:
        want["Max data size"] = 16384 << 20
    return [f"{k}: {limits[k]}" for k, most in want.items()
            if any(x == "unlimited" or int(x) > most for x in limits[k])]


def memory_that_ends_is_told(_):
    def little():
        resource.setrlimit(resource.RLIMIT_DATA, (6 << 20, 6 << 20))
    if SANITIZED:
        return []
    p = subprocess.run([_tap.RANWHENCE, "scan", *DAY, DEMO],
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                       preexec_fn=little, check=False)
    return [] if p.returncode == 4 and b"memory" in p.stderr else [str(p)]


_tap.main([the_same_with_and_without, the_report_says_how_far,
           an_output_that_cannot_be_written, outputs_that_make_no_sense,
           what_is_named_is_read_wherever_it_lies,
           no_sandbox_and_required_is_refused,
           a_configuration_that_is_not_there, arguments_that_nothing_takes,
           what_is_required_is_there_or_refused,
           a_digest_is_kept_though_the_worker_writes_nothing,
           a_store_is_read_beside_a_writer,
           a_store_that_cannot_be_written_is_read, a_worker_that_dies_is_told,
           a_secret_of_the_environment_stays_outside,
           the_kernel_keeps_its_limits, memory_that_ends_is_told])
