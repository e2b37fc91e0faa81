#!/usr/bin/env python3
"""Links: for whom somebody acted whose own address does not tell, by sign-off,
by account and by .mailmap; what must not link, what names and offsets do not
matter for, and that nothing proven moves. TAP on standard output."""
import json
import os
import random
import re

import _tap

DAY = 86400
START = 1600041600  # 2020-09-14 00:00 UTC
FORGE = b"users.noreply.github.com"
PEOPLE = [(b"Ann Bee", b"ann"), (b"Li Wei", b"li"), (b"Jo", b"jo"),
          ("\u738b\u4f1f".encode(), b"wei")]


def signed(name, address):
    return b"t\n\nSigned-off-by: %s <%s>\n" % (name, address)


def history(path, commits, mailmap=None):
    """commits: (name, address, day, message)."""
    stream = b""
    for i, (name, address, day, message) in enumerate(commits, 1):
        files = {"f.c": b"".join(b"int a%d;\n" % k for k in range(i))}
        if mailmap and i == len(commits):
            files[".mailmap"] = mailmap
        stream += _tap.commit(i, name, address, b"%d +0000" % (
            START + day * DAY), files, i - 1 or None, message)
    _tap.repository(path, stream)
    return path


def digest(path, *options):
    p = _tap.run("history", "--json", "--axis=commits,churn,surviving",
                 *options, path)
    return json.loads(p.stdout)


def links(path, *options):
    """{(from, trailer hosts, identity hosts): commits}"""
    found = {}
    for row in digest(path, *options)["links"]:
        key = row[0], ",".join(row[2]), ",".join(row[3])
        found[key] = found.get(key, 0) + row[4]
    return found


def tiers(path):
    """What `history` says: {(tier, host, to): commits}"""
    text = _tap.run("history", path).stdout.decode()
    rows = re.findall(r"^ +(\d+) (trailer|identity|conflict) +(\S+) +(.+)$",
                      text, re.M)
    return {(t, h, to): int(n) for n, t, h, to in rows}


def differ(got, want):
    return [] if got == want else [f"got {got}", f"want {want}"]


def a_sign_off_of_the_author_links(folder):
    path = history(os.path.join(folder, "r"), [
        (b"Ann", b"a@gmail.com", 0, signed(b"Ann", b"a@intel.com")),
        (b"Ann", b"a@gmail.com", 1, signed(b"ann", b"a@intel.com")),
        (b"Ann", b"a@gmail.com", 2, signed(b"Bob", b"b@intel.com")),
        (b"Ann", b"a@gmail.com", 3, b"Signed-off-by: Ann <a@intel.com>\n"),
        (b"Ann", b"a@gmail.com", 4, signed(b"Ann", b"x@GMAIL.com")),
        (b"Ann", b"a@gmail.com", 5, b"t\n\nAcked-by: Ann <a@intel.com>\n"),
        (b"Ann", b"a@nowhere.example", 6, signed(b"Ann", b"a@nokia.com"))])
    return differ(tiers(path), {
        ("trailer", "gmail.com", "Intel Corporation"): 1,
        ("trailer", "nowhere.example", "Nokia"): 1})


def an_account_links_within_half_a_year(folder):
    one, two = b"7+ann@" + FORGE, b"7+bee@" + FORGE
    path = history(os.path.join(folder, "r"), [
        (b"Ann", one, 0, signed(b"Ann", b"a@intel.com")),
        (b"Bee", two, 180, b"x"), (b"Cid", two, 181, b"x"),
        (b"Dee", b"8+ann@" + FORGE, 1, b"x"),
        (b"Ann", b"ann@" + FORGE, 1, b"x")])
    return differ(tiers(path), {
        ("trailer", FORGE.decode(), "Intel Corporation"): 1,
        ("identity", FORGE.decode(), "Intel Corporation"): 1})


