#!/usr/bin/env python3
# slow
"""Histories counted in shards: however they are split, repeated and merged,
the report has the bytes of one machine's; what is missing, damaged or in
conflict is told. TAP on standard output."""
import hashlib
import json
import os
import random
import shutil
import subprocess
import time

import _tap

HOSTS = [b"huawei.com", b"intel.com", b"nokia.com", b"gmail.com", b"x.example"]
SCAN = ["scan", "-q", "--as-of=2026-01-01", "-p", "default", "-p",
        "eu-5g-toolbox"]
PLAN = ["shards", "plan", "-q", "--as-of=2026-01-01", "-p", "default", "-p",
        "eu-5g-toolbox"]
BOTH = ("history", "components")
SPLITS = int(os.environ.get("SPLITS", "20"))
STACK = """stack: 1
name: Some stack
functions:
  - function: O-DU
    components:
      - {repository: r3, built: ["f*"], classes: {generated: ["f1"]}}
      - {repository: r4}
"""


def history(path, n, seed):
    rng, stream = random.Random(seed), b""
    for i in range(n):
        stream += _tap.commit(
            i + 1, b"A", b"u%d@%s" % (i % 9, rng.choice(HOSTS)),
            b"%d +0000" % (1600000000 + i * 86400),
            {f"f{i % 7}": b"".join(b"%d\n" % rng.randrange(40)
                                   for _ in range(20))}, i or None)
    _tap.repository(path, stream)


def spoil(path):
    """An author without a date, a tree that is not there."""
    for data in (b"tree %s\nauthor A <a@one.test\ncommitter A <a@one.test> 9 "
                 b"+0000\n\nx\n", b"tree " + b"1" * 40 + b"\nparent %s\nauthor "
                 b"A <a@one.test> 9 +0000\ncommitter A <a@one.test> 9 +0000\n"
                 b"\nx\n"):
        of = "main^{tree}" if data.startswith(b"tree %s") else "main"
        name = subprocess.run(["git", "rev-parse", of], cwd=path, check=True,
                              capture_output=True).stdout.strip()
        new = subprocess.run(
            ["git", "hash-object", "-w", "-t", "commit", "--literally",
             "--stdin"], cwd=path, input=data % name, check=True,
            capture_output=True).stdout.strip()
        with open(f"{path}/refs/heads/main", "wb") as f:
            f.write(new + b"\n")


def repositories(folder):
    """Nine sound ones of a heavy tail; a malformed, an empty, a shallow one,
    and a copy of one."""
    for i in range(9):
        history(f"{folder}/r{i}", 60 if i == 5 else 3 + i, i)
    history(f"{folder}/r9", 5, 9)
    spoil(f"{folder}/r9")
    subprocess.run(["git", "init", "-q", "--bare", f"{folder}/r10"],
                   check=True)
    subprocess.run(["git", "clone", "-q", "--bare", "--depth=2",
                    f"file://{folder}/r5", f"{folder}/r11"], check=True)
    for name in ("r7", "copy"):
        if name == "copy":
            shutil.copytree(f"{folder}/r7", f"{folder}/copy")
        subprocess.run(["git", "config", "remote.origin.url",
                        "https://example.com/r7"], cwd=f"{folder}/{name}",
                       check=True)
    return [f"r{i}" for i in range(12)] + ["copy"]


def report(folder, *arguments):
    p = _tap.run(*SCAN, "-o", "json", *arguments, cwd=folder)
    return p.returncode, p.stdout


def plan(folder, *arguments, code=0, kinds=("history",)):
    """A plan; its units of other kinds are left out."""
    p = _tap.run(*PLAN, *arguments, cwd=folder)
    assert p.returncode == code, p.stderr
    made = json.loads(p.stdout)
    made["units"] = [u for u in made["units"] if u["kind"] in kinds]
    for i, u in enumerate(made["units"] if kinds != BOTH else []):
        u["shard"] = i % made["shards"]
    with open(f"{folder}/plan.json", "w", encoding="utf-8") as f:
        json.dump(made, f, indent=2)
    return made


