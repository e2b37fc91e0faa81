#!/usr/bin/env python3
"""What people see: ASCII where the terminal has nothing else, files and pipes
never changed by a locale, progress on a terminal only, and what -v tells.
TAP on standard output."""
import os

import _tap
from _terminal import on_terminal

DAY = ["--as-of=2026-11-25"]
PLAIN = {"LC_ALL": "C", "TERM": "xterm"}
WIDE = {"LC_ALL": "", "LC_CTYPE": "", "LANG": "en_IE.UTF-8", "TERM": "xterm"}
NAME = "r\u00e9seau-\u4e2d"


def tree(folder):
    path = os.path.join(folder, "tree")
    os.makedirs(path)
    with open(os.path.join(path, "package.json"), "w", encoding="utf-8") as f:
        f.write('{"name": "%s", "version": "1", "dependencies": '
                '{"b": "1.0.0"}}' % NAME)
    with open(os.path.join(path, "go.mod"), "w", encoding="utf-8") as f:
        f.write("module example.org/m\nrequire example.org/n v1.0.0\n")
    os.rename(path, os.path.join(folder, NAME))
    return NAME


def a_plain_terminal_gets_ascii(folder):
    name = tree(folder)
    found = []
    for env in (PLAIN, {**WIDE, "TERM": "vt100"}, {**WIDE, "LANG": ""}):
        for command in (["scan", *DAY, "-v"], ["components"]):
            out, _ = on_terminal([*command, name], env, folder)
            if b"r?seau-??" not in out or max(out) > 0x7f:
                found.append(f"{command} {env}: {out[:300]}")
    return found


def another_gets_names_as_they_are(folder):
    out, _ = on_terminal(["scan", *DAY, tree(folder)], WIDE, folder)
    return [] if NAME.encode() in out else [repr(out[:300])]


def no_locale_changes_a_file_or_a_pipe(folder):
    name = tree(folder)
    found = []
    for i, env in enumerate((PLAIN, WIDE)):
        on_terminal(["scan", *DAY, "-q", f"--output=text={i}.txt",
                     f"--output=json={i}.json", name], env, folder)
    for end in ("txt", "json"):
        both = []
        for i in "01":
            with open(f"{folder}/{i}.{end}", "rb") as f:
                both.append(f.read())
        if both[0] != both[1] or NAME.encode() not in both[0]:
            found.append(f"{end} differs")
    p = _tap.run("scan", *DAY, "-q", name, cwd=folder, env=PLAIN)
    if NAME.encode() not in p.stdout:
        found.append("a pipe gets other names")
    return found


def progress_is_for_terminals(folder):
    name = tree(folder)
    found = []
    out, _ = on_terminal(["scan", *DAY, name], WIDE, folder)
    if b"\x1b[Kreading files: " not in out or b" a second" not in out:
        found.append(repr(out[:300]))
    for arguments, env in ((["-q"], WIDE), ([], {**WIDE, "TERM": "dumb"})):
        out, _ = on_terminal(["scan", *DAY, *arguments, name], env, folder)
        if b"reading files" in out:
            found.append(f"{arguments} {env}: {out[:300]}")
    p = _tap.run("scan", *DAY, name, cwd=folder)
    return found + ([] if b"reading" not in p.stderr else [repr(p.stderr)])


def more_is_told_on_standard_error(folder):
    name = tree(folder)
    p = _tap.run("scan", *DAY, "-v", name, cwd=folder)
    q = _tap.run("scan", *DAY, name, cwd=folder)
    told = p.stderr.decode()
    found = [f"not told: {x}" for x in
             ("package.json: read by npm", "go.mod: read by go/gomod",
              "judges as policy default") if x not in told]
    if p.stdout != q.stdout or p.returncode != q.returncode:
        found.append("-v changes the report")
    quiet = _tap.run("scan", *DAY, "-v", "-q", name, cwd=folder)
    return found + ([] if not quiet.stderr else ["-q does not go first"])


def it_is_told_where_a_history_comes_from(folder):
    stream = _tap.commit(1, b"N", b"a@b.example", b"1600000000 +0000",
                         {"f": b"1"})
    _tap.repository(os.path.join(folder, "r.git"), stream)
    told = [_tap.run("history", "-v", "--store=s.db", "r.git", cwd=folder)
            .stderr.decode() for _ in range(2)]
    want = ["is read, none is kept", "is kept from an earlier scan"]
    return [f"not told: {w} in {t}" for w, t in zip(want, told) if w not in t]


_tap.main([a_plain_terminal_gets_ascii, another_gets_names_as_they_are,
           no_locale_changes_a_file_or_a_pipe, progress_is_for_terminals,
           more_is_told_on_standard_error,
           it_is_told_where_a_history_comes_from])
