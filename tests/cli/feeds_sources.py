#!/usr/bin/env python3
"""The feeds that lead from a component to its source and its owner: what each
of them stores, what it refuses, that nothing of a person is kept, and what a
scan makes of it offline. TAP on standard output."""
import gzip
import json
import os

import _tap
from _feeds import Site, sbom

# Purls that are addresses: their repositories are asked about.
FORGES = ["pkg:github/fork-house/ric-plt-e2@v1", "pkg:github/janecanary/thing",
          "pkg:github/old-house/attested", "pkg:github/mirrors/thing",
          "pkg:github/example/left", "pkg:github/siteonly/x",
          "pkg:github/unclear/x", "pkg:github/no/such",
          "pkg:gitlab/oai/fork", "pkg:gitlab/old/place",
          "pkg:gitlab/janecanary/x", "pkg:gitlab/example/lib",
          "pkg:github/e/one", "pkg:github/e/two", "pkg:github/e/none"]
PACKAGES = ["pkg:pypi/left-pad@1", "pkg:npm/%40scope/left@1.0.0",
            "pkg:pypi/differs@1", "pkg:deb/debian/e2-lib@1",
            "pkg:pypi/mirrored@1", "pkg:npm/nowhere@1", "pkg:npm/unheard@1"]


def rows(site, feed):
    return {(kind, a): (b, v, c) for kind, a, b, v, c in site.facts(
        feed, "kind, subject, object, value, confidence")
        if kind != "source"}


def differences(got, want):
    return [f"{k}: {got.get(k)}, not {want.get(k)}"
            for k in sorted(set(got) | set(want))
            if got.get(k) != want.get(k)]


def packages_have_repositories(folder):
    with Site(folder) as s:
        code, _, err = s.update("--for", sbom(folder, PACKAGES + FORGES))
        want = {("package", "pkg:pypi/left-pad"):
                ("github.com/example/left-pad", "", "B"),
                ("package", "pkg:npm/%40scope/left"):
                ("github.com/example/left", "", "B"),
                ("package", "pkg:pypi/differs"):
                ("github.com/other/differs", "", "B"),
                ("package", "pkg:deb/debian/e2-lib"):
                ("github.com/example-fork/ric-plt-e2", "", "B"),
                ("fork", "github.com/example-fork/ric-plt-e2"):
                ("github.com/o-ran-sc/ric-plt-e2", "", "B"),
                ("publishes", "github.com/example-fork"):
                ("nokia", "", "B"),
                ("package", "pkg:pypi/mirrored"):
                ("github.com/mirrors/thing", "", "B"),
                ("fork", "github.com/mirrors/thing"):
                ("git.example.org/thing", "", "B"),
                ("package", "pkg:npm/nowhere"): ("", "no-source", "B"),
                ("package", "pkg:npm/unheard"): ("", "unknown", "B")}
        asked = {r.query["purl"] for r in s.asked("/ecosystems/")}
        return differences(rows(s, "ecosystems"), want) + (
            [] if code == 0 else [err]) + [
                p for p in asked if "github" in p or "gitlab" in p]


def forges_tell_forks_moves_and_owners(folder):
    with Site(folder) as s:
        code, _, err = s.update("--for", sbom(folder, FORGES))
        found = [] if code == 0 else [err]
        found += differences(rows(s, "github"), {
            ("fork", "github.com/fork-house/ric-plt-e2"):
            ("github.com/o-ran-sc/ric-plt-e2", "", "A"),
            ("publishes", "github.com/fork-house"): ("nokia", "", "B"),
            ("fork", "github.com/janecanary/thing"):
            ("github.com/example/thing", "", "A"),
            ("mirror", "github.com/old-house/attested"):
            ("github.com/example/attested", "same", "A"),
            ("fork", "github.com/mirrors/thing"):
            ("git.example.org/thing", "", "A"),
            ("publishes", "github.com/siteonly"): ("nokia", "", "B")})
        found += differences(rows(s, "gitlab"), {
            ("fork", "gitlab.com/oai/fork"):
            ("gitlab.com/oai/openairinterface5g", "", "A"),
            ("publishes", "gitlab.com/oai"): ("nokia", "", "B"),
            ("mirror", "gitlab.com/old/place"):
            ("gitlab.com/new/place", "same", "A")})
        users = [r.path for r in s.asked("/github/")
                 if "users" in r.path or "orgs/janecanary" in r.path]
        return found + users


