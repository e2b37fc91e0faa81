#!/usr/bin/env python3
"""The queue, as far as it goes without a database: what is refused, and that
nothing is opened, written or told before there is one. TAP on standard
output; tests/scale/queue_kills.py has the rest."""
import os

import _tap

NOWHERE = {"PGHOST": "/dev/null", "PGPASSWORD": "open-sesame",
           "PGDATABASE": "x", "PGUSER": "x"}


def built_in():
    return b"libpq       not" not in _tap.run("doctor").stdout


def queue(folder, *words, env=None):
    p = _tap.run("queue", *words, cwd=folder, env=dict(NOWHERE, **(env or {})))
    return p.returncode, p.stdout + p.stderr


def what_makes_no_sense_is_refused(folder):
    found = []
    for words in ([], ["x"], ["init", "x"], ["init", "--out=o"], ["add"],
                  ["work"], ["work", "--out=o", "x"], ["status", "x"],
                  ["work", "--out=o", "--stage=x"],
                  ["work", "--out=o", "--lease=0s"],
                  ["work", "--out=o", "--lease=x"],
                  ["init", "--depth=-1"], ["work", "--out=o", "--split=0"], ["init", "--most=9999999999"]):
        code, text = queue(folder, *words)
        if code != 2 or not text or os.path.exists(f"{folder}/o"):
            found.append(f"{words}: {code} {text}")
    return found


def targets_are_read_before_a_database_is_needed(folder):
    with open(f"{folder}/plan.json", "w", encoding="utf-8") as f:
        f.write('{"schema": "ranwhence.shards/1", "tool_version": "0"}')
    found = []
    for name in ("nothing-there", "plan.json", "file:///etc/passwd",
                 "http://", "ftp://a.example/b"):
        code, text = queue(folder, "add", name)
        if code != 2 or name.encode() not in text:
            found.append(f"{name}: {code} {text}")
    return found


def without_a_server(folder):
    """Not built in, or away: told apart, and no password in it."""
    want = 75 if built_in() else 2
    word = b"RW2010" if built_in() else b"--with-postgresql"
    found = []
    for words in (["init"], ["status"], ["add", "https://a.example/b"],
                  ["work", "--out=o"]):
        code, text = queue(folder, *words)
        if code != want or word not in text or b"sesame" in text or \
                os.path.exists(f"{folder}/o"):
            found.append(f"{words}: {code} {text}")
    for db in ("=", "host='x password=open-sesame", "postgresql://a:open-"
               "sesame@[x/y", "nonsense=open-sesame"):
        code, text = queue(folder, "status", "--db", db)
        if code != 2 or b"sesame" in text or b"RW2011" not in text:
            found.append(f"{db}: {code} {text}")
    return found


_tap.main([what_makes_no_sense_is_refused,
           targets_are_read_before_a_database_is_needed, without_a_server])
