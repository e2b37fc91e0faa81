#!/usr/bin/env python3
"""ranwhence purl: lines in, lines out, from arguments and from standard
input, as text, as JSON and from parts. TAP on standard output."""
import json
import subprocess

import _tap


def purl(*arguments, lines=None):
    """Status, lines of standard output, text of standard error."""
    p = subprocess.run([_tap.RANWHENCE, "purl", *arguments],
                       input=lines or b"", capture_output=True, timeout=60)
    out = p.stdout.split(b"\n")
    assert out.pop() == b"", p.stdout
    return p.returncode, out, p.stderr.decode()


def differs(got, want):
    return [] if got == want else [f"wanted {want}, got {got}"]


def arguments_become_canonical(_):
    return differs(purl("PKG:NPM/@a/B@1", "pkg:deb/Debian/RMR"),
                   (0, [b"pkg:npm/%40a/B@1", b"pkg:deb/debian/rmr"], ""))


def lines_become_canonical(_):
    return differs(purl(lines=b"pkg:pypi/A_b\r\npkg:gem/c#d/../e"),
                   (0, [b"pkg:pypi/a-b", b"pkg:gem/c#d/e"], ""))


def a_line_in_is_a_line_out(_):
    status, out, err = purl(lines=b"\npkg:gem/a\nnope\npkg:deb/a\n")
    return differs((status, out), (3, [b"", b"pkg:gem/a", b"", b""])) + \
        differs([line.split(":")[1] for line in err.splitlines()],
                [" line 1", " line 3", " line 4"])


def quiet_says_nothing(_):
    return differs(purl("-q", "nope"), (3, [b""], ""))


def no_input_is_no_output(_):
    return differs(purl(), (0, [], ""))


def json_takes_apart(_):
    text = "pkg:github/A/b@v%201?K=%26&z=#s/t"
    status, out, _ = purl("--json", text, "pkg:x/")
    want = {"input": text, "purl": "pkg:github/a/b@v%201?k=%26#s/t",
            "type": "github", "namespace": "a", "name": "b",
            "version": "v 1", "qualifiers": {"k": "&"}, "subpath": "s/t",
            "error": None}
    bad = dict.fromkeys(want)
    bad.update(input="pkg:x/", error="the name is missing")
    return differs((status, [json.loads(line) for line in out]),
                   (3, [want, bad])) + \
        differs(list(json.loads(out[0])), list(want))


def parts_are_built(_):
    rows = [
        ({"type": "npm", "namespace": "@a", "name": "b/c", "version": "1+2"},
         b"pkg:npm/%40a/b%2Fc@1%2B2"),
        ({"type": "Generic", "name": "a", "namespace": None, "subpath": "/x",
          "qualifiers": {"B": "%", "a": "", "checksum": ["sha1:AB", "md5:0"]}},
         b"pkg:generic/a?b=%25&checksum=sha1:ab%2Cmd5:0#x"),
        ({"type": "generic", "name": "\u00e4\n"}, b"pkg:generic/%C3%A4%0A"),
        ({"type": "npm", "name": 3}, b""), ({"type": "npm"}, b""),
        ({"type": "npm", "name": "a", "arch": "x"}, b""),
        ({"type": "npm", "name": "a", "qualifiers": []}, b""),
        ({"type": "npm", "name": "a", "qualifiers": {"a b": "c"}}, b""),
        ({"type": "npm", "name": "a" * 5000}, b""),
        ({"type": "npm", "name": "a", "qualifiers":
          {"checksum": ["sha1:ab"] * 2000}}, b""),
    ]
    lines = "".join(json.dumps(parts) + "\n" for parts, _ in rows)
    status, out, _ = purl("--build", lines=lines.encode())
    return differs((status, out), (3, [want for _, want in rows]))


def parts_that_are_no_json(_):
    lines = b'[]\n{"type": "npm", "name": "a"\n{} {}\n"pkg:npm/a"\n\n' \
            b'{"type": "npm", "name": "\xff"}\n' + b"[" * 1000 + b"\n"
    return differs(purl("--build", "-q", lines=lines), (3, [b""] * 7, ""))


def hostile_lines(_):
    long_line = b"pkg:npm/" + b"a" * (2 << 20)
    status, out, _ = purl(lines=long_line + b"\npkg:npm/a\0b\npkg:npm/\xff\n"
                          b"pkg:npm/c\x1b\n")
    found = differs((status, out),
                    (3, [b"", b"", b"", b"pkg:npm/c%1B"]))
    status, out, _ = purl("--json", lines=b"pkg:npm/a\xff\x1b\0\n")
    return found + differs((status, json.loads(out[0])["purl"]), (3, None))


_tap.main([arguments_become_canonical, lines_become_canonical,
           a_line_in_is_a_line_out, quiet_says_nothing,
           no_input_is_no_output, json_takes_apart, parts_are_built,
           parts_that_are_no_json, hostile_lines])
