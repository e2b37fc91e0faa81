#!/usr/bin/env python3
"""A report written again from its JSON: every format has the bytes that the
scan wrote, and a report that contradicts itself is refused. TAP on standard
output."""
import json
import os

import _hostile
import _tap

FORMATS = [line.split()[0] for line in _tap.run("list", "reporters")
           .stdout.decode().splitlines()]
DAY = ["--as-of=2026-11-25", "-q"]
WAIVERS = """waivers: 1
list:
  - {rule: DEF-PEAK, reason: known, owner: somebody, expires: 2026-12-31}
  - {rule: DEF-BREADTH, reason: old, owner: somebody, expires: 2026-10-01}
"""


def fixture(name):
    return os.path.join(_tap.SRCDIR, "fixtures", name)


def outputs(folder, side):
    return [f"--output={f}={os.path.join(folder, side + '.' + f)}" for f in FORMATS]


def read(folder, side, form):
    with open(os.path.join(folder, f"{side}.{form}"), "rb") as f:
        return f.read()


def again(folder, *arguments):
    """Problems of writing again what this scan wrote."""
    p = _tap.run("scan", *DAY, *outputs(folder, "a"), *arguments)
    q = _tap.run("report", "-q", *outputs(folder, "b"),
                 os.path.join(folder, "a.json"))
    if p.returncode not in (0, 1, 3, 5) or q.returncode:
        return [f"{p.returncode} {q.returncode}", q.stderr.decode()[:500]]
    return [f"{f} differs" for f in FORMATS
            if read(folder, "a", f) != read(folder, "b", f)] + (
                [] if len(FORMATS) > 12 else ["formats are missing"])


def the_demo(folder):
    return again(folder, fixture("demo/stack.yaml"))


def one_bid(folder):
    return again(folder, fixture("bids/one.yaml"))


def the_other_by_several_policies(folder):
    return again(folder, "-p", "us-889", "-p", "default", "-p",
                 "eu-5g-toolbox", fixture("bids/two.yaml"))


def an_sbom(folder):
    return again(folder, fixture("demo/near-rt-ric.cdx.json"))


def shared_commits_with_facts_and_waivers(folder):
    """Co-authors, one of them unknown; a part of it is waived."""
    stream = b""
    for i in range(9):
        stream += _tap.commit(
            i + 1, b"A", (b"a@held.example", b"b@acme.example")[i % 2],
            b"%d +0000" % (1500000000 + i * 90 * 86400),
            {"INFO.yaml": _hostile.INFO, "f": b"%d\n" % i}, i or None,
            b"x\n\nCo-authored-by: B <b@zte.com.cn>\n"
            b"Co-authored-by: C <c@nowhere.example>\n" if i % 3 else b"x")
    _tap.repository(os.path.join(folder, "o-du"), stream)
    for name, text in (("facts.csv", _hostile.FACTS), ("w.yaml", WAIVERS),
                       ("p.yaml", _hostile.POLICY),
                       ("stack.yaml", _hostile.STACK)):
        _hostile.write(folder, name, text)
    found = again(folder, "--facts", os.path.join(folder, "facts.csv"),
                  "-p", "default", "-p", os.path.join(folder, "p.yaml"),
                  "--waivers", os.path.join(folder, "w.yaml"),
                  os.path.join(folder, "stack.yaml"))
    return found + ([] if b'"credits": {' in read(folder, "a", "json")
                    else ["no commit is shared"])


def a_tree_of_which_a_part_cannot_be_read(folder):
    tree = os.path.join(folder, "tree")
    os.mkdir(tree)
    for i in range(70):
        os.mkdir(os.path.join(tree, str(i)))
        _hostile.write(tree, f"{i}/package.json", '{"dependencies": {"a": 1')
    return again(folder, tree)


def again_needs_no_file_but_the_report(folder):
    again(folder, fixture("demo/near-rt-ric.cdx.json"))
    text = read(folder, "a", "text")
    p = _tap.run("report", "-q", "a.json", cwd=folder)
    return [] if text == p.stdout and not p.returncode else ["differs"]


# --- reports that contradict themselves ---------------------------------------

def scores(report):
    return report["verdicts"][0]["scores"]


def with_units(report):
    return next(s for s in scores(report) if s["axes"]["commits"])


def more_commits(report):
    with_units(report)["axes"]["commits"]["all"]["other"] += 1


def fewer_contributions(report):
    with_units(report)["contributions"].pop(0)


