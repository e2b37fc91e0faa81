#!/usr/bin/env python3
"""`history --by`: releases are what git says lies between the tags, quarters
and organisations add up to the digest, and all three follow the schema. TAP
on standard output."""
import collections
import json
import os
import random
import subprocess

import jsonschema

import _tap

HOSTS = [b"nokia.com", b"intel.com", b"gmail.com", b"kqzx.net"]
KEYS = ["commits", "credits", "excluded", "added", "deleted", "weighed"]


def git(repo, *arguments):
    return subprocess.run(["git", "-C", repo, *arguments], check=True,
                          capture_output=True).stdout.decode()


def by(path, what, *options):
    p = _tap.run("history", "--json", "-q", "--axis=churn", f"--by={what}",
                 *options, path)
    return json.loads(p.stdout), p.stdout


def history(path, seed):
    """Branches, merges, tags of both kinds, on branches and in folders."""
    rng = random.Random(seed)
    stream, tags = b"", []
    for i in range(1, 80):
        when = 1500000000 + i * 864000
        stream += _tap.commit(i, b"N", b"a@" + rng.choice(HOSTS),
                              b"%d +0000" % when, {},
                              max(0, i - rng.choice([1, 1, 1, 2, 4])))
        if i > 9 and i % 6 == 0:
            stream += b"merge :%d\n" % (i - 5)
        text = b"%d\n" % i * rng.randrange(9)
        stream += b"M 100644 inline f%d\ndata %d\n%s\n" % (
            rng.randrange(5), len(text), text)
        if rng.random() < .2:
            tags.append(i)
    for i in tags:
        stream += b"reset refs/tags/v%d\nfrom :%d\n\n" % (
            rng.randrange(1000), i)
    stream += b"tag in/folder\nfrom :30\ntagger N <a@b.c> 9 +0000\ndata 1\nx\n"
    _tap.repository(path, stream)
    if seed % 2:
        git(path, "pack-refs", "--all")
    git(path, "tag", "loose", "HEAD~3")


def releases_are_what_lies_between_tags(folder):
    problems = []
    for seed in range(4):
        path = os.path.join(folder, str(seed))
        history(path, seed)
        texts = {by(path, "release", f"--threads={n}")[1] for n in (1, 3)}
        rows = json.loads(texts.pop())["rows"]
        problems += ["not the same bytes"] * len(texts)
        before = []
        for row in rows:
            tag = f"refs/tags/{row['name']}" if row["name"] else "HEAD"
            want = int(git(path, "rev-list", "--count", "--no-merges", tag,
                           "--not", *before))
            before.append(tag)
            if row["commits"] != want:
                problems.append(f"{seed} {row['name']}: {row['commits']}, "
                                f"not {want}")
        if rows[-1]["name"] is not None or len(rows) < 3:
            problems.append(f"{seed}: {[r['name'] for r in rows]}")
        all_ = git(path, "rev-list", "--count", "--no-merges", "HEAD")
        if sum(r["commits"] for r in rows) != int(all_):
            problems.append(f"{seed}: not all commits are in a release")
    return problems


def rows_add_up_to_the_digest(folder):
    path = os.path.join(folder, "r")
    history(path, 5)
    p = _tap.run("history", "--json", "--axis=churn", path)
    d = json.loads(p.stdout)
    quarters = collections.Counter()
    for h in d["hosts"]:
        for m in h["months"]:
            year, month = m[0].split("-")
            quarters[f"{year}-Q{(int(month) + 2) // 3}"] += m[1]
    problems = []
    for what in ("organisation", "quarter", "release"):
        rows = by(path, what)[0]["rows"]
        for key in KEYS:
            parts = [sum(o[key] for o in r["organisations"]) for r in rows]
            if sum(parts) != d["totals"][key] or \
                    parts != [r[key] for r in rows]:
                problems.append(f"{what}: {key}")
        if what == "quarter" and {r["name"]: r["commits"] for r in rows
                                  } != dict(quarters):
            problems.append(str(quarters))
    names = [o["organisation"] for o in
             by(path, "organisation")[0]["rows"][0]["organisations"]]
    text = _tap.run("history", "-q", "--axis=churn,surviving",
                    "--by=organisation", path).stdout.decode()
    table = [line.split() for line in text.splitlines()[2:] if line]
    if table[0][:5] != ["commits", "share", "lines", "surviving", "reviews"] \
            or any(r[5] != "-" or not r[4].isdigit() for r in table[1:]):
        problems.append(text)
    if set(names) != {"nokia", "intel", None} or len(names) != 4:
        problems.append(str(names))
    return problems


def what_is_printed_follows_the_schema(folder):
    path = os.path.join(folder, "r")
    history(path, 6)
    with open(os.path.join(_tap.SRCDIR, "docs/history.schema.json"),
              encoding="utf-8") as f:
        validator = jsonschema.Draft202012Validator(json.load(f))
    problems = []
    for what in ("organisation", "quarter", "release"):
        document = by(path, what)[0]
        problems += [e.message[:200] for e in
                     validator.iter_errors(document)]
        for key in list(document):
            less = {k: v for k, v in document.items() if k != key}
            if validator.is_valid(less):
                problems.append(f"the schema takes it without {key}")
        text = _tap.run("history", f"--by={what}", path).stdout.decode()
        problems += [line for line in text.splitlines() if len(line) > 80]
        if not text.count("\n") > 3:
            problems.append(text)
    for options in (["--by=year"], ["--by=release", "--publish"]):
        p = _tap.run("history", *options, path)
        if p.returncode != 2 or b"--by" not in p.stderr:
            problems.append(f"{options}: {p.returncode} {p.stderr}")
    return problems


if __name__ == "__main__":
    _tap.main([releases_are_what_lies_between_tags, rows_add_up_to_the_digest,
               what_is_printed_follows_the_schema])