def archives_tell_mirrors(folder):
    with Site(folder) as s:
        code, _, err = s.update("--for", sbom(folder, FORGES))
        return differences(rows(s, "softwareheritage"), {
            ("mirror", "gitlab.com/example/lib"):
            ("github.com/example/left", "same", "A")}) + (
                [] if code == 0 else [err])


def scores_are_kept_and_say_nothing(folder):
    with Site(folder) as s:
        s.update("--for", sbom(folder, FORGES))
        notes = [n for (n,) in s.rows(
            "SELECT note FROM fact WHERE source = '' AND kind = 'source' AND "
            "subject LIKE 'scorecard-%' ORDER BY 1")]
        want = ["7.1 of 10 on 2026-03-02: practices of "
                "github.com/example/left"]
        found = [] if notes == want else [str(notes)]
        return found + differences(rows(s, "scorecard"), {})


def nothing_of_a_person_is_kept(folder):
    with Site(folder) as s:
        s.update("--for", sbom(folder, PACKAGES + FORGES))
        bodies = [(f, k, gzip.decompress(b)) for f, k, b in s.rows(
            "SELECT feed, key, body FROM answer WHERE size > 0")]
        found = [f"{f} {k}" for f, k, b in bodies if b"Canary" in b or
                 b"jane@" in b or (b"janecanary" in b and
                                   "janecanary" not in k)]
        for f, k, b in bodies:
            if f in ("ecosystems", "github", "gitlab", "scorecard") and \
                    len(json.loads(b)["sha256"]) != 64:
                found.append(f"{f} {k} without a digest of the answer")
        with open(s.store, "rb") as f:
            raw = f.read()
        return found + (["in the file"] if b"Canary" in raw else [])


def repositories_that_feeds_found_are_asked_about(folder):
    """In the same update: first packages, then what they are built from."""
    with Site(folder) as s:
        code, _, err = s.update("--for", sbom(folder, [PACKAGES[1]]))
        asked = {r.path for r in s.asked("/github/")}
        return [] if code == 0 and "repos/example/left" in asked else [
            f"{asked} {err}"]


def feeds_that_differ_are_shown(folder):
    target = sbom(folder, PACKAGES)
    with Site(folder) as s:
        s.update("--for", target)
        asked = {r.path for r in s.asked("/github/")}
    p = _tap.run("components", "--json", "--store", s.store, target)
    got = {c["purl"]: c for c in json.loads(p.stdout)["components"]}
    both = got["pkg:pypi/differs@1"]
    found = [] if both["repository"] is None and \
        "github.com/other/differs (ecosystems-" in both["resolved_by"] and \
        "github.com/one/differs (depsdev-" in both["resolved_by"] else [both]
    if b"RW1805" not in p.stdout:
        found.append("the contradiction is not told")
    if "repos/other/differs" not in asked:
        found.append(f"what they name is not asked about: {asked}")
    left = got["pkg:npm/%40scope/left@1.0.0"]
    if left["repository"] != "https://github.com/example/left" or \
            not left["claimed"]:
        found.append(left)
    for purl, words in (
            ("pkg:npm/unheard@1", ["depsdev (20", "ecosystems (20",
                                   "does not know it"]),
            ("pkg:npm/nowhere@1", ["names no source of it"])):
        found += [got[purl]["resolved_by"] for w in words
                  if w not in got[purl]["resolved_by"]]
    return [str(x) for x in found]


