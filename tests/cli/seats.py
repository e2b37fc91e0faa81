#!/usr/bin/env python3
"""`ranwhence history --axis=stewardship`: the seats of the files at the head,
what is published of them, and what is not observed. TAP on standard
output."""
import json
import os

import _tap

INFO = b"project: x\nproject_lead: &l {name: N, email: n@nokia.com, id: n, " \
    b"company: Nokia}\ncommitters:\n- <<: *l\n" \
    b"- {name: J, email: j@janedoe.xyz, id: j, company: Jane Ltd}\n"
MAINTAINERS = b"M: A <a@huawei.com>\nF: src/\n\nM: B <b@intel.com>\n"


def seats(path, *options):
    p = _tap.run("history", "--json", "--axis=stewardship", *options, path)
    rows = json.loads(p.stdout)["seats"] if p.stdout else None
    return p.returncode, rows and [
        tuple(r[k] for k in ("role", "host", "company", "seats", "holders",
                             "lines")) for r in rows]


def made(folder, *trees):
    path = os.path.join(folder, "r")
    _tap.repository(path, b"".join(
        _tap.commit(i + 1, b"A", b"a@nokia.com", b"1600000000 +0000", files,
                    i or None) for i, files in enumerate(trees)))
    return path


def expect(got, want):
    return [] if got == want else [str(got), str(want)]


def seats_of_the_head(folder):
    path = made(folder, {"INFO.yaml": INFO}, {
        "MAINTAINERS": MAINTAINERS, "src/a": b"1\n2\n", "b": b"1\n"})
    lines = 2 + 1 + INFO.count(b"\n") + MAINTAINERS.count(b"\n")
    return expect(seats(path), (0, [
        ("lead", "nokia.com", "Nokia", 1, 1, lines),
        ("committer", "janedoe.xyz", "Jane Ltd", 1, 1, lines),
        ("committer", "nokia.com", "Nokia", 1, 1, lines),
        ("maintainer", "huawei.com", None, 1, 1, 2),
        ("maintainer", "intel.com", None, 1, 1, lines)])) + \
        expect(seats(path, "--range=main~1"), (0, [
            ("lead", "nokia.com", "Nokia", 1, 1, None),
            ("committer", "janedoe.xyz", "Jane Ltd", 1, 1, None),
            ("committer", "nokia.com", "Nokia", 1, 1, None)]))


def published_seats_name_no_private_host(folder):
    path = made(folder, {"INFO.yaml": INFO})
    return expect(seats(path, "--publish"), (0, [
        ("lead", "nokia.com", "Nokia", 1, 1, None),
        ("committer", "(unlisted)", None, 1, 1, None),
        ("committer", "nokia.com", "Nokia", 1, 1, None)]))


def text_shows_seats(folder):
    path = made(folder, {"INFO.yaml": INFO})
    out = _tap.run("history", "--axis=stewardship,review", path).stdout
    rows = [line.split() for line in out.decode().split("\n")]
    return expect([r for r in rows if r[1:2] == ["lead"]],
                  [["1", "lead", "nokia.com", "Nokia"]])


def without_files_nothing_is_observed(folder):
    return expect(seats(made(folder, {"a": b"x"})), (0, None))


def half_a_file_is_not_observed(folder):
    path = made(folder, {"INFO.yaml": INFO + b"- [\n",
                         "CODEOWNERS": b"* @a\n"})
    return expect(seats(path), (3, None))


def a_scan_takes_the_seats_of_a_digest(folder):
    path = made(folder, {"MAINTAINERS": b"M: A <a@huawei.com>\n"})
    out = _tap.run("history", "--json", "--axis=stewardship", path).stdout
    digest = json.loads(out)
    digest["repository"] = "https://h.example/r"
    name = os.path.join(folder, "d.json")
    with open(name, "w", encoding="utf-8") as f:
        json.dump(digest, f)
    report = json.loads(_tap.run(
        "scan", "-o", "json", "--digests=" + name,
        "pkg:git/h.example/r").stdout)
    axis = report["verdicts"][0]["axes"]["stewardship"]
    return expect(axis["exposure"]["low_bp"], 10000)


_tap.main([seats_of_the_head, published_seats_name_no_private_host,
           text_shows_seats, without_files_nothing_is_observed, half_a_file_is_not_observed,
           a_scan_takes_the_seats_of_a_digest])