def a_mailmap_joins_and_never_moves(folder):
    commits = [(b"A", b"a@gmail.com", 0, b"x"),
               (b"A", b"a@intel.com", 180, b"x"),
               (b"A", b"a@nokia.com", 181, b"x"),
               (b"B", b"b@gmail.com", 5, b"x")]
    mailmap = b"A <a@nokia.com> <a@gmail.com>\n<a@nokia.com> <a@intel.com>\n" \
        b"B <a@nokia.com> B <b@gmail.com>\n"
    path = history(os.path.join(folder, "r"), commits, mailmap)
    d = digest(path)
    plain = digest(history(os.path.join(folder, "s"), commits))
    found = differ(tiers(path), {
        ("identity", "gmail.com", "Intel Corporation"): 1})
    keys = "hosts", "totals"
    found += differ([[(h["host"], h["commits"], h["organisation"])
                      for h in d["hosts"]]],
                    [[(h["host"], h["commits"], h["organisation"])
                      for h in plain["hosts"]]])
    found += [] if all(k in d for k in keys) else ["no hosts"]
    told = [x["message"] for x in d["diagnostics"] if x["code"] == "RW1415"]
    return found + ([] if any("'intel.com' to host 'nokia.com'" in m
                              for m in told) else [f"not told: {told}"])


def two_organisations_are_a_conflict(folder):
    both = b"t\n\nSigned-off-by: A <a@intel.com>\nSigned-off-by: A " \
        b"<a@nokia.com>\n"
    path = history(os.path.join(folder, "r"), [
        (b"A", b"a@gmail.com", 0, both),
        (b"B", b"3+b@" + FORGE, 0, signed(b"B", b"b@intel.com")),
        (b"B", b"3+b@" + FORGE, 9, signed(b"B", b"b@nokia.com")),
        (b"B", b"3+b@" + FORGE, 5, b"x"),
        (b"B", b"3+b@" + FORGE, 186, b"x")])
    forge = FORGE.decode()
    return differ(tiers(path), {
        ("conflict", "gmail.com", "(several)"): 1,
        ("trailer", forge, "Intel Corporation"): 1,
        ("trailer", forge, "Nokia"): 1,
        ("conflict", forge, "(several)"): 1,
        ("identity", forge, "Nokia"): 1})


def the_operator_of_the_mail_is_no_employer(folder):
    path = history(os.path.join(folder, "r"), [
        (b"A", b"a@gmail.com", 0, signed(b"A", b"a@google.com")),
        (b"B", b"b@qq.com", 0, signed(b"B", b"b@tencent.com")),
        (b"C", b"c@qq.com", 0, signed(b"C", b"c@google.com")),
        (b"D", b"d@gmail.com", 0, signed(b"D", b"d@qq.com"))])
    return differ(tiers(path), {("trailer", "qq.com", "Google LLC"): 1})


def bots_and_parts_of_a_history(folder):
    bot = b"1+x[bot]@" + FORGE
    path = history(os.path.join(folder, "r"), [
        (b"A", bot, 0, signed(b"A", b"a@intel.com")),
        (b"A", b"9+a@" + FORGE, 0, signed(b"A", bot)),
        (b"A", b"9+a@" + FORGE, 1, signed(b"A", b"a@intel.com")),
        (b"A", b"9+a@" + FORGE, 40, b"x")])
    late = links(path, "--since=2020-10-01")
    return differ(links(path), {
        (FORGE.decode(), "intel.com", "intel.com"): 1,
        (FORGE.decode(), "", "intel.com"): 2}) + differ(late, {})


