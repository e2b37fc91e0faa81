#!/usr/bin/env python3
"""Seats over time: who stood in INFO.yaml from which month to which, along the
first parents, whatever becomes of the file. TAP on standard output."""
import json
import os

import _tap

START = 1577880000  # 2020-01-01
MONTH = 31 * 86400


def info(lead, *committers, name=b"P"):
    out = b"project: x\nproject_lead: {name: '%s', email: '%s', company: " \
        b"Nokia}\ncommitters:\n" % (name, lead)
    return out + b"".join(
        b"  - {name: '%s%d', email: '%s', company: '%s'}\n" % (
            name, i, email, company)
        for i, (email, company) in enumerate(committers))


def commit(n, month, text, parents, path=b"INFO.yaml"):
    when = b"%d +0000" % (START + month * MONTH)
    out = b"commit refs/heads/main\nmark :%d\nauthor P <p@a.test> %s\n" \
        b"committer P <p@a.test> %s\ndata 1\nx\n" % (n, when, when)
    for i, parent in enumerate(parents):
        out += b"%s :%d\n" % (b"merge" if i else b"from", parent)
    if text is None:
        return out + b"D %s\n" % path
    return out + b"M 100644 inline %s\ndata %d\n%s\n" % (path, len(text),
                                                        text)


def digest(folder, commits, *options):
    path = os.path.join(folder, "r")
    _tap.repository(path, b"".join(
        commit(i, *c) for i, c in enumerate(commits, 1)))
    p = _tap.run("history", "--json", "--axis=stewardship", *options, path)
    return json.loads(p.stdout), p.returncode


def differ(got, want):
    return [] if got == want else [f"got {got}", f"want {want}"]


A, B = (b"a@nokia.com", b"Nokia"), (b"b@huawei.com", b"Huawei")
C = b"c@intel.com", b"Intel"
LEAD = ["lead", "nokia.com", "Nokia", "2020-01", None, 1]


def terms_begin_and_end(folder):
    d, _ = digest(folder, [
        (0, info(b"l@nokia.com", A, B), []),
        (2, b"1\n", [1], b"f"),
        (4, info(b"l@nokia.com", B, (b"d@huawei.com", b"Huawei")), [2]),
        (8, info(b"l@nokia.com", A), [3])])
    return differ(d["terms"], [
        LEAD,
        ["committer", "huawei.com", "Huawei", "2020-01", "2020-09", 2],
        ["committer", "nokia.com", "Nokia", "2020-01", "2020-05", 1],
        ["committer", "nokia.com", "Nokia", "2020-09", None, 1]]) + \
        differ(sum(s["seats"] for s in d["seats"]), 2)


def a_file_may_go_and_come_back(folder):
    d, _ = digest(folder, [
        (0, info(b"l@nokia.com"), []), (2, None, [1]),
        (4, info(b"l@nokia.com"), [2]), (5, None, [3])])
    return differ(d["terms"], [
        ["lead", "nokia.com", "Nokia", "2020-01", "2020-03", 1],
        ["lead", "nokia.com", "Nokia", "2020-05", "2020-06", 1]]) + \
        differ(d["seats"], None)


def an_edition_in_part_ends_nothing(folder):
    bad = info(b"l@nokia.com", C) + b"  - just words\n  x: [\n"
    d, code = digest(folder, [
        (0, info(b"l@nokia.com", A, B), []), (2, bad, [1]),
        (4, info(b"l@nokia.com", A), [2])])
    told = [x["message"] for x in d["diagnostics"] if x["code"] == "RW1416"]
    found = differ([t for t in d["terms"] if t[2] == "Huawei"], [
        ["committer", "huawei.com", "Huawei", "2020-01", "2020-05", 1]])
    return found + differ((len(told), code), (1, 0)) + differ(
        [t for t in d["terms"] if t[4] is None],
        [LEAD, ["committer", "nokia.com", "Nokia", "2020-01", None, 1]])


def an_edition_past_an_error_is_read(folder):
    """No valid YAML, as many have it, but plain to read: terms end there."""
    bad = b"project_lead:\n    email: 'l@nokia.com'\n    company: Nokia\n" \
        b"meetings:\n  - type: x\n      agenda: x\ncommitters:\n" \
        b"    - name: P\n        email: 'a@nokia.com'\n" \
        b"        company: Nokia\n"
    d, code = digest(folder, [
        (0, info(b"l@nokia.com", A, B), []), (2, bad, [1])])
    told = [x["message"] for x in d["diagnostics"]
            if x["code"] in ("RW1307", "RW1416")]
    return differ((told, code), ([
        "editions of INFO.yaml that are not as YAML wants, but plain to "
        "read: 1"], 0)) + differ(d["terms"], [
            LEAD,
            ["committer", "huawei.com", "Huawei", "2020-01", "2020-03", 1],
            ["committer", "nokia.com", "Nokia", "2020-01", None, 1]])


