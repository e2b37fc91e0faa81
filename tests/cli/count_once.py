#!/usr/bin/env python3
"""A stack that asks to count commits once: a mirror changes nothing, a fork
with commits of its own is, together with its origin, what one repository with
the commits of both is, and what is not the same question is not left out. TAP
on standard output."""
import itertools
import json
import subprocess

import _tap

# histories this short prove nothing of who wrote them
CLAIMED = "./claimed.yaml"
SCAN = ["scan", "-q", "--as-of=2026-01-01", "-p", CLAIMED, "-o", "json"]


def commits(name, host, n, start, path, parent=None):
    """A fast-import stream of n commits, each a line more of a file."""
    stream = b""
    for i in range(n):
        one = _tap.commit(
            i + 1, name, host(i), b"%d +0000" % (start + i * 86400),
            {f"{path}{i % 4}.c": b"int x;\n" * (1 + i)}, i or None)
        if parent and not i:
            one = one.replace(b"data 1\nx\n", b"data 1\nx\nfrom %s^0\n"
                              % parent, 1)
        stream += one
    return stream


def git(folder, *arguments, **more):
    return subprocess.run(["git", "-c", "user.name=M", "-c",
                           "user.email=m@nokia.com", *arguments], cwd=folder,
                          check=True, stdout=subprocess.PIPE,
                          **more).stdout.decode().strip()


def clone(folder, source, name, commit="main"):
    git(folder, "clone", "-q", "--bare", source, name)
    git(f"{folder}/{name}", "remote", "remove", "origin")
    git(f"{folder}/{name}", "update-ref", "refs/heads/main", commit)


def repositories(folder):
    """An origin of 20 commits, 4 of them by somebody of whom it is not known
    who controls it; a mirror; a state of 13 commits; a fork of 12 commits and
    5 of its own; one that merged all; and a clone that is not whole."""
    _tap.repository(f"{folder}/up", commits(
        b"A", lambda i: b"u@intel.com" if i % 5 else b"u@nokia.com", 20,
        1700000000, "f"))
    clone(folder, "up", "mirror")
    clone(folder, "up", "old", "main~7")
    clone(folder, "up", "fork", "main~8")
    git(f"{folder}/fork", "fast-import", "--quiet", input=commits(
        b"B", lambda i: b"v@huawei.com", 5, 1710000000, "g",
        b"refs/heads/main"))
    clone(folder, "up", "union")
    git(f"{folder}/union", "fetch", "-q", "../fork", "main:fork")
    git(f"{folder}/union", "update-ref", "refs/heads/main", git(
        f"{folder}/union", "commit-tree", "-m", "both", "-p", "main", "-p",
        "fork", "main^{tree}"))
    git(folder, "clone", "-q", "--bare", "--depth=3", f"file://{folder}/old",
        "shallow")


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
    with open(f"{folder}/claimed.yaml", "w", encoding="utf-8") as f:
        f.write("extends: default\n"
                "evidence: {concern-authorship: claimed}\n")


def report(folder, *items, asks=True):
    stack(folder, *items, asks=asks)
    return json.loads(_tap.run(*SCAN, "s.yaml", cwd=folder).stdout)


def judged(r, whole=True):
    """All that a verdict says of the stack; without `whole` what does not
    depend on who is the worst by itself, nor on trees."""
    v = r["verdicts"][0]
    names = list(v["axes"]) if whole else ["commits", "churn", "review"]
    what = ["exposure", "exposure_on_b", "breadth"] + ["peak"] * whole
    return [[v["axes"][a][x] for a in names for x in what], v["years"],
            v["components_counted"]] + whole * [
                v["headline"], v["range"], v["coverage_bp"], v["functions"],
                [(f["state"], f["measured"]) for f in v["rules"]]]


def told(r, code):
    return sorted((d["path"], d["message"].split(" ")[0])
                  for d in r["diagnostics"] if d["code"] == code)


def without_places(value):
    """Without indices of components."""
    if isinstance(value, dict):
        return {k: without_places(v) for k, v in value.items()
                if k != "peak_component"}
    return [without_places(v) for v in value] if isinstance(value, list) \
        else value


def a_mirror_changes_nothing(folder):
    repositories(folder)
    found = []
    for base in (["up"], ["fork"], ["up", "fork"]):
        alone = report(folder, *base)
        for name in base:
            clone(folder, name, f"again-{name}-{len(base)}")
            with_it = report(folder, *base, f"again-{name}-{len(base)}")
            if without_places(judged(with_it)) != \
                    without_places(judged(alone)):
                found.append(f"{base} and {name} again: {judged(with_it)} "
                             f"is not {judged(alone)}")
    both = report(folder, "up", "old")
    if judged(both, False) != judged(report(folder, "up"), False) or \
            told(both, "RW1421") != [("old", "all")]:
        found.append(f"an older state: {judged(both, False)}")
    return found


