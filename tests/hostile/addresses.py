#!/usr/bin/env python3
"""Addresses: hosts of the inside, users, ports, protocols and commands where
the address of a repository stands. None is asked; none becomes another."""
from _bom import file, files, text
import _run
from _run import row

C = "components --json"
URLS = [
    "http://169.254.169.254/latest/meta-data", "http://127.0.0.1:9/x",
    "http://localhost:9/x", "http://[::1]:9/x", "http://[::ffff:127.0.0.1]/x",
    "http://2130706433/x", "http://0177.0.0.1/x", "http://0x7f.1/x",
    "http://127.1/x", "http://10.0.0.1/x", "http://metadata.google.internal/",
    "https://github.com@evil.example/a/b", "https://github.com:9/a/b",
    "https://github.com%2eevil.example/a/b",
    "https://evil.example/github.com/a/b", "https://github.com.evil.example/a",
    "https://g\u0456thub.com/a/b", "https://xn--gthub-cta.com/a/b",
    "https://github.com/../../etc/passwd", "https://github.com//a//b",
    "https://github.com/a/b?x=http://127.0.0.1:9/", "https://github.com/a/b#x",
    "ftp://127.0.0.1/x", "file:///etc/passwd", "gopher://127.0.0.1:9/x",
    "ext::sh -c touch% PWNED", "ssh://-oProxyCommand=touch PWNED/x",
    "git@github.com:a/b", "-u./payload", "--upload-pack=touch PWNED",
    "https://github.com/a/b\r\nHost: evil.example", "javascript:alert(1)",
    "data:text/html,x", "\\\\evil.example\\share", "C:\\x", "//evil.example/x",
    "https://", "https:///x", "https://github.com/" + "a" * 100000,
    "https://" + "a." * 50000 + "example/x", "https://github.com/a/b.git\0x"]
MODULES = ["[submodule \"s\"]\n\tpath = s\n\turl = %s\n",
           "[submodule \"../../evil\"]\n\tpath = ../../evil\n\turl = %s\n"]


def name_of(url):
    return url.encode("unicode_escape").decode()[:40]


def sbom(url):
    return file("b.json", lambda: text({
        "type": "library", "name": "x", "version": "1",
        "externalReferences": [{"type": "vcs", "url": url},
                               {"type": "distribution", "url": url}]}))


def module(form, url):
    """A work tree with a .gitmodules: the address must fit in a line."""
    return files((".gitmodules", form % url.replace("\n", " ")
                  .replace("\r", " ").replace("\0", " ")),
                 ("go.mod", "module x\nrequire github.com/a/b v1.0.0\n"))


def is_no_other(url):
    """A repository that was made of it is of its own host."""
    def holds(d, _):
        found = [c["repository"] for c in d["components"]
                 if c["name"] == "x" and c["repository"]]
        good = ("https://github.com/a/b", "https://evil.example",
                "https://github.com.evil.example")
        bad = "github.com" in (found or [""])[0].split("/")[2:3] and \
            "@evil" in url
        return [f"{url[:60]} became {found}"] if bad or (
            found and "evil.example" in url and
            not found[0].startswith(good[1:]) and
            not found[0].startswith(good[0])) else []
    return holds


ROWS = [row(f"vcs {name_of(u)}", sbom(u), C, (0, 3), kept=["x"],
            holds=is_no_other(u)) for u in URLS] + [
    row(f".gitmodules {name_of(u)}", module(MODULES[0], u), C, (0, 3),
        kept=["github.com/a/b"]) for u in URLS[20:]] + [
    row("path of a submodule that leaves", module(
        MODULES[1], "https://github.com/a/c"), C, (0, 3)),
    row("submodule named twice", files((".gitmodules", MODULES[0] %
                                        "https://github.com/a/b" +
                                        MODULES[0] % "https://evil.example/b")
                                       ), C, (0, 3, 5)),
    row(".gitmodules of garbage", files((".gitmodules", b"\0\xff[" * 9999)),
        C, (0, 3, 5)),
    row(".gitmodules, 20,000 of them", files((".gitmodules", "".join(
        f"[submodule \"s{i}\"]\n\tpath = s{i}\n\turl = https://g.example/"
        f"{i}\n" for i in range(20000)))), C, (0, 3), seconds=2,
        shown=False),
    row("update = !command", files((".gitmodules", MODULES[0] %
                                    "https://github.com/a/b" +
                                    "\tupdate = !touch PWNED\n")), C, (0, 3)),
    row("path with a carriage return", files((
        ".gitmodules", "[submodule \"s\"]\n\tpath = s\r\n\turl = "
        "https://github.com/a/b\r\n")), C, (0, 3)),
]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
