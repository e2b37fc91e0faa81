#!/usr/bin/env python3
"""The same document in another format gives the same components and edges.
TAP on standard output."""
import json
import os

import _tap

FIXTURES = os.path.join(_tap.SRCDIR, "fixtures/extract")


def inventory(path):
    """What is found, without what depends on the format: places."""
    p = _tap.run("components", "--json", os.path.join(FIXTURES, path))
    found = json.loads(p.stdout)
    for c in found["components"]:
        del c["evidence"], c["extractor"]
    return found["components"], found["edges"], sorted(
        d["code"] for d in found["diagnostics"])


def same(one, other):
    a, b = inventory(one), inventory(other)
    if not a[0]:
        return [f"nothing in {one}"]
    return [f"{x} against {y}" for left, right in zip(a, b)
            for x, y in zip(left, right) if x != y] + [
        f"{len(x)} against {len(y)}" for x, y in zip(a, b)
        if len(x) != len(y)]


def cyclonedx_in_json_and_xml(_):
    return same("cyclonedx_json/e2-termination/in/bom.json",
                "cyclonedx_xml/e2-termination/in/bom.xml")


def spdx_in_json_and_yaml(_):
    return same("spdx_json/telecom-profile/in/o-du-high.spdx.json",
                "spdx_yaml/telecom-profile/in/o-du-high.spdx.yaml")


if __name__ == "__main__":
    _tap.main([cyclonedx_in_json_and_xml, spdx_in_json_and_yaml])
