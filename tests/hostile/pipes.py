#!/usr/bin/env python3
"""Pipes: documents that come by standard input, whole, cut, wrong or without
an end. They are bounded as files are."""
import os

from _bom import text
import _run
from _run import row

SOUND = ["lib0", "lib1", "lib2"]


def given(data, argument="-"):
    """A file for standard input, and the argument that names it."""
    def make(folder):
        path = os.path.join(os.path.dirname(folder), "stdin")
        with open(path, "wb") as f:
            f.write(data if isinstance(data, bytes) else data.encode())
        return [argument]
    return make


NAME = "(standard input)"
BAD = [("RW1006", NAME)]
C = "components --json"
ROWS = [
    row("SBOM", given(text()), C, 0, kept=SOUND),
    row("SBOM that is cut", given(text()[:-9]), C, 3, [("RW1101", NAME)],
        kept=SOUND),
    row("nothing", given(b""), C, 2, BAD),
    row("garbage", given(b"\0\xff" * 9999), C, 2, BAD),
    row("a stack file", given("stack: 1\nname: x\nfunctions:\n  - function: "
                              "O-DU\n    components:\n      - {sbom: "
                              "/etc/passwd}\n"), "scan -q -o line", 2,
        errors=["a stack file must be named"]),
    row("brackets without an end", given("[" * 5000000), C, 2, BAD),
    row("twice the same pipe", lambda f: given(text())(f) * 2, C, 2, BAD),
    row("a history", given(text()), "history --json", 2, [("RW1001", "-")]),
    row("a descriptor that is not open", given(b"", "/dev/fd/77"), C, 2,
        [("RW1001", "/dev/fd/77")]),
    row("a descriptor of nonsense", given(b"", "/dev/fd/../../etc/passwd"), C,
        2, [("RW100", "")][:0]),
    row("an address instead of a clone", given(
        b"", "https://github.com/a/b"), C, 2, [("RW1001", "github.com")],
        errors=["nothing is fetched"]),
    row("an address by ssh", given(b"", "git@github.com:a/b"), C, 2,
        [("RW1001", "git@")], errors=["nothing is fetched"]),
]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
