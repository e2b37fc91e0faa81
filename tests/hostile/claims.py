#!/usr/bin/env python3
"""Claims of an SBOM: suppliers, repositories, hashes and relations that are
not so. A document cannot make its own parts better than they are; what is
claimed twice counts for nobody."""
import json

from _bom import file, text
import _run
from _run import row

C = "components --json"
SOUND = ["lib0", "lib1", "lib2"]


def made(*more, **keys):
    return file("b.json", lambda: text(*more, **keys))


def lib(name="x", **more):
    return {"bom-ref": name, "type": "library", "name": name, "version": "1",
            **more}


def vcs(url):
    return [{"type": "vcs", "url": url}]


def fields(name, **wanted):
    """Problems where a component has other values."""
    def holds(d, _):
        found = [c for c in d["components"] if c["name"] == name]
        if not found:
            return [f"{name} is not there"]
        return [f"{k}: {found[0].get(k)!r}, wanted {w!r}"
                for k, w in wanted.items() if found[0].get(k) != w]
    return holds


def refs(*pairs):
    return [{"ref": a, "dependsOn": list(b)} for a, b in pairs]


def stamped():
    return json.dumps({
        "bomFormat": "CycloneDX", "specVersion": "1.5", "components": [
            lib(f"n{i}", supplier={"name": "Acme"}) for i in range(30)]})