def other_share(report):
    with_units(report)["axes"]["commits"]["all"]["high_bp"] -= 1


def other_influence(report):
    with_units(report)["influence"]["low_bp"] -= 1


def other_state(report):
    report["verdicts"][0]["state"] = "met"


def other_headline(report):
    report["verdicts"][0]["headline"]["high_bp"] -= 1


def circle(report):
    scores(report)[0]["parent"] = 0


def stray_parent(report):
    scores(report)[0]["parent"] = len(report["components"])


def one_score_less(report):
    scores(report).pop()


def other_count(report):
    report["verdicts"][0]["components_with_data"] += 1


def link_of(report):
    return next(f for o in report["verdicts"][0]["organisations"]
                for rung in o["ladder"] for f in rung["chain"])


def other_record(report):
    link_of(report)["value"] = "99%"


def no_record(report):
    report["facts"] = []


def unsorted_records(report):
    report["facts"].reverse()


def lost_source(report):
    report["facts"] = [f for f in report["facts"] if f["kind"] != "source"]


def other_name(report):
    report["verdicts"][0]["organisations"][0]["name"] += "x"


def unknown_organisation(report):
    with_units(report)["contributions"][0]["organisation"] = "nobody"


def no_place(report):
    report["components"][0]["evidence"] = []


def stray_edge(report):
    report["edges"][0]["to"] = 10 ** 9


def unknown_word(report):
    report["components"][0]["scope"] = "kitchen"


def no_ladder(report):
    report["verdicts"][0]["organisations"][0]["ladder"].pop()


def dropped_diagnostics(report):
    report["diagnostics_dropped"] += 1


def huge_number(report):
    with_units(report)["axes"]["commits"]["all"]["other"] = 2 ** 62


def history(report):
    return next(d for d in report["digests"] if d["authorship"] and any(
        h["commits"] for h in d["attributed"]))


def more_signed_off(report):
    history(report)["authorship"]["commits"]["sign-off"] += 1


def rungs_of_a_host(report):
    return next(h for h in history(report)["attributed"] if h["commits"])[
        "authorship"]


def claimed_of_a_host_as_signed(report):
    rungs = rungs_of_a_host(report)
    rungs["signature"] += sum(rungs.values())
    for name in rungs:
        rungs[name] = rungs[name] if name == "signature" else 0


def no_authorship_of_hosts(report):
    history(report)["authorship"] = None


def by_an_earlier_version(report):
    del report["facts"]


LIES = [more_commits, fewer_contributions, other_share, other_influence,
        other_state, other_headline, circle, stray_parent, one_score_less,
        other_count, other_record, no_record, unsorted_records, lost_source,
        other_name, unknown_organisation, no_place, stray_edge, unknown_word,
        no_ladder, dropped_diagnostics, huge_number, more_signed_off,
        claimed_of_a_host_as_signed, no_authorship_of_hosts,
        by_an_earlier_version]


def a_report_that_contradicts_itself_is_refused(folder):
    text = _tap.run("scan", *DAY, "-o", "json",
                    fixture("demo/near-rt-ric.cdx.json")).stdout
    found = []
    for lie in LIES:
        report = json.loads(text)
        lie(report)
        if json.loads(text) == report:
            found.append(f"{lie.__name__} is none")
        _hostile.write(folder, "r.json", json.dumps(report))
        p = _tap.run("report", "-q", os.path.join(folder, "r.json"))
        if p.returncode != 2 or p.stdout or b"[RW1606]" not in p.stderr:
            found.append(f"{lie.__name__}: {p.returncode} {p.stderr[:200]}")
    return found


def what_is_no_report_is_refused(folder):
    found = []
    for text in ("", "{", "[]", "{}", '{"schema":"ranwhence.report/1"}',
                 '{"schema":"ranwhence.report/1","facts":3}'):
        path = os.path.join(folder, _hostile.write(folder, "r.json", text))
        p = _tap.run("report", path)
        if p.returncode != 2 or b"[RW1606]" not in p.stderr:
            found.append(f"{text!r}: {p.returncode} {p.stderr!r}")
    return found


_tap.main([the_demo, one_bid, the_other_by_several_policies, an_sbom,
           shared_commits_with_facts_and_waivers,
           a_tree_of_which_a_part_cannot_be_read,
           again_needs_no_file_but_the_report,
           a_report_that_contradicts_itself_is_refused,
           what_is_no_report_is_refused])