def an_empty_beginning_relates_nobody(folder):
    """A server begins all repositories with the same commit; a history that
    was merged into a folder of another is in it."""
    stream = _tap.commit(1, b"G", b"g@x.org", b"1600000000 +0000", {})
    for name, host in (("one", b"a@intel.com"), ("two", b"b@nokia.com")):
        _tap.repository(f"{folder}/{name}", stream + _tap.commit(
            2, b"A", host, b"1610000000 +0000", {"f.c": b"int x;\n"}, 1))
    r = report(folder, "one", "two")
    found = [] if not r["verdicts"][0]["joint_scores"] else ["they are one"]
    clone(folder, "one", "both")
    git(f"{folder}/both", "fetch", "-q", "../two", "main:two")
    tree = git(f"{folder}/both", "mktree", input=(
        "100644 blob " + git(f"{folder}/both", "rev-parse", "main:f.c") +
        "\tf.c\n040000 tree " + git(f"{folder}/both", "rev-parse",
                                     "two^{tree}") + "\tlib\n").encode())
    git(f"{folder}/both", "update-ref", "refs/heads/main", git(
        f"{folder}/both", "commit-tree", "-m", "take in", "-p", "main", "-p",
        "two", tree))
    r = report(folder, "both", "two")
    if [len(j["components"]) for j in r["verdicts"][0]["joint_scores"]] != \
            [2] or told(r, "RW1421") != [("two", "all")] or \
            judged(r, False) != judged(report(folder, "both"), False):
        found.append(f"taken in: {judged(r, False)}")
    return found


def counts(tally):
    return [tally[k] for k in ("concern", "other", "unknown")]


def a_fork_is_what_both_are_in_one(folder):
    repositories(folder)
    r, one = report(folder, "up", "fork"), report(folder, "union")
    v = r["verdicts"][0]
    both = v["joint_scores"][0]
    names = [c["name"] for c in r["components"]]
    whole = one["verdicts"][0]["scores"][0]["axes"]
    own = {names[s["component"]]: s for s in v["scores"]}
    found = []
    # 20 of the origin, 12 of which the fork has too, and 5 of its own
    for what, got, want in (
            ("commits", counts(both["axes"]["commits"]["all"]), [5, 0, 20]),
            ("origin", counts(own["up"]["axes"]["commits"]["all"]), [0, 0, 20]),
            ("fork", counts(own["fork"]["axes"]["commits"]["all"]), [5, 0, 12]),
            # lines are added and taken out as each file is written anew
            ("churn", counts(both["axes"]["churn"]["all"]),
             counts(whole["churn"]["all"])),
            ("whole commits", counts(both["axes"]["commits"]["all"]),
             counts(whole["commits"]["all"])),
            ("windows", [both["axes"][a] for a in ("commits", "churn")],
             [whole[a] for a in ("commits", "churn")]),
            ("organisations", both["organisations"],
             one["verdicts"][0]["scores"][0]["organisations"]),
            ("spread", [both["spread"][a] for a in ("commits", "churn")],
             [one["verdicts"][0]["scores"][0]["spread"][a]
              for a in ("commits", "churn")]),
            # the trees of both are there
            ("lines", counts(both["axes"]["surviving"]["all"]), [
                a + b for a, b in zip(*(counts(own[n]["axes"]["surviving"]["all"])
                                        for n in ("up", "fork")))]),
            ("stack", judged(r, False), judged(one, False)),
            ("exposure", v["axes"]["commits"]["exposure"],
             {"low_bp": 2000, "high_bp": 10000}),
            ("if cited", v["axes"]["commits"]["exposure_on_b"],
             {"low_bp": 2000, "high_bp": 2000}),
            # 5 of 17
            ("peak", v["axes"]["commits"]["peak"],
             {"low_bp": 2941, "high_bp": 10000}),
            ("members", sorted(names[i] for i in both["components"]),
             ["fork", "up"]),
            ("weights", (own["up"]["weight"], own["fork"]["weight"],
                         own["fork"]["weight_alone"]), (100, 0, 100)),
            ("told", told(r, "RW1421"), [("fork", "12")])):
        if got != want:
            found.append(f"{what}: {got} is not {want}")
    return found


def the_order_changes_nothing(folder):
    repositories(folder)
    first, found = None, []
    for items in itertools.permutations(["old", "fork", "up"]):
        r = report(folder, *items)
        names = [c["name"] for c in r["components"]]
        v = r["verdicts"][0]
        this = [without_places(judged(r)), told(r, "RW1421"),
                [names[i] for i in v["joint_scores"][0]["components"]],
                v["joint_scores"][0]["axes"], [
                    (f["reason"], sorted(names[i] for i in f["components"]))
                    for f in v["rules"]]]
        first = first or this
        if this != first:
            found.append(f"{items}: {this} is not {first}")
    return found


