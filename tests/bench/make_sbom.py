#!/usr/bin/env python3
"""Writes an SBOM of about so many megabytes to standard output, the same
every time: make_sbom.py cyclonedx|cyclonedx-xml|spdx|spdx-tag MEGABYTES

Its components are made up, its proportions those of generators: per
component a purl, a licence, one or two hashes, two references, four
properties (CycloneDX) or twelve files (SPDX), and three dependencies."""
import hashlib
import json
import sys

ECOSYSTEMS = ["golang/github.com/example-%d", "npm/%%40scope-%d", "maven/org.example%d",
              "deb/debian", "pypi"]


def purl(i):
    kind = ECOSYSTEMS[i % len(ECOSYSTEMS)]
    prefix = kind % (i % 97) if "%d" in kind else kind
    return f"pkg:{prefix}/component-{i}@{i % 9}.{i % 17}.{i % 31}"


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def depends_on(i):
    return sorted({(i * k) // (k + 1) for k in (1, 5, 9)} - {i})


def cyclonedx_component(i):
    return {
        "bom-ref": f"{purl(i)}?package-id={sha256(str(i))[:16]}",
        "type": "library", "publisher": f"Publisher {i % 211}",
        "name": f"component-{i}", "version": f"{i % 9}.{i % 17}.{i % 31}",
        "description": "A made-up component with a line of text about it",
        "licenses": [{"license": {"id": "Apache-2.0"}}], "purl": purl(i),
        "hashes": [{"alg": "SHA-256", "content": sha256(purl(i))}],
        "externalReferences": [
            {"type": "vcs", "url": f"https://github.com/example-{i % 97}/"
                                   f"component-{i}"},
            {"type": "website", "url": f"https://c{i}.example.org"}],
        "properties": [{"name": f"generator:package:{k}", "value": f"{k} {i}"}
                       for k in ("foundBy", "language", "type", "path")]}


def cyclonedx(size, out):
    out.write('{"bomFormat": "CycloneDX", "specVersion": "1.5",\n'
              '"metadata": {"component": {"bom-ref": "root", '
              '"type": "application", "name": "stack"}},\n"components": [')
    refs, written = [], 0
    while written < size * 0.82:
        c = cyclonedx_component(len(refs))
        text = json.dumps(c, indent=2)
        out.write((",\n" if refs else "\n") + text)
        written += len(text)
        refs.append(c["bom-ref"])
    out.write('\n],\n"dependencies": [\n{"ref": "root", "dependsOn": '
              + json.dumps(refs[:20]) + "}")
    for i, ref in enumerate(refs):
        out.write(",\n" + json.dumps(
            {"ref": ref, "dependsOn": [refs[k] for k in depends_on(i)]}))
    out.write("\n]}\n")


def xml_text(name, value):
    return f"  <{name}>{value}</{name}>\n"


def xml_component(c):
    return (f'<component type="{c["type"]}" bom-ref="{c["bom-ref"]}">\n'
            + "".join(xml_text(k, c[k]) for k in
                      ("publisher", "name", "version", "description"))
            + "  <hashes>" + "".join(
                f'<hash alg="{h["alg"]}">{h["content"]}</hash>'
                for h in c["hashes"]) + "</hashes>\n"
            + "  <licenses><license><id>Apache-2.0</id></license>"
              "</licenses>\n" + xml_text("purl", c["purl"])
            + "  <externalReferences>\n" + "".join(
                f'   <reference type="{r["type"]}"><url>{r["url"]}</url>'
                "</reference>\n" for r in c["externalReferences"])
            + "  </externalReferences>\n  <properties>\n" + "".join(
                f'   <property name="{p["name"]}">{p["value"]}</property>\n'
                for p in c["properties"])
            + "  </properties>\n</component>\n")


def cyclonedx_xml(size, out):
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n'
              '<bom xmlns="http://cyclonedx.org/schema/bom/1.5">\n'
              '<metadata><component type="application" bom-ref="root">'
              "<name>stack</name></component></metadata>\n<components>\n")
    refs, written = [], 0
    while written < size * 0.82:
        c = cyclonedx_component(len(refs))
        text = xml_component(c)
        out.write(text)
        written += len(text)
        refs.append(c["bom-ref"])
    out.write("</components>\n<dependencies>\n")
    for i, ref in enumerate(refs):
        out.write(f'<dependency ref="{ref}">' + "".join(
            f'<dependency ref="{refs[k]}"/>' for k in depends_on(i))
            + "</dependency>\n")
    out.write("</dependencies>\n</bom>\n")


def spdx_package(i):
    return {
        "name": f"component-{i}", "SPDXID": f"SPDXRef-Package-{i}",
        "versionInfo": f"{i % 9}.{i % 17}.{i % 31}",
        "supplier": f"Organization: Supplier {i % 211}",
        "downloadLocation": f"git+https://github.com/example-{i % 97}/"
                            f"component-{i}@v{i % 9}.{i % 17}",
        "filesAnalyzed": True, "licenseConcluded": "NOASSERTION",
        "licenseDeclared": "Apache-2.0", "copyrightText": "NOASSERTION",
        "checksums": [{"algorithm": "SHA256",
                       "checksumValue": sha256(purl(i))}],
        "externalRefs": [
            {"referenceCategory": "SECURITY", "referenceType": "cpe23Type",
             "referenceLocator": f"cpe:2.3:a:example:component-{i}:*:*:*"},
            {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
             "referenceLocator": purl(i)}]}


def spdx_file(i):
    return {"fileName": f"./usr/lib/component/{i // 12}/file-{i}.so",
            "SPDXID": f"SPDXRef-File-{i}",
            "checksums": [{"algorithm": "SHA1",
                           "checksumValue": sha256(f"f{i}")[:40]}],
            "licenseConcluded": "NOASSERTION", "copyrightText": ""}


def relationship(a, kind, b):
    return {"spdxElementId": a, "relationshipType": kind,
            "relatedSpdxElement": b}


def spdx_relationships(packages):
    yield relationship("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-Package-0")
    for i in range(packages):
        for k in depends_on(i):
            yield relationship(f"SPDXRef-Package-{i}", "DEPENDS_ON",
                               f"SPDXRef-Package-{k}")
        for k in range(12 * i, 12 * i + 12):
            yield relationship(f"SPDXRef-Package-{i}", "CONTAINS",
                               f"SPDXRef-File-{k}")


def write_list(out, name, items):
    out.write(f',\n"{name}": [')
    for i, item in enumerate(items):
        out.write((",\n" if i else "\n") + json.dumps(item, indent=1))
    out.write("\n]")


def spdx(size, out):
    # a package with its files and relationships takes this much
    packages = int(size / 5860)
    out.write('{"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT"')
    write_list(out, "packages", map(spdx_package, range(packages)))
    write_list(out, "files", map(spdx_file, range(12 * packages)))
    write_list(out, "relationships", spdx_relationships(packages))
    out.write("\n}\n")


def tag_package(p):
    lines = [f'PackageName: {p["name"]}', f'SPDXID: {p["SPDXID"]}',
             f'PackageVersion: {p["versionInfo"]}',
             f'PackageSupplier: {p["supplier"]}',
             f'PackageDownloadLocation: {p["downloadLocation"]}',
             "FilesAnalyzed: true",
             f'PackageChecksum: SHA256: {p["checksums"][0]["checksumValue"]}',
             "PackageLicenseConcluded: NOASSERTION",
             "PackageLicenseDeclared: Apache-2.0",
             "PackageCopyrightText: NOASSERTION"]
    lines += [f'ExternalRef: {r["referenceCategory"]} {r["referenceType"]} '
              f'{r["referenceLocator"]}' for r in p["externalRefs"]]
    return "\n".join(lines) + "\n\n"


def tag_file(f):
    return (f'FileName: {f["fileName"]}\nSPDXID: {f["SPDXID"]}\n'
            f'FileChecksum: SHA1: {f["checksums"][0]["checksumValue"]}\n'
            'LicenseConcluded: NOASSERTION\nFileCopyrightText: <text>'
            'Copyright of nobody\nin particular</text>\n\n')


def spdx_tag(size, out):
    # as much as this takes a package with its files and relationships
    packages = int(size / 3560)
    out.write("SPDXVersion: SPDX-2.3\nSPDXID: SPDXRef-DOCUMENT\n")
    for i in range(packages):
        out.write(tag_package(spdx_package(i)))
        for k in range(12 * i, 12 * i + 12):
            out.write(tag_file(spdx_file(k)))
    for r in spdx_relationships(packages):
        out.write(f'Relationship: {r["spdxElementId"]} '
                  f'{r["relationshipType"]} {r["relatedSpdxElement"]}\n')


if __name__ == "__main__":
    {"cyclonedx": cyclonedx, "cyclonedx-xml": cyclonedx_xml, "spdx": spdx,
     "spdx-tag": spdx_tag}[sys.argv[1]](
        float(sys.argv[2]) * 1e6, sys.stdout)
