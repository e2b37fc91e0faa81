#!/usr/bin/env python3
"""Reports read back: for a comparison, a baseline, a trend or another format.
One that was changed by hand, cut or bent is refused or told; it never makes a
result better."""
import json
import os
import subprocess

from _bom import text
import _run
from _run import row

_MADE = {}
REPORT = "r.json"


def report():
    """A report on the sound SBOM, as the program writes it."""
    if not _MADE:
        p = subprocess.run([_run.RANWHENCE, "scan", "-q", "-o", "json",
                            "--as-of=2026-11-25", "-"], input=text().encode(),
                           capture_output=True)
        _MADE["text"] = p.stdout.decode()
    return json.loads(_MADE["text"])


def changed(change=None, raw=None, arguments=("IN/r.json", "IN/good.json")):
    def make(folder):
        d = report()
        with open(folder + "/good.json", "w", encoding="utf-8") as f:
            json.dump(d, f)
        with open(folder + "/b.json", "w", encoding="utf-8") as f:
            f.write(text())
        if change:
            change(d)
        data = raw(json.dumps(d)) if raw else json.dumps(d)
        with open(os.path.join(folder, REPORT), "wb") as f:
            f.write(data if isinstance(data, bytes) else data.encode())
        return [a.replace("IN", folder) for a in arguments]
    return make


def set_(path, value):
    def change(d):
        at = d
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = value
    return change


def drop(key):
    def change(d):
        del d[key]
    return change


BENT = [
    ("empty", None, lambda t: ""), ("garbage", None, lambda t: b"\0\xff" * 99),
    ("cut", None, lambda t: t[:len(t) // 2]),
    ("100,000 brackets", None, lambda t: "[" * 100000),
    ("keys twice", None, lambda t: '{"schema": "evil", ' + t[1:]),
    ("another schema", set_(["schema"], "evil/1"), None),
    ("a schema of the future", set_(["schema"], "ranwhence.report/99"), None),
    ("a digest for a report", set_(["schema"], "ranwhence.digest/3"), None),
    ("no verdicts", drop("verdicts"), None),
    ("no components", drop("components"), None),
    ("verdicts that are text", set_(["verdicts"], "met"), None),
    ("an edge to nobody", set_(["edges"], [{"from": 0, "to": 99999,
                                            "kind": "depends"}]), None),
    ("an edge below zero", set_(["edges"], [{"from": -1, "to": 0,
                                             "kind": "depends"}]), None),
    ("a state that is none", lambda d: d["verdicts"][0].update(state="fine"),
     None),
]
WAYS = [("compare --json", ("IN/r.json", "IN/good.json"), "compare"),
        ("trend --json", ("IN/r.json", "IN/good.json"), "trend"),
        ("scan -q -o json", ("--baseline=IN/r.json", "IN/b.json"), "baseline"),
        ]
SAFE = {"no components", "an edge to nobody", "an edge below zero"}
ROWS = [row(f"{way}: {name}", changed(change, raw, arguments), command,
            (2,) if name not in SAFE else (0, 2, 3, 5))
        for command, arguments, way in WAYS for name, change, raw in BENT] + [
    row("compare: a report and nothing", changed(
        arguments=("IN/r.json", "IN/none.json")), "compare --json", 2),
    row("compare: a report with itself", changed(
        arguments=("IN/r.json", "IN/r.json")), "compare --json", (0, 2)),
    row("baseline: a FIFO", lambda f: (os.mkfifo(f + "/p"), changed(
        arguments=("--baseline=IN/p", "IN/b.json"))(f))[1],
        "scan -q -o json", 2),
    row("report: text that a page would obey", changed(set_(
        ["targets", 0, "name"], "</script><script>alert(1)</script>"),
        arguments=("IN/r.json", "IN/good.json")), "compare --html", (0, 2, 3),
        holds=lambda out, _: ["the script is there"]
        if "<script>alert(1)" in out else []),
]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
