#!/usr/bin/env python3
"""Runs every lint on the source tree, and every lint on small trees with
planted violations, to show that each can fail. TAP on standard output.

A lint is a module of this folder with check(root), which yields one line
per violation, and may have note(root)."""
import os
import sys
import tempfile

import planted

LINTS = ["layers", "doors", "symbols", "sizes", "banned", "prototypes",
         "hosts", "built",
         "diagnostics"]


def lint(name, root):
    return list(__import__(name).check(root))


def plant(root, files):
    for path, content in files.items():
        full = os.path.join(root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as f:
            f.write(content)


def self_test(name, files, wanted):
    """What is wrong with the lint, if anything."""
    with tempfile.TemporaryDirectory(prefix="rw-lint-") as root:
        plant(root, files)
        found = lint(name, root)
    if wanted is None:
        return found
    if any(wanted in line for line in found):
        return []
    return [f"wanted a line with '{wanted}', found {found}"]


def main():
    root = os.environ.get("SRCDIR", ".")
    points = [(f"{name}: the tree", lambda n=name: lint(n, root))
              for name in LINTS]
    points += [(f"{name}: {what}", lambda a=(name, files, want):
                self_test(*a)) for name, what, files, want in planted.TREES]
    untested = set(LINTS) - {t[0] for t in planted.TREES if t[3]}
    points.append(("every lint has a planted violation",
                   lambda: sorted(untested)))
    print(f"1..{len(points)}")
    failed = 0
    for i, (name, run) in enumerate(points, 1):
        violations = run()
        failed += bool(violations)
        print(f"{'not ' if violations else ''}ok {i} - {name}")
        for line in violations:
            print("#   " + line)
    print("# " + __import__("sizes").note(root))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
