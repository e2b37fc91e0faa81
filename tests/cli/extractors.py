#!/usr/bin/env python3
"""The table of extractors, docs/extractors.md and the fuzz seeds are in
step. TAP on standard output."""
import os
import re

import _tap

DOCS = os.path.join(_tap.SRCDIR, "docs/extractors.md")
SEEDS = os.path.join(_tap.SRCDIR, "tests/fuzz/seeds/extract")


def listed():
    lines = _tap.run("list", "extractors").stdout.decode().splitlines()
    return [line.split()[0] for line in lines]


def names_are_sorted_and_unique(_):
    names = listed()
    return [] if names and names == sorted(set(names)) else names


def each_has_a_row_in_the_document(_):
    with open(DOCS, encoding="utf-8") as f:
        table = f.read().split("\n## ")[0]
    rows = re.findall(r"^\| ([a-z0-9-]+/[a-z0-9-]+) \|", table, re.M)
    return [] if rows == listed() else [f"documented: {rows}"]


def each_has_a_seed_for_the_fuzzer(folder):
    """SBOM readers have a target of their own."""
    seen = set()
    for name in sorted(os.listdir(SEEDS)):
        with open(os.path.join(SEEDS, name), "rb") as f:
            path, _, text = f.read().partition(b"\n")
        file = os.path.join(folder, name, path.decode())
        os.makedirs(os.path.dirname(file))
        with open(file, "wb") as f:
            f.write(text)
        out = _tap.run("components", "--json", os.path.join(folder, name))
        seen |= set(re.findall(rb'"extractor": "([^"]+)"', out.stdout))
    missing = {n for n in listed() if n.encode() not in seen and
               not n.startswith(("cyclonedx/", "spdx/", "seats/"))}
    missing -= {"git/review", "lf/info-yaml", "lf/container-tag"}
    return [f"no seed gives a component: {n}" for n in sorted(missing)]


if __name__ == "__main__":
    _tap.main([names_are_sorted_and_unique, each_has_a_row_in_the_document,
               each_has_a_seed_for_the_fuzzer])
