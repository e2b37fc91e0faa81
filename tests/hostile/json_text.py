#!/usr/bin/env python3
"""JSON: depth, keys twice, numbers, bytes that are no text. A reader that
takes another thing than its neighbour does hides what the other sees."""
import json

from _bom import file, spoiled, text
import _run
from _run import row

C = "components --json"
SOUND = ["lib0", "lib1", "lib2"]


def deep(n, bracket="[]"):
    """The sound document with something n deep behind it."""
    return lambda: text()[:-1] + ', "x": ' + bracket[0] * n + \
        ("1" if bracket == "[]" else "") + bracket[1] * n + "}"


def objects(n):
    return lambda: text()[:-1] + ', "x": ' + '{"a":' * n + "1" + "}" * n + "}"


def spoil(name, old, new, exit, says, **more):
    return row(name, file("b.json", lambda: spoiled(old, new)), C, exit,
               says, **more)


def evil(name="evil"):
    return json.dumps({"type": "library", "name": name,
                       "supplier": {"name": "Evil"}})


BAD = [("RW1101", "b.json")]
DEEP = [("RW1104", "b.json")]
TWICE = [("RW1103", "b.json")]
TEXT = [("RW1105", "b.json")]
ROWS = [
    row("126 brackets deep", file("b.json", deep(126)), C, 0, kept=SOUND),
    row("128 brackets deep", file("b.json", deep(128)), C, 3, DEEP,
        kept=SOUND),
    row("1,000 brackets deep", file("b.json", deep(1000)), C, 3, DEEP,
        kept=SOUND),
    row("a million brackets deep", file("b.json", deep(1000000)), C, 3, DEEP,
        kept=SOUND),
    row("a million objects deep", file("b.json", objects(1000000)), C, 3,
        DEEP, kept=SOUND),
    row("a million brackets that never end", file(
        "b.json", lambda: text()[:-1] + ', "x": ' + "[" * 1000000), C, 3,
        kept=SOUND),
    row("nothing but brackets", file("b.json", "[" * 1000000), C, 2,
        [("RW1006", "b.json")]),
    row("20 MB of zeros in a list", file(
        "b.json", lambda: text()[:-1] + ', "x": [' + "0," * 10000000 +
        "0]}"), C, 0, kept=SOUND, shown=False),
    row("20 MB of one string", file(
        "b.json", lambda: text()[:-1] + ', "x": "' + "a" * 20000000 + '"}'),
        C, 0, kept=SOUND, shown=False),
    row("name of 20 MB", file("b.json", lambda: text(
        {"type": "library", "name": "a" * 20000000})), C, 3,
        kept=SOUND, shown=False),
    row("100,000 components", file("b.json", lambda: text(*[
        {"type": "library", "name": f"n{i}"} for i in range(100000)])), C, 0,
        kept=SOUND, seconds=4, shown=False),
    row("a key of 1 MB", file("b.json", lambda: text()[:-1] + ', "' +
                              "k" * (1 << 20) + '": 1}'), C, 0, kept=SOUND),
    row("100,000 keys", file("b.json", lambda: text()[:-1] + "".join(
        f', "k{i}": 1' for i in range(100000)) + "}"), C, 0, kept=SOUND),
    spoil("components twice", '"components": [', '"components": [%s], '
          '"components": [' % evil(), 3, TWICE, kept=["evil"]),
    spoil("supplier twice", '"supplier": {"name": "Acme"}',
          '"supplier": {"name": "Evil"}, "supplier": {"name": "Acme"}', 3,
          TWICE),
    spoil("name twice", '"name": "lib0"', '"name": "lib0", "name": "other"',
          3, TWICE, kept=["lib0"]),
    spoil("key with an escape that is the same", '"name": "lib0"',
          '"n\\u0061me": "lib0", "name": "other"', 3, TWICE, kept=["lib0"]),
    spoil("keys that differ in case", '"components": [',
          '"Components": [%s], "components": [' % evil(), 0, [], kept=SOUND),
    spoil("number beyond a double", '"version": 1', '"version": 1e999', 0, [],
          kept=SOUND),
    spoil("number of a million digits", '"version": 1',
          '"version": ' + "9" * 1000000, 0, [], kept=SOUND),
    spoil("number with a leading zero", '"version": 1', '"version": 007', 3,
          BAD),
    spoil("NaN", '"version": 1', '"version": NaN', 3, BAD),
    spoil("minus without a number", '"version": 1', '"version": -', 3, BAD),
    spoil("version that is a number", '"version": "1"', '"version": 17', 0,
          [], kept=SOUND),
    spoil("name that is a list", '"name": "lib0"', '"name": ["lib0"]', 3,
          [("RW1207", "b.json")], kept=["lib1"]),
    spoil("components that are an object", '"components": [',
          '"components": {}, "x": [', 3, [], kept=["product"]),
    spoil("components that are text", '"components": [',
          '"components": "none", "x": [', 3, [], kept=["product"]),
    spoil("component that is a number", '"components": [',
          '"components": [7, null, true, "x", [], ', 3,
          [("RW1207", "b.json")], kept=SOUND),
    spoil("a lone surrogate", '"lib0"', '"lib\\ud800"', 0, TEXT,
          kept=["lib1"]),
    spoil("surrogates the wrong way round", '"lib0"', '"\\udc00\\ud800"', 0,
          TEXT, kept=["lib1"]),
    spoil("NUL by an escape", '"lib0"', '"lib0\\u0000evil"', 0, TEXT,
          kept=["lib1"]),
    row("NUL in the text", file("b.json", lambda: text().replace(
        "lib0", "lib\0").encode()), C, (0, 3), TEXT),
    row("bytes that are no UTF-8", file("b.json", lambda: text().encode()
        .replace(b"lib0", b"lib\xff\xfe\xc0\x80")), C, 0, TEXT,
        kept=["lib1"]),
    row("overlong UTF-8", file("b.json", lambda: text().encode()
        .replace(b"lib0", b"lib\xc0\xaf\xe0\x80\xaf")), C, 0, TEXT,
        kept=["lib1"]),
    row("BOM", file("b.json", lambda: "\ufeff" + text()), C, 0, kept=SOUND),
    row("two BOMs", file("b.json", lambda: "\ufeff\ufeff" + text()), C,
        (0, 2, 3)),
    row("UTF-16 with a BOM", file("b.json", lambda: text().encode(
        "utf-16")), C, (0, 2, 3)),
    row("UTF-16 without one", file("b.json", lambda: text().encode(
        "utf-16-le")), C, (0, 2, 3)),
    row("UTF-32", file("b.json", lambda: text().encode("utf-32")), C,
        (0, 2, 3)),
    row("UTF-7", file("b.json", lambda: text().replace("{", "+AHs-")), C, 2,
        [("RW1006", "b.json")]),
    row("a comment", file("b.json", lambda: "/* x */ " + text()), C,
        (2, 3)),
    spoil("a comment inside", '"version": 1', '"version": 1 // x\n', 3, BAD),
    spoil("a comma too many", '"components": [', '"components": [,', 3, BAD),
    spoil("single quotes", '"lib0"', "'lib0'", 3, BAD),
    spoil("no colon", '"specVersion":', '"specVersion"', 3, BAD),
    row("a second document behind", file("b.json", lambda: text() +
                                         text(json.loads(evil()))), C, 3,
        [("RW1102", "b.json")], kept=SOUND),
    row("garbage behind", file("b.json", lambda: text() + "\0\0]}"), C, 3,
        kept=SOUND),
    row("cut in a string", file("b.json", lambda: text()[:400]), C, 3, BAD,
        kept=["lib0"]),
    row("cut by one byte", file("b.json", lambda: text()[:-1]), C, 3, BAD,
        kept=SOUND),
    row("empty file", file("b.json", b""), C, 2, [("RW1006", "b.json")]),
    row("a file of blanks", file("b.json", b" \n\t" * 100000), C, 2,
        [("RW1006", "b.json")]),
]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
