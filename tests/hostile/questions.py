#!/usr/bin/env python3
"""Questions of the command line that came from elsewhere: names of
organisations, package URLs, codes, dates. Each is answered or refused with its
reason, and printed so that a terminal obeys nothing."""
import _run
from _run import row

ODD = ["", " ", "\x1b[2J", "\u202ex", "a" * 100000, "%s%n", "'; drop table x",
       "../../etc/passwd", "\xff\udcff", "*", "a\nb", "-", "\u0430cme"]


def name_of(word):
    return word[:20].encode("unicode_escape", "surrogatepass").decode()


def given(*words):
    return lambda _: list(words)


ROWS = [row(f"entity {name_of(w)!r}", given(w), "entity --json", (0, 2))
        for w in ODD] + [
    row(f"purl {name_of(w)!r}", given("pkg:npm/" + w), "components --json",
        (0, 2, 3)) for w in ODD if "\n" not in w] + [
    row("a date of the year 99999", given("--as-of=99999-01-01", "pkg:npm/x"),
        "scan -q -o json", 2, errors=["as-of"]),
    row("a date that is none", given("--as-of=2026-02-30", "pkg:npm/x"),
        "scan -q -o json", 2, errors=["as-of"]),
    row("2^64 threads", given("--threads=18446744073709551616", "pkg:npm/x"),
        "scan -q -o json", 2, errors=["threads"]),
    row("0 threads", given("--threads=0", "pkg:npm/x"), "scan -q -o json", 2,
        errors=["threads"]),
    row("a policy given twice", given("-p", "default", "-p", "default",
                                      "pkg:npm/x"), "scan -q -o json", 2,
        [("RW1601", "default")], errors=["given twice"]),
    row("--without of garbage", given("--without=\x1b[2J", "pkg:npm/x"),
        "scan -q -o json", 2, [("RW1607", "")]),
    row("a configuration that is not there, with escapes", given(
        "--config=/no\x1b]0;x\x07pe", "pkg:npm/x"), "scan -q -o json", 2,
        errors=["--config=/no", "pe: there is no such file"]),
    row("an option of escapes", given("--x\x1b[2J", "pkg:npm/x"),
        "scan -q -o json", 2, errors=["no such option"]),
    row("an option of a new line", given("--x\nranwhence: all is met"),
        "scan -q -o json", 2, errors=["no such option"]),
    row("a code of escapes", given("\x1b]0;x\x07"), "explain", 2,
        errors=["no such code"], shown=False),
    row("a date of escapes", given("--as-of=\x1b[2J", "pkg:npm/x"),
        "scan -q -o json", 2, errors=["as-of"]),
    row("parts in a folder of escapes", given("--parts=\x1b[2J", "pkg:npm/x"),
        "scan -q -o json", 2, errors=["no such folder"]),
    row("a rulebook of escapes", given("--rulebook=\x1b[2J", "/"),
        "check --json", 2, errors=["not one of"], shown=False),
    row("a glob of stars", given("--paths=" + "**/" * 5000, "/dev/null"),
        "history --json", 2),
]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