def nothing_is_left_out_unasked(folder):
    repositories(folder)
    found = []
    for what, items, asks, n in (
            ("not asked", ["up", "fork"], False, 0),
            ("another function", ["up", ("O-CU-CP", "fork", "")], True, 0),
            ("other files", ["up", ("O-DU", "fork", ', built: ["f*"]')],
             True, 0),
            ("another service", ["up", ("O-DU", "fork",
                                        ", in-service: 2025-01-01")], True,
             0),
            ("not whole", ["shallow", "up"], True, 1),
            ("nor is it", ["up", "shallow"], True, 1),
            ("only named", ["up", ("O-DU", "https://example.org/x", "")],
             True, 1)):
        r = report(folder, *items, asks=asks)
        v = r["verdicts"][0]
        if (v["components_counted"], v["joint_scores"],
                len(told(r, "RW1422"))) != (2, [], n):
            found.append(f"{what}: {v['joint_scores']} {told(r, 'RW1422')}")
    with open(f"{folder}/s.yaml", "w", encoding="utf-8") as f:
        f.write("stack: 1\nname: S\ncount-once: maybe\nfunctions:\n  - "
                "function: O-DU\n    components: [{repository: up}]\n")
    p = _tap.run(*SCAN, "s.yaml", cwd=folder)
    return found + ([] if p.returncode == 2 and b"RW1501" in p.stderr
                    else [f"{p.returncode} {p.stderr}"])


def shards(folder, split):
    """Three shards, each run apart, then brought together in o."""
    p = _tap.run("shards", "plan", "-q", "-p", CLAIMED, "--shards=3",
                 f"--split={split}", "s.yaml", cwd=folder)
    with open(f"{folder}/plan.json", "wb") as f:
        f.write(p.stdout)
    codes = [p.returncode] + [
        _tap.run("shards", "run", f"--index={i}", f"--out=o{i}", "plan.json",
                 cwd=folder).returncode for i in range(3)]
    codes.append(_tap.run("shards", "merge", "--out=o", "o2", "o0", "o1",
                          cwd=folder).returncode)
    return codes, json.loads(p.stdout)["units"]


def parts_serve_every_command(folder):
    repositories(folder)
    stack(folder, "up", "fork", "mirror", "old")
    codes, units = shards(folder, 100000)
    found = [] if codes == [0] * 5 else [f"shards: {codes}"]
    units = [u for u in units if u["kind"] == "history"]
    if [len(u["beyond"]) for u in units].count(1) != 1 or len(units) != 5:
        found.append(f"units: {units}")
    for command in (SCAN, ["plan", "-q", "--json", "--as-of=2026-01-01", "-p",
                           CLAIMED],
                    ["trend", "-q", "--json", "--by=quarter", "-p",
                     CLAIMED, "--as-of=2026-01-01"],
                    [*SCAN[:-1], "text"], [*SCAN[:-1], "html"]):
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


def without_its_own_part_it_counts_whole(folder):
    """What cannot be split counts by itself, and that is told."""
    repositories(folder)
    stack(folder, "up", "fork")
    _, units = shards(folder, 100000)
    lost = next(u["key"] for u in units if u["beyond"])
    subprocess.run(["rm", f"{folder}/o/{lost}.part"], check=True)
    p = _tap.run(*SCAN, "--parts=o", "s.yaml", cwd=folder)
    r = json.loads(p.stdout)
    v = r["verdicts"][0]
    got = (v["joint_scores"], v["components_counted"], p.returncode,
           told(r, "RW1422"), len(told(r, "RW1830")))
    want = ([], 2, 3, [("fork", "it")], 1)
    return [] if got == want else [f"{got} is not {want}"]


def every_page_says_so(folder):
    repositories(folder)
    stack(folder, "up", "fork")
    found = []
    with open(f"{folder}/r.json", "wb") as f:
        f.write(_tap.run(*SCAN, "s.yaml", cwd=folder).stdout)
    for command, want in (
            ([*SCAN[:-1], "text", "s.yaml"], b"counted once with fork"),
            ([*SCAN[:-1], "html", "s.yaml"], b"counted once with fork"),
            (["why", "-q", "fork", "r.json"], b"Counted once with up")):
        p = _tap.run(*command, cwd=folder)
        if want not in b" ".join(p.stdout.split()):
            found.append(f"{command}: {p.stdout} {p.stderr}")
    p = _tap.run("why", "-q", "--json", "fork", "r.json", cwd=folder)
    c = json.loads(p.stdout)["components"][0]
    if len(c["counted_with"]) != 1 or c["together"]["weight"] != 100:
        found.append(f"why: {c}")
    # and a report that is read back is the same
    for form in ("json", "text", "html"):
        one = _tap.run(*SCAN[:-1], form, "s.yaml", cwd=folder)
        again = _tap.run("report", "-o", form, "r.json", cwd=folder)
        if one.stdout != again.stdout:
            found.append(f"{form}: read back it is another {again.stderr}")
    return found


_tap.main([a_mirror_changes_nothing, an_empty_beginning_relates_nobody,
           a_fork_is_what_both_are_in_one,
           the_order_changes_nothing, nothing_is_left_out_unasked,
           parts_serve_every_command, without_its_own_part_it_counts_whole,
           every_page_says_so])
