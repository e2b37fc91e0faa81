#!/usr/bin/env python3
"""YAML, TOML, tag-value and lines: anchors that multiply, tags that make
objects, tables twice, texts that never end."""
from _bom import file, files
import _run
from _run import row

C = "components --json"
SPDX = ("SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\nSPDXID: SPDXRef-DOCUMENT"
        "\nDocumentName: d\nDocumentNamespace: https://d.example/1\nCreator: "
        "Tool: x\nCreated: 2026-01-01T00:00:00Z\n\nPackageName: lib0\nSPDXID: "
        "SPDXRef-0\nPackageVersion: 1\nPackageSupplier: Organization: Acme\n"
        "PackageDownloadLocation: NOASSERTION\n\n")
YAML = ("spdxVersion: SPDX-2.3\nSPDXID: SPDXRef-DOCUMENT\nname: d\n"
        "documentNamespace: https://d.example/1\ncreationInfo:\n  created: "
        "2026-01-01T00:00:00Z\n  creators: ['Tool: x']\npackages:\n"
        "  - name: lib0\n    SPDXID: SPDXRef-0\n    versionInfo: '1'\n"
        "    supplier: 'Organization: Acme'\n    downloadLocation: NOASSERTION"
        "\n")


def tag(more):
    return file("b.spdx", lambda: SPDX + more)


def yaml(more):
    return file("b.spdx.yaml", lambda: YAML + (more() if callable(more)
                                               else more))


def bomb():
    return "x0: &x0 [a, a]\n" + "".join(
        f"x{i + 1}: &x{i + 1} [{', '.join([f'*x{i}'] * 9)}]\n"
        for i in range(9))


def pair(name, text):
    return files(("go.mod", "module x\nrequire github.com/a/b v1.0.0\n"),
                 (name, text))


LINE = [("RW1111", "b.spdx")]
BADY = [("RW1106", "b.spdx.yaml")]
GO = ["github.com/a/b"]
ROWS = [
    row("YAML anchors that multiply", yaml(bomb), C, 3),
    row("YAML anchor of itself", yaml("x: &x [*x]\n"), C, 3, BADY),
    row("YAML alias that nobody named", yaml("x: *evil\n"), C, 3, BADY),
    row("YAML merge key", yaml("x: &x {name: evil}\ny: {<<: *x}\n"), C,
        (0, 3)),
    row("YAML tag that makes an object", yaml(
        'x: !!python/object/apply:os.system ["touch PWNED"]\n'), C, (0, 3)),
    row("YAML tag of Ruby", yaml("x: !ruby/object:Gem::Requirement {}\n"), C,
        (0, 3)),
    row("YAML key twice", yaml("name: evil\n"), C, (0, 3)),
    row("YAML, 100,000 brackets deep", yaml("x: " + "[" * 100000), C, 3),
    row("YAML, 10,000 indents deep", yaml(lambda: "x:\n" + "".join(
        " " * i + "- \n" for i in range(1, 3000))), C, (0, 3)),
    row("YAML, second document", yaml("---\npackages: []\n"), C, (0, 3)),
    row("YAML, tab for a blank", yaml("x:\n\t- y\n"), C, 3, BADY),
    row("YAML, text that never ends", yaml('x: "' + "a" * 1000000), C, 3,
        BADY),
    row("YAML, directive", file("b.spdx.yaml", lambda: "%TAG ! tag:evil,x:\n"
                                "---\n" + YAML), C, (0, 2, 3)),
    row("YAML, 100,000 keys", yaml(lambda: "".join(
        f"k{i}: 1\n" for i in range(100000))), C, (0, 3), kept=["lib0"]),
    row("tag-value, text that never ends", tag(
        "PackageName: x\nPackageComment: <text>" + "a\n" * 100000), C, 3,
        LINE, kept=["lib0"]),
    row("tag-value, text in a text", tag(
        "PackageName: x\nSPDXID: SPDXRef-x\nPackageDownloadLocation: NONE\n"
        "PackageComment: <text><text>a</text></text>\n"), C, (0, 3),
        kept=["lib0"]),
    row("tag-value, a package hidden in a text", tag(
        "PackageName: x\nSPDXID: SPDXRef-x\nPackageDownloadLocation: NONE\n"
        "PackageComment: <text>\nPackageName: evil\n</text>\n"), C, (0, 3),
        kept=["lib0", "x"], holds=lambda d, _: [
            "evil is a package" for c in d["components"]
            if c["name"] == "evil"]),
    row("tag-value, a line without a tag", tag("evil\n"), C, 3, LINE,
        kept=["lib0"]),
    row("tag-value, line of 2 MB", tag("PackageName: " + "a" * (2 << 20) +
                                       "\n"), C, 3, kept=["lib0"]),
    row("tag-value, NUL", tag("PackageName: a\0b\n"), C, 3,
        [("RW1105", "b.spdx")], kept=["lib0"]),
    row("tag-value, only CR", file("b.spdx", lambda: SPDX.replace(
        "\n", "\r")), C, (0, 2, 3)),
    row("tag-value, 100,000 unknown tags", tag("Evil: x\n" * 100000), C,
        (0, 3), kept=["lib0"]),
    row("TOML, 100,000 brackets deep", pair(
        "Cargo.lock", "x = " + "[" * 100000), C, 3,
        [("RW1104", "Cargo.lock")], kept=GO),
    row("TOML, table twice", pair(
        "Cargo.lock", '[a]\nb = 1\n[a]\nb = 2\n[[package]]\nname = "x"\n'
        'version = "1"\n'), C, (0, 3), kept=GO),
    row("TOML, dotted key of 100,000 parts", pair(
        "Cargo.lock", ".".join("a" * 100000) + " = 1\n"), C, 3, kept=GO),
    row("TOML, text that never ends", pair(
        "Cargo.lock", 'version = """' + "a\n" * 100000), C, 3,
        [("RW1114", "Cargo.lock")], kept=GO),
    row("TOML, 100,000 headers", pair(
        "Cargo.lock", "".join(f"[t{i}]\n" for i in range(100000))), C,
        (0, 3), kept=GO),
    row("line of 2 MB in a list", pair(
        "requirements.txt", "six==1." + "0" * (2 << 20) + "\n"), C, 3,
        kept=GO),
    row("a million lines that go on", pair(
        "requirements.txt", "six==1 \\\n" * 400000), C, (0, 3), kept=GO),
    row("NUL in a list", pair("requirements.txt", "six==1\0.0\n"), C, (0, 3),
        [("RW1105", "requirements.txt")], kept=GO),
    row("UTF-16 list", pair("requirements.txt", "six==1.0\n".encode(
        "utf-16")), C, (0, 3), kept=GO),
]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
