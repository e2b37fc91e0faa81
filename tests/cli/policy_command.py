#!/usr/bin/env python3
"""ranwhence policy: check, show, list; policies that extend others from
files. TAP on standard output."""
import os

import _tap

HEAD = ("policy: 1\nname: %s\ntitle: T\n"
        "text: {title: T, date: 2026, source: none, status: own}\n")
RULE = ("rules:\n  - {id: OWN-1, title: Mine, clause: C, confirmed: true, "
        "kind: supplier, severity: high}\n")


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
        f.write(text)
    return os.path.join(folder, name)


def policy(*arguments):
    p = _tap.run("policy", *arguments)
    return p.returncode, p.stdout.decode(), p.stderr.decode()


def list_is_that_of_list_policies(_):
    a = policy("list")[1]
    b = _tap.run("list", "policies").stdout.decode()
    return [] if a == b and a.count("\n") >= 11 else [a, b]


def all_bundled_ones_are_sound(_):
    names = [x.split()[0] for x in policy("list")[1].splitlines()]
    code, out, err = policy("check", *names)
    return [] if code == 0 and out.count(": sound, ") == len(names) \
        else [out, err]


def show_prints_what_is_judged_by(folder):
    path = write(folder, "p.yaml", HEAD % "own" + "extends: default\n" + RULE)
    code, out, _ = policy("show", path)
    return [] if code == 0 and out.startswith("own: T\n") and \
        "jurisdictions: CN, HK, MO\n" in out and "DEF-PEAK: " in out and \
        "OWN-1: Mine\n    supplier, high\n" in out else [out]


def a_file_extends_one_beside_it(folder):
    os.mkdir(folder + "/sub")
    write(folder, "sub/a.yaml", HEAD % "a" + "extends: ../b.yaml\n" + RULE)
    write(folder, "b.yaml", HEAD % "b" + "extends: us-889\n")
    code, out, err = policy("check", folder + "/sub/a.yaml")
    return [] if code == 0 and not err else [out, err]


def faults_have_a_place(folder):
    path = write(folder, "p.yaml", HEAD % "p" + "extends: q.yaml\n")
    other = write(folder, "q.yaml", HEAD % "q" + "extends: p.yaml\n")
    odd = write(folder, "odd.yaml", HEAD % "odd" + "extends: default\n"
                "component-limit: 101%\n")
    code, out, err = policy("check", path, odd, "default")
    return [] if code == 2 and other + ":5:10: " in err and \
        odd + ":6:18: '101%' is more than 100%" in err and \
        out == "default: sound, 9 rules\n" else [str(code), out, err]


def wrong_usage(_):
    found = []
    for a in ([], ["check"], ["show"], ["list", "x"], ["nope", "default"]):
        code, out, err = policy(*a)
        if code != 2 or out or "usage" not in err:
            found.append(f"{a}: {code} {out} {err}")
    return found


_tap.main([list_is_that_of_list_policies, all_bundled_ones_are_sound,
           show_prints_what_is_judged_by, a_file_extends_one_beside_it,
           faults_have_a_place, wrong_usage])
