#!/usr/bin/env python3
"""Forged and laundered commits: with a demanded signature the interval holds
the truth, and the lower bound counts nothing that is forged; without it the
interval is that of the addresses. TAP on standard output."""
import json
import os
import subprocess

import _tap

COMPANY, OTHER = "huawei.com", "example.com"
FACTS = """kind,subject,object,value,from,to,source,speaks_for,read,confidence,state,note
source,s-here,CC0-1.0,https://here.example/,,,,,2026-01-01,A,,Here
organisation,here,company,Here,,,s-here,,2026-01-01,A,,
establishes,here,,FR,,,s-here,,2026-01-01,A,,
dispersed,here,,<1%,,,s-here,,2026-01-01,A,,
host,example.com,here,,,,s-here,,2026-01-01,A,,
"""
POLICY = """policy: 1
name: demanding
title: A demanding policy
extends: default
evidence: {authorship: %s}
"""


def git(path, *arguments, **more):
    env = {"GIT_CONFIG_NOSYSTEM": "1", "HOME": path, "PATH": os.environ["PATH"],
           **more}
    return subprocess.run(["git", "-C", path, *arguments], check=True,
                          stdin=subprocess.DEVNULL, capture_output=True,
                          env=env).stdout.decode().strip()


def key(folder, host):
    path = os.path.join(folder, host)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "",
                    "-f", path], check=True, stdin=subprocess.DEVNULL)
    with open(path + ".pub", encoding="ascii") as f:
        return f"*@{host} {f.read().strip()}\n"


def history(folder, commits):
    """commits: (whose it is, whose address it bears); the honest are signed,
    and so are the forged, by a key of their own makers."""
    path = os.path.join(folder, "r")
    os.mkdir(path)
    git(path, "init", "-q", "-b", "main", ".")
    with open(os.path.join(folder, "keys"), "w", encoding="ascii") as f:
        f.write(key(folder, COMPANY) + key(folder, OTHER))
    parent = []
    for i, (maker, claimed) in enumerate(commits):
        with open(os.path.join(path, "f.c"), "a", encoding="ascii") as f:
            f.write(f"int a{i};\n")
        git(path, "add", "f.c")
        who = {f"GIT_{role}_{k}": v for role in ("AUTHOR", "COMMITTER")
               for k, v in (("NAME", "A"), ("EMAIL", "a@" + claimed),
                            ("DATE", f"{1600000000 + i * 86400} +0000"))}
        name = git(path, "-c", "gpg.format=ssh", "-c", "user.signingkey=" +
                   os.path.join(folder, maker), "commit-tree", "-S",
                   git(path, "write-tree"), *parent, "-m",
                   f"t\n\nSigned-off-by: A <a@{claimed}>", **who)
        parent = ["-p", name]
    git(path, "update-ref", "refs/heads/main", name)
    return path


def bounds(folder, rung, *options):
    """The interval of the axis of commits, in commits of ten."""
    path = os.path.join(folder, "p.yaml")
    with open(path, "w", encoding="ascii") as f:
        f.write(POLICY % rung)
    facts = os.path.join(folder, "f.csv")
    with open(facts, "w", encoding="ascii") as f:
        f.write(FACTS)
    p = _tap.run("scan", "-o", "json", "--no-cache", "--policy=" + path,
                 "--facts=" + facts, *options, os.path.join(folder, "r"))
    if not p.stdout:
        raise RuntimeError(p.stderr)
    score = json.loads(p.stdout)["verdicts"][0]["scores"][0]
    tally = score["axes"]["commits"]["all"]
    return tally["low_bp"] / 1000, tally["high_bp"] / 1000


def check(folder, honest, forged, laundered):
    """Ten commits: (of the company, of others), both honest; 3 forged are of
    others and bear the company's address, 3 laundered the reverse."""
    commits = [(COMPANY, COMPANY)] * honest[0] + [(OTHER, OTHER)] * honest[1]
    commits += [(OTHER, COMPANY)] * forged + [(COMPANY, OTHER)] * laundered
    history(folder, commits)
    keys = "--author-keys=" + os.path.join(folder, "keys")
    truth = honest[0] + laundered
    claimed = honest[0] + forged
    found = []
    for rung, options, want in (
            ("claimed", [keys], (claimed, claimed)),
            ("sign-off", [keys], (honest[0], 10 - honest[1])),
            ("signature", [keys], (honest[0], 10 - honest[1])),
            ("signature", [], (0, 10))):
        got = bounds(folder, rung, *options)
        if got != want:
            found.append(f"{rung} {len(options)}: {got}, not {want}")
    if not honest[0] <= truth <= 10 - honest[1]:
        found.append("the interval does not hold the truth")
    return found


def forged_commits(folder):
    return check(folder, (3, 4), 3, 0)


def laundered_commits(folder):
    return check(folder, (2, 5), 0, 3)


def forged_and_laundered_commits(folder):
    return check(folder, (1, 3), 3, 3)


def a_digest_names_its_keys(folder):
    path = history(folder, [(OTHER, OTHER), (COMPANY, OTHER)])
    keys = os.path.join(folder, "keys")
    made = [_tap.run("history", "--json", "--author-keys=" + keys, path)
            for _ in range(2)]
    shown = json.loads(made[0].stdout)["authorship"]
    rows = [row[:4] for row in shown["rows"]]
    found = [] if rows == [[OTHER, "2020-09", "signature", 1]] \
        else [str(rows)]
    text = _tap.run("history", "--author-keys=" + keys, path).stdout
    if b"\nauthors: 1 proven by key, 0 signed off, 0 consistent, 1 only " \
            b"claimed\n" not in text:
        found.append(f"{text}")
    if not shown["keys"] or made[0].stdout != made[1].stdout:
        found.append("no keys, or other bytes")
    if json.loads(_tap.run("history", "--json", path).stdout)["authorship"][
            "keys"]:
        found.append("keys that were not given")
    with open(keys, "a", encoding="ascii") as f:
        f.write("nonsense\n")
    for command in ("history", "scan"):
        p = _tap.run(command, "--author-keys=" + keys, path)
        if p.returncode != 2 or b"RW1417" not in p.stderr:
            found.append(f"{command}: {p.returncode} {p.stderr[-200:]}")
    return found


