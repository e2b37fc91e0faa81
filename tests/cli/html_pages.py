#!/usr/bin/env python3
# slow
"""Every HTML page in a browser: scan (by one policy and by several), compare,
plan and trend. Nothing is said on the console, nothing is loaded, links lead
somewhere, all is reached by keyboard, whole without script, narrow enough for
a telephone, to be read in light and dark, and printed without a blank page.
Skipped where there is no Chromium, and in a pipeline. TAP on standard output.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

import _chromium
import _pages
import _tap

SHEETS = {"demo": (20, 45), "one": (22, 48), "two": (16, 38),
          "policies": (25, 55), "compare": (7, 16), "plan": (2, 6),
          "trend": (2, 6), "quarters": (2, 9)}
OPEN = ("document.querySelectorAll('details')"
        ".forEach(d => { d.open = true; })")


def each(check, **look):
    """What is wrong with each page, opened in one window."""
    found = []
    with _chromium.Browser(**look) as b:
        for name, path in PAGES.items():
            b.open(path)
            found += [f"{name}: {x}" for x in check(b, path)[:5]]
    return found


def nothing_is_said_or_loaded(_):
    def check(b, path):
        b.evaluate(OPEN)
        b.evaluate("document.querySelectorAll('button, summary')"
                   ".forEach(e => e.click())")
        found = [m[:300] for m in b.messages] + \
            [r for r in b.requests if r != "file://" + path]
        b.messages.clear()
        b.requests.clear()
        return found
    return each(check)


LINKS = """(function () {
  var seen = {}, found = [];
  document.querySelectorAll("[id]").forEach(function (e) {
    if (seen[e.id]) found.push("twice: " + e.id);
    seen[e.id] = true;
  });
  document.querySelectorAll("a[href^='#']").forEach(function (a) {
    var id = decodeURIComponent(a.getAttribute("href").slice(1));
    if (!seen[id]) found.push("leads nowhere: " + id);
  });
  return found;
})()"""


def links_lead_somewhere(_):
    return each(lambda b, _: b.evaluate(LINKS))


# Whatever does something takes the focus, in the order of the page, and shows
# that it has it.
FOCUS = """(function () {
  var found = [], n = 0;
  document.querySelectorAll("a[href], button, input, select, summary, " +
                            "[tabindex]").forEach(function (e) {
    if (!e.checkVisibility({visibilityProperty: true})) return;
    e.focus({focusVisible: true, preventScroll: true});
    var name = e.tagName + " " + (e.id || e.textContent.trim().slice(0, 30));
    var look = getComputedStyle(e);
    n++;
    if (document.activeElement !== e) found.push("no focus: " + name);
    else if (e.tabIndex !== 0) found.push("out of order: " + name);
    else if (look.outlineStyle === "none" || parseFloat(look.outlineWidth) < 2)
      found.push("its focus is not seen: " + name);
  });
  if (n < 4) found.push("only " + n + " to reach");
  document.activeElement.blur();
  return found;
})()"""
TAB = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}


def all_is_reached_by_keyboard(_):
    def check(b, _):
        b.evaluate(OPEN)
        return b.evaluate(FOCUS)
    return each(check)


def the_first_key_leads_past_the_contents(_):
    def check(b, _):
        for kind in ("rawKeyDown", "keyUp"):
            b.call("Input.dispatchKeyEvent", type=kind, **TAB)
        at = b.evaluate("document.activeElement.getAttribute('href')")
        return [] if at == "#main" else [f"the first is {at}"]
    return each(check)


# What is seen of each section, and what is there and not seen: the tools of
# the table are all that may be, and what says of itself that it opens.
WHOLE = """(function () {
  var hidden = [...document.querySelectorAll("main *")].filter(function (e) {
    return !e.checkVisibility() &&
      !e.closest(".tools, details, svg, .paper") });
  var texts = [...document.querySelectorAll("main section, main header")]
    .map(function (s) {
      return s.textContent.replace(/\\s+/g, " ").replace(
        /Filter .*Show all/, ""); });
  return [texts, hidden.map(function (e) {
    return e.tagName + " " + e.className + " is not seen"; })];
})()"""


def whole_without_script(_):
    texts = {}

    def note(b, path):
        texts[path] = b.evaluate(WHOLE)[0]
        return []

    def check(b, path):
        got, hidden = b.evaluate(WHOLE)
        if len(got) < 2 or len(got) != len(texts[path]):
            return [f"{len(got)} sections"]
        return hidden + [f"differs: {x[:60]}" for x, y in
                         zip(got, texts[path]) if
                         re.sub(r"\d+ components$", "", x) != y and
                         "Component" not in x]
    return each(note) + each(check, script=False)


def each_chart_has_its_table(_):
    return each(lambda b, _: b.evaluate("""
        [...document.querySelectorAll("svg.chart")].filter(function (s) {
          return !s.getAttribute("aria-label") || !["details", "article",
            "section"].some(function (x) {
              var place = s.closest(x);
              return place && place.querySelector("table"); }); })
        .map(s => s.getAttribute("class") + " has no table")"""))


def tables_are_read_as_tables(_):
    """Whatever the style makes of them: rows as grids, or as cards."""
    def check(b, _):
        b.call("Accessibility.enable")
        nodes = b.call("Accessibility.getFullAXTree")["nodes"]
        roles = [n["role"]["value"] for n in nodes if not n["ignored"]]
        b.call("Accessibility.disable")
        n = b.evaluate("[...document.querySelectorAll('table')].filter("
                       "t => t.checkVisibility()).length")
        return [] if roles.count("table") == n and \
            roles.count("rowheader") >= 8 else \
            [f"{roles.count('table')} of {n} tables, "
             f"{roles.count('rowheader')} row headers"]
    return each(check) + each(check, width=390)


def nothing_is_wider_than_the_screen(_):
    def check(b, _):
        wide = b.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        b.evaluate(OPEN)
        more = b.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        return [f"{max(wide, more)} too wide"] if max(wide, more) > 0 else []
    found = []
    for width in (320, 390, 768, 1280):
        found += [f"{width}, {x}" for x in each(check, width=width)]
    return found


def colours_have_contrast(_):
    """Text against its ground, 4.5 at least, in light and dark."""
    def check(b, _):
        b.evaluate(OPEN)
        return b.evaluate(CONTRAST)
    return each(check) + [f"dark, {x}" for x in each(check, dark=True)]


CONTRAST = """(function () {
  function parts(c) { return c.match(/[0-9.]+/g).map(Number); }
  function light(c) {
    return [0.2126, 0.7152, 0.0722].reduce(function (sum, w, i) {
      var x = c[i] / 255;
      return sum + w * (x <= 0.03928 ? x / 12.92
                                     : Math.pow((x + 0.055) / 1.055, 2.4));
    }, 0);
  }
  function ground(e) {
    for (; e; e = e.parentElement) {
      var c = parts(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  }
  var seen = {}, found = [];
  function look(e, text, under) {
    var a = light(text), b = light(under);
    var ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    var key = text + " on " + under;
    if (ratio < 4.5 && !seen[key])
      found.push(e.tagName + " " + e.getAttribute("class") + " " + key +
                 " " + ratio.toFixed(2));
    seen[key] = true;
  }
  document.querySelectorAll("body *").forEach(function (e) {
    var words = [...e.childNodes].some(function (n) {
      return n.nodeType === 3 && n.textContent.trim(); });
    if (!words || e.closest("svg, script")) return;
    look(e, parts(getComputedStyle(e).color), ground(e));
  });
  document.querySelectorAll("svg g").forEach(function (g) {
    var box = g.querySelector("rect.site, rect.field");
    g.querySelectorAll("text").forEach(function (t) {
      if (box) look(t, parts(getComputedStyle(t).fill),
                    parts(getComputedStyle(box).fill));
    });
  });
  return found;
})()"""


ROWS = """[...document.querySelectorAll("tbody tr")].filter(function (r) {
    return r.checkVisibility(); }).map(function (r) {
  return [...r.cells].filter(c => c.checkVisibility()).map(function (c) {
    return c.innerText.replace(/\\s+/g, ""); }); })"""


def texts_of(pdf):
    """Of each sheet, in the order in which it is drawn, without spaces."""
    text = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf,
                          capture_output=True, check=True).stdout.decode()
    return [re.sub(r"\s+", "", t) for t in text.split("\f")[:-1]]


def paper_has_whole_rows(_):
    """As many sheets as expected, none of them blank, and each row of a table
    on one of them."""
    def check(b, path):
        pdf = b.pdf()
        least, most = SHEETS[os.path.basename(path)[:-5]]
        n = len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
        found = [] if least <= n <= most else [f"{n} sheets"]
        if not shutil.which("pdftotext"):
            return found
        sheets = texts_of(pdf)
        found += [f"sheet {i} is blank" for i, t in enumerate(sheets, 1)
                  if len(t) < 20]
        b.call("Emulation.setEmulatedMedia", media="print")
        rows = b.evaluate(ROWS)
        b.call("Emulation.setEmulatedMedia", media="")
        if len(rows) < 4:
            found.append(f"only {len(rows)} rows are looked for")
        cut = [r for r in rows if r and not any(
            all(c in t for c in r) for t in sheets)]
        return found + [f"{len(cut)} of {len(rows)} rows are cut: {r}"[:200]
                        for r in cut[:3]]
    return each(check)


TESTS = [nothing_is_said_or_loaded, links_lead_somewhere,
         all_is_reached_by_keyboard, the_first_key_leads_past_the_contents,
         whole_without_script, each_chart_has_its_table,
         tables_are_read_as_tables, nothing_is_wider_than_the_screen,
         colours_have_contrast, paper_has_whole_rows]
if not _chromium.find():
    print("1..0 # skip there is no Chromium here, or this is a pipeline")
    sys.exit()
with tempfile.TemporaryDirectory(prefix="rw-pages-") as where:
    PAGES = _pages.make(where)
    _tap.main(TESTS)
