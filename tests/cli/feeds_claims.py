#!/usr/bin/env python3
"""The feed `github-graphql`: which organisations the profiles of those who
committed claim, counted by host and month, of no person; what a scan makes of
them. TAP on standard output."""
import gzip
import importlib
import json
import os
import subprocess
import time

import _tap
from _feeds import Site

graphql = importlib.import_module("service_github-graphql")
node = graphql.node

URL = "https://github.com/acme/part"
FORGE = "jane@users.noreply.github.com"
MONTHS = ["2020-09", "2020-10"]
# (address, company of its account, month)
COMMITS = [(FORGE, "Intel", 0), (FORGE, "@nokia", 0),
           (FORGE, "Jane Canary", 0), ("jane@gmail.com", "Google", 0),
           ("jane@gmail.com", "@huawei ", 1), ("jane@qq.com", "Tencent", 1),
           ("jane@intel.com", "Huawei", 1),
           (FORGE, "Intel and Nokia", 1), (FORGE, None, 1)]


def nodes(commits=None):
    return [node(i, address, company, account=i + 1,
                 when=MONTHS[month] + "-14T10:00:00Z")
            for i, (address, company, month) in enumerate(
                COMMITS if commits is None else commits)]


def clone(folder, commits=None, message=b"x"):
    path = os.path.join(folder, "clone")
    stream = b""
    for i, (address, _, month) in enumerate(commits or COMMITS):
        stream += _tap.commit(
            i + 1, b"A", address.encode(),
            b"%d +0000" % (1600041600 + month * 30 * 86400 + i),
            {"f": b"%d\n" % i}, i or None, message)
    _tap.repository(path, stream)
    subprocess.run(["git", "remote", "add", "origin", URL], cwd=path,
                   check=True)
    return path


class Claims(Site):
    def __init__(self, folder, commits=None):
        super().__init__(folder)
        self.tail = "[feed github-graphql]\nenabled = yes\n" \
            "token-env = GH\n"
        self.server.state["github histories"] = {"acme/part": nodes(commits)}

    def update(self, *arguments, env=None):
        return super().update("--feed=github-graphql", *arguments,
                              env=env or {"GH": "ghp-secret"})

    def kept(self):
        return [json.loads(gzip.decompress(b)) for (b,) in self.rows(
            "SELECT body FROM answer WHERE feed = 'github-graphql' "
            "ORDER BY key")]


def differences(got, want):
    return [] if got == want else [f"got {got}", f"want {want}"]


def claims(site, target, *options):
    """The digest of a report, the axis commits of the one component, and the
    whole text."""
    p = _tap.run("scan", "-o", "json", "--as-of=2021-06-01", "--store",
                 site.store, target, *options)
    report = json.loads(p.stdout)
    axis = report["verdicts"][0]["scores"][0]["axes"]["commits"]
    return report["digests"][0]["links"], axis["all"], p.stdout


def profiles_are_counted(folder):
    target = clone(folder)
    with Claims(folder) as s:
        code, _, err = s.update("--for", target)
        rows = {tuple(r[:3]): r[3] for r in s.kept()[0]["rows"]}
        noreply = "users.noreply.github.com"
        return ([] if code == 0 else [err]) + differences(rows, {
            (noreply, "2020-09", "intel"): 1,
            (noreply, "2020-09", "nokia"): 1,
            (noreply, "2020-09", ""): 1, (noreply, "2020-10", ""): 2,
            ("gmail.com", "2020-09", "google"): 1,
            ("gmail.com", "2020-10", "huawei-technologies"): 1,
            ("qq.com", "2020-10", "tencent"): 1,
            ("intel.com", "2020-10", "huawei-technologies"): 1})


def they_count_if_cited_and_move_no_bound(folder):
    """Not against the host, nor for the operator of the mail service."""
    target = clone(folder)
    with Claims(folder) as s:
        s.update("--for", target)
        links, axis, text = claims(s, target)
        s.server.state["github histories"] = {}
        s.update("--for", target, "--max-age=0s")
        _, before, other = claims(s, target)
    found = differences(links["claim"]["commits"], 3)
    found += differences([axis[k] for k in ("concern", "other", "unknown",
                                            "low_bp", "high_bp")],
                         [before[k] for k in ("concern", "other", "unknown",
                                              "low_bp", "high_bp")])
    found += differences(
        (axis["unknown_concern_on_b"] - before["unknown_concern_on_b"],
         axis["unknown_other_on_b"] - before["unknown_other_on_b"]),
        (1, 2))
    found += differences((b"RW1808" in text, b"RW1808" in other),
                         (True, False))
    again = os.path.join(folder, "again.json")
    with open(again, "wb") as f:
        f.write(text)
    p = _tap.run("report", "-o", "json", again)
    return found + ([] if p.stdout == text else [
        "not the same again: " + p.stderr.decode()])


def another_history_has_no_claims(folder):
    """One commit less of a month: which ones they are is not known."""
    target = clone(folder, COMMITS[:-1])
    with Claims(folder) as s:
        s.update("--for", target)
        links, _, _ = claims(s, target)
    # 2020-09 and the other hosts are the same
    return differences(links["claim"]["commits"], 3)


def what_commits_say_comes_first(folder):
    """Months of a host of which links tell are left to them."""
    target = clone(folder, message=b"x\n\nSigned-off-by: A <a@ericsson.com>\n")
    with Claims(folder) as s:
        s.update("--for", target)
        links, _, text = claims(s, target)
    return differences(("claim" in links, links["trailer"]["commits"] > 0,
                        b"RW1808" in text), (False, True, False))


