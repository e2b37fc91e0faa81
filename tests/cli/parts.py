#!/usr/bin/env python3
"""A report from a plan and parts alone, in an empty folder: the bytes of a
scan that has everything at hand; what is missing, damaged, changed, or of
other facts is told. TAP on standard output."""
import hashlib
import json
import os
import shutil
import subprocess

import _tap

SCAN = ["scan", "-q", "-o", "json", "--as-of=2026-01-01"]
PLAN = ["shards", "plan", "-q", "--as-of=2026-01-01"]
INFO = """---
project: 'thing'
project_lead: &lead
    name: 'A'
    email: 'a@{host}'
    company: 'Some company'
    id: 'a'
committers:
    - <<: *lead
    - name: 'B'
      email: 'b@intel.com'
      id: 'b'
"""
STACK = """stack: 1
name: S
supplier: Example Telecom
functions:
  - function: O-DU
    components:
      - {repository: tree, built: ["src/**", "none/**"], name: The tree}
      - {repository: bare}
      - {repository: gone}
      - {sbom: a.spdx.json}
      - {sbom: notes.txt}
      - {purl: "pkg:npm/left-pad@1.0.0"}
      - {repository: "https://gerrit.example/x"}
"""


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(text if isinstance(text, bytes) else text.encode())


def git(cwd, *words):
    subprocess.run(["git", *words], cwd=cwd, check=True, capture_output=True)


def spdx(name, package, refers=None):
    ref = [{"externalDocumentId": "DocumentRef-o", "spdxDocument":
            f"https://d.example/{refers}", "checksum": {
                "algorithm": "SHA1", "checksumValue": "0" * 40}}]
    return json.dumps({
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "name": name,
        "SPDXID": "SPDXRef-DOCUMENT", "documentNamespace":
        f"https://d.example/{name}", "externalDocumentRefs":
        ref if refers else [], "packages": [
            {"SPDXID": "SPDXRef-p", "name": package, "versionInfo": "1",
             "downloadLocation": "NOASSERTION", "supplier":
             "Organization: Huawei"}],
        "relationships": [
            {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType":
             "DESCRIBES", "relatedSpdxElement": "SPDXRef-p"}] + ([
                 {"spdxElementId": "SPDXRef-p", "relationshipType":
                  "DEPENDS_ON", "relatedSpdxElement":
                  "DocumentRef-o:SPDXRef-p"}] if refers else [])})


def make(folder):
    """One of everything below in/; the targets."""
    files = {"CMakeLists.txt": b"FetchContent_Declare(x GIT_REPOSITORY https:"
             b"//github.com/a/x GIT_TAG v1)\nfind_package(OpenSSL)\n",
             "CODEOWNERS": b"* a@huawei.com\n/src/ b@intel.com\n",
             "src/a.c": b"int a;\n" * 9, "package.json": b"{nonsense",
             "l.spdx": b"no SBOM\n"}
    stream = b""
    for i in range(4):
        host = ["huawei.com", "nokia.com", "nokia.com", "intel.com"][i]
        stream += _tap.commit(
            i + 1, b"A", b"a@" + host.encode(), b"%d +0000" %
            (1600000000 + i * 9999999),
            {**files, "INFO.yaml": INFO.format(host=host).encode()},
            i or None)
    _tap.repository(f"{folder}/bare", stream)
    git(folder, "config", "-f", "bare/config", "core.fsmonitor", "run-me")
    git(folder, "clone", "-q", "bare", "tree")
    git(folder, "clone", "-q", "--bare", "--depth=2",
        f"file://{folder}/bare", "shallow")
    git(folder, "init", "-q", "--bare", "empty")
    write(f"{folder}/tree/src/new/go.mod", "module m\n\nrequire a.b/c v1.2.3\n")
    write(f"{folder}/plain/requirements.txt", "requests==2.0\nx\ny>=1\n")
    write(f"{folder}/nothing/x.bin", b"\0")
    write(f"{folder}/a.spdx.json", spdx("a", "p1", "b"))
    write(f"{folder}/b.spdx.json", spdx("b", "p2"))
    write(f"{folder}/notes.txt", "not an SBOM\n")
    write(f"{folder}/s.yaml", STACK)
    return ["s.yaml", "bare", "tree", "shallow", "empty", "plain", "nothing",
            "b.spdx.json", "pkg:pypi/requests@2.0", "./plain/"]


