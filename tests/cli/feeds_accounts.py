#!/usr/bin/env python3
"""The rung `account` of authorship: commits that Gerrit or GitHub say to have
come by the account of their author, and what they do not say. TAP on standard
output."""
import importlib
import json
import os
import subprocess

import _tap
from _feeds import Site

import service_gerrit as gerrit

graphql = importlib.import_module("service_github-graphql")
HUB = "https://github.com/o-ran-sc/ric-plt-e2"
OWN = gerrit.OWNER["email"]
ADDRESSES = [OWN, OWN, OWN, "jane@att.com", "jane@att.com"]
POLICY = """policy: 1
name: p
title: shown
text: {title: t, date: 2026-01-01, source: s, status: own}
concern: {jurisdictions: [FI], rungs: [established]}
evidence: {authorship: account}
weights: {axes: {commits: 1}, default: 1, dependencies: 1}
rules:
  - {id: R-1, title: t, clause: c, confirmed: true, kind: exposure,
     axis: commits, limit: 10%, severity: high, unproven: warn}
"""


def clone(folder, name="clone"):
    """A history and the ids of its commits, the first one first."""
    path = os.path.join(folder, name)
    _tap.repository(path, b"".join(_tap.commit(
        i + 1, b"A", a.encode(), b"%d +0000" % (1567000000 + i),
        {"f": b"%d\n" % i}, i or None) for i, a in enumerate(ADDRESSES)))
    subprocess.run(["git", "remote", "add", "origin", HUB], cwd=path,
                   check=True)
    ids = subprocess.run(["git", "rev-list", "--reverse", "HEAD"], cwd=path,
                         check=True, capture_output=True).stdout
    return path, ids.decode().split()


def change(number, commit, author, **revision):
    c = gerrit.change("ric-plt/e2", number, [], author=author)
    old = c["revisions"].pop(c["current_revision"])
    c["current_revision"] = commit
    c["revisions"][commit] = dict(old, **revision)
    return c


def shown(site, target, *options):
    p = _tap.run("scan", "-o", "json", "--as-of=2021-01-01", *(
        ["--store", site.store] if site else ["--no-cache"]), target,
        *options)
    report = json.loads(p.stdout)
    return report["digests"][0]["authorship"]["commits"], report, p.stdout


def differences(got, want):
    return [] if got == want else [f"got {got}", f"want {want}"]


def past(site):
    """So long that all changes are asked for again."""
    site.rows("UPDATE answer SET time = time - 31 * 86400")


def serve(site, ids):
    """Uploaded by its owner; by somebody else; not of this history; of an
    owner whose account has another address."""
    site.server.state["gerrit changes"] = [
        change(1, ids[0], OWN), change(2, ids[1], OWN,
                                       uploader=gerrit.OTHER),
        change(3, "b" * 40, OWN), change(4, ids[3], ADDRESSES[3])]


def gerrit_tells_who_uploaded(folder):
    target, ids = clone(folder)
    with Site(folder) as s:
        serve(s, ids)
        before, _, _ = shown(s, target) if os.path.exists(s.store) else (
            {}, 0, 0)
        code, _, err = s.update("--feed=gerrit", "--for", target)
        after, _, text = shown(s, target)
        again, _, _ = shown(s, target)
    saved = os.path.join(folder, "x.json")
    with open(saved, "wb") as f:
        f.write(text)
    p = _tap.run("report", "-o", "json", saved)
    return ([] if code == 0 else [err]) + differences(
        (before, after.get("account"), again), ({}, 1, after)) + (
            [] if p.stdout == text else [p.stderr.decode()])


def a_new_answer_is_counted_anew(folder):
    """A digest that is kept from before does not hide it."""
    target, ids = clone(folder)
    with Site(folder) as s:
        s.server.state["gerrit changes"] = [change(3, "b" * 40, OWN)]
        s.update("--feed=gerrit", "--for", target)
        first, _, _ = shown(s, target)
        past(s)
        serve(s, ids)
        s.update("--feed=gerrit", "--for", target, "--max-age=0s")
        second, _, _ = shown(s, target)
    return differences((first.get("account"), second.get("account")),
                       (None, 1))


def github_tells_who_signed(folder):
    """An account that has the address is not enough, nor is a signature of
    another one or one that is not valid."""
    target, ids = clone(folder)
    node = graphql.node(1, OWN, None, account=7, signer=7)
    nodes = [dict(node, oid=ids[0]), dict(node, oid=ids[1], signature=None),
             dict(node, oid=ids[2], signature={
                 "isValid": True, "signer": {"databaseId": 8}}),
             dict(node, oid=ids[3], signature={
                 "isValid": False, "signer": {"databaseId": 7}}),
             dict(node, oid=ids[4], signature={
                 "isValid": True, "signer": None},
                 author={"email": OWN, "user": None})]
    with Site(folder) as s:
        s.tail = "[feed github-graphql]\nenabled = yes\ntoken-env = GH\n"
        s.server.state["github histories"] = {"o-ran-sc/ric-plt-e2": nodes}
        code, _, err = s.update("--feed=github-graphql", "--for", target,
                                env={"GH": "x"})
        after, _, _ = shown(s, target)
    return ([] if code == 0 else [err]) + differences(
        after.get("account"), 1)


