#!/usr/bin/env python3
"""Runs the cases of fixtures/<stage>/<plugin>/<case>/ and compares bytes.
TAP on standard output.

A case is a folder with a file `case`, the input in in/, and want.json or
want.txt: standard output as it must be. `case` holds one instruction a line
(# begins a comment):
    run ARGUMENTS...    of the program; "run" may be left out on line 1
    exit N              the status wanted, 0 if not said
    stderr TEXT         standard error holds TEXT
The program runs in the case's folder, so that names in its output are
relative; {in} stands for "in". A want file that is left out is not compared.

RANWHENCE_UPDATE=1 writes the want files anew: read the diff before you
commit it."""
import concurrent.futures
import os
import shlex
import subprocess
import sys


def read_case(path):
    """(arguments, status, texts on standard error)"""
    arguments, status, texts = None, 0, []
    with open(path, encoding="utf-8") as f:
        for line in f:
            word, _, rest = line.strip().partition(" ")
            if not word or word.startswith("#"):
                continue
            if word == "exit":
                status = int(rest)
            elif word == "stderr":
                texts.append(rest)
            elif arguments is None:
                arguments = rest if word == "run" else line
            else:
                raise ValueError(f"{path}: {line.strip()}")
    return shlex.split(arguments.replace("{in}", "in")), status, texts


def want_file(folder):
    for name in ("want.json", "want.txt"):
        if os.path.exists(os.path.join(folder, name)):
            return os.path.join(folder, name)
    return None


def first_difference(want, got):
    a, b = want.split(b"\n"), got.split(b"\n")
    for i, (x, y) in enumerate(zip(a, b), 1):
        if x != y:
            return f"line {i}: wanted {x!r}, got {y!r}"
    return f"wanted {len(a)} lines, got {len(b)}"


def problems(folder):
    """What is wrong with the outcome of the case, one line each."""
    arguments, status, texts = read_case(os.path.join(folder, "case"))
    p = subprocess.run([os.environ["RANWHENCE"]] + arguments, cwd=folder,
                       stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                       stderr=subprocess.PIPE, timeout=120)
    found = []
    if p.returncode != status:
        found.append(f"wanted exit {status}, got {p.returncode}")
    found += [f"standard error lacks: {t}" for t in texts
              if t.encode() not in p.stderr]
    want = want_file(folder)
    if want:
        if os.environ.get("RANWHENCE_UPDATE"):
            with open(want, "wb") as f:
                f.write(p.stdout)
        with open(want, "rb") as f:
            bytes_wanted = f.read()
        if bytes_wanted != p.stdout:
            found.append(first_difference(bytes_wanted, p.stdout))
    if found:
        found += p.stderr.decode(errors="replace").splitlines()[:20]
    return found


def main():
    root = os.path.join(os.environ.get("SRCDIR", "."), "fixtures")
    folders = sorted(d for d, _, names in os.walk(root) if "case" in names)
    print(f"1..{len(folders)}")
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for i, (folder, found) in enumerate(
                zip(folders, pool.map(problems, folders)), 1):
            failed += bool(found)
            name = os.path.relpath(folder, root)
            print(f"{'not ' if found else ''}ok {i} - {name}")
            for line in found:
                print("#   " + line)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
