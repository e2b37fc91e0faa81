#!/usr/bin/env python3
"""The page of the hostile inputs is in step with them, and there are enough.
RANWHENCE_UPDATE=1 writes it. TAP on standard output."""
import importlib
import os
import re
import sys

import _bom
import _git
import _run

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(1, os.path.join(HERE, "..", "cli"))

import _tap  # noqa: E402: it lies there

PAGE = os.path.join(HERE, "README.md")
TOP = """# Hostile inputs

%d named inputs in %d classes, made from the tables of the scripts beside this
page by `readme.py`, which also holds that they are in step. `make check
ONLY=hostile` runs them, as do `make check` and `make check-quick`.

Of each input is held, by `_run.py`:

- the exit status and the diagnostics below, with the place they name;
- JSON that parses and follows its schema in docs/; UTF-8, and no byte or
  character in it that a terminal obeys;
- less than a second of processor time (a few rows say more) and 512 MB;
- the input is as it was before;
- nothing is opened but what the command line names, the program's own folders
  and the system's libraries; no program is started, no process but the worker,
  no socket: strace watches, where it may, and a comment says where not;
- no secret of the environment in an output;
- a scan of the same target, judged by a policy that the sound part keeps, does
  not end with 0 where something was lost, and does where nothing was.

Feeds are attacked by tests/cli/feeds_hostile.py and tests/cli/feeds_kill.py,
HTML pages in a browser by tests/cli/html_browser.py, the sandbox by `doctor`.

Status: 0 met or complete, 1 not met, 2 refused, 3 incomplete, 5 nothing found.
"""


def classes():
    names = sorted(n[:-3] for n in os.listdir(HERE) if n.endswith(".py")
                   and n[0] != "_" and n != "readme.py")
    return [(n, importlib.import_module(n)) for n in names]


def cell(text):
    return text.encode("unicode_escape").decode().replace("|", "\\|")


def page():
    found, n, out = classes(), 0, []
    for name, module in found:
        title = module.__doc__.split("\n\n")[0].replace("\n", " ")
        out.append(f"\n## {name}\n\n{title}\n\n| input | command | status | "
                   "says |\n|---|---|---|---|\n")
        for r in module.ROWS:
            n += 1
            says = ", ".join(s[0] for s in r.says) + "".join(
                f'"{e}"' for e in r.errors)
            out.append(f"| {cell(r.name)} | {cell(' '.join(r.command))} | "
                       f"{' '.join(map(str, r.exit))} | {cell(says)} |\n")
    return n, len(found), TOP % (n, len(found)) + "".join(out)


def page_is_in_step(_):
    wanted = page()[2]
    if os.environ.get("RANWHENCE_UPDATE"):
        with open(PAGE, "w", encoding="utf-8") as f:
            f.write(wanted)
    with open(PAGE, encoding="utf-8") as f:
        return [] if f.read() == wanted else [
            "it is not: RANWHENCE_UPDATE=1 writes it"]


def there_are_enough(_):
    n, kinds, _ = page()
    return [] if n >= 300 and kinds >= 25 else [f"{n} in {kinds}"]


def sound_ones_are_sound(folder):
    """What the judgement of every row compares with is met itself; Evil is
    not."""
    found = []
    for name, author, wanted in (("good", _git.WHO, 0), ("bad", _git.EVIL, 1)):
        r = _git.Repo(folder, name)
        r.head(r.file(b"1\n", author=author))
        for axis in ("commits", "churn"):
            got = _run.judge(folder, [r.top], axis).status
            if got != wanted:
                found.append(f"{name}, {axis}: {got}, wanted {wanted}")
    for name, supplier, wanted in (("a", "Acme", 0), ("b", "Evil", 1)):
        path = _bom.file(name + ".json", _bom.text().replace(
            "Acme", supplier))(folder)
        got = _run.judge(folder, [path], "supply").status
        if got != wanted:
            found.append(f"{supplier}: {got}, wanted {wanted}")
    return found


def watcher_sees(folder):
    """A program that opens, starts and calls is seen doing so."""
    if not _run.tracer():
        return []
    trace = ('1  openat(AT_FDCWD</x>, "/etc/shadow", O_RDONLY) = 3</etc/shad'
             'ow>\n1  execve("/bin/a", [], 0x0) = 0\n1  execve("/bin/b", [], '
             '0x0) = 0\n1  socket(AF_INET, SOCK_STREAM, 0) = 4\n1  openat('
             'AT_FDCWD</x>, "/root/.netrc", O_RDONLY) = -1 ENOENT (No such)\n')
    found = " ".join(_run.watched(trace, folder, []))
    return [f"not seen: {w}" for w in ("/etc/shadow", "started a program",
                                       "socket", ".netrc") if w not in found]


ATTACKS = [f"R{i}" for i in range(1, 12)] + [f"P{i}" for i in range(1, 15)] + [
    f"F{i}" for i in range(1, 7)]


def each_attack_is_held(_):
    """Of docs/assurance.md: no known attack is missing, and what is named as
    holding it is there."""
    with open(os.path.join(_run.SRCDIR, "docs", "assurance.md"),
              encoding="utf-8") as f:
        rows = [line for line in f if re.match(r"\| [RPF]\d", line)]
    told = [a for r in rows for a in re.findall(r"\b[RPF]\d+\b",
                                                r.split("|")[1])]
    found = [] if told == ATTACKS else [f"{told}"]
    for line in rows:
        by = line.split("|")[2]
        files = re.findall(r"tests/[\w/]+\.(?:py|c|sh)", by)
        files += [f"tests/hostile/{w}.py" for w in re.findall(r"`([a-z]+(?:_"
                                                              r"text)?)`", by)]
        found += [f"{line[:20]}: {x} is not there" for x in files
                  if not os.path.exists(os.path.join(_run.SRCDIR, x))]
        if not files and "**not**" not in by:
            found.append(f"{line[:20]}: nothing is named")
    return found


if __name__ == "__main__":
    _tap.main([page_is_in_step, there_are_enough, sound_ones_are_sound,
               watcher_sees, each_attack_is_held])
