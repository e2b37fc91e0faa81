#!/usr/bin/env python3
"""The manual of policies names what the parser reads, and its example is a
policy. TAP on standard output."""
import os
import re

import _tap


def text(path):
    with open(os.path.join(_tap.SRCDIR, path), encoding="utf-8") as f:
        return f.read()


def page():
    return text("man/ranwhence-policy.5").replace("\\-", "-")


def words_in_bold():
    lines = re.findall(r"^\.B[RI]? (.*)$", page(), re.M)
    return set(re.findall(r"[A-Za-z0-9-]+", " ".join(lines)))


def every_key_and_kind_is_explained(_):
    keys = re.findall(r'^\t\{"([a-z-]+)", (?:true|false)',
                      text("scanner/assess/policy.c"), re.M)
    kinds = re.findall(r"X\((\w+)\)", re.search(
        r"#define RULE_KINDS\(X\)(.*?)#define",
        text("scanner/assess/rules.h"), re.S).group(1))
    found = [] if len(keys) > 20 and len(kinds) > 5 else ["too few found"]
    return found + [w for w in keys + kinds if w not in words_in_bold()]


def the_example_is_a_policy(folder):
    example = page().split(".SH EXAMPLE\n.nf\n")[1].split("\n.fi")[0]
    path = os.path.join(folder, "example.yaml")
    with open(path, "w", encoding="utf-8") as f:
        f.write(example + "\n")
    os.mkdir(os.path.join(folder, "empty"))
    p = _tap.run("scan", "-q", "-p", path, os.path.join(folder, "empty"))
    return [] if p.returncode in (3, 5) else [str(p.returncode), str(p.stderr)]


_tap.main([every_key_and_kind_is_explained, the_example_is_a_policy])