def scan(folder, *words):
    p = _tap.run(*SCAN, *words, cwd=folder)
    return p.returncode, p.stdout, p.stderr.decode()


def parts(folder, *targets, more=(), run=()):
    """An empty folder with a plan and all its parts; problems."""
    p = _tap.run(*PLAN, *more, *targets, cwd=folder)
    away = folder + "/away"
    os.makedirs(away)
    write(f"{away}/plan.json", p.stdout)
    q = _tap.run("shards", "run", "-q", "--index=all", "-j2", "--out=away/o",
                 *run, "away/plan.json", cwd=folder)
    return away, [] if (p.returncode, q.returncode) == (0, 0) else [
        f"{p.returncode} {p.stderr} {q.returncode} {q.stderr}"]


def units(away, kind="components"):
    with open(f"{away}/plan.json", encoding="utf-8") as f:
        return [u for u in json.load(f)["units"] if u["kind"] == kind]


def nothing_is_needed_but_plan_and_parts(folder):
    os.mkdir(f"{folder}/in")
    targets = make(f"{folder}/in")
    want = scan(f"{folder}/in", *targets)
    away, found = parts(f"{folder}/in", *targets)
    shutil.move(away, f"{folder}/away")
    shutil.rmtree(f"{folder}/in")
    got = scan(f"{folder}/away", "--parts=o", "plan.json")
    told = {d["code"] for d in json.loads(want[1])["diagnostics"]}
    for code in ("RW1503", "RW1404", "RW1402", "RW1007", "RW1419"):
        if code not in told:
            found.append(f"{code} is not met: {sorted(told)}")
    if want[0] != 3 or b'"terms"' not in want[1] or b"p2" not in want[1]:
        found.append("the scan does not have what it should")
    return found + ([] if got == want else [
        f"another report: {got[0]} {want[0]} {got[2]}"])


def what_is_missing_is_told(folder):
    targets = make(folder)[1:]
    away, found = parts(folder, *targets)
    for u in units(away):
        os.rename(f"{away}/o/{u['key']}.part", f"{away}/kept")
        code, text, _ = scan(away, "--parts=o", "plan.json")
        told = [d for d in json.loads(text)["diagnostics"]
                if d["code"] == "RW1830"]
        if code != 3 or len(told) != 1 or told[0]["path"] != u["path"]:
            found.append(f"{u['path']}: {code} {told}")
        os.rename(f"{away}/kept", f"{away}/o/{u['key']}.part")
    return found


def again(text):
    """A part with its checksum made to fit."""
    return text + b"end 64\n%s\n" % hashlib.sha256(text).hexdigest().encode()


def record(text, old, new):
    """A part of which the first record has another text."""
    head, line, rest = text[:-72].split(b"\n", 2)
    name, _, n = line.split(b" ")
    field, rest = rest[1:1 + int(n)], rest[1 + int(n):]
    if field.count(old) < 1:
        raise ValueError(f"{old} is not in {field}")
    field = field.replace(old, new, 1)
    return again(head + b"\n%s 1 %d\n0" % (name, len(field)) + field + rest)


