"""Runs the named hostile inputs of one class and holds what every one of them
must keep, whatever it is: a status of ours, a coded diagnostic with its place,
valid JSON that follows its schema, no byte that a terminal obeys, less than a
second of processor time and 512 MB, an input as it was before, nothing opened
outside of what the command line names, no program started, no connection, and
no clean verdict where something was lost.

A class is a script whose docstring begins with "Title: ...", with ROWS made by
row() and main(__doc__, ROWS) at its end. What an input opens is watched by
strace where it may (it may not in every container: a comment says so)."""
import collections
import concurrent.futures
import functools
import hashlib
import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import traceback

import jsonschema

RANWHENCE = os.path.abspath(os.environ.get("RANWHENCE", "./ranwhence"))
SRCDIR = os.environ.get("SRCDIR", ".")
SECONDS, MEMORY = 1.0, 512 << 10  # of processor time; KB
HANGS = 240  # seconds, by the clock of a machine that may be busy
CANARY = "canary-0815"

POLICY = """policy: 1
name: hostile
title: Of concern only
text: {title: Its text, date: 2026, source: none, status: own}
concern: {jurisdictions: [CN], lists: [us-1260h], rungs: [controlled, established]}
weights:
  axes: {AXIS: 100}
  functions: {}
  default: 100
  dependencies: 100
rules:
  - {id: H-1, title: Its share, clause: C, confirmed: true, kind: exposure, axis: AXIS, limit: 10%, severity: high}
"""
FACTS = """kind,subject,object,value,from,to,source,speaks_for,read,\
confidence,state,note
source,ex-register,public,https://register.example/list,,,,,,A,,The register
organisation,acme,vendor,Acme,,,ex-register,2026,2026-11,A,,
establishes,acme,,US,,,ex-register,2026,2026-11,A,,
dispersed,acme,,no-controller,,,ex-register,2026,2026-11,A,,
host,acme.example,acme,,,,ex-register,2026,2026-11,A,,
organisation,evil,vendor,Evil,,,ex-register,2026,2026-11,A,,
establishes,evil,,CN,,,ex-register,2026,2026-11,A,,
host,evil.example,evil,,,,ex-register,2026,2026-11,A,,
"""

Row = collections.namedtuple(
    "Row", "name make command exit says totals kept holds judged seconds "
    "errors shown")


def row(name, make, command, exit=3, says=(), *, totals=None, kept=(),
        holds=None, judged=None, seconds=SECONDS, errors=(), shown=True):
    """One input. `make` takes an empty folder and gives the target or, as a
    list, the arguments behind the command; `says` = (code, part of its place)
    or ("RW1234", "part", line); `totals` of a digest; `kept`: names of
    components; `holds`: of (parsed output, folder), gives problems; `judged`:
    the status of a scan of the same target, where it is not the usual;
    `errors`: parts of the standard error; shown = False: no scan beside."""
    if isinstance(command, str):
        command = command.split()
    return Row(name, make, command, exit if isinstance(exit, tuple)
               else (exit,), says, totals or {}, kept, holds, judged,
               seconds, errors, shown)


# --- what stands around an input ---------------------------------------------

def is_sanitized():
    with open(RANWHENCE, "rb") as f:
        return b"__asan_init" in f.read()


@functools.lru_cache
def slowness():
    return 4 if is_sanitized() else 1


def environment(folder):
    env = {k: v for k, v in os.environ.items() if k != "RANWHENCE_STORE"}
    env.update(HOME=folder + "/home", XDG_DATA_HOME=folder + "/home/data",
               XDG_CONFIG_HOME=folder + "/home/config", LC_ALL="C",
               CI_JOB_TOKEN=CANARY)
    for name in ("ASAN_OPTIONS",):
        # leaks cannot be looked for under a tracer, and a shadow of all
        # memory is not bounded
        env[name] = "detect_leaks=0:" + env.get(name, "")
    return env


@functools.lru_cache
def tracer():
    """The beginning of a command that watches, or [] where none may."""
    watch = ["strace", "-f", "-y", "-s", "4096", "--seccomp-bpf", "-qq",
             "-e", "signal=none", "-e",
             "trace=open,openat,openat2,creat,execve,execveat,socket,connect,"
             "bind,sendto,fork,vfork,clone,clone3,mkdir,mkdirat,rename,"
             "renameat,renameat2,unlink,unlinkat,symlink,symlinkat,link,"
             "linkat,chmod,fchmodat,truncate"]
    try:
        found = subprocess.run([*watch, "-o", os.devnull, "true"],
                               capture_output=True).returncode == 0
    except OSError:
        found = False
    return watch if found else []