def only_the_branch_itself_counts(folder):
    """What stood on a side branch never held on the branch."""
    d, _ = digest(folder, [
        (0, info(b"l@nokia.com", A), []), (1, info(b"l@nokia.com", B), [1]),
        (2, b"1\n", [1], b"f"),
        (3, info(b"l@nokia.com", C), [3, 2])])
    return differ(d["terms"], [
        LEAD, ["committer", "intel.com", "Intel", "2020-04", None, 1],
        ["committer", "nokia.com", "Nokia", "2020-01", "2020-04", 1]])


def clocks_may_run_back(folder):
    d, _ = digest(folder, [
        (6, info(b"l@nokia.com", A), []), (0, info(b"l@nokia.com", B), [1])])
    return differ(d["terms"], [
        ["lead", "nokia.com", "Nokia", "2020-07", None, 1],
        ["committer", "huawei.com", "Huawei", "2020-07", None, 1],
        ["committer", "nokia.com", "Nokia", "2020-07", "2020-07", 1]])


def no_file_no_terms(folder):
    d, _ = digest(folder, [(0, b"1\n", [], b"f"),
                           (1, info(b"l@nokia.com"), [1], b"sub/INFO.yaml")])
    return differ(d["terms"], None)


def a_published_one_names_nobody(folder):
    d, _ = digest(folder, [
        (0, info(b"l@jane-doe.name", (b"x@nokia.com", b"Jane Doe Ltd")),
         []), (3, info(b"l@other.name", A), [1])], "--publish")
    text = json.dumps(d)
    return differ(d["terms"], [
        ["lead", "(unlisted)", "Nokia", "2020-01", None, 1],
        ["committer", "nokia.com", None, "2020-01", "2020-04", 1],
        ["committer", "nokia.com", "Nokia", "2020-04", None, 1]]) + (
            ["a name"] if "ane" in text.replace("ranwhence", "") else [])


def names_change_nothing(folder):
    found = []
    for i, name in enumerate((b"Ann", b"Li Wei")):
        os.mkdir(os.path.join(folder, str(i)))
        d, _ = digest(os.path.join(folder, str(i)), [
            (0, info(b"l@nokia.com", A, name=name), []),
            (2, info(b"l@nokia.com", B, A, name=name), [1])])
        found.append((d["terms"], d["seats"]))
    return differ(found[0], found[1])


def the_text_says_it(folder):
    digest(folder, [(0, info(b"l@nokia.com", A, B), []),
                    (4, info(b"l@nokia.com", A), [1])])
    text = _tap.run("history", "--axis=stewardship",
                    os.path.join(folder, "r")).stdout.decode()
    want = "        1 2020-01 2020-05 committer  huawei.com            Huawei"
    return [] if want in text.split("\n") else [text]


def a_report_has_it_and_is_read_back(folder):
    digest(folder, [(0, info(b"l@nokia.com", A, B), []),
                    (4, info(b"l@nokia.com", A), [1])])
    first = _tap.run("scan", "--as-of=2021-01-01", "-o", "json", "r",
                     cwd=folder).stdout
    path = os.path.join(folder, "r.json")
    with open(path, "wb") as f:
        f.write(first)
    d = json.loads(first)["digests"][0]
    again = json.loads(_tap.run("report", "-o", "json", path).stdout)
    return differ(len(d["terms"]), 3) + differ(again["digests"], [d])


def the_text_says_what_was_not_read(folder):
    """Editions that are not YAML must not look like no seats."""
    bad = info(b"l@nokia.com", C) + b"  - just words\n  x: [\n"
    digest(folder, [(0, bad, []), (2, info(b"l@nokia.com", A), [1])])
    text = _tap.run("history", "--axis=stewardship",
                    os.path.join(folder, "r")).stdout.decode().split("\n")
    want = "RW1416 1 edition of INFO.yaml was not read in full: seats " \
        "may be missing"
    return differ([t for t in text if "RW1416" in t], [want]) + [
        f"{t} is wide" for t in text[2:] if len(t) > 80]


_tap.main([terms_begin_and_end, a_file_may_go_and_come_back,
           an_edition_in_part_ends_nothing,
           an_edition_past_an_error_is_read, only_the_branch_itself_counts,
           clocks_may_run_back, no_file_no_terms,
           a_published_one_names_nobody, names_change_nothing,
           the_text_says_it, a_report_has_it_and_is_read_back,
           the_text_says_what_was_not_read])
