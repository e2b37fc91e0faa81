#!/usr/bin/env python3
"""Commits that Gerrit makes in a superproject are nobody's work: excluded and
counted, by what they change and not by their title alone. TAP on standard
output."""
import json
import os

import _tap

NEW, OLD = b"Update git submodules\n\n* Update x\n", \
    b"Updated git submodules\n\nProject: x\n"


def commit(n, message, changes, parent=True):
    out = b"commit refs/heads/main\nmark :%d\nauthor P <p@nokia.com> %d " \
        b"+0000\ncommitter Gerrit <gerrit@host.test> %d +0000\ndata %d\n%s\n" \
        % (n, 1600000000 + n, 1600000000 + n, len(message), message)
    if n > 1 and parent:
        out += b"from :%d\n" % (n - 1)
    for path, what in changes.items():
        out += b"D %s\n" % path if what is None else \
            b"M 160000 %s %s\n" % (what, path) if len(what) == 40 else \
            b"M 100644 inline %s\ndata %d\n%s\n" % (path, len(what), what)
    return out


def link(n):
    return b"%040x" % n


def count(folder, commits, *options):
    path = os.path.join(folder, "r")
    _tap.repository(path, b"".join(
        commit(i, *c) for i, c in enumerate(commits, 1)))
    d = json.loads(_tap.run("history", "--json", *options, path).stdout)
    t = d["totals"]
    return t["commits"], t["excluded"], t["contributors"], d["links"]


def bumps_are_excluded(folder):
    got = count(folder, [
        (b"x", {b"a": b"1\n"}), (NEW, {b"s/one": link(1)}),
        (OLD, {b"s/one": link(2)}), (NEW, {b"s/one": None,
                                           b"s/two": link(3)})])
    return [] if got == (1, 3, 1, []) else [str(got)]


def work_is_counted_whatever_its_title(folder):
    got = count(folder, [
        (NEW, {b"s/one": link(1)}),               # a root
        (NEW, {b"s/one": link(2), b"a": b"1\n"}),  # and a file
        (NEW, {}),                                 # nothing at all
        (NEW, {b"s/one": b"now a file\n"}),
        (b"Update git submodules now\n", {b"s/two": link(4)}),
        (b"x\n\nUpdate git submodules\n", {b"s/two": link(5)})],
        "--axis=churn,surviving")
    return [] if got == (6, 0, 1, []) else [str(got)]


def a_sign_off_in_what_they_quote_links_nobody(folder):
    signed = NEW + b"\nSigned-off-by: P <p@intel.com>\n"
    got = count(folder, [(b"x", {b"a": b"1\n"}),
                         (signed, {b"s/one": link(1)})])
    return [] if got == (1, 1, 1, []) else [str(got)]


_tap.main([bumps_are_excluded, work_is_counted_whatever_its_title,
           a_sign_off_in_what_they_quote_links_nobody])