def run(folder, out, *more, env=None):
    return _tap.run("shards", "run", f"--out={out}", *more, "plan.json",
                    cwd=folder, env=env).returncode


def merge(folder, out, *of):
    p = _tap.run("shards", "merge", f"--out={out}", *of, cwd=folder)
    return p.returncode, p.stderr.decode()


def names(folder):
    return sorted(os.listdir(folder))


def any_split_gives_the_bytes_of_one_machine(folder):
    targets = repositories(folder)
    want, found = report(folder, *targets), []
    q = plan(folder, "--shards=3", *reversed(targets), kinds=BOTH)
    p = plan(folder, "--shards=3", *targets, kinds=BOTH)
    if {**p, "targets": 0} != {**q, "targets": 0} or p["targets"] != targets:
        found.append("the order of targets shows")
    if len(p["units"]) != 2 * 13:
        found.append(f"{len(p['units'])} units")
    codes = [run(folder, f"s{k}", f"--index={k}", "-j2") for k in range(3)]
    parts = [(k, n) for k in range(3) for n in names(f"{folder}/s{k}")]
    if codes != [0, 0, 0] or sorted(n for _, n in parts) != sorted(
            u["key"] + ".part" for u in p["units"]):
        return found + [f"{codes} {parts}"]
    if want[0] != 3 or b"RW1407" not in want[1] or b"RW1403" not in want[1]:
        found.append("what is malformed is not told")
    merges = 0
    for seed in range(SPLITS):
        rng, tree = random.Random(seed), []
        for k in range(rng.randrange(1, 6)):
            tree.append(f"t{seed}-{k}")
            os.mkdir(f"{folder}/{tree[-1]}")
        for k, n in parts:
            for to in rng.sample(tree, rng.randrange(1, len(tree) + 1)):
                shutil.copy(f"{folder}/s{k}/{n}", f"{folder}/{to}/{n}")
        while len(tree) > 1 or not merges % 5:
            merges += 1
            some = [rng.choice(tree) for _ in range(rng.randrange(1, 4))]
            code, why = merge(folder, f"m{merges}", *some)
            if code:
                found.append(f"{seed}: {code} {why}")
            tree = [t for t in tree if t not in some] + [f"m{merges}"]
            rng.shuffle(tree)
        if report(folder, f"--parts={tree[0]}", *targets) != want:
            found.append(f"{seed}: another report")
    return found


def cut_ones_give_the_same_bytes(folder):
    targets, found = repositories(folder), []
    want = report(folder, *targets)
    plan(folder, *targets)
    run(folder, "whole", "--index=all")
    for most in (1, 11):
        p = plan(folder, "--shards=3", f"--split={most}", *targets)
        n = {u["history"]: u["slices"] for u in p["units"]}
        if sorted(n) != [x[:-5] for x in names(f"{folder}/whole")] or \
                len(p["units"]) != sum(n.values()) or \
                sorted(n.values())[:3] != [1, 1, 3 if most > 9 else 30]:
            found.append(f"{most}: {n}")
        tree = [f"c{most}-{k}" for k in range(3)]
        codes = [run(folder, t, f"--index={k}", "-j2")
                 for k, t in enumerate(tree)]
        code, why = merge(folder, f"m{most}", *tree, tree[0])
        if any(codes) or code:
            found.append(f"{most}: {codes} {code} {why}")
        if report(folder, f"--parts=m{most}", *targets) != want:
            found.append(f"{most}: another report from slices")
        run(folder, f"m{most}", "--index=all")
        for name in names(f"{folder}/whole"):
            with open(f"{folder}/whole/{name}", "rb") as a, \
                    open(f"{folder}/m{most}/{name}", "rb") as b:
                if a.read() != b.read():
                    found.append(f"{most}: {name} is another")
    return found