Run = collections.namedtuple("Run", "status out err seconds kbytes trace")


def run(folder, arguments, watch=False, stdin=None):
    """The finished run of the program."""
    command, log = [RANWHENCE, *arguments], folder + "/trace"
    if watch and tracer():
        command = [*tracer(), "-o", log, *command]
        if os.geteuid() != 0:
            # a confined process cannot be looked into by its like
            command += ["--no-sandbox"]
    with open(folder + "/out", "w+b") as out, \
            open(folder + "/err", "w+b") as err, \
            open(stdin or os.devnull, "rb") as given:
        p = subprocess.Popen(command, stdout=out, stderr=err, stdin=given,
                             cwd=folder, env=environment(folder),
                             start_new_session=True)
        # so that what is wrong with a bound does not take the machine along
        resource.prlimit(p.pid, resource.RLIMIT_CPU, (60, 60))
        late = threading.Timer(HANGS, os.killpg, (p.pid, signal.SIGKILL))
        late.start()
        _, status, used = os.wait4(p.pid, 0)
        late.cancel()
        p.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        trace = ""
        if watch and tracer():
            with open(log, encoding="utf-8", errors="replace") as f:
                trace = f.read()
        return Run(p.returncode, out.read(), err.read(),
                   used.ru_utime + used.ru_stime, used.ru_maxrss, trace)


# --- what the tracer saw -----------------------------------------------------

SYSTEM = ("/lib/", "/lib64/", "/usr/lib/", "/usr/local/lib/", "/etc/ld.so.",
          "/etc/ssl/", "/etc/localtime", "/usr/share/zoneinfo/", "/proc/self/",
          "/proc/stat", "/proc/cpuinfo", "/sys/devices/system/cpu",
          "/sys/fs/cgroup/", "/dev/null", "/dev/urandom", "/proc/sys/vm/",
          "/etc/crypto-policies/", "/proc/filesystems")
CALL = re.compile(r"\d+ +(?:<\.\.\. )?(\w+)(?: resumed>)?\((.*)")
OPENED = re.compile(r"= \d+<(.*)>$")
ASKED = re.compile(r'(?:AT_FDCWD(?:<([^>]*)>)?|\d+<([^>]*)>)?,? ?"((?:[^"\\]|'
                   r'\\.)*)"(.*)')


def roots_of(folder, arguments):
    """What the command line names, and the program's own folders."""
    roots = [folder + "/home"]
    for a in arguments:
        for part in (a, a.partition("=")[2]):
            if part and (os.path.exists(os.path.join(folder, part)) or
                         part.startswith(folder)):
                full = os.path.join(folder, part)
                if a.startswith("--store"):  # SQLite's, beside it
                    roots += [os.path.realpath(full) + end for end in (
                        "-wal", "-shm", "-journal")]
                roots += [os.path.normpath(full), os.path.realpath(full)]
                if full.endswith(".yaml"):  # a stack: what lies beside it
                    roots.append(os.path.dirname(full))
    return roots


def is_below(path, roots):
    path = os.path.normpath(path)
    return any(path == r or path.startswith(r.rstrip("/") + "/")
               for r in roots)


