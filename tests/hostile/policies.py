#!/usr/bin/env python3
"""Policies, waivers, facts and stack files: texts of a bidder or of nobody.
They are strict: a fault stops the run and says its line; nothing of them leads
out of their folder."""
import os

import _run
from _bom import text
from _run import row

S = "scan -q -o json"
GOOD = _run.POLICY.replace("AXIS", "supply")
HEAD, ROWS_ = _run.FACTS.split("\n", 1)
STACK = ("stack: 1\nname: s\nfunctions:\n  - function: O-DU\n"
         "    components:\n      - {%s}\n")


def around(files, *arguments):
    """Files beside a sound SBOM, and what follows the command."""
    def make(folder):
        with open(folder + "/b.json", "w", encoding="utf-8") as f:
            f.write(text())
        for name, data in files.items():
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as f:
                f.write(data if isinstance(data, bytes) else data.encode(
                    "utf-8", "surrogateescape"))
        return [a.replace("IN", folder) for a in arguments] or \
            [folder + "/s.yaml"]
    return make


def policy(data):
    return around({"p.yaml": data}, "-p", "IN/p.yaml", "IN/b.json")


def facts(more, whole=None):
    return around({"f.csv": whole if whole is not None
                   else _run.FACTS + more}, "--facts=IN/f.csv", "IN/b.json")


def waivers(data):
    return around({"w.yaml": data}, "--waivers=IN/w.yaml", "IN/b.json")


def stack(item, **files):
    return around({"s.yaml": STACK % item, **files})


def linked(folder):
    path = around({"s/s.yaml": STACK % "sbom: link.json"})(folder)
    os.symlink(os.path.dirname(folder) + "/home", folder + "/s/link.json")
    return [path[0].replace("s.yaml", "s/s.yaml")]


def bomb(n=9):
    return "x0: &x0 [a, a]\n" + "".join(
        f"x{i + 1}: &x{i + 1} [{', '.join([f'*x{i}'] * 9)}]\n"
        for i in range(n))


P, F, T, W = "p.yaml", "f.csv", "s.yaml", "w.yaml"


def bad(name, make, code, place, *line, exit=2, **more):
    return row(name, make, S, exit, [(code, place, *line)], **more)


