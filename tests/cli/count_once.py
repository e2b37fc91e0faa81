#!/usr/bin/env python3
"""A stack that asks to count a mirror once: it weighs nothing, a fork is
counted whole, and what is not the same question is not left out. TAP on
standard output."""
import json
import subprocess

import _tap

SCAN = ["scan", "-q", "--as-of=2026-01-01", "-p", "eu-5g-toolbox", "-o",
        "json"]


def repositories(folder):
    """An origin of 20 commits, a mirror (which is one component with it in any
    case), a state of old, a fork with 5 of its own, and a clone that is not
    whole."""
    stream = b""
    for i in range(20):
        stream += _tap.commit(
            i + 1, b"A", b"u@intel.com" if i % 5 else b"u@nokia.com",
            b"%d +0000" % (1700000000 + i * 86400),
            {f"f{i % 4}": b"%d\n" % i * (1 + i % 5)}, i or None)
    _tap.repository(f"{folder}/up", stream)
    for name in ("mirror", "old", "fork"):
        subprocess.run(["git", "clone", "-q", "--bare", "up", name],
                       cwd=folder, check=True)
        subprocess.run(["git", "remote", "remove", "origin"],
                       cwd=f"{folder}/{name}", check=True)
    subprocess.run(["git", "update-ref", "refs/heads/main", "main~7"],
                   cwd=f"{folder}/old", check=True)
    subprocess.run(["git", "clone", "-q", "--bare", "--depth=3",
                    f"file://{folder}/old", "shallow"], cwd=folder, check=True)
    stream = b""
    for i in range(5):
        one = _tap.commit(i + 1, b"B", b"v@huawei.com", b"%d +0000" % (
            1710000000 + i * 86400), {f"g{i}": b"x\n" * 3}, i or None)
        stream += one if i else one.replace(
            b"data 1\nx\n", b"data 1\nx\nfrom refs/heads/main^0\n", 1)
    subprocess.run(["git", "fast-import", "--quiet"], cwd=f"{folder}/fork",
                   input=stream, check=True)


def stack(folder, *items, asks=True):
    """Items: a repository, or (function, repository, more)."""
    text = "stack: 1\nname: S\n" + ("count-once: true\n" if asks else "") + \
        "functions:\n"
    for item in items:
        function, name, more = item if isinstance(item, tuple) else (
            "O-DU", item, "")
        text += f"  - function: {function}\n    components:\n" \
                f"      - {{repository: {name}{more}}}\n"
    with open(f"{folder}/s.yaml", "w", encoding="utf-8") as f:
        f.write(text)


def scan(folder, *more):
    p = _tap.run(*SCAN, *more, "s.yaml", cwd=folder)
    return p.stdout


def judged(folder, *items, asks=True):
    """Shares of all axes, how many components count, and what is told."""
    stack(folder, *items, asks=asks)
    r = json.loads(scan(folder))
    v = r["verdicts"][0]
    axes = {k: [a[x] for x in ("exposure", "exposure_on_b", "peak",
                               "breadth")] for k, a in v["axes"].items()}
    return (v["headline"], axes), v["components_counted"], [
        (d["path"], d["message"].split(" ")[0]) for d in r["diagnostics"]
        if d["code"] == "RW1421"]


def a_mirror_changes_no_share(folder):
    repositories(folder)
    alone = judged(folder, "up")
    found = [] if alone[1:] == (1, []) else [f"alone: {alone}"]
    for name in ("mirror", "old"):
        both = judged(folder, "up", name)
        if both != (alone[0], 1, [(name, "all")]):
            found.append(f"{name}: {both}")
    both = judged(folder, "up", "fork")
    if both[1:] != (2, [("fork", "20")]) or both[0] == alone[0]:
        found.append(f"a fork: {both}")
    if judged(folder, "up", "fork", "mirror", "old")[:2] != both[:2]:
        found.append("a fork and mirrors")
    swapped = judged(folder, "fork", "up")
    if swapped[1:] != (1, [("up", "all")]) or \
            swapped[0] != judged(folder, "fork")[0]:
        found.append(f"the fork first: {swapped}")
    return found


def nothing_is_left_out_unasked(folder):
    repositories(folder)
    found = []
    for what, items, asks in (
            ("not asked", ["up", "old"], False),
            ("another function", ["up", ("O-CU-CP", "old", "")], True),
            ("other files", ["up", ("O-DU", "old", ', built: ["f*"]')],
             True),
            ("another service", ["up", ("O-DU", "old",
                                        ", in-service: 2025-01-01")], True),
            ("not whole", ["shallow", "up"], True),
            ("nor is it", ["up", "shallow"], True)):
        got = judged(folder, *items, asks=asks)
        if got[1:] != (2, []):
            found.append(f"{what}: {got}")
    with open(f"{folder}/s.yaml", "w", encoding="utf-8") as f:
        f.write("stack: 1\nname: S\ncount-once: maybe\nfunctions:\n  - "
                "function: O-DU\n    components: [{repository: up}]\n")
    p = _tap.run(*SCAN, "s.yaml", cwd=folder)
    return found + ([] if p.returncode == 2 and b"RW1501" in p.stderr
                    else [f"{p.returncode} {p.stderr}"])


def parts_serve_every_command(folder):
    repositories(folder)
    stack(folder, "up", "fork", "mirror", "old")
    p = _tap.run("shards", "plan", "-q", "-p", "eu-5g-toolbox", "--split=20",
                 "s.yaml", cwd=folder)
    with open(f"{folder}/plan.json", "wb") as f:
        f.write(p.stdout)
    code = _tap.run("shards", "run", "--index=all", "--out=o", "plan.json",
                    cwd=folder).returncode
    found = [] if not code else [f"run: {code}"]
    for command in (SCAN, ["plan", "-q", "--json", "--as-of=2026-01-01", "-p",
                           "eu-5g-toolbox"],
                    ["trend", "-q", "--json", "--by=quarter", "-p",
                     "eu-5g-toolbox", "--as-of=2026-01-01"]):
        one = _tap.run(*command, "s.yaml", cwd=folder)
        other = _tap.run(*command, "--parts=o", "s.yaml", cwd=folder)
        empty = _tap.run(*command, f"--parts={folder}/up", "s.yaml",
                         cwd=folder)
        if one.stdout != other.stdout or one.returncode != other.returncode \
                or not one.stdout:
            found.append(f"{command[0]}: {one.returncode} "
                         f"{other.returncode} {other.stderr}")
        if empty.stdout == one.stdout:
            found.append(f"{command[0]}: parts are not looked at")
    return found


_tap.main([a_mirror_changes_no_share, nothing_is_left_out_unasked,
           parts_serve_every_command])