def watched(trace, folder, arguments):
    """Problems of what was opened, started and called."""
    roots, problems, programs, forks = roots_of(folder, arguments), [], 0, 0
    outputs = [o for a in arguments for o in [a.partition("=")[2]] if o]
    for line in trace.split("\n"):
        m = CALL.match(line)
        if not m:
            continue
        call, rest = m.groups()
        if call.startswith("exec"):
            programs += 1
        elif call in ("socket", "connect", "bind", "sendto"):
            problems.append(f"it called {line[:200]}")
        elif call in ("fork", "vfork", "clone", "clone3"):
            forks += "CLONE_THREAD" not in rest
        elif call in ("open", "openat", "openat2", "creat"):
            asked = ASKED.match(rest)
            opened = OPENED.search(rest)
            if opened:
                path = opened.group(1)
            elif asked:
                name = asked.group(3).encode().decode(
                    "unicode_escape").encode("latin-1", "replace")
                if not name or len(name) > 4000 or \
                        name in map(os.fsencode, arguments):
                    continue  # as it is named, and not there
                path = os.path.join(asked.group(1) or asked.group(2) or
                                    folder, os.fsdecode(name))
            else:
                continue
            if not is_below(path, roots) and not path.startswith(SYSTEM) and \
                    not any(o in path for o in outputs) and \
                    not (path + "/").startswith("/proc/"):
                problems.append(f"it opened {line[:300]}")
        elif folder + "/home" not in rest and \
                not any(os.path.dirname(o) in rest for o in outputs):
            problems.append(f"it changed {line[:200]}")
    if programs > 1:
        problems.append("it started a program")
    if forks > 1:
        problems.append(f"it started {forks} processes")
    return problems[:5]


# --- what a run printed ------------------------------------------------------

SCHEMAS = {"history": "digest", "components": "components", "scan": "report",
           "entity": "entity", "compare": "comparison", "check": "check",
           "trend": "trend", "plan": "plan"}


@functools.lru_cache
def validator(name):
    with open(os.path.join(SRCDIR, "docs", name + ".schema.json"),
              encoding="utf-8") as f:
        return jsonschema.Draft202012Validator(json.load(f))


# C0 but tab and newline, DEL, C1, and what changes the direction of text
OBEYED = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e"
                    "\u2066-\u2069]")


def printed(r, command):
    """(the parsed output or None, problems)"""
    problems = []
    for which, data in (("output", r.out), ("errors", r.err)):
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as e:
            problems.append(f"standard {which} is not UTF-8: {e}")
            continue
        found = OBEYED.search(text)
        if found:
            problems.append(f"standard {which} holds {found.group()!r}: "
                            f"{text[max(0, found.start() - 40):][:90]!r}")
        if CANARY in text:
            problems.append(f"the canary is in the standard {which}")
    if not r.out.lstrip().startswith(b"{"):
        return None, problems
    try:
        document = json.loads(r.out)
    except ValueError as e:
        return None, problems + [f"no JSON: {e}"]
    name = SCHEMAS.get(command[0])
    if name and "--by" not in " ".join(command) and len(r.out) < 1 << 20:
        problems += [f"schema: {'/'.join(map(str, e.absolute_path))}: "
                     f"{e.message[:200]}" for e in list(
                         validator(name).iter_errors(document))[:3]]
    return document, problems


def said(document, err):
    """Diagnostics, of the JSON or as they are printed."""
    found = list(document.get("diagnostics", [])) if document else []
    for line in err.decode(errors="replace").split("\n"):
        m = re.match(r"ranwhence: (.*) \[(RW\d+)\]$", line)
        if m:
            found.append({"code": m.group(2), "path": m.group(1),
                          "line": None, "message": m.group(1)})
    return found


def wants_said(wanted, found):
    code, place = wanted[:2]
    hits = [d for d in found if d["code"].startswith(code)]
    if not hits:
        codes = sorted({f"{d['code']} {d['path']}: {d['message']}"
                        for d in found})
        return [f"wanted {code}, got {codes[:5]}"]
    if not any(place in (d["path"] or "") or place in d["message"]
               for d in hits):
        return [f"{code} does not name {place}: {hits[:3]}"]
    if len(wanted) > 2 and not any(
            d["line"] == wanted[2] or f":{wanted[2]}" in (d["path"] or "")
            for d in hits):
        return [f"{code} does not name line {wanted[2]}: {hits[:3]}"]
    return []


def fingerprint(root):
    out = []
    for d, subs, names in os.walk(root):
        for n in subs + names:
            try:
                st = os.lstat(os.path.join(d, n))
            except OSError:  # a path too long
                continue
            out.append((d, n, st.st_mode, st.st_size, st.st_mtime_ns))
    return hashlib.sha256(repr(sorted(out)).encode()).hexdigest()


# --- one input ---------------------------------------------------------------

