#!/usr/bin/env python3
"""200 hostile strings in every text of an SBOM, a stack, a policy and facts,
and in a history: no format lets one through as anything but text. TAP on
standard output."""
import csv
import io
import json
import os
import re
import unicodedata
import xml.etree.ElementTree

import _hostile
import _page
import _tap

DAY = ["--as-of=2026-11-25", "-q"]
FORMATS = [line.split()[0] for line in _tap.run("list", "reporters")
           .stdout.decode().splitlines()]
JSON = ["cyclonedx", "gitlab", "json", "sarif", "spdx", "spdx3"]
LINES = ["github", "line", "markdown", "questions", "text"]
written = {}


def history(folder):
    """Hosts, names, messages, branches and files that are hostile."""
    stream = b""
    for i, s in enumerate(_hostile.strings()):
        raw = re.sub("[<>\n\r\x00]", "", s)[:60].encode()
        path = re.sub(r'["\\/\n\x00]', "", s)[:60].strip(". ") or "f"
        stream += _tap.commit(
            i + 1, raw or b"A", b"a@" + raw.replace(b" ", b"") + b".example",
            b"%d +0000" % (1500000000 + i * 86400), {f"d{i}-{path}": raw},
            i or None, s.encode())
    _tap.repository(os.path.join(folder, "h"), stream)


def outputs(folder):
    """Every format of one scan of all that; made once."""
    if written:
        return written
    stack = _hostile.stack(folder)
    history(folder)
    path = os.path.join(folder, "h.cdx.json")
    with open(path, encoding="utf-8") as f:
        text = f.read()
    _hostile.write(folder, path, text.replace("{{7*7}}", "\\u0000{{7*7}}"))
    with open(os.path.join(folder, stack), "a", encoding="utf-8") as f:
        f.write("  - function: O-RU\n    components:\n"
                "      - {repository: h}\n")
    p = _tap.run("scan", *DAY, "--facts=facts.csv", "-ppolicy.yaml",
                 "-pdefault", stack, cwd=folder,
                 *(f"--output={f}=o.{f}" for f in FORMATS))
    for f in FORMATS:
        with open(os.path.join(folder, "o." + f), "rb") as file:
            written[f] = file.read()
    if p.returncode not in (1, 3):
        raise RuntimeError(p.stderr.decode())
    return written


def unshown(text):
    """Characters that a terminal or an editor would act upon."""
    return sorted({f"U+{ord(c):04X}" for c in text if c != "\n" and
                   unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or
                   c in "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
                        "\u2066\u2067\u2068\u2069\ufeff"})


def all_formats_are_looked_at(folder):
    known = {*JSON, *LINES, "csv", "questions-csv", "html", "junit"}
    return [] if set(outputs(folder)) == known else [
        f"{set(FORMATS) ^ known}"]


def json_is_json(folder):
    found = []
    for f in JSON:
        text = outputs(folder)[f].decode("utf-8", "strict")
        json.loads(text)
        found += [f"{f}: {unshown(text)}"] if unshown(text) else []
    return found


def all_200_are_there(folder):
    """Nothing is lost on the way, but what has no letter to be named by."""
    components = json.loads(outputs(folder)["json"])["components"]
    rows = len(list(csv.reader(io.StringIO(
        outputs(folder)["csv"].decode(), newline=""))))
    packages = len(json.loads(outputs(folder)["spdx"])["packages"])
    n = len(components)
    return [] if n >= 200 and rows == n + 1 and packages == n + 1 else [
        f"{n} components, {rows} rows, {packages} packages"]


def text_is_text(folder):
    found = []
    for f in LINES:
        text = outputs(folder)[f].decode("utf-8", "strict")
        found += [f"{f}: {unshown(text)}"] if unshown(text) else []
    return found


def text_keeps_its_columns(folder):
    return [line[:100] for line in outputs(folder)["text"].decode()
            .splitlines() if len(line) > 80 and
            len(line.split()[-1]) < 40 and line.isascii()][:5]


def cells_are_no_formulas(folder):
    found = []
    for f in ("csv", "questions-csv"):
        text = outputs(folder)[f].decode("utf-8", "strict")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        found += [f"{f}: {cell[:40]!r}" for row in rows for cell in row
                  if cell[:1] in tuple("=+-@\t\r\n")]
        found += [f"{f}: {len(r)} cells" for r in rows
                  if len(r) != len(rows[0])]
        found += [] if len(rows) > 5 else [f"{f}: {len(rows)} rows"]
    return found[:5]


def workflow_commands_are_the_programs_own(folder):
    text = outputs(folder)["github"].decode()
    issues = json.loads(outputs(folder)["json"])["verdicts"]
    lines = text.splitlines()
    found = [x[:100] for x in lines if not re.match(
        r"::(error|warning|notice)( |::)", x)]
    return found[:3] + ([] if lines and issues else ["nothing"])


def xml_is_xml(folder):
    root = xml.etree.ElementTree.fromstring(outputs(folder)["junit"])
    tags = {e.tag for e in root.iter()}
    known = {"testsuites", "testsuite", "testcase", "failure", "error",
             "skipped", "properties", "property", "system-out"}
    return [] if tags <= known else [str(tags - known)]


def markdown_has_no_html_and_no_links(folder):
    text = outputs(folder)["markdown"].decode()
    found = re.findall(r"(?<!\\)<[a-z/!][^>]{0,40}|(?<!\\)\]\([^)]{0,40}", text)
    heads = [x for x in text.splitlines() if x.startswith("#")]
    return found[:3] + ([] if len(heads) == 3 else heads[:9])


def the_page_is_sound(folder):
    return _page.problems(outputs(folder)["html"])


def each_is_written_again_the_same(folder):
    outputs(folder)
    _hostile.write(folder, "again.json", written["json"].decode())
    p = _tap.run("report", "-q", "again.json", cwd=folder,
                 *(f"--output={f}=b.{f}" for f in FORMATS))
    found = [p.stderr.decode()[:300]] if p.returncode else []
    for f in FORMATS if not found else ():
        with open(os.path.join(folder, "b." + f), "rb") as file:
            found += [] if file.read() == written[f] else [f"{f} differs"]
    return found


_tap.main([all_formats_are_looked_at, json_is_json, all_200_are_there,
           text_is_text, text_keeps_its_columns, cells_are_no_formulas,
           workflow_commands_are_the_programs_own, xml_is_xml,
           markdown_has_no_html_and_no_links, the_page_is_sound,
           each_is_written_again_the_same])