def some_slices_are_nothing(folder):
    history(f"{folder}/r0", 30, 0)
    want, found = report(folder, "r0"), []
    units = plan(folder, "--split=10", "--shards=4", "r0")["units"]
    for k in range(3):
        run(folder, "o", f"--index={k}")
    code, text = report(folder, "--parts=o", "r0")
    told = [d for d in json.loads(text)["diagnostics"] if d["code"] ==
            "RW1830"]
    if code != 3 or len(told) != 1 or "of 4 slices 3" not in told[0][
            "message"] or os.path.exists(
                f"{folder}/o/{units[0]['history']}.part"):
        found.append(f"{code} {told}")
    code = run(folder, "o", "--index=3")
    if code or report(folder, "--parts=o", "r0") != want or \
            f"{units[0]['history']}.part" not in names(f"{folder}/o"):
        found.append(f"{code}: the last one does not join them")
    path = f"{folder}/o/{units[1]['key']}.part"
    os.remove(f"{folder}/o/{units[0]['history']}.part")
    with open(path, "rb") as f:
        sound = f.read()
    for bad in (sound[:200], sound.replace(b"slice ", b"ecils "),
                again(sound[:-72].replace(b"slice ", b"ecils ") +
                      sound[-72:]),
                again(sound[:-100] + b"x" * 28 + sound[-72:])):
        with open(path, "wb") as f:
            f.write(bad)
        code, text = report(folder, "--parts=o", "r0")
        if code != 3 or b'"RW1831"' not in text:
            found.append(f"{code}: damage is not told")
    with open(path, "wb") as f:
        f.write(sound[:200])
    code = run(folder, "o", "--index=all")
    with open(path, "rb") as f:
        return found + ([] if not code and f.read() == sound and report(
            folder, "--parts=o", "r0") == want else [f"{code}: not mended"])


def what_the_store_has_is_not_counted_again(folder):
    history(f"{folder}/r0", 9, 0)
    store = f"--store={folder}/s.db"
    _tap.run("history", "-q", store, "--axis=commits,churn,review,surviving",
             "r0", cwd=folder)
    plan(folder, "r0")
    run(folder, "a", "--index=all")
    blob = subprocess.run(["git", "rev-parse", "HEAD:f0"],
                          cwd=f"{folder}/r0", check=True,
                          capture_output=True).stdout.decode().strip()
    os.remove(f"{folder}/r0/objects/{blob[:2]}/{blob[2:]}")
    codes = [run(folder, "b", "--index=all", store),
             run(folder, "c", "--index=all")]
    parts = []
    for out in "abc":
        with open(f"{folder}/{out}/{names(f'{folder}/{out}')[0]}", "rb") as f:
            parts.append(f.read())
    return [] if codes == [0, 0] and parts[0] == parts[1] and b"RW1403" in \
        parts[2] else [f"{codes} {parts[0] == parts[1]}"]


def a_stack_and_its_classes(folder):
    for i in (3, 4):
        history(f"{folder}/r{i}", 9, i)
    with open(f"{folder}/stack.yaml", "w", encoding="utf-8") as f:
        f.write(STACK)
    want = report(folder, "stack.yaml")
    p = plan(folder, "stack.yaml")
    unit = [u for u in p["units"] if u["path"].endswith("r3")][0]
    found = [] if unit["paths"] == ["f*"] and unit["classes"] == [
        {"class": "generated", "paths": "f1"}] else [str(unit)]
    code = run(folder, "o", "--index=all", "--no-sandbox")
    return found + ([] if not code and want == report(
        folder, "--parts=o", "stack.yaml") else [f"{code}: another report"])


def nothing_is_done_twice_and_damage_is_mended(folder):
    history(f"{folder}/r0", 4, 0)
    history(f"{folder}/r1", 4, 1)
    plan(folder, "r0", "r1")
    found = [str(c) for c in [run(folder, "o", "--index=all")] if c]
    first, other = names(f"{folder}/o")
    before = os.stat(f"{folder}/o/{first}").st_mtime_ns
    with open(f"{folder}/o/{other}", "r+b") as f:
        sound = f.read()
        f.seek(300)
        f.write(b"#")
    code, why = merge(folder, "m", "o")
    if code != 3 or other not in why or names(f"{folder}/m") != [first]:
        found.append(f"damage is merged: {code} {why}")
    code, bytes_ = report(folder, "--parts=o", "r0", "r1")
    if code != 3 or b"RW1831" not in bytes_:
        found.append(f"{code}: damage is not told")
    run(folder, "o", "--index=all")
    with open(f"{folder}/o/{other}", "rb") as f:
        if f.read() != sound:
            found.append("damage is not mended")
    if os.stat(f"{folder}/o/{first}").st_mtime_ns != before:
        found.append("a part was counted again")
    return found