def judged(folder, *words):
    """What a command prints by a policy that demands signatures."""
    with open(os.path.join(folder, "p.yaml"), "w", encoding="ascii") as f:
        f.write(POLICY % "signature")
    with open(os.path.join(folder, "f.csv"), "w", encoding="ascii") as f:
        f.write(FACTS)
    p = _tap.run(*words, "--policy=p.yaml", "--facts=f.csv", cwd=folder)
    if p.returncode not in (0, 1, 3):
        raise RuntimeError(p.stderr)
    return p.stdout


def plans_and_trends_take_keys(folder):
    history(folder, [(OTHER, OTHER), (COMPANY, COMPANY), (OTHER, COMPANY),
                     (OTHER, OTHER)])
    git(os.path.join(folder, "r"), "tag", "v1", "main~2")
    keys, found = "--author-keys=keys", []
    for words, bare, known in (
            (["trend", "--by=quarter"], (0, 10000), (2500, 5000)),
            (["trend", "--by=release"], (0, 10000), (5000, 5000))):
        got = [judged(folder, *words, "--json", *more, "r")
               for more in ([], [keys])]
        for text, want in zip(got, (bare, known)):
            if b'"low_bp": %d' % want[0] not in text or \
                    b'"high_bp": %d' % want[1] not in text:
                found.append(f"{words}: not {want}: {text}")
    got = [judged(folder, "plan", "--json", "--no-cache", *more, "r")
           for more in ([], [keys])]
    if got[0] == got[1]:
        found.append("plan: no difference")
    return found


def shards_take_keys(folder):
    """A part is of the keys that it was planned with, and no other."""
    history(folder, [(OTHER, OTHER), (COMPANY, COMPANY), (OTHER, COMPANY)])
    keys = "--author-keys=keys"
    scan = ["scan", "-q", "-o", "json", "--no-cache"]
    want = judged(folder, *scan, keys, "r")
    plans = [judged(folder, "shards", "plan", *more, "r")
             for more in ([], [keys])]
    found = []
    if len({json.loads(p)["units"][0]["key"] for p in plans}) != 2:
        found.append("the same key with keys and without")
    with open(os.path.join(folder, "plan.json"), "wb") as f:
        f.write(plans[1])
    run = ["shards", "run", "--facts=f.csv", "--out=parts", "--index=all"]
    for more, code in (([], 2), ([keys], 0)):
        p = _tap.run(*run, *more, "plan.json", cwd=folder)
        if p.returncode != code:
            found.append(f"run {more}: {p.returncode} {p.stderr}")
    if judged(folder, *scan, keys, "--parts=parts", "r") != want:
        found.append("other bytes")
    if b"RW1830" not in judged(folder, *scan, "--parts=parts", "r"):
        found.append("a part of other keys was taken")
    return found


def reports_say_how_it_is_shown(folder):
    """JSON, page, `why`, and the JSON read back; by host, too."""
    path = history(folder, [(OTHER, OTHER), (COMPANY, OTHER),
                            (COMPANY, COMPANY)])
    keys = "--author-keys=" + os.path.join(folder, "keys")
    facts = os.path.join(folder, "f.csv")
    with open(facts, "w", encoding="ascii") as f:
        f.write(FACTS)
    made = {form: os.path.join(folder, "r." + form)
            for form in ("json", "html")}
    _tap.run("scan", "-q", "--no-cache", "--facts=" + facts, keys,
             *[f"--output={k}={v}" for k, v in made.items()], path)
    with open(made["json"], encoding="utf-8") as f:
        report = json.load(f)
    shown = report["digests"][0]["authorship"]
    found = []
    if shown["commits"] != {**dict.fromkeys(shown["commits"], 0),
                            "claimed": 1, "signature": 2}:
        found.append(f"{shown}")
    hosts = {h["host"]: h["authorship"]
             for h in report["digests"][0]["attributed"]}
    if hosts[OTHER]["signature"] != 1 or hosts[OTHER]["claimed"] != 1 or \
            hosts[COMPANY]["signature"] != 1:
        found.append(f"{hosts}")
    sentence = b"Authors of its 3 commits: 2 proven by key, 0 signed off, "
    with open(made["html"], "rb") as f:
        if sentence not in f.read():
            found.append("not on the page")
    for asked, what in (("component:0", sentence), ("here", b"2 commits from "
            b"example.com in ")):
        text = b" ".join(_tap.run("why", "-q", asked, made["json"])
                         .stdout.split())
        if what not in text or b"0 signed off" not in text:
            found.append(f"{asked}: {text}")
    told = json.loads(_tap.run("why", "-q", "--json", "component:0",
                               made["json"]).stdout)
    if told["components"][0]["authorship"] != shown:
        found.append("why has others")
    return found


if subprocess.run(["sh", "-c", "command -v ssh-keygen"],
                  capture_output=True).returncode:
    print("1..0 # SKIP no ssh-keygen")
else:
    _tap.main([forged_commits, laundered_commits,
               forged_and_laundered_commits, a_digest_names_its_keys,
               plans_and_trends_take_keys, shards_take_keys,
               reports_say_how_it_is_shown])
