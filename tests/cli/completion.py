#!/usr/bin/env python3
"""ranwhence completion: what it prints is a script of its shell, says all
commands and options, and completes. Shells that are not installed are only
looked at as text. TAP on standard output."""
import os
import re
import shutil
import subprocess

import _tap

SHELLS = ["bash", "zsh", "fish"]


def script(shell):
    p = _tap.run("completion", shell)
    if p.returncode or p.stderr or not p.stdout:
        raise RuntimeError(f"{p.returncode} {p.stderr!r}")
    return p.stdout.decode()


def commands():
    return re.findall(r"^  ([a-z]+)  ", _tap.run("--help").stdout.decode(),
                      re.M)


def options(command):
    out = _tap.run(command, "--help").stdout.decode()
    return set(re.findall(r"--([a-z][a-z-]+)", out.split("options:")[1]))


def shells_take_it(folder):
    found = []
    for shell in SHELLS:
        path = os.path.join(folder, "script")
        with open(path, "w", encoding="utf-8") as f:
            f.write(script(shell))
        if shutil.which(shell):
            p = subprocess.run([shell, "-n", path], capture_output=True,
                               text=True)
            if p.returncode or p.stderr:
                found.append(f"{shell}: {p.stderr[:300]}")
    return found


def of_bash(text, command):
    row = re.search(rf"^\t\t{command}\) words='.*?'; options='(.*)' ;;$",
                    text, re.M)
    return set(re.findall(r"--([a-z-]+)", row.group(1)))


def of_zsh(text, command):
    part = text.split(f"\t{command})\n")[1].split(";;\n")[0]
    return set(re.findall(r"^\t\t\t'\*--([a-z-]+)", part, re.M))


def of_fish(text, command):
    return {m.group(2) for m in re.finditer(
        r"^complete -c ranwhence -n '__fish_seen_subcommand_from ([a-z ]+)' "
        r"-l ([a-z-]+) ", text, re.M) if command in m.group(1).split()}


def all_commands_and_options_are_in_it(_):
    found = []
    for shell, read in zip(SHELLS, (of_bash, of_zsh, of_fish)):
        text = script(shell)
        for command in commands():
            if read(text, command) != options(command):
                found.append(f"{shell} {command}: " + str(
                    read(text, command) ^ options(command)))
    return found


def quotes_are_balanced(_):
    """One line of fish is one command; zsh's specs are one word each."""
    fish = re.compile(r"complete( -[a-z]| [\w-]+| '(\\'|[^'\\])*')+")
    found = [x for x in script("fish").splitlines()[1:]
             if not fish.fullmatch(x)]
    zsh = re.compile(r"\t\t\t'([^']|'\\'')*'( \\| ;;)")
    return found + [x for x in script("zsh").splitlines()
                    if x.startswith("\t\t\t") and not zsh.fullmatch(x)]


def completed(*words):
    """What bash offers for the last of the words."""
    p = subprocess.run(
        ["bash", "--norc", "-c", 'eval "$1"; shift; COMP_WORDS=("$@"); '
         "COMP_CWORD=$(($# - 1)); _ranwhence; "
         "printf '%s\\n' \"${COMPREPLY[@]}\"",
         "bash", script("bash"), *words],
        capture_output=True, text=True)
    if p.returncode or p.stderr:
        raise RuntimeError(p.stderr)
    return p.stdout.split()


def bash_completes(_):
    cases = [
        (["ranwhence", "co"], ["components", "compare", "completion"]),
        (["/usr/bin/ranwhence", "--v"], ["--version"]),
        (["ranwhence", "compare", "--h"], ["--help", "--html"]),
        (["ranwhence", "scan", "--html"], []),
        (["ranwhence", "list", "po"], ["policies"]),
        (["ranwhence", "policy", "c"], ["check"]),
        (["ranwhence", "store", ""], ["export", "import", "verify", "gc"]),
        (["ranwhence", "completion", "z"], ["zsh"]),
        (["ranwhence", "scan", "--color", "a"], ["auto", "always"]),
        (["ranwhence", "scan", "--color", "=", "n"], ["never"]),
        (["ranwhence", "scan", "--color", "="],
         ["auto", "always", "never"]),
        (["ranwhence", "scan", "-p", "us-8"], ["us-889"]),
        (["ranwhence", "scan", "-o", "spdx"], ["spdx", "spdx3"]),
        (["ranwhence", "scan", "--facts", "f"], []),
        (["ranwhence", "scan", "a"], []),
        (["ranwhence", "nope", "-"], []),
    ]
    return [f"{words}: {completed(*words)}" for words, want in cases
            if completed(*words) != want]


def wrong_shells_are_refused(_):
    found = []
    for arguments in (["ksh"], ["bash", "zsh"], [""]):
        p = _tap.run("completion", *arguments)
        if p.returncode != 2 or p.stdout or b"usage: " not in p.stderr:
            found.append(f"{arguments}: {p.returncode} {p.stderr!r}")
    return found


_tap.main([shells_take_it, all_commands_and_options_are_in_it,
           quotes_are_balanced, bash_completes, wrong_shells_are_refused])