def a_policy_may_demand_it(folder):
    """Only what is shown leaves the unknown."""
    path = os.path.join(folder, "p.yaml")
    with open(path, "w", encoding="utf-8") as f:
        f.write(POLICY)
    target, ids = clone(folder)
    with Site(folder) as s:
        serve(s, ids)
        s.update("--feed=gerrit", "--for", target)
        _, report, _ = shown(s, target, "--policy", path)
    t = report["verdicts"][0]["scores"][0]["axes"]["commits"]["all"]
    return differences((t["concern"], t["other"], t["unknown"]), (1, 0, 4))


def another_repository_has_nothing_of_it(folder):
    """Ids alone do not do: the address must be that repository's."""
    target, ids = clone(folder)
    with Site(folder) as s:
        serve(s, ids)
        s.update("--feed=gerrit", "--for", target)
        subprocess.run(["git", "remote", "set-url", "origin",
                        "https://github.com/acme/other"], cwd=target,
                       check=True)
        after, _, _ = shown(s, target)
    return differences(after.get("account"), None)


def sharded(folder, target, with_store, *plan):
    """What a scan with a store makes of parts that others counted; and what
    it says of accounts."""
    def must(*arguments):
        p = _tap.run(*arguments)
        if p.returncode:
            raise RuntimeError(f"{arguments}: {p.stderr.decode()}")
        return p.stdout
    base = os.path.join(folder, "_".join(["p", *plan]).replace("/", "_"))
    with open(base + ".json", "wb") as f:
        f.write(must("shards", "plan", "-q", *plan, target))
    must("shards", "run", "-q", "--index=all", "--out=" + base, base + ".json")
    p = _tap.run("scan", "-q", "-o", "json", "--as-of=2021-01-01",
                 f"--parts={base}", f"--store={with_store}", target)
    return p.stdout, [d["code"] for d in json.loads(p.stdout)["diagnostics"]]


def every_machine_counts_them(folder):
    """history, and shards of a plan that was made where the store is; of one
    made elsewhere it is told that they are not counted."""
    target, ids = clone(folder)
    with Site(folder) as s:
        serve(s, ids)
        s.update("--feed=gerrit", "--for", target)
        found, _, text = shown(s, target)
        p = _tap.run("history", "--json", "--store", s.store, target)
        rows = json.loads(p.stdout)["authorship"]["rows"]
        n = sum(r[3] for r in rows if r[2] == "account")
        other, codes = sharded(folder, target, s.store, "--store", s.store)
        none, told = sharded(folder, target, s.store)
    got = json.loads(none)["digests"][0]["authorship"]["commits"]
    return differences((found.get("account"), n), (1, 1)) + (
        [] if other == text else ["in shards it is another report"]) + \
        differences(("RW1810" in codes, "RW1810" in told,
                     got.get("account")), (False, True, None))


def a_clone_counts_them(folder):
    """Counted again where answers came or changed (not in the first update:
    the bundled history has its reviews, so nobody asks about it); and where
    they came without the clone being counted again, that is told."""
    root = os.path.join(folder, "served")
    _, ids = clone(root, HUB[len("https://"):])
    target = os.path.join(folder, "stack.yaml")
    with open(target, "w", encoding="utf-8") as f:
        f.write("stack: 1\nname: x\nfunctions:\n  - function: Near-RT RIC\n"
                f"    components:\n      - repository: {HUB}\n")

    def counted(s):
        p = _tap.run("scan", "-q", "-o", "json", "--as-of=2021-01-01",
                     "--store", s.store, target)
        r = json.loads(p.stdout)
        return (r["digests"][0]["clone"],
                r["digests"][0]["authorship"]["commits"].get("account", 0),
                "RW1810" in [d["code"] for d in r["diagnostics"]])
    with Site(folder) as s:
        s.server.state["git"] = root
        s.tail = "[feed git]\nenabled = yes\n"
        s.server.state["gerrit changes"] = [change(1, ids[0], OWN)]
        s.update("--feed=git", "--feed=gerrit", "--for", target)
        got = [counted(s)]
        past(s)
        serve(s, ids)
        s.server.state["gerrit changes"].append(change(5, ids[2], OWN))
        code, out, err = s.update("--max-age=0s", "--feed=git",
                                  "--feed=gerrit", "--for", target)
        got.append(counted(s))
        past(s)
        _, again, _ = s.update("--max-age=0s", "--feed=git", "--for", target)
        s.server.state["gerrit changes"] = [change(3, "b" * 40, OWN)]
        s.update("--max-age=0s", "--feed=gerrit", "--feed=git", "--for",
                 target)
        got.append(counted(s))
        past(s)
        serve(s, ids)
        s.update("--max-age=0s", "--feed=gerrit", "--for", target)
        got.append(counted(s))
    return differences(got, [(True, 0, False), (True, 2, False),
                             (True, 0, True), (True, 0, True)]) + (
        [] if code == 0 and "is current" in again else [out, err, again])


_tap.main([gerrit_tells_who_uploaded, a_new_answer_is_counted_anew,
           github_tells_who_signed, a_policy_may_demand_it,
           another_repository_has_nothing_of_it,
           every_machine_counts_them, a_clone_counts_them])