ROWS = [
    bad("policy that is empty", policy(""), "RW1601", P),
    bad("policy of garbage", policy(b"\0\xff" * 999), "RW1", P),
    bad("policy of another kind", policy("stack: 1\n"), "RW1601", P),
    bad("policy of version 9", policy(GOOD.replace("policy: 1", "policy: 9")),
        "RW1601", P),
    bad("policy with an unknown key", policy(GOOD + "evil: 1\n"), "RW1601",
        P),
    bad("policy with a key twice", policy(GOOD + "name: other\n"), "RW1", P,
        exit=(2, 3)),
    bad("policy with anchors that multiply", policy(GOOD + bomb()), "RW1", P),
    bad("policy without end", policy(GOOD + "x: " + "[" * 99999), "RW1", P),
    bad("policy of 5 MB", policy(GOOD + "#" * (5 << 20)), "RW1004", P),
    bad("policy with a limit of 999 %", policy(GOOD.replace("10%", "999%")),
        "RW1601", P),
    bad("policy with a limit below 0", policy(GOOD.replace("10%", "-1%")),
        "RW1601", P),
    bad("policy with a weight of 2^64", policy(GOOD.replace(
        "supply: 100", "supply: 18446744073709551616")), "RW1601", P),
    bad("policy with all weights 0", policy(GOOD.replace(
        "supply: 100", "supply: 0")), "RW1601", P),
    bad("policy that extends itself", policy("extends: p.yaml\n"), "RW1", P),
    bad("policies that extend each other", around(
        {"p.yaml": "extends: q.yaml\n", "q.yaml": "extends: p.yaml\n"}, "-p",
        "IN/p.yaml", "IN/b.json"), "RW1", ".yaml"),
    bad("policy with a pattern that does not end", policy(GOOD.replace(
        "concern: {", "concern: {names: ['^(a+)+$'], ")), "RW1601", P),
    bad("policy with an escape in its name", policy(GOOD.replace(
        "name: hostile", 'name: "\\e[31mx"')), "RW1601", P),
    bad("policy that is a folder", around({"p/x": ""}, "-p", "IN/p",
                                          "IN/b.json"), "RW1602", "p"),
    bad("policy that is /dev/zero", around({}, "-p", "/dev/zero",
                                           "IN/b.json"), "RW1602",
        "/dev/zero"),
    bad("facts with another heading", facts("", whole="a,b\n"), "RW1701", F),
    bad("facts that are empty", facts("", whole=""), "RW1701", F),
    bad("facts of an unknown kind", facts("evil,a,b,c,,,,,,A,,\n"), "RW1701",
        F, 10),
    bad("facts with too few fields", facts("host,a\n"), "RW1701", F, 10),
    bad("facts with 10,000 fields", facts("a," * 10000 + "\n"), "RW1701", F),
    bad("facts with a quote that stays open", facts('host,"a,acme,,,,,,,A\n'),
        "RW1", F),
    bad("facts with a share of 900 %", facts(
        "owns,evil,acme,900%,,,ex-register,2026,2026-11,A,,\n"), "RW1701", F,
        10),
    bad("facts with a date that is none", facts(
        "host,b.example,acme,,2026-02-30,,ex-register,2026,2026-11,A,,\n"),
        "RW1701", F, 10),
    bad("facts of an organisation that is not there", facts(
        "host,b.example,nobody,,,,ex-register,2026,2026-11,A,,\n"), "RW1701",
        F, 10),
    bad("facts without a source for an A", facts(
        "host,b.example,acme,,,,none,2026,2026-11,A,,\n"), "RW1701", F, 10),
    row("facts that hold themselves", facts(
        "owns,acme,acme,60%,,,ex-register,2026,2026-11,A,,\n"), S,
        (0, 1, 2, 3)),
    row("facts in a circle", facts(
        "owns,acme,evil,60%,,,ex-register,2026,2026-11,A,,\n"
        "owns,evil,acme,60%,,,ex-register,2026,2026-11,A,,\n"), S,
        (0, 1, 2, 3)),
    row("facts, 20,000 in a chain", facts("".join(
        f"organisation,o{i},company,O{i},,,ex-register,2026,2026-11,A,,\n"
        for i in range(20000)) + "".join(
        f"owns,o{i},o{i + 1},60%,,,ex-register,2026,2026-11,A,,\n"
        for i in range(19999))), S, (0, 1, 2, 3), seconds=3),
    row("facts with a NUL", facts("host,a\0b.example,acme,,,,ex-register,2026,"
                                  "2026-11,A,,\n"), S, (2, 3),
        [("RW1", F)][:0]),
    row("facts with a formula", facts(
        "organisation,x,company,=cmd|' /c calc'!A1,,,ex-register,2026,2026-11"
        ",A,,\n"), S, (0, 1, 2, 3)),
    bad("waivers without an end", waivers(
        "waivers: 1\nwaive:\n  - {rule: H-1, reason: x}\n"), "RW1603", W),
    bad("waivers of garbage", waivers("[" * 9999), "RW1", W),
    bad("stack that is empty", around({"s.yaml": ""}), "RW1006", T),
    bad("stack with a key twice", around(
        {"s.yaml": STACK % "sbom: b.json" + "name: t\n"}), "RW1", T,
        exit=(2, 3)),
    bad("stack with an unknown function", around(
        {"s.yaml": (STACK % "sbom: b.json").replace("O-DU", "Evil")}),
        "RW1501", T, 4),
    bad("stack that leads to /etc/passwd", stack("sbom: /etc/passwd"),
        "RW1502", T, 6),
    bad("stack that leads up", stack("repository: ../../.."), "RW1502", T,
        6),
    bad("stack that leads up in the middle", stack("sbom: a/../../b.json"),
        "RW1502", T, 6),
    bad("stack with a link that leads out", linked, "RW1502", T, 6),
    bad("stack with anchors that multiply", around(
        {"s.yaml": bomb() + STACK % "sbom: b.json"}), "RW1", T),
    bad("stack with 100,000 brackets", stack("x: " + "[" * 100000), "RW1",
        T),
    bad("stack with a purl that is none", stack("purl: evil"), "RW1501", T,
        6),
    bad("stack with an address of a file", stack(
        "repository: 'file:///etc/passwd'"), "RW150", T, exit=(2, 3)),
    bad("stack with a part that is not there", stack("sbom: none.json"),
        "RW1503", T, exit=3, shown=False),
    bad("stack in itself", stack("sbom: s.yaml"), "RW1201", T,
        exit=(2, 3)),
    bad("stack of 10,000 parts and an unknown key", around({
        "s.yaml": STACK % "sbom: b.json" +
        "      - {purl: 'pkg:npm/a@1'}\n" * 10000 + "x: 1\n"}), "RW1501", T),
    row("stack with a date that is none", around(
        {"s.yaml": (STACK % "sbom: b.json") + "date: 2026-13-45\n"}), S, 2,
        [("RW1501", T)]),
]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
