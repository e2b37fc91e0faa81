#!/usr/bin/env python3
"""What `entity` answers, and what it makes of facts that cannot hold. TAP on
standard output."""
import json
import os

import _tap

HEADER = "kind,subject,object,value,from,to,source,speaks_for,read," \
    "confidence,state,note\n"


def ask(*arguments):
    p = _tap.run("entity", "--as-of=2024-06-01", *arguments)
    return p.returncode, p.stdout.decode(), p.stderr.decode()


def facts(folder, rows, name="f.csv"):
    """An option for a facts file; a row is its first columns, and more with
    dates or another letter than A."""
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as f:
        f.write(HEADER)
        for row in rows:
            parts = (row if isinstance(row, tuple) else (row,)) + ("",) * 4
            f.write(f"{parts[0]},{parts[1]},{parts[2]},,,,"
                    f"{parts[3] or 'A'},{parts[4] if len(parts) > 4 else ''},"
                    "\n")
    return "--facts=" + path


def org(name, seat=None, kind="company"):
    rows = [f"organisation,{name},{kind},{name}"]
    return rows + ([f"establishes,{name},,{seat}"] if seat else [])


def lacks(text, *parts):
    return [f"lacks {p!r}" for p in parts if p not in text]


def has(text, *parts):
    return [f"has {p!r}" for p in parts if p in text]


def rungs(*arguments):
    """(states, document) of the JSON."""
    status, out, err = ask("--json", *arguments)
    if not out:
        return {"error": f"{status} {err[-300:]}"}, {}
    d = json.loads(out)
    return {r["rung"]: r["state"] for r in d["ladder"]}, d


def wants(states, **wanted):
    return [f"{k} is {states.get(k)}, wanted {v} ({states.get('error', '')})"
            for k, v in wanted.items() if states.get(k) != v]


def an_analyst_finds_the_parts(_):
    status, out, _ = ask("huawei.com")
    return lacks(out, "Where it is", "Who holds and controls it", "Lists,",
                 "produced by Huawei Technologies Company", "Ladder",
                 "What is unknown", "Sources", "84 FR 43493",
                 "read 2026-11-25") + ([] if status == 0 else [str(status)])


def all_fits_80_columns(folder):
    option = facts(folder, long_ownership())
    found = []
    for arguments in (["huawei.com"], ["--tree", "huawei.com"],
                      ["--tree", option, "o0"], ["windriver.com"],
                      ["zte.com.cn"], ["qq.com"]):
        out = ask(*arguments)[1]
        # an address without a blank cannot be broken
        found += [f"{arguments}: {line}" for line in out.splitlines()
                  if len(line) > 80 and " " in line.strip()]
    return found


def a_name_is_as_good_as_a_host(_):
    names = ["huawei.com", "huawei-technologies", "Huawei",
             "HUAWEI TECHNOLOGIES CO., LTD.", "Huawei Technologies Co Ltd"]
    ids = {(rungs(n)[1].get("organisation") or {}).get("id") for n in names}
    return [] if ids == {"huawei-technologies"} else [str(ids)]


def affiliates_are_entities_of_their_own(_):
    wanted = {"Huawei Technologies India Pvt Ltd": "huawei-technologies-india",
              "HiSilicon": "hisilicon", "futurewei.com": "futurewei",
              "China Mobile Technology (USA) Inc.": None}
    found = []
    for name, wanted_id in wanted.items():
        got = (rungs(name)[1].get("organisation") or {}).get("id")
        if got == "huawei-technologies" or (wanted_id and got != wanted_id):
            found.append(f"{name}: {got}")
    return found


def other_jurisdictions_and_none(folder):
    option = facts(folder, org("ru", "RU") + org("hk", "HK"))
    return wants(rungs(option, "--jurisdiction=RU", "ru")[0],
                 established="proven") + \
        wants(rungs(option, "ru")[0], established="no") + \
        wants(rungs(option, "--jurisdiction=MO,HK,CN", "hk")[0],
              established="proven") + \
        wants(rungs(option, "--jurisdiction=CN,MO", "hk")[0],
              established="no") + \
        wants(rungs(option, "--jurisdiction=", "hk")[0], established="no")


def a_wrong_jurisdiction_is_refused(_):
    return [f"{v}: {ask(v, 'huawei.com')}" for v in (
        "--jurisdiction=XX", "--jurisdiction=cn", "--jurisdiction=CN HK")
        if ask(v, "huawei.com")[0] != 2]


def all_owners_of_a_host_are_shown(folder):
    rows = org("a", "US") + org("b", "US") + [
        ("host,h.example,a,", "2010", "2018-06"),
        ("host,h.example,b,", "2018-06", "")]
    option = facts(folder, rows)
    out = ask(option, "mail.h.example")[1]
    open_day = _tap.run("entity", "--as-of=2018-06-10", option,
                        "h.example").stdout.decode()
    document = rungs(option, "h.example")[1]
    return lacks(out, "is a host of a, 2010 to 2018-06",
                 "is a host of b, since 2018-06") + \
        lacks(open_day, "not sure", "host of a", "host of b") + \
        ([] if len(document["host"]["windows"]) == 2 else ["windows"])


