#!/usr/bin/env python3
"""Same input, same bytes: whatever the names of persons, their time zones,
the number of threads, the locale, the clock's zone and the run. The two
shuffle tests of docs/method.md are here. TAP on standard output."""
import json
import os
import random
import re

import _tap

HOSTS = [b"huawei.com", b"intel.com", b"nokia.com", b"gmail.com", b"zte.com.cn",
         b"cn.fujitsu.com", b"nowhere.example"]
NAMES = [b"Ann Bee", b"Li Wei", "王伟".encode(), b"Jos\xc3\xa9 P.",
         b"Ivan Petrov", b"O. Okafor", b"A"]
ZONES = [b"+0000", b"+0800", b"-0700", b"+0530", b"+0300"]
FILES = {"go.mod": b"module example.com/x\nrequire github.com/a/b v1.0.0\n",
         "INFO.yaml": b"---\nproject: x\ncommitters:\n"
                      b"  - name: 'A'\n    company: 'Nokia'\n"}
PERSONS = [(b"Ann Bee", b"ann.bee", b"Asia/Shanghai"),
           ("\u738b\u4f1f".encode(), b"wei", b"America/New_York"),
           (b"Ivan Petrov", b"ip", b"UTC")]
DATE = ["--as-of=2026-01-01"]


def history(path, names, zones):
    """60 commits; the day of each stays whatever the zone: noon, UTC."""
    stream = b""
    for i in range(60):
        when = b"%d %s" % (1600041600 + i * 86400 * 9, zones[i])
        stream += _tap.commit(
            i + 1, names[i], b"u%d@%s" % (i % 9, HOSTS[i * i % 7]), when,
            FILES if i == 0 else {"f": b"%d\n" % i}, i or None)
    _tap.repository(path, stream)
    return path


def report(path, *options, **more):
    """The report as text and JSON, commit ids taken out."""
    folder, name = os.path.split(path)
    out = b""
    for form in ("text", "json"):
        out += _tap.run("scan", *DATE, "-o", form, *options, name,
                        cwd=folder, **more).stdout
    return re.sub(rb"\b[0-9a-f]{40}\b", b"ID", out)


def same(a, b):
    if a == b and len(a) > 1000:
        return []
    for x, y in zip(a.split(b"\n"), b.split(b"\n")):
        if x != y:
            return [f"{x!r}", f"{y!r}"]
    return [f"{len(a)} and {len(b)} bytes"]


def pair(folder, names, zones):
    """The reports of two histories that differ in names and zones only."""
    reports = []
    for i in range(2):
        os.mkdir(os.path.join(folder, str(i)))
        reports.append(report(history(os.path.join(folder, str(i), "r"),
                                      names[i], zones[i])))
    return same(*reports)


def shuffled_names_change_nothing(folder):
    rng = random.Random(1)
    names = [[rng.choice(NAMES) for _ in range(60)] for _ in range(2)]
    return pair(folder, names, [[b"+0000"] * 60] * 2)


def shuffled_utc_offsets_change_nothing(folder):
    rng = random.Random(2)
    zones = [[rng.choice(ZONES) for _ in range(60)] for _ in range(2)]
    return pair(folder, [[b"A"] * 60] * 2, zones)


def seats(person, hosts=(b"nokia.com", b"huawei.com")):
    """Files that declare seats of three persons."""
    name, user, zone = person
    info = b"project: x\nproject_lead: &l {name: '%s', email: %s@%s, id: " \
        b"%s, company: Nokia, timezone: '%s'}\ncommitters:\n- <<: *l\n" % (
            name, user, hosts[0], user, zone)
    info += b"- {name: '%s', email: x%s@%s, id: x%s, company: Huawei}\n" % (
        name, user, hosts[1], user)
    entry = b"Entry\nM: %s <%s@%s>\nR: %s <y%s@%s>\nF: src/\n" % (
        name, user, hosts[0], name, user, hosts[1])
    return {"INFO.yaml": info, "MAINTAINERS": entry, "src/f": b"1\n2\n",
            "CODEOWNERS": b"src/ @%s %s@%s\n" % (user, user, hosts[1])}


