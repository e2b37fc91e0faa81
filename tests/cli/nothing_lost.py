#!/usr/bin/env python3
"""What one target says of a component is not lost because of what another
says, or because a document is odd: it counts, or it is unknown and the run
says so. The order of targets changes nothing. TAP on standard output."""
import json
import os

import _tap

HUAWEI = "Huawei Technologies Co., Ltd."
STACK = """stack: 1
name: s
functions:
  - function: O-DU
    components:
      - sbom: %s
        supplier: Huawei Technologies Co., Ltd.
        name: product
        version: "2"
"""


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    return path


def bom(root, *components):
    """A CycloneDX document; root None = it names no whole."""
    d = {"bomFormat": "CycloneDX", "specVersion": "1.5",
         "components": list(components)}
    if root:
        d["metadata"] = {"component": {"type": "application", "name": root,
                                       "version": "1"}}
    return json.dumps(d)


def lib(supplier, name="lib", **more):
    return {"type": "library", "name": name, "version": "1",
            "purl": f"pkg:pypi/{name}@1", "supplier": {"name": supplier},
            **more}


def scan(*targets):
    """(exit status, report)"""
    p = _tap.run("scan", "-q", "--as-of=2026-11-25", "-o", "json", *targets)
    return p.returncode, json.loads(p.stdout)


def codes(report):
    return [d["code"] for d in report["diagnostics"]]


def component(report, name):
    found = [c for c in report["components"] if c["name"] == name]
    return found[0] if len(found) == 1 else None


def supplies(report, name):
    """[concern, other, unknown] of the roles in the supply of a component. The
    namespace of pkg:pypi is one more role, of nobody known."""
    i = [c["name"] for c in report["components"]].index(name)
    score = next(s for s in report["verdicts"][0]["scores"]
                 if s["component"] == i)
    t = score["axes"]["supply"]
    return t and [t["all"][k] for k in ("concern", "other", "unknown")]


def supplier_of_a_document_without_a_root(folder):
    write(folder, "a.json", bom(None, lib("Nokia")))
    _, report = scan(write(folder, "s.yaml", STACK % "a.json"))
    product = component(report, "product")
    problems = []
    if not product or product["supplier"] != HUAWEI or not product["root"]:
        problems.append(f"product: {product}")
    elif supplies(report, "product") != [1, 0, 0]:
        problems.append(f"supply: {supplies(report, 'product')}")
    if len(report["edges"]) != 1:
        problems.append(f"edges: {report['edges']}")
    return problems


def supplier_of_a_document_that_is_not_there(folder):
    status, report = scan(write(folder, "s.yaml", STACK % "gone.json"))
    product = component(report, "product")
    if status != 3 or not product or product["supplier"] != HUAWEI:
        return [f"exit {status}, product: {product}"]
    return []


def two_suppliers_of_one_component(folder):
    a = write(folder, "a.json", bom("pa", lib(HUAWEI)))
    b = write(folder, "b.json", bom("pb", lib("Ericsson")))
    problems = []
    for targets in ([a, b], [b, a]):
        _, report = scan(*targets)
        if supplies(report, "lib") != [0, 0, 2]:
            problems.append(f"supply: {supplies(report, 'lib')}")
        said = [d["message"] for d in report["diagnostics"]
                if d["code"] == "RW1804"]
        if said != [f'lib: "Ericsson" or "{HUAWEI}"']:
            problems.append(f"said: {said}")
    return problems


def one_supplier_in_two_spellings(folder):
    a = write(folder, "a.json", bom("pa", lib(HUAWEI)))
    b = write(folder, "b.json", bom("pb", lib("HUAWEI TECHNOLOGIES CO LTD")))
    _, report = scan(b, a)
    if "RW1804" in codes(report) or supplies(report, "lib") != [1, 0, 1]:
        return [f"{codes(report)}, {supplies(report, 'lib')}"]
    return []


