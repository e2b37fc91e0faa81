#!/usr/bin/env python3
"""The HTML report: one file that loads nothing and runs nothing but its own
script, whatever the input says; and a whole page as it should be. TAP on
standard output. RANWHENCE_UPDATE=1 writes the page anew."""
import os
import re

import _hostile
import _tap
from _page import Page, problems

DAY = ["--as-of=2026-11-25", "-q"]
PAGE = os.path.join(_tap.SRCDIR, "fixtures/report/html/small.html")


def scan(*arguments, cwd=None):
    p = _tap.run("scan", *DAY, *arguments, "-o", "html", cwd=cwd)
    if b"<!DOCTYPE html>" not in p.stdout:
        raise RuntimeError(p.stderr.decode()[:900])
    return p.stdout


def fixture(name):
    return os.path.join(_tap.SRCDIR, "fixtures", name)


def pages_are_sound(_):
    found = []
    for name in ("demo/stack.yaml", "bids/one.yaml", "bids/two.yaml",
                 "demo/o-du.spdx.json"):
        found += [f"{name}: {x}" for x in problems(scan(fixture(name)))]
    return found


def many_policies_share_a_page(_):
    names = _tap.run("list", "policies").stdout.decode().split("\n")[:-1]
    data = scan(*("-p" + n.split()[0] for n in names),
                fixture("demo/stack.yaml"))
    page = Page(data.decode())
    ids = [i for i in page.ids if i.startswith("p-")]
    return problems(data) + ([] if len(ids) == len(names) else [str(ids)])


def section(page, name):
    """What stands in a section below its heading; ids and links left out, as
    they may differ."""
    text = page.split(f'<section id="{name}"')[1].split("</section>")[0]
    return re.sub(r' (id|href)="[^"]*"', "", text.split("</h2>\n")[1])


def each_policy_has_its_own_figures(_):
    """As on a page of its own, section by section; and no other."""
    names = ["us-889", "default", "eu-5g-toolbox"]
    stack = fixture("bids/two.yaml")
    page = scan(*("-p" + n for n in names), stack).decode()
    alone = {n: scan("-p" + n, stack).decode() for n in names}
    found = []
    for name in ("influence", "network", "time"):
        parts = section(page, name).split("<article>\n")[1:]
        for n, part in zip(names, parts):
            part = part.split("</h3>\n", 1)[1].split("</article>")[0]
            if part not in section(alone[n], name):
                found.append(f"{name} of {n} differs")
        found += [] if len(parts) == 3 else [f"{name}: {len(parts)}"]
    for n in names:
        cells = re.findall(rf'data-policy="{n}">(.*?)<td', page, re.S)
        own = re.findall(r'<td class="share">(.*?)<td class="(?:q|soft)',
                         alone[n].split('<table class="components">')[1],
                         re.S)
        if sorted(cells) != sorted(own) or len(cells) < 9:
            found.append(f"the components of {n} differ")
    return found


def runs_are_the_same(_):
    one = scan(fixture("bids/one.yaml"), "--threads=1")
    return [] if one == scan(fixture("bids/one.yaml"), "--threads=3") \
        else ["differ"]


def nothing_is_a_page_too(folder):
    path = os.path.join(folder, "empty")
    os.mkdir(path)
    return problems(scan(path))


# --- a small stack, whole ---

WAIVERS = """waivers: 1
list:
  - rule: S-1
    organisation: held
    reason: to be replaced <soon>
    owner: the buyer
    expires: 2027-01-01
"""


def small_stack(folder):
    stream, hosts = b"", [b"acme.example", b"held.example", b"mail.example"]
    for i in range(30):
        when = b"%d +0000" % (1577880000 + i * 86400 * 40)
        files = {"f": b"%d\n" % i}
        if i == 0:
            files = {"INFO.yaml": _hostile.INFO, "go.mod":
                     b"module example.com/x\nrequire example.com/dep v1.2.3\n"}
        stream += _tap.commit(i + 1, b"A", b"a@" + hosts[i * i % 5 % 3], when,
                              files, i or None)
    _tap.repository(os.path.join(folder, "o-du"), stream)
    _hostile.write(folder, "facts.csv", _hostile.FACTS)
    _hostile.write(folder, "policy.yaml", _hostile.POLICY)
    _hostile.write(folder, "waivers.yaml", WAIVERS)
    _hostile.write(folder, "stack.yaml", _hostile.STACK)
    return scan("--facts=facts.csv", "-p", "policy.yaml",
                "--waivers=waivers.yaml", "stack.yaml", cwd=folder)


def whole_page_as_wanted(folder):
    data = small_stack(folder)
    found = problems(data)
    text = re.sub(r"(<(style|script)>).*?(</\2>)", r"\1\3", data.decode(),
                  flags=re.S)
    text = re.sub(r"sha256-[\w+/=]+", "sha256-", text)
    text = re.sub(r"ranwhence \d+(\.\d+)+", "ranwhence 0", text)
    if os.environ.get("RANWHENCE_UPDATE"):
        os.makedirs(os.path.dirname(PAGE), exist_ok=True)
        with open(PAGE, "w", encoding="utf-8") as f:
            f.write(text)
    with open(PAGE, encoding="utf-8") as f:
        want = f.read().split("\n")
    for i, (a, b) in enumerate(zip(want, text.split("\n")), 1):
        if a != b:
            return found + [f"line {i}: wanted {a!r}", f"got {b!r}"]
    if text.count("\n") + 1 != len(want):
        found.append("more or fewer lines than wanted")
    return found


# --- hostile input ---

def nothing_hostile_gets_through(folder):
    name = _hostile.stack(folder)
    data = scan("--facts=facts.csv", "-p", "policy.yaml", name, cwd=folder)
    found = problems(data)
    page = Page(data.decode())
    shown = "".join(page.text)
    missing = [s for s in _hostile.SEEDS if s.startswith("<") and len(s) < 60
               and s not in shown]
    if missing:
        found.append(f"not shown as text: {missing}")
    if data.count(b"org-") < 100:
        found.append("the facts have no part in it")
    return found


_tap.main([pages_are_sound, many_policies_share_a_page,
           each_policy_has_its_own_figures, runs_are_the_same,
           nothing_is_a_page_too, whole_page_as_wanted,
           nothing_hostile_gets_through])