def seated(folder, number, *arguments):
    """Report and digest of a history whose tree declares these seats."""
    path = os.path.join(folder, str(number), "r")
    os.mkdir(os.path.dirname(path))
    _tap.repository(path, _tap.commit(
        1, b"A", b"a@nokia.com", b"1600000000 +0000", seats(*arguments)))
    digest = _tap.run("history", "--json", "--axis=stewardship", "r",
                      cwd=os.path.dirname(path)).stdout
    return report(path) + re.sub(rb"\b[0-9a-f]{40}\b", b"ID", digest)


def shuffled_names_of_seats_change_nothing(folder):
    one, *rest = (seated(folder, i, p) for i, p in enumerate(PERSONS))
    found = [p for other in rest for p in same(one, other)]
    found += [f"{w!r} is in the output" for p in PERSONS for w in p
              if len(w) > 3 and w in one]
    return found + ([] if b'"seats": 1' in one else ["no seats"])


def hosts_of_seats_do_change_the_report(folder):
    one = seated(folder, 0, PERSONS[0])
    two = seated(folder, 1, PERSONS[0], (b"zte.com.cn", b"intel.com"))
    return [] if one != two else ["the reports are the same"]


def hosts_do_change_the_report(folder):
    """The shuffle tests can fail: other hosts give another report."""
    path = history(os.path.join(folder, "r"), [b"A"] * 60, [b"+0000"] * 60)
    before = report(path)
    HOSTS.reverse()
    os.mkdir(os.path.join(folder, "other"))
    after = report(history(os.path.join(folder, "other", "r"), [b"A"] * 60,
                           [b"+0000"] * 60))
    HOSTS.reverse()
    return [] if before != after else ["the reports are the same"]


def threads_change_nothing(folder):
    path = history(os.path.join(folder, "r"), NAMES * 9, ZONES * 12)
    one = report(path, "--threads=1")
    return [p for n in ("2", "7")
            for p in same(one, report(path, f"--threads={n}"))]


def locale_and_zone_change_nothing(folder):
    path = history(os.path.join(folder, "r"), NAMES * 9, ZONES * 12)
    return same(report(path), report(path, env={
        "LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Shanghai", "COLUMNS": "200",
        "HOME": "/dev/null", "GIT_DIR": "/dev/null"}))


def no_person_is_in_any_output(folder):
    path = history(os.path.join(folder, "r"), NAMES * 9, ZONES * 12)
    out = report(path)
    for command in (["history", "--json"], ["history"],
                    ["components", "--json"]):
        out += _tap.run(*command, path).stdout
    found = [f"{n!r} is in the output" for n in NAMES
             if len(n) > 3 and n in out]
    return found + ([] if b"u1@" not in out else ["an address is"])


def a_bad_source_date_epoch_is_refused(folder):
    """The clock must not step in unseen where a day was asked for."""
    path = history(os.path.join(folder, "r"), NAMES * 9, ZONES * 12)
    bad = {"SOURCE_DATE_EPOCH": "yesterday"}
    p = _tap.run("scan", path, env=bad)
    q = _tap.run("scan", *DATE, path, env=bad)
    return [] if p.returncode == 2 and not p.stdout and q.stdout else [
        f"{p.returncode} {p.stderr!r}, {q.returncode}"]


def source_date_epoch_is_the_clock(folder):
    path = history(os.path.join(folder, "r"), NAMES * 9, ZONES * 12)
    out = _tap.run("scan", "-o", "json", path,
                   env={"SOURCE_DATE_EPOCH": "1500000000"}).stdout
    as_of = json.loads(out)["as_of"]
    return [] if as_of == "2017-07-14" else [as_of]


_tap.main([shuffled_names_change_nothing,
           shuffled_utc_offsets_change_nothing, hosts_do_change_the_report,
           shuffled_names_of_seats_change_nothing,
           hosts_of_seats_do_change_the_report,
           threads_change_nothing, locale_and_zone_change_nothing,
           no_person_is_in_any_output, a_bad_source_date_epoch_is_refused,
           source_date_epoch_is_the_clock])