def again(text):
    """A part with its checksum made to fit."""
    text = text[:-72]
    return text + b"end 64\n%s\n" % hashlib.sha256(text).hexdigest().encode()


def hostile_parts_are_refused(folder):
    history(f"{folder}/r9", 4, 9)
    spoil(f"{folder}/r9")
    want = report(folder, "r9")
    plan(folder, "r9")
    run(folder, "o", "--index=all")
    path = f"{folder}/o/{names(f'{folder}/o')[0]}"
    with open(path, "rb") as f:
        text = f.read()
    body, tail = text[:-72], text[-72:]
    found = [] if again(text) == text else ["the end is another"]
    cases = [
        body.replace(b"history 1 ", b"history 1 9"),
        body.replace(b"history 1 ", b"history 99999999999999999999 "),
        body.replace(b"history 1 ", b"history "),
        body.replace(b"history 1 ", b"history 1 1 1 1 1 1 1 1 1 "),
        body.replace(b"history 1 ", b"other 1 "),
        body.replace(b"\n0{", b"\n9{"), body.replace(b"\n0{", b"\nx{"),
        body.replace(b'"hosts"', b'"sthos"'), body + b"\n",
        body + b"told 6 1 0 1 1 0\nRW9999100\n",
        body + b"told 6 1 0 1 1 0\nRW1403x00\n", body + b"told 1\nx\n",
        body + b"more 6 10\nRW14079999999999\n", body + b"more 6 1\nRW1407",
        body + b"history 1 0\n0\n", body[:body.index(b"\n") + 1],
        text.replace(b"-part 1 ", b"-part 2 ")]
    for i, one in enumerate([again(c + tail) for c in cases[:-1]] +
                            [again(cases[-1]), b"", text[:80], text + b"x"]):
        with open(path, "wb") as f:
            f.write(one)
        code, told = report(folder, "--parts=o", "r9")
        if code != 3 or b'"RW1831"' not in told or one == text:
            found.append(f"{i}: {code}")
    with open(path, "wb") as f:
        f.write(text)
    return found + ([] if report(folder, "--parts=o", "r9") == want
                    else ["and the sound one is, too"])


def a_kill_loses_nothing(folder):
    for i in range(6):
        history(f"{folder}/r{i}", 30, i)
    targets, rng = [f"r{i}" for i in range(6)], random.Random(1)
    plan(folder, *targets)
    for _ in range(4):
        with subprocess.Popen(
                [_tap.RANWHENCE, "shards", "run", "--index=all", "-j2",
                 "--out=o", "plan.json"], cwd=folder) as p:
            time.sleep(rng.random() / 5)
            p.kill()
    code = run(folder, "o", "--index=all")
    return [] if not code and merge(folder, "m", "o")[0] == 0 and \
        report(folder, "--parts=m", *targets) == report(
            folder, *targets) else [f"{code}: another report"]


def conflicts_are_fatal_and_named(folder):
    history(f"{folder}/r0", 4, 0)
    plan(folder, "r0")
    run(folder, "o", "--index=all")
    name = names(f"{folder}/o")[0]
    os.mkdir(f"{folder}/other")
    with open(f"{folder}/o/{name}", "rb") as f:
        text = f.read().replace(b'"r0"', b'"r1"')
    with open(f"{folder}/other/{name}", "wb") as f:
        f.write(again(text))
    results = [merge(folder, f"m{i}", *o) for i, o in enumerate(
        [["o", "other"], ["other", "o"]])]
    return [f"{code} {why}" for code, why in results
            if code != 4 or name not in why]


