"""A small stack whose every text may be hostile, for the tests of reports that
people open in a browser."""
import json
import os

POLICY = """policy: 1
name: small
title: A small policy
text: {title: Its text, date: 2026, source: none, status: own}
concern: {jurisdictions: [CN], lists: [ex-list], rungs: [listed, owned50, controlled, established]}
weights:
  axes: {commits: 50, stewardship: 25, supply: 25}
  functions: {O-DU: 100}
  default: 50
  dependencies: 50
component-limit: 25%
rules:
  - {id: S-1, title: Who wrote it, clause: C 1, confirmed: true, kind: exposure, axis: commits, limit: 10%, severity: high}
  - {id: S-2, title: Enough was seen, clause: C 2, confirmed: false, kind: coverage, limit: 20%, severity: medium}
"""
FACTS = """kind,subject,object,value,from,to,source,speaks_for,read,\
confidence,state,note
source,ex-register,public,https://register.example/list,,,,,,A,,The register
organisation,acme,vendor,Acme & Sons <Ltd>,,,ex-register,2026,2026-11,A,,
establishes,acme,,US,,,ex-register,2026,2026-11,A,,
dispersed,acme,,no-controller,,,ex-register,2026,2026-11,A,,
host,acme.example,acme,,,,ex-register,2026,2026-11,A,,
organisation,held,company,Held GmbH,,,ex-register,2026,2026-11,A,,
organisation,holder,company,Holder Group,,,ex-register,2026,2026-11,A,,
owns,holder,held,60%,2020-05,,ex-register,2026,2026-11,A,,
host,held.example,held,,,,ex-register,2026,2026-11,A,,
list,ex-list,example authority,The list,,,ex-register,2026,2026-11,A,,
extent,ex-list,whole,edition of January 2026,2019-01-01,,ex-register,2026,2026-11,A,,
lists,ex-list,holder,Holder Group,2019-01-02,,ex-register,2026,2026-11,A,,
"""
STACK = """stack: 1
name: A small stack
supplier: Example Supplier
date: 2026-10-01
perimeter: ran
user-class: critical
functions:
  - function: O-DU
    components:
      - {repository: o-du}
  - function: xApp
    components:
      - {purl: "pkg:npm/nobody-knows@1.0.0"}
"""
INFO = b"""---
project: 'o-du'
committers:
    - name: 'A'
      email: 'a@held.example'
      company: 'Held GmbH'
"""


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
        f.write(text)
    return name


SEEDS = [
    "<script>alert(1)</script>", "</script><script>alert(1)</script>",
    "</style><style>*{display:none}</style>", "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>", "' onmouseover='alert(1)", "</title><h1>x",
    "<a href=javascript:alert(1)>x</a>", "javascript:alert(1)", "-->", "<!--",
    "https://evil.example/\"onclick=\"alert(1)", "]]>", "<![CDATA[", "&lt;b&gt;",
    "&#60;script&#62;", "=HYPERLINK(\"https://evil.example\")", "+1+1", "@SUM(A1)",
    "\x1b[31mred\x1b[0m", "\x1b]8;;https://evil.example\x07x", "a\rb\nc\td",
    "\u202egnp.exe", "\u2066\u2067x", "\ufeffx", "\u2028x\u2029", "\x85x",
    "\x7f\x80", "\ufffe", "e\u0301" * 40, "\U0001f600" * 30, "W" * 500,
    "a" * 5000, "<" * 300, "\"" * 300, "&" * 300, "''''", "`${7*7}`",
    "{{7*7}}", "%s%n%x", "../../etc/passwd", "C:\\con\\nul", "\\u003cscript",
    "<base href=https://evil.example>", "<meta http-equiv=refresh content=0>",
    "<iframe srcdoc=x>", "<plaintext>", "<textarea>", "<noscript>", "</table>",
    "</svg><script>1</script>", "<style>@import'//evil.example'</style>",
    "\u200fright to left \u202a\u2069", "|pipe|`tick`", "# head\n* item",
    "::error::x", "%0a::set-output name=x::y", "-2+3+cmd|' /C calc'!A0",
]


def strings():
    """200 strings, all different."""
    found = list(SEEDS)
    for i in range(200 - len(SEEDS)):
        a, b = SEEDS[i % len(SEEDS)], SEEDS[(i * 7 + 3) % len(SEEDS)]
        found.append(f"{a[:300]} {i} {b[:300]}")
    return found


def sbom(texts):
    """CycloneDX whose every text is hostile."""
    components = []
    for i, s in enumerate(texts):
        other = texts[(i + 5) % len(texts)]
        components.append({
            "type": "library", "bom-ref": f"r{i}", "name": s,
            "manufacturer": {"name": f"firm {i} {s}"[:150]},
            "version": other, "publisher": other, "group": s,
            "supplier": {"name": s, "url": [other]},
            "licenses": [{"license": {"name": s}}],
            "externalReferences": [{"type": "vcs", "url": s}]})
    return json.dumps({
        "bomFormat": "CycloneDX", "specVersion": "1.5",
        "metadata": {"component": {"type": "application", "name": SEEDS[0],
                                   "bom-ref": "root", "version": SEEDS[3]}},
        "components": components,
        "dependencies": [{"ref": "root", "dependsOn":
                          [c["bom-ref"] for c in components[:100]]}]})


def quoted(s):
    return '"' + s.replace('"', '""') + '"'


def facts(texts):
    """Organisations and records whose every text is hostile."""
    rows = [FACTS]
    for i, s in enumerate(texts):
        s = "".join(c for c in s[:150] if c >= " " and not "\x7f" <= c < "\xa0")
        q = quoted(f"firm {i} {s}".strip())
        other = quoted(f"alias {i} {s}".strip())
        rows.append(f"source,src-{i},{q},{q},,,,,,A,,{q}\n"
                    f"organisation,org-{i},company,{q},,,src-{i},2026,"
                    f"2026-11,A,,{q}\n"
                    f"alias,org-{i},,{other},,,src-{i},2026,"
                    f"2026-11,A,,\n"
                    f"lists,ex-list,org-{i},{q},2020,,src-{i},2026,2026-11,"
                    f"A,,{q}\n")
    return "".join(rows)


def stack(folder):
    """Writes h.cdx.json, facts.csv, policy.yaml and the stack file, whose name
    it returns."""
    texts = strings()
    write(folder, "h.cdx.json", sbom(texts))
    write(folder, "facts.csv", facts(texts))
    title = json.dumps(SEEDS[1] + SEEDS[4])
    write(folder, "policy.yaml", POLICY.replace("A small policy", title)
          .replace("C 1", title).replace("Its text", title))
    return write(folder, "stack.yaml", STACK
                 .replace("A small stack", json.dumps(SEEDS[0] + SEEDS[5]))
                 .replace("Example Supplier", json.dumps(SEEDS[3]))
                 .replace("repository: o-du", "sbom: h.cdx.json"))
