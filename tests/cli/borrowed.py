#!/usr/bin/env python3
"""A tree cannot borrow the history of what it says it is: neither a folder
with a .gitreview nor a repository whose own history cannot be read is judged
by the digest of another. TAP on standard output."""
import glob
import json
import os
import subprocess

import _tap

REVIEW = "[gerrit]\nhost=gerrit.o-ran-sc.org\nproject=ric-plt/e2\n"
ADDRESS = "https://github.com/o-ran-sc/ric-plt-e2"


def scan(path):
    p = _tap.run("scan", "-q", "-o", "json", path)
    return p.returncode, json.loads(p.stdout)


def problems(path, says):
    code, report = scan(path)
    verdict = report["verdicts"][0]
    root = verdict["scores"][0]
    found = [] if code == 3 else [f"exit {code}"]
    if report["digests"]:
        found.append(f"a digest: {report['digests']}")
    if root["axes"]["commits"] or \
            verdict["headline"] != {"low_bp": 0, "high_bp": 10000}:
        found.append(f"{root['axes']['commits']} {verdict['headline']}")
    if root["why"] != "its own history could not be read":
        found.append(str(root["why"]))
    if says and not any(says in d["message"] for d in report["diagnostics"]):
        found.append(str(report["diagnostics"]))
    return found


def the_digest_is_there(folder):
    """What would be borrowed: without it the tests below prove nothing."""
    path = os.path.join(folder, "s.yaml")
    with open(path, "w", encoding="utf-8") as f:
        f.write("stack: 1\nname: n\nfunctions:\n  - function: O-DU\n"
                f"    components: [{{repository: '{ADDRESS}'}}]\n")
    return [] if scan(path)[1]["digests"] else ["no digest is bundled"]


def a_folder_that_says_so(folder):
    path = os.path.join(folder, "fake")
    os.mkdir(path)
    for name, text in ((".gitreview", REVIEW), ("README", "x\n")):
        with open(os.path.join(path, name), "w", encoding="utf-8") as f:
            f.write(text)
    return problems(path, "has no history that shows it")


def a_repository_that_cannot_be_read(folder):
    path = os.path.join(folder, "r.git")
    _tap.repository(path, b"".join(
        _tap.commit(i, b"N", b"a@b.example", b"1500000000 +0000",
                    {"f": b"%d" % i}, i - 1) for i in range(1, 300)))
    subprocess.run(["git", "-C", path, "config", "remote.origin.url",
                    ADDRESS], check=True)
    subprocess.run(["git", "-C", path, "repack", "-qad"], check=True)
    for index in glob.glob(path + "/objects/pack/*.idx"):
        os.remove(index)
    return problems(path, "")


_tap.main([the_digest_is_there, a_folder_that_says_so,
           a_repository_that_cannot_be_read])