def judge(folder, targets, axis):
    """A scan of the same by a policy whose limits the sound part keeps."""
    for name, text in (("policy.yaml", POLICY.replace("AXIS", axis)),
                       ("facts.csv", FACTS)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
            f.write(text)
    return run(folder, ["scan", "-q", "-o", "line", "--as-of=2026-11-25",
                        "-p", folder + "/policy.yaml",
                        "--facts=" + folder + "/facts.csv", *targets])


def check(r, row, document):
    problems = []
    if r.status not in row.exit:
        problems.append(f"ended with {r.status}, wanted {row.exit}")
    if r.seconds > row.seconds * slowness():
        problems.append(f"it took {r.seconds:.2f} s")
    if r.kbytes > MEMORY * slowness():
        problems.append(f"it took {r.kbytes >> 10} MB")
    found = said(document, r.err)
    for wanted in row.says:
        problems += wants_said(wanted, found)
    if r.status == 3 and not found and row.command[0] != "scan":
        problems.append("it is incomplete and says not why")
    for part in row.errors:
        if part not in r.err.decode(errors="replace"):
            problems.append(f"standard error does not say {part!r}")
    for key, want in row.totals.items():
        got = document["totals"][key] if document else None
        if got != want:
            problems.append(f"{key}: {got}, wanted {want}")
    names = [c["name"] for c in document.get("components", [])] \
        if document else []
    for name in row.kept:
        if name not in names:
            problems.append(f"{name!r} is not among {names[:10]}")
    return problems


def test(row):
    """Problems of one input."""
    try:
        return try_one(row)
    except Exception:
        return traceback.format_exc().split("\n")


def try_one(row):
    with tempfile.TemporaryDirectory(prefix="rw-hostile-") as folder:
        folder = os.path.realpath(folder)
        os.makedirs(folder + "/in")
        os.makedirs(folder + "/home")
        made = row.make(folder + "/in")
        targets = made if isinstance(made, list) else [made]
        before = fingerprint(folder + "/in")
        arguments = [*row.command, *targets]
        given = folder + "/stdin"
        r = run(folder, arguments, watch=True,
                stdin=given if os.path.exists(given) else None)
        document, problems = printed(r, row.command)
        problems += check(r, row, document)
        problems += watched(r.trace, folder, arguments)
        if row.holds and document is not None:
            problems += row.holds(document, folder)
        elif row.holds:
            problems += row.holds(r.out.decode(errors="replace"), folder)
        if row.shown and row.command[0] in ("history", "components") and \
                not isinstance(made, list):
            problems += judged(row, folder, targets, r.status)
        if fingerprint(folder + "/in") != before:
            problems.append("the input changed")
        if problems:
            problems += r.err.decode(errors="replace").split("\n")[:6]
        # a folder that nobody may look into cannot be removed either
        for d, subs, _ in os.walk(folder):
            for s in subs if len(d) < 3000 else []:
                if os.stat(os.path.join(d, s), follow_symlinks=False
                           ).st_mode & 0o777 == 0:
                    os.chmod(os.path.join(d, s), 0o700)
        return problems


def judged(row, folder, targets, status):
    """What was lost is not clean; what lost nothing is judged as ever."""
    is_history = row.command[0] == "history"
    j = judge(folder, targets, "supply" if not is_history else
              "churn" if "churn" in row.command[-1] else "commits")
    wanted = row.judged if isinstance(row.judged, tuple) else \
        (row.judged,) if row.judged is not None else \
        (1, 2, 3, 5) if status else (0,) if is_history else (0, 1, 3, 5)
    if row.judged is None and status != 2 and j.status == 2:
        wanted = ()
    if j.status in wanted:
        return []
    return [f"a scan ended with {j.status}, wanted {wanted}: "
            f"{(j.out + j.err)[-300:]!r}"]


def main(doc, rows):
    """Tests all rows and prints TAP."""
    names = [r.name for r in rows]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    assert len(set(names)) == len(names), "names are not unique"
    if not tracer():
        print("# nothing watches what is opened: strace is not there, or may "
              "not look")
    print(f"1..{len(rows)}")
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for i, (r, found) in enumerate(zip(rows, pool.map(test, rows)), 1):
            failed += bool(found)
            print(f"{'not ' if found else ''}ok {i} - {r.name}")
            for line in found:
                print("#   " + line.encode("ascii", "backslashreplace")
                      .decode().replace("\n", "\\n"))
            sys.stdout.flush()
    sys.exit(failed > 0)