def inferred_and_disputed_rows_are_information(folder):
    rows = org("x", "US") + org("y", "CN") + [
        ("owns,y,x,60%", "", "", "C"), ("controls,y,x,said", "", "", "A",
                                        "disputed")]
    option = facts(folder, rows)
    out = ask(option, "x")[1]
    tail = out.split("Information only")[-1]
    return lacks(tail, "[C, assumed]", "[A, disputed, assumed]") + \
        wants(rungs(option, "x")[0], owned50="possible",
              controlled="possible")


def what_looks_alike_is_no_evidence(_):
    status, out, err = ask("Huwaei Technologies")
    states, document = rungs("Huwaei Technologies")
    found = lacks(out, "Possibly the same as", "huawei-technologies") + \
        lacks(err, "RW1705")
    if status != 2 or states or document["organisation"] is not None:
        found.append(f"it counts: {status} {states}")
    if not document["possibly_same"]:
        found.append("none in JSON")
    return found + has(ask("qzxv")[1], "Possibly")


# --- what cannot hold -----------------------------------------------------


def long_ownership(n=40):
    rows = []
    for i in range(n):
        rows += org(f"o{i}", "US")
    return rows + [f"owns,o{i + 1},o{i},60%" for i in range(n - 1)] + [
        "owns,o0,o5,10%", "controls,o3,o9,by a very long agreement that "
        "several lines of text are needed to write down in full"]


def circles_are_marked_in_the_tree(folder):
    option = facts(folder, org("a") + org("b") + org("c") + [
        "owns,a,b,30%", "owns,b,c,30%", "owns,c,a,30%", "owns,b,a,10%"])
    status, out, _ = ask("--tree", option, "a")
    return lacks(out, "(a circle)", "(see above)", "c: 30%") + \
        ([] if status == 0 else [str(status)]) + \
        ([] if ask("--tree", "--json", option, "a")[0] == 2 else ["json"])


def facts_that_contradict(folder):
    option = facts(folder, org("x", "US") + org("y", "CN") + org("z", "US")
                   + ["owns,y,x,60%", "owns,y,x,20%",
                      "host,h.example,y,", "host,h.example,z,"])
    status, out, err = ask(option, "x")
    host = ask(option, "h.example")[1]
    return lacks(err, "RW1703", "two shares of one holder",
                 "overlapping windows") + lacks(host, "not sure") + \
        wants(rungs(option, "x")[0], owned50="possible", owned10="proven") + \
        ([] if status == 0 else [f"{status} {out}"])


def shares_over_100_percent(folder):
    option = facts(folder, org("x", "US") + org("y", "CN") + org("z", "CN")
                   + ["owns,y,x,70%", "owns,z,x,60%"])
    states, document = rungs(option, "x")
    bounds = [(r["low_bp"], r["high_bp"]) for r in document["ladder"]]
    return lacks(ask(option, "x")[2], "RW1703", "over 100 %") + \
        wants(states, owned50="proven") + \
        ([] if all(0 <= a <= b <= 10000 for a, b in bounds) else [str(bounds)])


def an_owner_of_itself(folder):
    option = facts(folder, org("x", "US") + ["owns,x,x,60%", "controls,x,x,w"])
    status, _, err = ask(option, "x")
    return lacks(err, "RW1701", "is the same as the subject") + \
        ([] if status == 2 else [str(status)])


def a_circle_of_control_with_nobody_outside(folder):
    option = facts(folder, org("x", "US") + org("y", "US") + [
        "controls,x,y,votes", "controls,y,x,votes"])
    status, out, _ = ask(option, "x")
    inside = facts(folder, org("x", "CN") + org("y", "CN") + [
        "controls,x,y,votes", "controls,y,x,votes"], "inside.csv")
    return ([] if status == 0 and "Ladder" in out else [str(status)]) + \
        wants(rungs(option, "x")[0], established="no") + \
        wants(rungs(inside, "x")[0], controlled="proven",
              established="proven")


def a_chain_of_a_million_edges(folder):
    n = 20000 if os.environ.get("RANWHENCE_QUICK") else 1000000
    path = os.path.join(folder, "chain.csv")
    with open(path, "w", encoding="utf-8") as f:
        f.write(HEADER)
        f.write(f"establishes,o{n},,CN,,,,,,A,,\n")
        for i in range(n + 1):
            f.write(f"organisation,o{i},company,o{i},,,,,,A,,\n")
        for i in range(n):
            f.write(f"owns,o{i + 1},o{i},60%,,,,,,A,,\n")
    states, document = rungs("--facts=" + path, "o0")
    chain = [r["chain"] for r in document.get("ladder", [])
             if r["rung"] == "owned50"] or [[]]
    tree = ask("--tree", "--facts=" + path, "o0")
    return wants(states, owned50="proven", controlled="proven") + \
        ([] if len(chain[0]) == 32 else [f"{len(chain[0])} rows"]) + \
        lacks(" ".join(tree[1].split()), "(not followed further)") + \
        ([] if tree[0] == 0 else [str(tree[0])])


_tap.main([
    an_analyst_finds_the_parts, all_fits_80_columns,
    a_name_is_as_good_as_a_host, affiliates_are_entities_of_their_own,
    other_jurisdictions_and_none, a_wrong_jurisdiction_is_refused,
    all_owners_of_a_host_are_shown,
    inferred_and_disputed_rows_are_information,
    what_looks_alike_is_no_evidence, circles_are_marked_in_the_tree,
    facts_that_contradict, shares_over_100_percent, an_owner_of_itself,
    a_circle_of_control_with_nobody_outside, a_chain_of_a_million_edges])
