#!/usr/bin/env python3
"""The feed `github-sbom`: what GitHub exports of a repository that a stack
names by its address becomes components of it; of no person, within limits.
TAP on standard output."""
import gzip
import json
import os

import _tap
from _feeds import Site, sbom

E2 = "https://github.com/o-ran-sc/ric-plt-e2"
PURLS = ["pkg:githubactions/actions/x", "pkg:golang/example.com/a@v1.2.3",
         "pkg:npm/%40scope/left@1.0.0"]


def stack(folder, *addresses):
    path = os.path.join(folder, "stack.yaml")
    with open(path, "w", encoding="utf-8") as f:
        f.write("stack: 1\nname: x\nfunctions:\n  - function: Near-RT RIC\n"
                "    components:\n")
        for a in addresses or [E2]:
            f.write(f"      - {{repository: {a}}}\n")
    return path


def differences(got, want):
    return [] if got == want else [f"got {got}", f"want {want}"]


def components(store, target):
    p = _tap.run("components", "--json", "--store", store, target)
    return json.loads(p.stdout)


def packages_become_components(folder):
    target = stack(folder)
    with Site(folder) as s:
        before = components(s.store, target) if os.path.exists(s.store) \
            else {"components": []}
        code, _, err = s.update("--for", target)
        report = components(s.store, target)
    found = [] if code == 0 and not before["components"] else [err]
    all_of = report["components"]
    root = next(i for i, c in enumerate(all_of) if c["repository"] == E2)
    found += differences(sorted(c["purl"] for c in all_of if c["purl"]),
                         PURLS)
    edges = {(all_of[e["from"]]["purl"], all_of[e["to"]]["purl"])
             for e in report["edges"]}
    found += differences(edges, {
        (all_of[root]["purl"], PURLS[0]), (all_of[root]["purl"], PURLS[2]),
        (PURLS[2], PURLS[1])})
    scopes = [c["scope"] for c in all_of if c["purl"] == PURLS[0]]
    found += differences(scopes, ["ci"])
    where = {c["evidence"][0]["path"] for c in all_of if c["purl"]}
    return found + differences(where, {"feed github-sbom: " + E2}) + [
        str(d) for d in report["diagnostics"] if d["severity"] != "note"]


def they_are_asked_about_the_next_time(folder):
    target = stack(folder)
    with Site(folder) as s:
        s.update("--for", target)
        first = [r.path for r in s.asked("/depsdev/")]
        s.update("--for", target)
        second = [r.path for r in s.asked("/depsdev/")]
    return differences((first, any("left" in p for p in second)), ([], True))


def only_what_a_stack_names_is_asked(folder):
    with Site(folder) as s:
        s.update("--for", sbom(folder, ["pkg:github/o-ran-sc/ric-plt-e2@1"]))
        found = [r.target for r in s.asked("/github-sbom/")]
        s.update("--for", stack(folder, "https://gitlab.com/a/b"))
        return found + [r.target for r in s.asked("/github-sbom/")]


def nothing_of_a_person_is_kept(folder):
    with Site(folder) as s:
        s.update("--for", stack(folder))
        (body,), = s.rows("SELECT body FROM answer WHERE feed ="
                          " 'github-sbom'")
        kept = gzip.decompress(body)
        return [] if b"Canary" not in kept and \
            len(json.loads(kept)["sha256"]) == 64 else [str(kept)]


def nothing_there_is_no_error(folder):
    with Site(folder) as s:
        target = stack(folder, "https://github.com/acme/none")
        code, _, err = s.update("--for", target)
        got = components(s.store, target)["components"]
        return differences((code, len(got)), (0, 1))


def one_without_a_whole_hangs_on_what_is_named(folder):
    target = stack(folder)
    with Site(folder) as s:
        s.server.fault("/github-sbom/", "json", {"sbom": dict(
            SPDX, SPDXID="SPDXRef-DOCUMENT", packages=[
                {"SPDXID": "a", "name": "a"}, {"SPDXID": "b", "name": "b"}],
            relationships=[])})
        s.update("--for", target)
        report = components(s.store, target)
    names = [c["name"] for c in report["components"]]
    edges = {(names[e["from"]], names[e["to"]]) for e in report["edges"]}
    return differences(edges, {("ric-plt-e2", "a"), ("ric-plt-e2", "b")})


SPDX = {"spdxVersion": "SPDX-2.3", "packages": [], "relationships": []}
SHAPES = [[], {}, {"message": "x"}, {"sbom": []}, {"sbom": {"packages": []}},
          {"sbom": dict(SPDX, spdxVersion="SPDX-3.0")},
          {"sbom": dict(SPDX, packages={})},
          {"sbom": dict(SPDX, packages=[{"name": "x"}])},
          {"sbom": dict(SPDX, packages=[{"SPDXID": f"S{i}", "name": "x"}
                                        for i in range(20001)])}]


def a_changed_shape_is_told(folder):
    target = stack(folder)
    with Site(folder) as s:
        s.update("--for", target)
        want, found = components(s.store, target), []
        for way, argument in [("json", x) for x in SHAPES] + [
                ("garbage", None), ("login", None), ("truncate", None),
                ("bomb", 64)]:
            s.server.clear()
            s.server.fault("/github-sbom/", way, argument)
            code, _, err = s.update("--feed=github-sbom", "--for", target,
                                    "--max-age=0s")
            if code != 3 or not s.error("github-sbom").startswith("RW200"):
                found.append(f"{way} {str(argument)[:80]}: {code} {err}")
        if components(s.store, target) != want:
            found.append("what was kept is gone")
        return found


def limits_and_tokens(folder):
    """A spent limit is waited for; the token goes there and along no
    redirect."""
    target = stack(folder)
    with Site(folder) as s, Site(folder) as other:
        s.tail = "[feed github-sbom]\ntoken-env = GH\n"
        s.server.fault("/github-sbom/", "spent", 0, times=1)
        code, _, err = s.update("--for", target, env={"GH": "ghp-secret"})
        sent = {r.headers.get("Authorization") for r in s.asked("/")
                if r.service == "github-sbom"}
        found = differences((code, sent), (0, {"Bearer ghp-secret"}))
        s.server.clear()
        s.server.fault("/github-sbom/", "redirect",
                       other.server.base + "/github-sbom/x")
        code, _, err = s.update("--for", target, "--max-age=0s",
                                env={"GH": "ghp-secret"})
        return found + differences((code, other.asked()), (3, []))


_tap.main([packages_become_components, they_are_asked_about_the_next_time,
           only_what_a_stack_names_is_asked, nothing_of_a_person_is_kept,
           nothing_there_is_no_error,
           one_without_a_whole_hangs_on_what_is_named, a_changed_shape_is_told,
           limits_and_tokens])