def links_are_parts(folder):
    """Of random histories: what is linked is a split of its host's month."""
    hosts = [b"gmail.com", b"intel.com", b"nokia.com", FORGE, b"x.example"]
    found = []
    for seed in range(3):
        rng = random.Random(seed)
        commits = []
        for i in range(80):
            name, user = rng.choice(PEOPLE)
            host = rng.choice(hosts)
            address = b"%d+%s@%s" % (len(user), user, host) \
                if host == FORGE else b"%s@%s" % (user, host)
            message = signed(name, b"%s@%s" % (user, rng.choice(hosts)))
            if rng.random() < .3:
                message += b"Co-authored-by: Q <q@zte.com.cn>\n"
            commits.append((name, address, i * 4, message))
        path = history(os.path.join(folder, str(seed)), commits,
                       b"<li@intel.com> <li@gmail.com>\n")
        texts = {_tap.run("history", "--json", f"--threads={n}", path).stdout
                 for n in (1, 2, 8)}
        found += [] if len(texts) == 1 else ["other bytes"]
        d = digest(path)
        whole = {(h["host"], m[0]): m[1:] for h in d["hosts"]
                 for m in h["months"]}
        sums = {}
        for row in d["links"]:
            key = row[0], row[1]
            sums[key] = [(a or 0) + (b or 0) for a, b in zip(
                sums.get(key, [0] * 10), row[4:])]
        found += [f"{k}: {v} of {whole[k]}" for k, v in sums.items()
                  if any(a > (b or 0) for a, b in zip(v, whole[k]))]
        found += [] if len(d["links"]) > 20 else ["too few links"]
        found += [f"{n} is in the digest" for n, _ in PEOPLE
                  if n.decode() in json.dumps(d, ensure_ascii=False)
                  and len(n) > 2]
    return found


def sums(path):
    """{(from, trailer hosts, identity hosts): commits, credits, weighed,
    reviews, submits}"""
    found = {}
    p = _tap.run("history", "--json", "--axis=commits,churn,review", path)
    for row in json.loads(p.stdout)["links"]:
        key = row[0], ",".join(row[2]), ",".join(row[3])
        old = found.get(key, [0] * 5)
        found[key] = [a + (row[i] or 0) for a, i in zip(
            old, (4, 5, 9, 12, 13))]
    return found


def co_authors_and_reviewers_are_linked(folder):
    """By what they wrote themselves within half a year, whoever names them:
    not by what is only said of them."""
    ann, forge = b"7+ann@" + FORGE, FORGE.decode()
    seen = b"Reviewed-by: R <r@nokia.com>\n"
    by_ann = b"Reviewed-by: Ann <%s>\n" % ann
    share = b"t\n\nCo-authored-by: Ann <%s>\n" % ann
    path = history(os.path.join(folder, "r"), [
        (b"Ann", b"7+bee@" + FORGE, 0, signed(b"Ann", b"a@intel.com") + seen),
        (b"Bob", b"b@nokia.com", 180, share + seen),
        (b"Bob", b"b@nokia.com", 181, share + seen),
        (b"Cid", b"c@nokia.com", 10, b"t\n\n" + by_ann),
        (b"Cid", b"c@nokia.com", 200, b"t\n\n" + by_ann),
        (b"Dee", b"8+dee@" + FORGE, 5, b"t\n\n" + seen +
         b"Co-authored-by: Dee <d@intel.com>\n")])
    d = json.loads(_tap.run("history", "--json", "--axis=review",
                            path).stdout)
    text = _tap.run("history", "--axis=review", path).stdout.decode()
    rows = re.findall(r"^ +(<?\d+) +(\d+) (trailer|identity)", text, re.M)
    return differ(rows, [("1", "0", "trailer"), ("<1", "1", "identity")]) + \
        differ(sums(path), {
            (forge, "intel.com", "intel.com"): [1, 720720, 1, 0, 0],
            (forge, "", "intel.com"): [0, 360360, 0, 1, 0]}) + \
        differ(d["totals"]["reviews"], 6)


POLICY = """policy: 1
name: p
title: T
text: {title: T, date: 2026, source: none, status: own}
concern: {jurisdictions: [CN], rungs: [controlled, established]}
weights: {axes: {commits: 1, churn: 1, surviving: 1}}
rules:
  - {id: P-1, title: T, clause: C, confirmed: true, kind: exposure,
     axis: commits, limit: 1%, severity: low}
"""