def component(report, purl):
    for i, c in enumerate(report["components"]):
        if c["purl"] == purl:
            return i
    raise KeyError(purl)


def a_claim_counts_if_cited(folder):
    """The history of the origin of a fork that a package claims to be built
    from: named organisations, an open interval, and one if cited."""
    target = sbom(folder, ["pkg:deb/debian/e2-lib@1"])
    with Site(folder) as s:
        s.update("--for", target)
    p = _tap.run("scan", "-o", "json", "--store", s.store, target)
    report = json.loads(p.stdout)
    i = component(report, "pkg:deb/debian/e2-lib@1")
    score = next(c for c in report["verdicts"][0]["scores"]
                 if c["component"] == i)
    t = score["axes"]["commits"]["all"]
    found = [] if t["concern"] == 0 and t["other"] == 0 and \
        t["low_bp"] == 0 and t["high_bp"] == 10000 else [str(t)]
    if not t["unknown_other_on_b"] or score["coverage_bp"] or "fork" not in score["why"]:
        found.append(f"{score['coverage_bp']} {score['why']} {t}")
    names = {c["organisation"] for c in score["contributions"]}
    if not {"att", "nokia"} <= names:
        found.append(str(names))
    return found + ([] if b"RW1806" in p.stdout else ["it is not told"])


def sbom_of_a_ric(folder):
    """What the E2 termination of the Near-RT RIC is built with; of each
    component nothing but a purl."""
    parts = ["pkg:pypi/e2-tools@1.0", "pkg:deb/debian/e2-lib@1",
             "pkg:maven/org.o-ran-sc.nonrtric/controlpanel@2.5.0",
             "pkg:deb/debian/libinvented-dev@1", "pkg:npm/unheard@1"]
    path = os.path.join(folder, "e2.cdx.json")
    with open(path, "w", encoding="utf-8") as f:
        json.dump({"bomFormat": "CycloneDX", "specVersion": "1.5",
                   "metadata": {"component": {
                       "bom-ref": "e2", "type": "application",
                       "name": "ric-plt-e2", "version": "6.0.6"}},
                   "components": [{"bom-ref": p, "type": "library",
                                   "name": p.split("/")[-1].split("@")[0],
                                   "version": p.split("@")[-1], "purl": p}
                                  for p in parts],
                   "dependencies": [{"ref": "e2", "dependsOn": parts}]}, f)
    return parts


def an_sbom_of_purls_is_named_offline(folder):
    """An empty store, one update, and then nobody is asked: organisations for
    what had only a purl; from an exported store in a fresh folder the same,
    to the byte, in every form."""
    here, there = (os.path.join(folder, n) for n in ("here", "there"))
    for place in (here, there):
        os.mkdir(place)
        parts = sbom_of_a_ric(place)
    with Site(here) as s:
        code, _, err = s.update("--for", os.path.join(here, "e2.cdx.json"))
        found = [] if code == 0 else [err]
    program = os.path.abspath(_tap.RANWHENCE)
    _tap.RANWHENCE = program

    def scan(place, form):
        return _tap.run("scan", "-o", form, "--as-of=2026-06-01", "--store",
                        "store.db", "e2.cdx.json", cwd=place)

    before = json.loads(scan(there, "json").stdout)
    _tap.run("store", "export", "--licence=open", "--licence=CC-BY-SA-4.0",
             "--licence=service-terms", "--licence=CDLA-Permissive-2.0",
             "../x.rw", "--store", "store.db", cwd=here)
    p = _tap.run("store", "import", "../x.rw", "--store", "store.db",
                 cwd=there)
    if p.returncode:
        found.append(p.stderr.decode())
    after = json.loads(scan(here, "json").stdout)
    named = [{x["organisation"] for s in r["verdicts"][0]["scores"]
              for x in s["contributions"] if s["component"] in
              [component(r, p) for p in parts]} - {None}
             for r in (before, after)]
    if len(named[0]) > 1 or not {"att", "nokia", "highstreet-technologies"} <= named[1]:
        found.append(f"{named}")
    for purl in parts[3:]:
        how = after["components"][component(after, purl)]["resolved_by"]
        if "ecosystems (20" not in how:
            found.append(how)
    saved = os.path.join(folder, "r.json")
    with open(saved, "w", encoding="utf-8") as f:
        json.dump(after, f)
    answer = json.loads(_tap.run("why", "--json", parts[4], saved).stdout)
    if "ecosystems (20" not in answer["components"][0]["source"][
            "resolved_by"]:
        found.append(str(answer["components"][0]["source"]))
    for form in ("json", "html", "text", "cyclonedx", "spdx", "csv"):
        a, b = scan(here, form), scan(there, form)
        if not a.stdout or a.stdout != b.stdout or a.stderr != b.stderr:
            found.append(f"{form}: not the same, {a.stderr} {b.stderr}")
    return found