def nothing_of_a_person_is_kept(folder):
    with Claims(folder) as s:
        s.update("--for", clone(folder))
        kept = json.dumps(s.kept())
        return [w for w in ("Canary", "jane", "@", "databaseId")
                if w in kept] + ([] if len(
                    s.kept()[0]["sha256"]) == 64 else ["no digest"])


def pages_are_of_one_head(folder):
    many = [(FORGE, "Intel", 0)] * 250
    target = clone(folder)
    with Claims(folder, many) as s:
        code, _, err = s.update("--for", target)
        asked = [json.loads(r.body)["variables"]["after"]
                 for r in s.asked("/github-graphql/")]
        found = differences((code, asked), (0, [
            None, graphql.HEAD + " 99", graphql.HEAD + " 199"]))
        found += differences(sum(r[3] for k in s.kept()
                                 for r in k["rows"]), 250)
        # an interrupted update goes on
        s.server.clear()
        s.server.fault("/github-graphql/", "garbage")
        s.update("--for", target, "--max-age=0s")
        s.server.clear()
        s.update("--for", target)
        return found + differences(len(s.asked("/github-graphql/")), 1)


def a_budget_is_obeyed(folder):
    """What the answer says, and what its head says."""
    target = clone(folder)
    with Claims(folder, [(FORGE, "Intel", 0)] * 250) as s:
        s.server.state["left"] = 3
        code, _, err = s.update("--for", target)
        found = [] if code == 3 and "budget" in err else [err]
        found += differences(len(s.asked("/github-graphql/")), 1)
        s.server.state["left"] = 4999
        time.sleep(1.1)  # what was left then is of that update
        s.server.clear()
        s.server.fault("/github-graphql/", "spent", 0, times=1)
        found += differences(s.update("--for", target)[0], 0)
        found += differences(len(s.kept()), 3)
        s.server.clear()
        s.server.fault("/github-graphql/", "retry_after", 1, times=1)
        found += differences(s.update("--for", target, "--max-age=0s")[0], 0)
    return found


def a_token_is_wanted_and_goes_nowhere_else(folder):
    target = clone(folder)
    with Claims(folder) as s, Site(folder) as other:
        s.tail = "[feed github-graphql]\nenabled = yes\n"
        code, _, err = s.update("--for", target)
        found = [] if code == 3 and "token" in err and not s.asked() \
            else [f"{code} {err}"]
        s.tail = "[feed github-graphql]\ntoken-env = GH\n"
        Site.update(s, "--for", target, env={"GH": "ghp-secret"})
        found += [r.target for r in s.asked("/github-graphql/")]
        s.server.clear()
        s.server.fault("/github-graphql/", "redirect",
                       other.server.base + "/github-graphql/graphql")
        code, _, err = s.update("--for", target)
        found += differences((code, other.asked()), (3, []))
        with open(s.store, "rb") as f:
            raw = f.read()
        return found + (["it is kept"] if b"ghp-" in raw else [])


GOOD = graphql.page(nodes(), 0)


def broken(**change):
    """A page with another commit, branch or history."""
    page = json.loads(json.dumps(GOOD))
    target = page["data"]["repository"]["defaultBranchRef"]["target"]
    if "commit" in change:
        target["history"]["nodes"][0].update(change["commit"])
    target.update(change.get("target", {}))
    page.update(change.get("all", {}))
    return page


SHAPES = [{}, [], {"data": None}, {"errors": [{"type": "RATE_LIMITED"}]},
          {"data": {"repository": None}, "errors": [{"type": "FORBIDDEN"}]},
          {"data": {"repository": {"defaultBranchRef": {"target": {}}}}},
          broken(all={"errors": [{"message": "timeout"}]}),
          broken(target={"oid": "zz"}), broken(target={"history": None}),
          broken(commit={"oid": 5}), broken(commit={"author": None}),
          broken(commit={"authoredDate": "2020-09-14T10:00:00+02:00"}),
          broken(commit={"parents": None})]


def a_changed_shape_is_told(folder):
    target = clone(folder)
    with Claims(folder) as s:
        s.update("--for", target)
        found, before = [], s.kept()
        for way, argument in [("json", x) for x in SHAPES] + [
                ("garbage", None), ("login", None), ("truncate", None)]:
            s.server.clear()
            s.server.fault("/github-graphql/", way, argument)
            code, _, err = s.update("--for", target, "--max-age=0s")
            if code != 3 or not s.error("github-graphql").startswith("RW200"):
                found.append(f"{way} {str(argument)[:90]}: {code} {err}")
        return found + differences(s.kept(), before)


def what_is_not_there_is_no_error(folder):
    target = clone(folder)
    with Claims(folder) as s:
        s.server.state["github histories"] = {}
        code, _, err = s.update("--for", target)
        return differences((code, err), (0, ""))


_tap.main([profiles_are_counted, they_count_if_cited_and_move_no_bound,
           another_history_has_no_claims, what_commits_say_comes_first,
           nothing_of_a_person_is_kept, pages_are_of_one_head,
           a_budget_is_obeyed, a_token_is_wanted_and_goes_nowhere_else,
           a_changed_shape_is_told, what_is_not_there_is_no_error])
