#!/usr/bin/env python3
"""The options that the program takes, its help and its manual are in step,
and the manual's pages are well formed. TAP on standard output."""
import glob
import json
import os
import re
import subprocess

import _tap

COMMANDS = ["scan", "report", "why", "trend", "components", "history", "entity",
            "compare", "check", "plan", "policy", "purl", "update", "feeds", "shards",
            "queue",
            "store", "list",
            "doctor", "completion", "explain"]


def page(name):
    with open(os.path.join(_tap.SRCDIR, "man", name), encoding="utf-8") as f:
        return f.read().replace("\\-", "-")


def help_options(command):
    out = _tap.run(command, "--help").stdout.decode()
    return set(re.findall(r"--([a-z][a-z-]+)", out.split("options:")[1]))


def every_option_stands_in_the_manual(_):
    text = page("ranwhence.1")
    known = set().union(*(help_options(c) for c in COMMANDS))
    written = set(re.findall(r"--([a-z][a-z-]+)",
                             text.split(".SH OPTIONS")[1]
                             .split(".SH EXIT STATUS")[0]))
    return [f"--{o}: only in {where}"
            for where, some in (("--help", known - written),
                                ("the manual", written - known))
            for o in sorted(some)]


def every_command_stands_in_help_and_manual(_):
    listed = re.findall(r"^  ([a-z]+)  ", _tap.run("--help").stdout.decode(),
                        re.M)
    written = re.findall(r"\.TP\n\.B ([a-z]+)\n",
                         page("ranwhence.1").split(".SH COMMANDS")[1]
                         .split(".SH OPTIONS")[0])
    synopsis = set(re.findall(r"\.B ranwhence ([a-z]+)",
                              page("ranwhence.1").split(".SH SYNOPSIS")[1]
                              .split(".SH DESCRIPTION")[0]))
    return [] if sorted(listed) == sorted(written) == sorted(synopsis) else [
        f"help {listed}, manual {written}, synopsis {synopsis}"]


def help_fits_80_columns(_):
    found = []
    for command in COMMANDS:
        out = _tap.run(command, "--help").stdout.decode()
        found += [f"{command}: {line}" for line in out.splitlines()
                  if len(line) > 80]
    return found


def lists_and_policies_fit_80_columns(_):
    names = [x.split()[0] for x in _tap.run("policy", "list").stdout
             .decode().splitlines()]
    demo = os.path.join(_tap.SRCDIR, "fixtures/demo/stack.yaml")
    runs = [["policy", "list"], ["list", "policies"], ["list", "reporters"],
            ["components", "-q", demo]] + [["policy", "show", n]
                                           for n in names]
    return [f"{' '.join(r)}: {line}" for r in runs
            for line in _tap.run(*r).stdout.decode().splitlines()
            if len(line) > 80 and " " in line.strip()][:5] + (
                [] if len(names) > 9 else [str(names)])


def the_report_fits_80_columns(_):
    out = _tap.run("scan", os.path.join(
        _tap.SRCDIR, "fixtures/demo/stack.yaml")).stdout.decode()
    # a path or an address that has no blank cannot be broken
    return [line for line in out.splitlines()
            if len(line) > 80 and len(max(line.split(), key=len)) < 60]


def the_report_has_no_colour_in_a_pipe(_):
    demo = os.path.join(_tap.SRCDIR, "fixtures/demo/stack.yaml")
    plain = _tap.run("scan", demo).stdout
    coloured = _tap.run("scan", "--color=always", demo).stdout
    found = ["colour in a pipe"] if b"\033" in plain else []
    return found if b"\033[" in coloured else found + ["no colour at all"]


def pages_are_well_formed(_):
    found = []
    pages = sorted(glob.glob(os.path.join(_tap.SRCDIR, "man/*.[15]")))
    for path in pages:
        p = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z", path],
                           capture_output=True, text=True)
        found += p.stderr.splitlines()
    return found if pages else ["no pages"]


