#!/usr/bin/env python3
"""One scan, many policies: a verdict each, one table, and the questions as a
document. TAP on standard output."""
import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import re

import _tap

DEMO = os.path.join(_tap.SRCDIR, "fixtures/demo/stack.yaml")
DAY = ["--as-of=2026-11-25", "-q"]
POLICIES = ["-p", "default", "-p", "us-889", "-p", "eu-5g-toolbox"]
FACTS = """kind,subject,object,value,from,to,source,speaks_for,read,\
confidence,state,note
source,bidders-word,none,https://bid.example/answers,,,,,,A,,
organisation,example-networks,vendor,Example Networks,,,bidders-word,2026,,\
A,,
establishes,example-networks,,FI,,,bidders-word,2026,,A,,
"""


def scan(*more):
    p = _tap.run("scan", *DAY, *more, DEMO)
    return p.stdout.decode()


def section(text, title):
    return re.split(r"\n(?=\S)", text.split(f"\n{title}\n")[1])[0]


def each_policy_has_a_row(_):
    text = scan(*POLICIES)
    rows = section(text, "Policies").splitlines()[1:]
    verdicts = json.loads(scan(*POLICIES, "-o", "json"))["verdicts"]
    want = [(v["policy"], v["state"], v["decided_by"]) for v in verdicts]
    got = [(r.split()[0],
            "not met" if "not met" in r else r.split()[1],
            re.search(r"[A-Z][A-Z0-9]+(-[A-Z0-9]+)+", r).group(0)) for r in rows]
    return [] if got == want else [str(got), str(want)]


def a_broken_policy_names_the_rung(_):
    text = section(scan(*POLICIES), "Policies")
    rows = [r for r in text.splitlines() if "not met" in r]
    return [r for r in rows if not re.search(r"(listed|affiliate|controlled|"
                                             r"established|owned\d+): \w", r)]


def axes_stand_with_each_policy_where_they_differ(_):
    text = scan(*POLICIES)
    verdicts = json.loads(scan(*POLICIES, "-o", "json"))["verdicts"]
    want = 1 + sum(v["axes"] != verdicts[0]["axes"] for v in verdicts[1:])
    parts = text.split("\nAxes: share")[1:]
    found = [] if len(parts) == want > 1 else [f"{len(parts)} of {want}"]
    rows = {re.search(r"\n  commits  +(.*)", x).group(1) for x in parts}
    return found + ([] if len(rows) > 1 else ["the same figures"])


def one_policy_needs_no_table(_):
    return ["a table"] if "\nPolicies\n" in scan() else []


def facts_are_collected_once(_):
    """A verdict does not depend on the other policies of the run."""
    many = json.loads(scan(*POLICIES, "-o", "json"))
    alone = json.loads(scan("-p", "us-889", "-o", "json"))
    return [] if many["verdicts"][1] == alone["verdicts"][0] else ["differs"]


def questions_are_a_document(_):
    text = scan(*POLICIES, "-o", "questions")
    heads = re.findall(r"^## (\d+)\. (.+)$", text, re.M)
    points = [float(x) for x in re.findall(r"^- Worth: ([\d.]+) points", text,
                                           re.M)]
    found = [] if text.startswith("# Questions to Example Networks on ") \
        else [text[:60]]
    if len(heads) < 10 or [int(n) for n, _ in heads] != \
            list(range(1, len(heads) + 1)):
        found.append(f"{len(heads)} questions")
    if points != sorted(points, reverse=True) or len(points) != len(heads):
        found.append("not ranked")
    return found + [f"no {w}" for w in ("Settled by: ", "Answer as: ",
                                        "asked by default, us") if w not in
                    text]


def questions_are_a_table_in_a_csv_file(folder):
    path = os.path.join(folder, "q.csv")
    scan(*POLICIES, "-o", "questions=" + path)
    with open(path, encoding="utf-8", newline="") as f:
        text = f.read()
    rows = list(csv.DictReader(io.StringIO(text)))
    document = scan(*POLICIES, "-o", "questions")
    found = [] if len(rows) == document.count("\n## ") else [str(len(rows))]
    if any(r["answer"] or not r["question"].count("?") for r in rows):
        found.append("a row is odd")
    return found + ([] if text == scan(*POLICIES, "-o", "questions-csv")
                    else ["standard output differs"])