def what_is_missing_lowers_coverage(folder):
    for i in (0, 1):
        history(f"{folder}/r{i}", 9, i)
    plan(folder, "--shards=2", "r0", "r1")
    run(folder, "o", "--index=0")
    code, text = report(folder, "--parts=o", "r0", "r1")
    told = [d["code"] for d in json.loads(text)["diagnostics"]]
    found = [] if code == 3 and told.count("RW1830") == 1 else [
        f"{code} {told}"]
    history(f"{folder}/new", 12, 0)
    shutil.rmtree(f"{folder}/r1")
    shutil.rmtree(f"{folder}/r0")
    os.rename(f"{folder}/new", f"{folder}/r0")
    codes = [run(folder, "p", "--index=all"),
             run(folder, "p", "--index=all", "-p", "x")]
    if codes[0] != 2 or os.listdir(f"{folder}/p"):
        found.append(f"a changed and a missing repository: {codes}")
    history(f"{folder}/r1", 12, 0)
    return found + ([] if run(folder, "p", "--index=all") == 2
                    else ["two changed ones"])


def engines_say_the_index(folder):
    for i in range(3):
        history(f"{folder}/r{i}", 2, i)
    p, found = plan(folder, "--shards=3", "r0", "r1", "r2"), []
    for name, first in (("SLURM_ARRAY_TASK_ID", 0),
                        ("JOB_COMPLETION_INDEX", 0),
                        ("AWS_BATCH_JOB_ARRAY_INDEX", 0),
                        ("PBS_ARRAY_INDEX", 0), ("CI_NODE_INDEX", 1)):
        for k in range(3):
            code = run(folder, name + str(k), env={name: str(first + k)})
            want = [u["key"] + ".part" for u in p["units"] if u["shard"] == k]
            if code or names(f"{folder}/{name}{k}") != want:
                found.append(f"{name} {k}: {code}")
    for value in ("3", "x", ""):
        code = run(folder, "no", env={"SLURM_ARRAY_TASK_ID": value})
        if code != 2 or os.path.exists(f"{folder}/no"):
            found.append(f"index {value!r}: {code}")
    return found + ([] if run(folder, "no") == 2 else ["no index"])


def what_makes_no_sense_is_refused(folder):
    history(f"{folder}/r0", 2, 0)
    text = json.dumps(plan(folder, "r0"))
    plans = ["", "{", "{}", text.replace("shards/2", "shards/1"),
             text.replace('"0.1.0"', '"0"'), text.replace('commits', 'x'),
             text.replace('"shards": 1', '"shards": 0'),
             text.replace('"shard": 0', '"shard": 1'),
             text.replace('"key": "', '"key": "../'),
             text.replace('"slices": 1', '"slices": 2'),
             text.replace('"slices": 1', '"slices": 0'),
             text.replace('"slices": 1', '"slices": 99'),
             text.replace('"slice": 0', '"slice": 1'),
             text.replace('"history": "', '"history": "0')]
    found = []
    for i, one in enumerate(plans):
        with open(f"{folder}/plan.json", "w", encoding="utf-8") as f:
            f.write(one)
        code = run(folder, "o", "--index=all")
        if code != 2 or os.path.exists(f"{folder}/o"):
            found.append(f"plan {i}: {code}")
    for words in (["shards", "x"], ["shards", "plan"], ["shards", "merge", "."],
                  ["shards", "run", "plan.json"], ["shards", "plan",
                                                   "--shards=0", "r0"],
                  ["shards", "plan", "--split=0", "r0"],
                  ["shards", "merge", "--out=m", "--index=1", "."],
                  ["shards", "run", "--out=m", "--split=3", "plan.json"],
                  ["shards", "plan", "no"], ["scan", "--parts=no", "r0"]):
        p = _tap.run(*words, cwd=folder)
        if p.returncode != 2 or p.stdout or not p.stderr:
            found.append(f"{words}: {p.returncode} {p.stdout}")
    return found


_tap.main([any_split_gives_the_bytes_of_one_machine,
           cut_ones_give_the_same_bytes, some_slices_are_nothing,
           what_the_store_has_is_not_counted_again, a_stack_and_its_classes,
           nothing_is_done_twice_and_damage_is_mended,
           hostile_parts_are_refused, a_kill_loses_nothing,
           conflicts_are_fatal_and_named, what_is_missing_lowers_coverage,
           engines_say_the_index, what_makes_no_sense_is_refused])
