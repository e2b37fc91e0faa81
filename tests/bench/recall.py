#!/usr/bin/env python3
"""Recall and precision against lists made by hand: fixtures/extract/recall/.

    recall.py RANWHENCE CLONES

CLONES holds the repositories as OWNER+NAME/repo, OWNER+NAME or NAME, each
checked out (or bare) at the commit of its list; one that is not there or
stands elsewhere is skipped and named. A place counts: kind, name, path and
line. Lists cover the kinds they name: fetched (clones, submodules,
downloads), image, system (packages of an operating system), language
(packages of a language's register). What is none of these, as a library that
a build file names, counts only where a list covers `native`."""
import json
import os
import re
import subprocess
import sys

LISTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..",
                     "fixtures", "extract", "recall")


FORGES = ("pkg:bitbucket/", "pkg:git/", "pkg:github/", "pkg:gitlab/")
LANGUAGES = ("pkg:cargo/", "pkg:golang/", "pkg:maven/", "pkg:npm/",
             "pkg:pypi/")


def is_build_file(path):
    """Of C and C++: what stands there is a name of a library."""
    name = path.split("/")[-1].lower()
    return name == "cmakelists.txt" or name.startswith("makefile") or \
        name.endswith((".cmake", ".mk", "meson.build", "configure.ac"))


def kind(component, path):
    if component["type"] in ("library", "repository") and is_build_file(path):
        return "native"
    if component["type"] == "container":
        return "image"
    purl = component["purl"] or ""
    if component["type"] in ("repository", "file") or \
            "download_url=" in purl or purl.startswith(FORGES):
        return "fetched"
    if component["type"] == "os-package":
        return "system"
    return "language" if purl.startswith(LANGUAGES) else "native"


def name(component):
    """Of an image by its purl: registries that hand on another's images do
    not count. Of a package of Python as its register compares them."""
    if (component["purl"] or "").startswith("pkg:pypi/"):
        return re.sub("[-_.]+", "-", component["name"]).lower()
    if component["type"] != "container" or not component["purl"]:
        return component["name"]
    path, _, rest = component["purl"][len("pkg:docker/"):].partition("@")
    host = rest.partition("repository_url=")[2].partition("&")[0]
    return f"{host}/{path}" if host else path


def find(clones, repository):
    owner, name = repository.split("/")[-2:]
    for path in (f"{owner}+{name}/repo", f"{owner}+{name}", name):
        if os.path.isdir(os.path.join(clones, path)):
            return os.path.join(clones, path)
    return None


def head(path):
    return subprocess.run(["git", "-C", path, "rev-parse", "HEAD"],
                          capture_output=True, text=True).stdout.strip()


def found(program, path, kinds):
    """{(kind, name, path, line): versions}"""
    out = subprocess.run([program, "components", "--json", path],
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    places = {}
    for c in json.loads(out.stdout)["components"][1:]:
        for e in c["evidence"]:
            place = (kind(c, e["path"]), name(c), e["path"], e["line"])
            if place[0] in kinds:
                places.setdefault(place, set()).add(c["version"])
    return places


def compare(program, path, wanted):
    got = found(program, path, wanted["kinds"])
    places = {(w["kind"], w["name"], p, line): w["version"]
              for w in wanted["expected"] for p, line in w["places"]}
    hits = sum(place in got for place in places)
    print(f"{wanted['repository']}: {hits} of {len(places)} places found, "
          f"{len(got) - hits} besides")
    for place in sorted(places.keys() - got.keys(), key=str):
        print("  missed", *place)
    for place in sorted(got.keys() - places.keys(), key=str):
        print("  besides", *place)
    for place in sorted(places.keys() & got.keys(), key=str):
        if places[place] not in got[place]:
            print("  version", *place, got[place], "wanted", places[place])
    return hits, len(places), len(got)


def main(program, clones):
    hits = wanted = got = 0
    for name in sorted(os.listdir(LISTS)):
        with open(os.path.join(LISTS, name), encoding="utf-8") as f:
            facts = json.load(f)
        path = find(clones, facts["repository"])
        if not path or head(path) != facts["commit"]:
            print(f"{facts['repository']}: no clone at {facts['commit']}")
            continue
        h, w, g = compare(program, path, facts)
        hits, wanted, got = hits + h, wanted + w, got + g
    if wanted and got:
        print(f"recall {100 * hits / wanted:.1f} %, "
              f"precision {100 * hits / got:.1f} % ({hits} of {wanted} "
              f"places, {got} found)")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