def commands_of_the_page():
    """Those that docs/feeds.md shows for each of the two machines."""
    with open(os.path.join(_tap.SRCDIR, "docs/feeds.md"),
              encoding="utf-8") as f:
        text = f.read().split("## From an SBOM to names")[1].split("\n## ")[0]
    blocks = [[]]
    for line in text.split("\n"):
        if line.startswith("    "):
            blocks[-1].append(line.split())
        elif blocks[-1]:
            blocks.append([])
    return [b for b in blocks if b]


def the_commands_of_the_page_work(folder):
    """As they stand there, by somebody who has nothing yet."""
    _tap.RANWHENCE = os.path.abspath(_tap.RANWHENCE)
    machines = commands_of_the_page()
    found = [] if [len(m) for m in machines] == [4, 2] else [str(machines)]
    reports = []
    with Site(folder) as s:
        for i, commands in enumerate(machines):
            home = os.path.join(folder, str(i))
            os.makedirs(os.path.join(home, "config/ranwhence"))
            parts = sbom_of_a_ric(home)
            env = {"XDG_CONFIG_HOME": home + "/config", "HOME": home,
                   "XDG_DATA_HOME": home + "/data"}
            if i == 0:
                with open(home + "/config/ranwhence/config", "w",
                          encoding="utf-8") as f:
                    f.write(s.server.configuration())
            else:
                os.rename(os.path.join(folder, "0/site.rw"),
                          home + "/site.rw")
                s.server.clear()
            for command in commands:
                p = _tap.run(*command[1:], cwd=home, env=env)
                if p.returncode not in ((1, 3) if "scan" in command else (0,)):
                    found.append(f"{command}: {p.returncode} {p.stderr}")
                if "scan" in command:
                    reports.append(p.stdout)
        found += [r.target for r in s.asked()]
    if reports[0] != reports[1]:
        found.append("the reports differ")
    report = json.loads(reports[0])
    named = {x["organisation"] for s in report["verdicts"][0]["scores"]
             for x in s["contributions"] if s["component"] in
             [component(report, p) for p in parts]}
    return found + ([] if {"att", "nokia", "highstreet-technologies"} <= named
                    else [str(named)])


SHAPES = [("ecosystems", "/ecosystems/", {"error": "no"}),
          ("ecosystems", "/ecosystems/", "text"),
          ("github", "/github/repos/", {"message": "Moved"}),
          ("github", "/github/repos/", {"full_name": 5, "fork": True}),
          ("github", "/github/orgs/", []),
          ("gitlab", "/gitlab/", {"path_with_namespace": None}),
          ("softwareheritage", "/softwareheritage/", {"snapshot": 5}),
          ("softwareheritage", "/softwareheritage/", [1]),
          ("scorecard", "/scorecard/", {"score": "7", "repo": {}}),
          ("scorecard", "/scorecard/", {"score": 7})]