def each_command_has_its_page(_):
    found = []
    folder = os.path.join(os.path.dirname(_tap.RANWHENCE), "man/commands")
    pages = {os.path.basename(p) for p in glob.glob(folder + "/*.1")}
    if pages != {f"ranwhence-{c}.1" for c in COMMANDS}:
        found.append(f"pages {sorted(pages)}")
    for command in COMMANDS:
        path = os.path.join(folder, f"ranwhence-{command}.1")
        p = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z", path],
                           capture_output=True, text=True)
        found += p.stderr.splitlines()
        with open(path, encoding="utf-8") as f:
            text = f.read().replace("\\-", "-")
        parts = re.split(r"^\.SH (.*)\n", text, flags=re.M)
        part = dict(zip(parts[1::2], parts[2::2]))
        # by what names an entry: other options may be mentioned in one
        heads = re.findall(r"\.TP\n(.*)\n", part["OPTIONS"])
        options = set(re.findall(r"--([a-z][a-z-]+)", "\n".join(heads)))
        if options != help_options(command):
            found.append(f"{command}: options {options}")
        if f"ranwhence {command}" not in part["SYNOPSIS"] or \
                len(part["DESCRIPTION"]) < 20 or \
                len(part["NAME"].split("-", 2)) < 3:
            found.append(f"{command}: no synopsis, name or description")
    return found


def source(name):
    with open(os.path.join(_tap.SRCDIR, name), encoding="utf-8") as f:
        return f.read()


def pages_of_formats_name_what_there_is(_):
    """Keys of the configuration, kinds of facts, members of a digest."""
    with open(os.path.join(_tap.SRCDIR, "docs/digest.schema.json"),
              encoding="utf-8") as f:
        members = set(json.load(f)["properties"])
    settings = " ".join(re.findall(r'settings = "([^"]*)"', "".join(
        source(os.path.relpath(p, _tap.SRCDIR)) for p in glob.glob(
            os.path.join(_tap.SRCDIR, "feeds/*.c")))))
    there = {
        "ranwhence-config.5": set(settings.split()) | set(re.findall(
            r'^\t\{"([a-z-]+)", take_', source("feeds/config.c"), re.M)),
        "ranwhence-facts.5": set(re.findall(
            r'X\(FACT_[A-Z_]+, "([a-z-]+)"\)', source("scanner/model/facts.h"))),
        "ranwhence-digest.5": members}
    found = []
    for name, words in there.items():
        written = set(re.findall(r"[a-z_-]+", "\n".join(re.findall(
            r"\.TP\n(.*)\n", page(name)))))
        found += [f"{name}: {w}" for w in sorted(words - written)]
        found += [] if len(words) > 5 else [f"{name}: {words}"]
    return found


def the_version_is_one(_):
    version = _tap.run("--version").stdout.decode().strip()
    return [name for name in map(os.path.basename, glob.glob(
        os.path.join(_tap.SRCDIR, "man/*.[15]")))
        if f'"{version}"' not in page(name)]


def wrong_options_are_refused(_):
    cases = [["scan"], ["scan", "--nope", "x"], ["scan", "--json", "x"],
             ["history", "--range"], ["scan", "--quiet=1", "x"], ["nope"],
             [], ["scan", "--as-of=2026-02-30", "."], ["list", "nope"],
             ["scan", "--threads=0", "."], ["scan", "-o", "nope", "."],
             ["explain", "RW9999"], ["scan", "-p", "nope", "."],
             ["history", ".", "."], ["history", "--axis=nope", "."]]
    found = []
    for arguments in cases:
        p = _tap.run(*arguments)
        if p.returncode != 2 or p.stdout or not p.stderr:
            found.append(f"{arguments}: {p.returncode} {p.stdout!r} "
                         f"{p.stderr!r}")
    return found


_tap.main([every_option_stands_in_the_manual,
           every_command_stands_in_help_and_manual, help_fits_80_columns,
           lists_and_policies_fit_80_columns,
           the_report_fits_80_columns, the_report_has_no_colour_in_a_pipe,
           pages_are_well_formed, each_command_has_its_page,
           pages_of_formats_name_what_there_is,
           the_version_is_one,
           wrong_options_are_refused])
