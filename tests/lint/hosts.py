"""No file names a package registry's host or a path of a build machine.
The names are joined here from pieces, so that this file passes too."""
import os
import re

import source

HOSTS = [
    ("registry", "npmjs", "org"), ("registry", "yarnpkg", "com"),
    ("pypi", "org"), ("pythonhosted", "org"), ("crates", "io"),
    ("proxy", "golang", "org"), ("sum", "golang", "org"),
    ("repo1", "maven", "org"), ("repo", "maven", "apache", "org"),
    ("rubygems", "org"), ("deb", "debian", "org"),
    ("security", "debian", "org"), ("archive", "ubuntu", "com"),
]
PATHS = ["/wo" + "rk/" + p for p in ("main", "wt", "shared", "steering",
                                r"\.library", r"\.mirror")]
PATHS += ["/fa" + "rm/", "bash" + "_jobs"]


def check(root):
    hosts = "|".join(r"\.".join(h) for h in HOSTS)
    pattern = re.compile(r"(?<![\w-])(?:%s)(?![\w-])|(?:%s)"
                         % (hosts, "|".join(PATHS)))
    top = [f for f in os.listdir(root) if f.endswith((".md", ".ac", ".am",
           ".sh", ".txt")) or f in ("NEWS", "LICENSE")]
    for path in sorted(top) + source.files(root, folders=source.FOLDERS):
        full = os.path.join(root, path)
        if os.path.islink(full) or not os.path.isfile(full):
            continue
        text = source.text(root, path)
        if "\0" in text:
            continue  # a program that was built here
        for i, line in enumerate(text.split("\n"), 1):
            m = pattern.search(line)
            if m:
                yield f"{path}:{i}: names {m.group(0)}"