def two_repositories_of_one_component(folder):
    def at(url):
        return lib("X", externalReferences=[{"type": "vcs", "url": url}])
    a = write(folder, "a.json", bom("pa", at("https://github.com/DPDK/dpdk")))
    b = write(folder, "b.json", bom("pb", at("https://github.com/x/y")))
    problems = []
    for targets in ([a, b], [b, a], [a, b, a], [b, a, b]):
        _, report = scan(*targets)
        c = component(report, "lib")
        if not c or c["repository"] or "different" not in c["resolved_by"]:
            problems.append(f"{targets}: {c}")
    return problems


def one_repository_named_twice(folder):
    info = b"project: x\ncommitters:\n" + b"".join(
        b"  - name: p\n    email: p@%s\n    company: C\n    id: p\n" % h
        for h in (b"huawei.com", b"nokia.com", b"nokia.com"))
    path = os.path.join(folder, "repo")
    _tap.repository(path, _tap.commit(1, b"A", b"a@nokia.com",
                                      b"1600000000 +0000",
                                      {"INFO.yaml": info}))
    once, twice = scan(path)[1], scan(path, path + "/")[1]
    if [c["name"] for c in twice["components"]] != ["repo"]:
        return [f"components: {twice['components']}"]
    seats = [r["verdicts"][0]["scores"][0]["axes"]["stewardship"]
             for r in (once, twice)]
    if not seats[0] or seats[0] != seats[1]:
        return [f"seats: {seats}"]
    return []


def parts_of_a_document_that_were_not_read(folder):
    text = bom(None, lib("Nokia", "a"))
    twice = text[:-1] + ', "components": [' + json.dumps(lib(HUAWEI)) + "]}"
    problems = []
    for name, odd, code in (
            ("twice.json", twice, "RW1103"),
            ("more.json", text + bom(None, lib(HUAWEI)), "RW1102"),
            ("noname.json", bom(None, lib("Nokia", "a"), {"type": "library"}),
             "RW1207")):
        status = _tap.run("components", "-q",
                          write(folder, name, odd)).returncode
        found = codes(scan(os.path.join(folder, name))[1])
        if status != 3 or code not in found:
            problems.append(f"{name}: exit {status}, {found}")
    return problems


def what_the_user_asserts(folder):
    path = write(folder, "f.csv", """kind,subject,object,value,from,to,source,\
speaks_for,read,confidence,state,note
organisation,zz,vendor,ZZ Corp,,,,,,A,,
establishes,zz,,CN,,,,,,A,,
host,zz.test,zz,,,,,,,A,,
""")
    out = _tap.run("entity", "--facts", path, "zz.test").stdout.decode()
    # the other rows tell which lists are held whole
    rows = [l for l in out.splitlines() if "[A" in l and "ZZ Corp" in l]
    bare = [l for l in rows if "[A, assumed]" not in l]
    return [] if rows and not bare else [f"not marked: {bare}", out]


def what_is_more_than_shown(folder):
    """Warnings that are not shown are counted; notes are none."""
    problems = []
    for gone, more in ((1, None), (20, "and 9 more")):
        document = json.loads(bom("w", *[lib("Nokia", f"n{i}")
                                         for i in range(90)]))
        document["dependencies"] = [
            {"ref": f"gone{i}", "dependsOn": []} for i in range(gone)]
        path = write(folder, f"{gone}.json", json.dumps(document))
        html = os.path.join(folder, "x.html")
        out = _tap.run("scan", "-q", "-o", "text", "-o", "html=" + html,
                       path).stdout.decode()
        told = out.split("What could not be read, and warnings")[1]
        with open(html, encoding="utf-8") as f:
            page = f.read().split('id="diagnostics"')[1]
        if told.count("RW12") != min(gone + 1, 12) or \
                ((more or "more") in told) != bool(more) or \
                "more</p>" in page.split("</section>")[0]:
            problems.append(f"{gone}: {told}")
    return problems


_tap.main([supplier_of_a_document_without_a_root,
           supplier_of_a_document_that_is_not_there,
           two_suppliers_of_one_component, one_supplier_in_two_spellings,
           two_repositories_of_one_component, one_repository_named_twice,
           parts_of_a_document_that_were_not_read, what_the_user_asserts,
           what_is_more_than_shown])
