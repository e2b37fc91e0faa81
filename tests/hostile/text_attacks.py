#!/usr/bin/env python3
"""Text: what a terminal obeys, what turns the direction, letters that look
like others, formulas, markup. Nothing of it reaches an output as it is."""
import json
import os

import _git
from _bom import text
import _run
from _run import row

SEEDS = [
    ("escape sequence", "\x1b[2J\x1b[31mx"), ("title of a window",
                                              "\x1b]0;evil\x07"),
    ("hyperlink of a terminal", "\x1b]8;;https://evil.example\x1b\\x"),
    ("one-byte CSI", "\x9b31mx"), ("backspaces", "good\b\b\b\bevil"),
    ("carriage return", "good\revil"), ("new lines", "a\n\nok 1 - met\n"),
    ("direction override", "\u202egnp.exe"), ("direction isolate",
                                              "\u2066x\u2069"),
    ("mark of direction", "a\u200fb\u200ec"), ("DEL", "a\x7fb"),
    ("NEL and line separators", "a\x85b\u2028c\u2029d"),
    ("zero-width blanks", "a\u200bb\u200dc\ufeffd"),
    ("combining marks", "e" + "\u0301" * 500),
    ("markup", "<script>alert(1)</script><img src=x onerror=alert(1)>"),
    ("formula", "=cmd|'/c calc'!A1"), ("formula with a plus", "+1+1"),
    ("formula with an at", "@SUM(A1)"), ("formula behind a tab", "\t=1+1"),
    ("quotes", "\"'`\\\"'`"), ("commas and quotes", 'a","b","c'),
    ("format of printf", "%s%n%1000000$x"), ("commands of a CI", "::set-output"
                                             " name=x::y\n::error::z"),
    ("Markdown", "[x](javascript:alert(1)) ![x](http://127.0.0.1:9/x) | a |"),
    ("template", "{{7*7}}${7*7}#{7*7}"), ("private use", "\ue000\U000f0000"),
    ("no characters", "\ufffe\uffff\ufdd0"),
]
FORMATS = ["text", "line", "csv", "markdown", "github", "gitlab", "junit",
           "sarif", "questions", "json", "html"]


def sbom(seed):
    """A document all of whose texts are the seed."""
    def make(folder):
        c = {"type": "library", "bom-ref": "x" + seed, "name": "x" + seed,
             "version": seed, "group": seed, "publisher": seed,
             "supplier": {"name": "y" + seed}, "externalReferences": [
                 {"type": "vcs", "url": "https://github.com/" + seed}],
             "licenses": [{"license": {"name": seed}}]}
        path = os.path.join(folder, "b.json")
        with open(path, "w", encoding="utf-8") as f:
            f.write(text(c, dependencies=[{"ref": "gone" + seed}]))
        return path
    return make


def history(seed):
    """A repository whose names are the seed."""
    def make(folder):
        data = seed.encode("utf-8").replace(b"\n", b" ").replace(b"<", b"(")
        r = _git.Repo(folder)
        r.head(r.commit(tree=r.tree((b"100644", data.replace(b"/", b"_"),
                                     r.blob())),
                        author=data + b" <a@" + data.replace(b">", b")") +
                        b".example> 1 +0000", message=data))
        r.add("config", b'[remote "origin"]\n\turl = "https://github.com/' +
              data.replace(b'"', b"") + b'"\n')
        return r.top
    return make


def all_formats(folder):
    """Every output at once, from one hostile document; outside of input."""
    path = sbom("".join(s for _, s in SEEDS))(folder)
    out = os.path.dirname(folder) + "/home/"
    return [w for f in FORMATS for w in ("-o", f"{f}={out}{f}")] + [path]


def holds_formats(_, folder):
    problems = []
    for f in FORMATS:
        with open(f"{folder}/home/{f}", "rb") as g:
            data = g.read().decode("utf-8")
        found = _run.OBEYED.search(data.replace("\r\n", "\n")
                                   if f in ("csv", "questions") else data)
        if found:
            problems.append(f"{f} holds {found.group()!r}: "
                            f"{data[max(0, found.start() - 30):][:60]!r}")
        if f in ("json", "sarif", "gitlab"):
            json.loads(data)
        if f in ("csv", "questions"):
            problems += [f"{f}: {line[:60]}" for line in data.split("\n")
                         if any(c.startswith(("=", "+", "@", '"=', '"+',
                                              '"@')) and len(c) > 2
                                for c in line.split(","))][:2]
    return problems


ROWS = [row(f"SBOM: {n}", sbom(s), "components --json", (0, 3))
        for n, s in SEEDS] + [
    row(f"table: {n}", sbom(s), "components", (0, 3), shown=False)
    for n, s in SEEDS[:12]] + [
    row(f"history: {n}", history(s), "history --json", (0, 3), judged=(0, 3))
    for n, s in SEEDS[:20]] + [
    row("all of them, in every output", all_formats, "scan -q", (0, 1, 3),
        holds=holds_formats)]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