def an_answer_is_shown_as_an_assertion(folder):
    path = os.path.join(folder, "answers.csv")
    with open(path, "w", encoding="utf-8") as f:
        f.write(FACTS)
    text = scan("--facts", path)
    document = json.loads(scan("--facts", path, "-o", "json"))
    found = [] if "Asserted by facts files of this run" in text \
        and f"asserted by {path}" in text.replace("\n   ", "") \
        else [text[-3000:]]
    kinds = [(a["kind"], a["assumed"]) for a in document["assertions"]]
    want = [("source", True), ("organisation", True), ("establishes", True)]
    return found + ([] if sorted(kinds) == sorted(want) else [str(kinds)])


def signed(folder):
    """A key and facts signed by it; None where there is no openssl."""
    if not shutil.which("openssl"):
        return None
    path, key = os.path.join(folder, "a.csv"), os.path.join(folder, "k")
    with open(path, "w", encoding="utf-8") as f:
        f.write(FACTS)
    for command in (["genpkey", "-algorithm", "ed25519", "-out", key],
                    ["pkey", "-in", key, "-pubout", "-out", key + ".pub"],
                    ["pkeyutl", "-sign", "-rawin", "-inkey", key, "-in", path,
                     "-out", path + ".sig"]):
        subprocess.run(["openssl", *command], check=True,
                       capture_output=True)
    return path, key + ".pub"


def signed_answers_name_the_key(folder):
    pair = signed(folder)
    if not pair:
        return []
    path, key = pair
    with open(key, "rb") as f:
        digest = hashlib.sha256(f.read()).hexdigest()
    text = scan("--facts", path, "--facts-key", key)
    document = json.loads(scan("--facts", path, "--facts-key", key, "-o",
                               "json"))
    found = [] if f"signed by the key {digest[:12]}" in \
        " ".join(text.split()) else [text[-2000:]]
    if document["assertions_key"] != digest or not document["assertions"]:
        found.append(str(document["assertions_key"]))
    if json.loads(scan("--facts", path, "-o", "json"))["assertions_key"]:
        found.append("a key that was not asked for")
    return found


def what_is_not_signed_is_refused(folder):
    pair = signed(folder)
    if not pair:
        return []
    path, key = pair
    found = []

    def refused(what):
        p = _tap.run("scan", *DAY, "--facts", path, "--facts-key", key, DEMO)
        if p.returncode != 2 or p.stdout or b"RW1706" not in p.stderr:
            found.append(f"{what}: {p.returncode} {p.stderr[-300:]}")
    with open(path, "a", encoding="utf-8") as f:
        f.write("\n")
    refused("changed")
    os.remove(path + ".sig")
    refused("without a signature")
    with open(key, "w", encoding="utf-8") as f:
        f.write("no key")
    refused("no key")
    return found


def no_assertion_no_section(_):
    return ["a section"] if "Asserted by" in scan() else []


def two_policies_of_one_name_are_refused(folder):
    path = os.path.join(folder, "mine.yaml")
    with open(path, "w", encoding="utf-8") as f:
        f.write("policy: 1\nextends: us-889\nname: default\n")
    p = _tap.run("scan", *DAY, "-p", "default", "-p", path, DEMO)
    err = p.stderr.decode()
    return [] if p.returncode == 2 and not p.stdout and "RW1601" in err and \
        "has the name 'default', as has" in err else [f"{p.returncode} {err}"]


_tap.main([each_policy_has_a_row, a_broken_policy_names_the_rung,
           axes_stand_with_each_policy_where_they_differ,
           one_policy_needs_no_table, facts_are_collected_once,
           questions_are_a_document, questions_are_a_table_in_a_csv_file,
           an_answer_is_shown_as_an_assertion, no_assertion_no_section,
           two_policies_of_one_name_are_refused, signed_answers_name_the_key,
           what_is_not_signed_is_refused])
