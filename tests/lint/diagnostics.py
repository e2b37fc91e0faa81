"""Diagnostic codes: what the code uses, the table
scanner/base/diag_codes.h (X(RW1001, ERROR, "title", "explanation")) and
docs/diagnostics.md ("### RW1001 title", then the explanation) name the same
set and say the same."""
import os
import re

import source

TABLE = "scanner/base/diag_codes.h"
DOCS = "docs/diagnostics.md"
CODE = re.compile(r"\bRW\d{4}\b")


def words(text):
    return " ".join(text.split())


def same_words(root):
    """Titles and explanations of the table that the page does not have."""
    page = source.text(root, DOCS) if os.path.exists(
        os.path.join(root, DOCS)) else ""
    sections = dict(re.findall(r"^### (RW\d{4} [^\n]*)\n(.*?)(?=^##|\Z)",
                               page, re.M | re.S))
    text = source.text(root, TABLE)
    for code, rest in re.findall(r"X\(\s*(RW\d{4})\b(.*?)\"\s*\)", text, re.S):
        strings = re.findall(r'"((?:[^"\\\\]|\\\\.)*)"', rest + '"')
        title, explained = strings[0], words("".join(strings[1:]))
        section = sections.get(f"{code} {title}")
        if section is None:
            yield f"{DOCS}: no section '### {code} {title}'"
        elif explained.replace('\\\\"', '"') not in words(section):
            yield f"{DOCS}: {code} is explained in other words"


def check(root):
    if not os.path.exists(os.path.join(root, TABLE)):
        return
    rows = re.findall(r"\bX\(\s*(RW\d{4})\b", source.text(root, TABLE))
    table = set(rows)
    for code in sorted(table):
        if rows.count(code) > 1:
            yield f"{TABLE}: {code} stands there twice"
    used = {}
    for path in source.files(root, ".c", ".h"):
        if path == TABLE:
            continue
        for code in CODE.findall(source.code(root, path)):
            used.setdefault(code, path)
    for code in sorted(used.keys() - table):
        yield f"{used[code]}: {code} is not in {TABLE}"
    for code in sorted(table - used.keys()):
        yield f"{TABLE}: {code} is used nowhere"
    docs = set()
    if os.path.exists(os.path.join(root, DOCS)):
        docs = set(CODE.findall(source.text(root, DOCS)))
    for code in sorted(table - docs):
        yield f"{DOCS}: {code} is missing"
    yield from same_words(root)
    for code in sorted(docs - table):
        yield f"{DOCS}: {code} is not in {TABLE}"