def hostile_parts_are_refused(folder):
    write(f"{folder}/a.spdx.json", spdx("a", "p1", "b"))
    away, found = parts(folder, "a.spdx.json")
    want = scan(away, "--parts=o", "plan.json")
    path = f"{away}/o/{units(away)[0]['key']}.part"
    with open(path, "rb") as f:
        text = f.read()
    body = text[:-72]
    cases = [text[:200], text[:-1], b"", text + b"x",
             text.replace(b"Huawei", b"Huawex"),
             text.replace(b"-part 1", b"-part 2"),
             again(body.replace(b"components 1 ", b"components 1 9")),
             again(body.replace(b"components 1 ", b"components ")),
             again(body.replace(b"components 1 ", b"history 1 ")),
             again(body + b"history 1 0\n0\n"), again(body + b"unbuilt 1 0\nx\n"),
             again(body + b"terms 9\n{}\n"), again(body + b"terms 1\n{\n"),
             again(body + b'terms 12\n{"terms": 1}\n'),
             record(text, b"2:p1", b"3:p1"), record(text, b"2:p1", b"2:\xff1"),
             record(text, b"2:p1", b"99999999999999999999:p1"),
             record(text, b"1 2 11:", b"9 2 11:"),
             record(text, b"1 2 11:", b"99999999999999999999999 2 11:"),
             record(text, b"1 2 11:", b"x 2 11:"),
             record(text, b"11:a.spdx.json", b"1:a.spdx.json")]
    for i, one in enumerate(cases):
        write(path, one)
        code, told, err = scan(away, "--parts=o", "plan.json")
        if code != 3 or b'"RW1831"' not in told or "signal" in err:
            found.append(f"{i}: {code} {err}")
    field = text.split(b"\n", 2)[2]
    for at in range(1, min(len(field), 1200), 7):
        digit = field[at:at + 1]
        if digit.isdigit():
            part = text[:-72]
            where = len(part) - len(field[:-72]) + at
            write(path, again(part[:where] + b"7" + part[where + 1:]))
            code, told, err = scan(away, "--parts=o", "plan.json")
            if code not in (0, 1, 3) or "signal" in err:
                found.append(f"digit {at}: {code} {err}")
    write(path, text)
    return found + ([] if scan(away, "--parts=o", "plan.json") == want
                    else ["and the sound one is, too"])


def conflicts_are_fatal(folder):
    write(f"{folder}/a.spdx.json", spdx("a", "p1"))
    away, found = parts(folder, "a.spdx.json")
    name = units(away)[0]["key"] + ".part"
    with open(f"{away}/o/{name}", "rb") as f:
        text = f.read()
    write(f"{away}/p/{name}", record(text, b"2:p1", b"2:p3"))
    p = _tap.run("shards", "merge", "--out=m", "o", "p", "o", cwd=away)
    if p.returncode != 4 or name not in p.stderr.decode():
        found.append(f"{p.returncode} {p.stderr}")
    q = _tap.run("shards", "merge", "--out=n", "o", "o", cwd=away)
    return found + ([] if q.returncode == 0 else [str(q)])


def what_is_not_as_planned_is_not_read(folder):
    targets = make(folder)
    write(f"{folder}/facts.csv", "kind,subject,object,value,from,to,source,"
          "speaks_for,read,confidence,state,note\nbot,x@y.example,,a bot,,,"
          "own,2026-01-01,2026-01-01,A,accepted,\nsource,own,,https://x.example,,,,,2026-01-01,C,,\n")
    away, found = parts(folder, *targets)
    for more, word in ((["plan.json"], "--parts"), (
            ["--parts=o", "--facts=../facts.csv", "plan.json"], "facts"), (
                ["--parts=o", "../s.yaml", "plan.json"], "second stack")):
        code, text, err = scan(away, *more)
        if code != 2 or word not in err or text:
            found.append(f"{more}: {code} {err}")
    write(f"{folder}/tree/src/a.c", "int b;\n" * 9)
    write(f"{folder}/b.spdx.json", spdx("b", "p3"))
    for n, extra in ((2, []), (99, ["--facts=facts.csv"])):
        shutil.rmtree(f"{away}/p", ignore_errors=True)
        p = _tap.run("shards", "run", "-q", "--index=all", "--out=away/p",
                     *extra, "away/plan.json", cwd=folder)
        there = os.listdir(f"{away}/p") if n == 2 else []
        # the tree twice: all of it, and what is built
        if p.returncode != 2 or (n == 2 and len(there) != len(
                os.listdir(f"{away}/o")) - 3):
            found.append(f"{p.returncode} {p.stderr} {len(there)}")
    shutil.rmtree(f"{folder}/plain")
    p = _tap.run("shards", "run", "-q", "--index=all", "--out=away/q",
                 "away/plan.json", cwd=folder)
    return found + ([] if p.returncode == 2 else [f"{p}"])


_tap.main([nothing_is_needed_but_plan_and_parts, what_is_missing_is_told,
           hostile_parts_are_refused, conflicts_are_fatal,
           what_is_not_as_planned_is_not_read])