def judged(folder, name, to):
    """Tallies of the axes where three of four commits link to `to`."""
    path = history(os.path.join(folder, name), [
        (b"A", b"a@gmail.com", i, signed(b"A", b"a@" + to))
        for i in range(3)] + [(b"B", b"b@gmail.com", 4, b"x")])
    policy = os.path.join(folder, "p.yaml")
    with open(policy, "w", encoding="utf-8") as f:
        f.write(POLICY)
    p = _tap.run("scan", "-o", "json", "--as-of=2021-01-01",
                 "--policy=" + policy, path)
    r = json.loads(p.stdout)
    return r["verdicts"][0]["scores"][0]["axes"], r["digests"][0]["links"]


def nothing_proven_moves(folder):
    found = []
    for to, other, concern in ((b"gmail.com", 0, 0), (b"intel.com", 3, 0),
                               (b"huawei.com", 0, 3)):
        axes, links_of = judged(folder, to.decode(), to)
        found += differ((links_of["trailer"]["commits"],
                         links_of["identity"]["commits"],
                         links_of["trailer"]["weighed"] > 0),
                        (other + concern, 0, other + concern > 0))
        for axis in "commits", "churn", "surviving":
            t = axes[axis]["all"]
            found += differ((axis, t["concern"], t["other"], t["low_bp"],
                             t["high_bp"]), (axis, 0, 0, 0, 10000))
            if axis == "commits":
                found += differ((t["unknown_other_on_b"],
                                 t["unknown_concern_on_b"]), (other, concern))
            elif (t["unknown_other_on_b"] > 0) != (other > 0) or \
                    (t["unknown_concern_on_b"] > 0) != (concern > 0):
                found.append(f"{axis}: {t}")
    return found


def shuffled(folder, name, rename, zone):
    """A history in which every commit has links, names renamed for each
    commit apart: what they are never matters, only that two lines of one
    commit have the same."""
    stream = b""
    for i in range(1, 40):
        who, user = PEOPLE[i % 4]
        who = rename(who)
        address = b"%d+%s@%s" % (i % 4 + 1, user, FORGE) if i % 3 else \
            b"%s@gmail.com" % user
        message = signed(who, b"%s@%s" % (
            user, [b"intel.com", b"nokia.com"][i % 2])) if i % 5 else b"x"
        stream += _tap.commit(
            i, who, address, b"%d %s" % (START + DAY // 2 + i * 4 * DAY,
                                         zone()),
            {"f": b"%d\n" % i, ".mailmap":
             b"<li@intel.com> <li@gmail.com>\n"}, i - 1 or None, message)
    path = os.path.join(folder, name)
    _tap.repository(path, stream)
    d = digest(path)
    d["head"] = d["repository"] = ""
    for told in d["diagnostics"]:
        told["path"] = None
    return d


def shuffled_names_and_offsets_change_nothing(folder):
    rng = random.Random(5)
    names = [n for n, _ in PEOPLE] + [b"O. Okafor", b"Jos\xc3\xa9 P."]
    plain = shuffled(folder, "a", lambda n: n, lambda: b"+0000")
    other = [shuffled(folder, f"b{i}", lambda n: rng.choice(names),
                      lambda: b"+0000") for i in range(3)]
    other.append(shuffled(folder, "c", lambda n: n, lambda: rng.choice(
        [b"+0800", b"-0700", b"+0530"])))
    found = [] if plain["links"] else ["no links"]
    return found + ["not the same digest" for o in other if o != plain]


_tap.main([a_sign_off_of_the_author_links,
           an_account_links_within_half_a_year,
           a_mailmap_joins_and_never_moves,
           two_organisations_are_a_conflict,
           the_operator_of_the_mail_is_no_employer,
           bots_and_parts_of_a_history, links_are_parts,
           co_authors_and_reviewers_are_linked,
           nothing_proven_moves,
           shuffled_names_and_offsets_change_nothing])
