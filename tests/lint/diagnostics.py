"""Diagnostic codes: what the code uses, the table
scanner/base/diag_codes.h (X(RW1001, ERROR, "title", "explanation")) and
docs/diagnostics.md name the same set."""
import os
import re

import source

TABLE = "scanner/base/diag_codes.h"
DOCS = "docs/diagnostics.md"
CODE = re.compile(r"\bRW\d{4}\b")


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
    for code in sorted(docs - table):
        yield f"{DOCS}: {code} is not in {TABLE}"