ROWS = [
    row("supplier Evil beside Acme's", made(lib(supplier={"name": "Evil"})),
        C, 0, kept=SOUND, judged=1),
    row("no supplier", made(lib()), C, 0, kept=SOUND, judged=3),
    row("supplier of blanks", made(lib(supplier={"name": " \t\n"})), C, 0,
        judged=3, holds=fields("x", supplier=None)),
    row("supplier NOASSERTION", made(lib(supplier={"name": "NOASSERTION"})),
        C, 0, judged=3, holds=fields("x", supplier=None)),
    row("supplier with a zero-width blank", made(lib(supplier={
        "name": "Ac\u200bme"})), C, (0, 3), judged=3),
    row("supplier with Cyrillic letters", made(lib(supplier={
        "name": "\u0410cm\u0435"})), C, (0, 3), judged=3),
    row("supplier in full width", made(lib(supplier={
        "name": "\uff21\uff43\uff4d\uff45"})), C, (0, 3), judged=(0, 3)),
    row("supplier with a direction override", made(lib(supplier={
        "name": "\u202eemcA"})), C, (0, 3), judged=3),
    row("supplier that names two", made(lib(supplier={
        "name": "Acme, Evil"})), C, 0, judged=3),
    row("supplier of 5,000 bytes", made(lib(supplier={"name": "A" * 5000})),
        C, 3, [("RW1301", "b.json")], judged=3),
    row("one supplier on everything", file("b.json", stamped), C, (0, 3),
        [("RW1205", "b.json")], judged=(3, 5)),
    row("purl that is none", made(lib(purl="not a purl")), C, 0,
        [("RW1206", "b.json")], holds=fields("x", purl=None)),
    row("purl with dots", made(lib(purl="pkg:npm/../../../etc/passwd@1")), C,
        0),
    row("purl with an escape", made(lib(purl="pkg:npm/%1b%5b2J@1")), C, 0),
    row("purl of another name", made(lib("left-pad",
                                         purl="pkg:npm/right-pad@1")), C, 0),
    row("purl with a version of its own", made(lib(purl="pkg:npm/x@2")), C,
        0),
    row("purl of 100,000 qualifiers", made(lib(purl="pkg:npm/x@1?" + "&".join(
        f"k{i}=v" for i in range(100000)))), C, (0, 3)),
    row("purl with a repository of another", made(lib(
        purl="pkg:npm/x@1?vcs_url=git+https://github.com/torvalds/linux")),
        C, 0),
    row("the repository of another", made(lib(
        externalReferences=vcs("https://github.com/DPDK/dpdk"))), C, 0),
    row("two repositories", made(lib(externalReferences=vcs(
        "https://github.com/a/b") + vcs("https://github.com/DPDK/dpdk"))), C,
        0),
    row("a repository that is a command", made(lib(externalReferences=vcs(
        "ext::sh -c 'touch PWNED'"))), C, 0,
        holds=fields("x", repository=None)),
    row("a repository on this disk", made(lib(externalReferences=vcs(
        "file:///etc/passwd"))), C, 0, holds=fields("x", repository=None)),
    row("a repository beginning with a dash", made(lib(
        externalReferences=vcs("--upload-pack=touch PWNED"))), C, 0,
        holds=fields("x", repository=None)),
    row("a repository with a password", made(lib(externalReferences=vcs(
        "https://user:%s@github.com/a/b" % _run.CANARY))), C, 0),
    row("hash that is none", made(lib(hashes=[
        {"alg": "SHA-256", "content": "zz"}])), C, (0, 3)),
    row("hash of an algorithm of the future", made(lib(hashes=[
        {"alg": "SHA-9000", "content": "aa" * 99}])), C, (0, 3)),
    row("reference to itself", made(dependencies=refs(
        ("r", ["c0"]), ("c0", ["c0"]))), C, 0, kept=SOUND),
    row("references in a circle", made(dependencies=refs(
        ("r", ["c0"]), ("c0", ["c1"]), ("c1", ["c0"]))), C, 0,
        [("RW1204", "b.json")], kept=SOUND),
    row("the root in a circle", made(dependencies=refs(
        ("r", ["c0"]), ("c0", ["r"]))), C, 0, kept=SOUND),
    row("a circle of 20,000", made(*[lib(f"n{i}") for i in range(20000)],
                                   dependencies=refs(*[
                                       (f"n{i}", [f"n{(i + 1) % 20000}"])
                                       for i in range(20000)])), C, 0,
        [("RW1204", "b.json")], seconds=2, shown=False),
    row("everything needs everything, 400", made(
        *[lib(f"n{i}") for i in range(400)], dependencies=refs(*[
            (f"n{i}", [f"n{j}" for j in range(400)]) for i in range(400)])),
        C, 0, seconds=3, shown=False),
    row("reference to nobody", made(dependencies=refs(("r", ["evil"]))), C,
        0, [("RW1203", "b.json")], kept=SOUND),
    row("reference of nobody", made(dependencies=refs(("evil", ["c0"]))), C,
        0, [("RW1203", "b.json")], kept=SOUND),
    row("one reference twice", made(dict(lib("evil"), **{"bom-ref": "c0"})),
        C, 0, [("RW1202", "b.json")], kept=["evil", "lib0"]),
    row("reference that is the root's", made(dict(lib("evil"), **{
        "bom-ref": "r"})), C, 0, [("RW1202", "b.json")], kept=["evil"]),
    row("component without a name", made({"type": "library"}), C, 3,
        [("RW1207", "b.json")], kept=SOUND),
    row("component with an empty name", made(lib("")), C, 3,
        [("RW1207", "b.json")], kept=SOUND),
    row("component that is excluded", made(lib(
        scope="excluded", supplier={"name": "Evil"})), C, 0, kept=["x"],
        judged=(0, 1)),
    row("components 100 deep in each other", file("b.json", lambda: text(
        json.loads('{"type":"library","name":"d","components":[' * 55 +
                   "]}" * 55))), C, (0, 3), kept=["d"]),
    row("pedigree of another", made(lib(pedigree={"ancestors": [
        lib("openssl", supplier={"name": "Evil"})]})), C, 0),
    row("it calls itself incomplete", made(compositions=[
        {"aggregate": "incomplete", "assemblies": ["r"]}]), C, (0, 3)),
    row("a second document in a URN", made(dependencies=refs(
        ("r", ["urn:cdx:00000000-0000-0000-0000-000000000000/1#x"]))), C, 3,
        [("RW1211", "b.json")], kept=SOUND),
    row("no root", file("b.json", lambda: text(metadata={})), C, 0,
        [("RW1208", "b.json")], kept=SOUND),
    row("a format that is two", file("b.json", lambda: json.dumps(dict(
        json.loads(text()), spdxVersion="SPDX-2.3", packages=[
            {"name": "evil", "SPDXID": "SPDXRef-e"}]))), C, (0, 3)),
]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