def a_changed_shape_is_told(folder):
    """Each such answer is told and asked for again; what is kept stays."""
    target = sbom(folder, PACKAGES + FORGES)
    found = []
    with Site(folder) as s:
        s.update("--for", target)
        before = {f: rows(s, f) for f, _, _ in SHAPES}
        for feed, prefix, value in SHAPES:
            for name, argument in (("json", value), ("garbage", None)):
                s.server.clear()
                s.server.fault(prefix, name, argument)
                status, _, err = s.update("--feed", feed, "--for", target,
                                          "--max-age=0s")
                error = s.error(feed)
                if status != 3 or not error.startswith("RW2004") or \
                        (name == "json" and feed != "softwareheritage" and
                         rows(s, feed) != before[feed]):
                    found.append(f"{prefix} {value}: {status} {error} {err}")
        s.server.clear()
        status, _, err = s.update("--for", target)
        if status or any(rows(s, f) != r for f, r in before.items()):
            found.append(f"does not recover: {status} {err}")
    return found


def optional_members_may_be_missing(folder):
    """The least that is of the shape, and members nobody has heard of."""
    least = {"/ecosystems/": [{}], "/gitlab/": {"path_with_namespace": "a/b"},
             "/github/repos/": {"full_name": "a/b", "fork": False, "x": [{}]},
             "/github/orgs/": {"login": "x"},
             "/softwareheritage/": {"origin": "x", "snapshot": None},
             "/scorecard/": {"score": 0, "repo": {}}}
    with Site(folder) as s:
        for prefix, value in least.items():
            s.server.fault(prefix, "json", value)
        status, _, err = s.update("--for", sbom(folder, PACKAGES + FORGES))
        return [] if status == 0 else [err]


def a_spent_limit_is_waited_for(folder):
    """403 with nothing left is no refusal, and not asked through."""
    target = sbom(folder, ["pkg:github/example/left"])
    with Site(folder) as s:
        s.server.fault("/github/", "spent", 0, times=1)
        status, _, err = s.update("--feed=github", "--for", target)
        found = [] if status == 0 else [err]
        s.server.clear()
        s.server.fault("/github/", "spent", 5000)
        status, _, err = s.update("--feed=github", "--for", target,
                                  "--max-age=0s")
        return found + ([] if status == 3 and "wait" in err else [err])


def tokens_come_in_the_services_way(folder):
    path = os.path.join(folder, "token")
    with open(path, "w", encoding="utf-8") as f:
        f.write("glpat-secret\n")
    os.chmod(path, 0o600)
    with Site(folder) as s:
        s.tail = f"[feed gitlab]\ntoken-file = {path}\n" \
            "[feed github]\ntoken-env = GH\n"
        s.update("--for", sbom(folder, FORGES), env={"GH": "ghp-secret"})
        lab = {r.headers.get("PRIVATE-TOKEN") for r in s.asked("/gitlab/")}
        hub = {r.headers.get("Authorization") for r in s.asked("/github/")}
        other = {r.headers.get("Authorization")
                 for r in s.asked("/ecosystems/")}
        kept = str(s.rows("SELECT * FROM answer")) + str(s.rows(
            "SELECT * FROM fact"))
    found = [] if (lab, hub) == ({"glpat-secret"}, {"Bearer ghp-secret"}) \
        else [f"{lab} {hub}"]
    return found + [str(x) for x in other if x] + (
        ["a token is stored"] if "secret" in kept else [])


_tap.main([packages_have_repositories, forges_tell_forks_moves_and_owners,
           archives_tell_mirrors, scores_are_kept_and_say_nothing,
           nothing_of_a_person_is_kept,
           repositories_that_feeds_found_are_asked_about,
           feeds_that_differ_are_shown,
           an_sbom_of_purls_is_named_offline,
           the_commands_of_the_page_work, a_claim_counts_if_cited,
           a_changed_shape_is_told, optional_members_may_be_missing,
           a_spent_limit_is_waited_for, tokens_come_in_the_services_way])
