#!/usr/bin/env python3
# slow
"""The HTML report in a browser: filter and sort work and are quick, and
nothing hostile runs. Skipped where there is no Chromium, and in a pipeline.
What holds for every page is in html_pages.py. TAP on standard output."""
import json
import os
import re
import sys

import _chromium
import _hostile
import _tap
from _pages import DAY, POLICIES

ROWS = "[...document.querySelectorAll('table.components tbody tr')]"
SEEN = ROWS + ".filter(r => !r.hidden)"
TYPE = """(function (words) {
  var start = performance.now(), f = document.getElementById('filter');
  f.value = words;
  f.dispatchEvent(new Event('input'));
  document.body.offsetHeight;
  return performance.now() - start;
})(%s)"""
CLICK = ("document.querySelectorAll('table.components thead button')[%d]"
         ".click()")


def page(folder, name="demo/stack.yaml", *more):
    path = os.path.join(folder, "page.html")
    if "/" in name:
        name = os.path.join(_tap.SRCDIR, "fixtures", name)
    _tap.run("scan", *DAY, *more, "-o", "html=" + path, name, cwd=folder)
    return path


def silence(browser, path):
    """Problems: messages, and requests for anything but the page itself."""
    return [m[:300] for m in browser.messages] + \
        [r for r in browser.requests if r != "file://" + path]


def hostile_texts_run_nothing(folder):
    name = _hostile.stack(folder)
    path = page(folder, name, "--facts=facts.csv", "-p", "policy.yaml")
    found = []
    for width in (390, 1280):
        with _chromium.Browser(width=width) as b:
            b.open(path)
            b.evaluate("document.querySelectorAll('details')"
                       ".forEach(d => { d.open = true; })")
            b.evaluate(CLICK % 9)
            if b.size()[0] > width:
                found.append(f"{b.size()[0]} wide at {width}")
            found += silence(b, path)
    return found


def filter_and_sort_work(folder):
    with _chromium.Browser() as b:
        b.open(page(folder))
        found, all_rows = [], b.evaluate(ROWS + ".length")
        b.evaluate(TYPE % '"o-du dpdk"')
        if b.evaluate(SEEN + ".length") != 1:
            found.append("filter: " + str(b.evaluate(SEEN + ".length")))
        if not b.evaluate("document.getElementById('shown').textContent") \
                .startswith(f"1 of {all_rows} "):
            found.append("the count is not told")
        b.evaluate(TYPE % '""')
        names = ROWS + ".map(r => r.cells[0].textContent.toLowerCase())"
        b.evaluate(CLICK % 0)
        if b.evaluate(names) != sorted(b.evaluate(names)):
            found.append("not sorted by name")
        b.evaluate(CLICK % 2)
        shares = [float(re.match(r"[\d.]+", t).group(0)) for t in
                  b.evaluate(ROWS + ".map(r => r.cells[2].textContent)")]
        if shares != sorted(shares, reverse=True):
            found.append(f"not sorted by influence: {shares}")
        if b.evaluate("document.querySelectorAll('[aria-sort]').length") != 1:
            found.append("the order is not told")
        return found


def filter_and_sort_work_by_several_policies(folder):
    """A column of influence for each; by the last, the greatest first."""
    path, found = page(folder, "bids/two.yaml", *POLICIES), []
    with _chromium.Browser() as b:
        b.open(path)
        b.evaluate(CLICK % 4)
        cells = b.evaluate(ROWS + ".map(r => r.cells[4].textContent)")
        floors = [float((re.match(r"[\d.]+", t) or ["-1"])[0])
                  for t in cells]
        if floors != sorted(floors, reverse=True) or len(set(floors)) < 2:
            found.append(f"not sorted by influence: {cells}")
        b.evaluate(TYPE % '"o-du"')
        n = b.evaluate(SEEN + ".length")
        if not 0 < n < len(cells):
            found.append(f"filter: {n} of {len(cells)}")
    return found


def great_stack(folder, n=10000):
    components = [{"type": "library", "bom-ref": f"r{i}",
                   "name": f"component-{i}", "version": f"{i % 9}.{i % 17}",
                   "purl": f"pkg:golang/example.org/c{i % 97}/component-{i}"
                           f"@{i % 9}.{i % 17}",
                   "supplier": {"name": f"Publisher {i % 211}"}}
                  for i in range(n)]
    edges = [{"ref": f"r{i}", "dependsOn": [f"r{k}" for k in
              range(3 * i + 3, 3 * i + 6) if k < n]} for i in range(n)]
    with open(os.path.join(folder, "great.cdx.json"), "w",
              encoding="utf-8") as f:
        json.dump({"bomFormat": "CycloneDX", "specVersion": "1.5",
                   "metadata": {"component": {
                       "type": "application", "name": "stack",
                       "bom-ref": "root"}},
                   "components": components, "dependencies": edges +
                   [{"ref": "root", "dependsOn": ["r0", "r1", "r2"]}]}, f)
    return page(folder, "great.cdx.json")


def rows_on_demand(b):
    """The first rows, one that a link leads to, or all."""
    found = []
    last = b.evaluate(ROWS + ".at(-1).id")
    if b.evaluate(SEEN + ".length") != 500:
        found.append(f"{b.evaluate(SEEN + '.length')} rows at first")
    b.evaluate(f"""new Promise(function (done) {{
        window.addEventListener("hashchange", function () {{
            setTimeout(done, 0); }});
        location.hash = {json.dumps(last)}; }})""")
    if b.evaluate(ROWS + ".at(-1).hidden"):
        found.append("a link leads to a hidden row")
    b.evaluate("document.getElementById('all').click()")
    if b.evaluate(SEEN + ".length") != 10001:
        found.append(f"{b.evaluate(SEEN + '.length')} rows of all")
    return found


def ten_thousand_components_are_usable(folder):
    """By the time that the page itself took, for the machine may be busy:
    2 s to open, 100 ms to filter."""
    path = great_stack(folder)
    with _chromium.Browser() as b:
        b.call("Performance.enable", timeDomain="threadTicks")
        b.open(path)

        def spent():
            return {m["name"]: m["value"] for m in
                    b.call("Performance.getMetrics")["metrics"]}[
                        "TaskDuration"]
        opened = spent()
        b.evaluate("document.getElementById('filter').dispatchEvent("
                   "new Event('focusin', {bubbles: true}))")
        slow = []
        for words in ("component-77", "", "publisher", "zzz", ""):
            before = spent()
            b.evaluate(TYPE % json.dumps(words))
            slow.append(spent() - before)
        found = rows_on_demand(b)
        print(f"# opened in {opened:.2f} s of its own, filtered in "
              f"{max(slow) * 1000:.0f} ms at most, "
              f"{os.path.getsize(path) >> 10} KiB")
        if opened > 2:
            found.append(f"opened in {opened:.2f} s")
        return found + [f"filtered in {s * 1000:.0f} ms" for s in slow
                        if s > 0.1] + silence(b, path)


TESTS = [hostile_texts_run_nothing, filter_and_sort_work,
         filter_and_sort_work_by_several_policies,
         ten_thousand_components_are_usable]
if not _chromium.find():
    print("1..0 # skip there is no Chromium here, or this is a pipeline")
    sys.exit()
_tap.main(TESTS)
