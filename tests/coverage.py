#!/usr/bin/env python3
"""Prints how many lines of each parser were reached by the tests that ran in
this build of gcc's --coverage (`make coverage`), worst first, and the sum.
Parsers are what reads the bytes of strangers; BAR percent of the lines of all
of them together must have been reached. The last line is "N passed, N
failed", in points: the sum is one."""
import collections
import fnmatch
import json
import os
import subprocess
import sys

BAR = 90
PARSERS = """
scanner/extract/*.c scanner/base/*_in.c scanner/base/json_tree.c
scanner/base/toml_string.c scanner/base/utf8.c scanner/base/date.c
scanner/history/commit.c scanner/history/pack.c scanner/history/entry.c
scanner/history/gitconfig.c scanner/history/mailmap.c
scanner/history/trailers.c scanner/base/inflate.c scanner/history/odb.c
scanner/history/address.c scanner/history/refs.c scanner/history/gitdir.c
scanner/history/memo.c
scanner/model/purl*.c scanner/model/forge.c scanner/model/digest*.c
scanner/store/exchange_in.c scanner/store/report_*.c scanner/store/reread.c
scanner/store/facts_row.c scanner/store/facts_check.c
scanner/store/facts_store.c scanner/assess/policy.c scanner/assess/extend.c
scanner/assess/fields.c scanner/assess/waivers.c scanner/discover/stack.c
feeds/*.c
""".split()
# no reading in them: requests, and what git clones are asked for
APART = ["feeds/git.c", "feeds/git_clones.c", "feeds/update.c",
         "feeds/feed.c"]


def is_parser(path):
    return path not in APART and any(fnmatch.fnmatch(path, p)
                                     for p in PARSERS)


def objects():
    """Notes of the compiler for each object, as paths without suffix."""
    for folder, _, names in os.walk("."):
        if folder.startswith(("./tests", "./source")):
            continue
        for n in names:
            if n.endswith(".gcno"):
                yield os.path.relpath(os.path.join(folder, n), ".")


def lines(note):
    """(line, was reached) of the source of one object."""
    out = subprocess.run(["gcov", "--json-format", "--stdout", note],
                         capture_output=True, check=True).stdout
    source = os.path.splitext(note)[0] + ".c"
    seen = {}
    for text in out.splitlines():
        for f in json.loads(text)["files"]:
            if not f["file"].endswith(source):
                continue
            for line in f["lines"]:
                n = line["line_number"]
                seen[n] = seen.get(n, False) or line["count"] > 0
    return seen


def main():
    rows, total = [], collections.Counter()
    for note in sorted(objects()):
        source = os.path.splitext(note)[0] + ".c"
        if not is_parser(source):
            continue
        seen = lines(note)
        reached = sum(seen.values())
        rows.append((reached / max(1, len(seen)), source, reached, len(seen)))
        total.update(reached=reached, lines=len(seen))
    for share, source, reached, n in sorted(rows):
        print(f"{100 * share:6.1f} %  {reached:>5} of {n:>5}  {source}")
    if not total["lines"]:
        print("nothing was measured\n0 passed, 1 failed")
        return 1
    share = 100 * total["reached"] / total["lines"]
    under = sum(r[0] < BAR / 100 for r in rows)
    print(f"{share:6.1f} %  {total['reached']} of {total['lines']} lines of "
          f"{len(rows)} files; {under} files are under {BAR} %")
    print(f"{int(share >= BAR)} passed, {int(share < BAR)} failed")
    return 0 if share >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
