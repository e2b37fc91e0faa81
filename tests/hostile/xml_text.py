#!/usr/bin/env python3
"""XML: entities, declarations of types, other encodings, too much of
everything. A DOCTYPE is refused before it can name a file or a host."""
from _bom import component, file, xml
import _run
from _run import row

C = "components --json"
DOCTYPE = [("RW1110", "b.xml")]
BAD = [("RW1109", "b.xml")]
DEEP = [("RW1104", "b.xml")]


def lol(n=9):
    return '<!DOCTYPE bom [<!ENTITY l0 "lol">' + "".join(
        f'<!ENTITY l{i + 1} "' + f"&l{i};" * 10 + '">'
        for i in range(n)) + "]>"


def entity(declared, used="&x;"):
    return lambda: xml(component(used), f"<!DOCTYPE bom [{declared}]>")


def spoiled(old, new, more=""):
    def make():
        whole = xml(component("x") + more)
        assert old in whole
        return whole.replace(old, new, 1)
    return make


def made(name, content, exit=3, says=BAD, **more):
    return row(name, file("b.xml", content), C, exit, says, **more)


ROWS = [
    made("entity of a file", entity('<!ENTITY x SYSTEM "file:///etc/passwd">'
                                    ), says=DOCTYPE),
    made("entity of /etc/shadow by PUBLIC", entity(
        '<!ENTITY x PUBLIC "x" "/etc/shadow">'), says=DOCTYPE),
    made("entity of a host", entity(
        '<!ENTITY x SYSTEM "http://127.0.0.1:9/x">'), says=DOCTYPE),
    made("entity of another protocol", entity(
        '<!ENTITY x SYSTEM "ftp://127.0.0.1/x">'), says=DOCTYPE),
    made("parameter entity", entity(
        '<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;'), says=DOCTYPE),
    made("DOCTYPE of another file", lambda: xml(
        "", '<!DOCTYPE bom SYSTEM "file:///etc/passwd">'), says=DOCTYPE),
    made("DOCTYPE without anything", lambda: xml("", "<!DOCTYPE bom>"),
         says=DOCTYPE),
    made("billion laughs", lambda: xml(component("&l9;"), lol()),
         says=DOCTYPE),
    made("quadratic entity", entity('<!ENTITY x "' + "a" * 50000 + '">',
                                    "&x;" * 1000), says=DOCTYPE),
    made("entity of itself", entity('<!ENTITY x "&x;">'), says=DOCTYPE),
    made("default attribute of a type", entity(
        '<!ATTLIST component type CDATA "evil">', "x"), says=DOCTYPE),
    made("DOCTYPE in UTF-16", lambda: entity(
        '<!ENTITY x SYSTEM "file:///etc/passwd">')().replace(
            '"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16"),
        (2, 3), []),
    made("entity that nobody declared", lambda: xml(component("&evil;"))),
    made("processing instruction", lambda: xml(
        component("x", "<?php system('x') ?>")), 0, [], kept=["lib0", "x"]),
    made("stylesheet", lambda: xml(
        "", '<?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?>'), 0, [],
        kept=["lib0"]),
    made("XInclude", lambda: xml(component("x", (
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" '
        'href="/etc/passwd" parse="text"/>'))), 0, [], kept=["x"]),
    made("schemaLocation", lambda: xml(
        '<x xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="a http://127.0.0.1:9/x.xsd"/>'), (0, 3), [],
        kept=["lib0"]),
    made("100,000 levels", lambda: xml("<a>" * 100000 + "</a>" * 100000),
         says=DEEP, kept=["lib0"]),
    made("100,000 levels that never end", lambda: xml("<a>" * 100000),
         says=[], kept=["lib0"]),
    made("components 200 deep in each other", lambda: xml(
        "".join(f'<component type="library"><name>n{i}</name><components>'
                for i in range(200)) + "</components></component>" * 200),
        says=DEEP, kept=["lib0"]),
    made("100,000 attributes", lambda: xml("<a " + " ".join(
        f'a{i}="1"' for i in range(100000)) + "/>"), 3, [], kept=["lib0"]),
    made("attribute of 20 MB", lambda: xml(
        '<a b="' + "x" * 20000000 + '"/>'), (0, 3), [], kept=["lib0"],
        shown=False),
    made("text of 20 MB", lambda: xml(component("x" * 20000000)), 3, [],
         kept=["lib0"], shown=False),
    made("100,000 namespaces", lambda: xml("".join(
        f'<a xmlns:p{i}="u{i}"/>' for i in range(100000))), (0, 3), [],
        kept=["lib0"]),
    made("200,000 elements", lambda: xml("<a/>" * 200000), (0, 3), [],
         kept=["lib0"]),
    made("another namespace", spoiled(
        "http://cyclonedx.org/schema/bom/1.5", "http://evil.example/bom"),
        (2, 3), []),
    made("a version of the future", spoiled("bom/1.5", "bom/9.9"), 3,
         [("RW1201", "b.xml")]),
    made("a supplier in another namespace", lambda: xml(
        '<component type="library"><e:supplier xmlns:e="http://e.example">'
        '<e:name>Acme</e:name></e:supplier><name>y</name></component>'), 0,
        [], kept=["y"], holds=lambda d, _: [
            f"{c['supplier']}" for c in d["components"]
            if c["name"] == "y" and c["supplier"]]),
    made("two roots", lambda: xml() + "<bom/>", kept=["lib0"]),
    made("an attribute twice", lambda: xml('<a b="1" b="2"/>'),
         kept=["lib0"]),
    made("a tag that is not closed", lambda: xml()[:-6], kept=["lib0"]),
    made("tags that overlap", lambda: xml("<a><b></a></b>"), kept=["lib0"]),
    made("cut in a name", lambda: xml(component("x"))[:-60], kept=["lib0"]),
    made("NUL by a reference", lambda: xml(component("x&#0;y")),
         kept=["lib0"]),
    made("an escape by a reference", lambda: xml(component("x&#27;[31m")),
         kept=["lib0"]),
    made("a bell", lambda: xml(component("x\7y")), kept=["lib0"]),
    made("bytes that are no UTF-8", lambda: xml(component("XX")).encode()
         .replace(b"XX", b"\xff\xfe"), (0, 3), [], kept=["lib0"]),
    made("ISO-8859-1", lambda: xml(component("\xe9")).replace(
        '"1.0"', '"1.0" encoding="ISO-8859-1"').encode("latin-1"), (0, 3),
        []),
    made("UTF-7", lambda: xml().replace(
        '"1.0"', '"1.0" encoding="UTF-7"'), (0, 2, 3), []),
    made("an encoding that does not exist", lambda: xml().replace(
        '"1.0"', '"1.0" encoding="x-evil"'), (0, 2, 3), []),
    made("CDATA that closes itself", lambda: xml(component(
        "<![CDATA[<script>]]]]><![CDATA[>alert(1)]]>")), 0, [],
        kept=["<script>]]>alert(1)"]),
]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
