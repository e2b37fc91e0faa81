#!/usr/bin/env python3
"""Execution: settings, hooks, attributes and build files that name a program.
None is run; what the history says stays as it is."""
import os

import _git
import _run
from _run import row

TOUCH = "touch PWNED; curl http://127.0.0.1:9/"
SOUND = {"commits": 3}


def config(section, key):
    def make(folder):
        r = _git.Repo(folder, work=True)
        r.sound()
        r.add("config", f"[{section}]\n\t{key} = {TOUCH}\n".encode())
        return r.top
    return make


def hooks(folder):
    r = _git.Repo(folder, work=True)
    r.sound()
    for name in ("post-checkout", "pre-auto-gc", "reference-transaction",
                 "post-index-change", "fsmonitor-watchman"):
        os.chmod(r.write("hooks/" + name, f"#!/bin/sh\n{TOUCH}\n".encode()),
                 0o755)
    return r.top


def hooks_elsewhere(folder):
    r = _git.Repo(folder, work=True)
    r.sound()
    r.add("config", b"[core]\n\thooksPath = ../hooks\n")
    os.makedirs(r.top + "/hooks")
    return r.top


def tree(name, text, mode=0o755):
    """A work tree with one file."""
    def make(folder):
        r = _git.Repo(folder, work=True)
        r.sound()
        path = os.path.join(r.top, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        os.chmod(path, mode)
        return r.top
    return make


KEYS = [("core", "fsmonitor"), ("core", "sshCommand"), ("core", "pager"),
        ("core", "editor"), ("core", "askPass"), ("core", "gitProxy"),
        ("credential", "helper"), ("gpg", "program"),
        ('gpg "ssh"', "program"), ("sequence", "editor"),
        ('filter "x"', "smudge"), ('filter "x"', "clean"),
        ('filter "x"', "process"), ('diff "x"', "textconv"),
        ('diff "x"', "command"), ("diff", "external"),
        ('merge "x"', "driver"), ("uploadpack", "packObjectsHook"),
        ('remote "origin"', "uploadpack"), ('alias', "log"),
        ("interactive", "diffFilter"), ("browser", "path")]
FILES = [
    (".gitattributes", "* filter=x diff=x merge=x\n"),
    ("mvnw", "#!/bin/sh\n" + TOUCH + "\n"),
    ("gradlew", "#!/bin/sh\n" + TOUCH + "\n"),
    ("configure", "#!/bin/sh\n" + TOUCH + "\n"),
    ("setup.py", f"import os\nos.system('{TOUCH}')\n"
     "from setuptools import setup\nsetup(name='x', install_requires=['six'])"
     "\n"),
    ("package.json", '{"name": "x", "scripts": {"preinstall": "%s"}, '
     '"dependencies": {"left-pad": "1.0.0"}}\n' % TOUCH),
    ("Makefile", "X := $(shell %s)\nall:\n\t%s\n" % (TOUCH, TOUCH)),
    ("CMakeLists.txt", "execute_process(COMMAND sh -c \"%s\")\n" % TOUCH),
    ("build.gradle", "'%s'.execute()\n" % TOUCH),
    ("meson.build", "run_command('sh', '-c', '%s')\n" % TOUCH),
    ("pyproject.toml", "[build-system]\nbackend-path = ['.']\n"),
    ("go.mod", "module x\n\ngo 1.99\n\ntoolchain go1.99-evil\n"),
    ("Dockerfile", "FROM scratch\nRUN " + TOUCH + "\n"),
    ("install.sh", "#!/bin/sh\neval \"$(%s)\"\n" % TOUCH),
]
ROWS = [row(f"setting {s}.{k}", config(s, k), "history --json", 0,
            totals=SOUND) for s, k in KEYS] + [
    row("hooks", hooks, "history --json", 0, totals=SOUND),
    row("hooks in another folder", hooks_elsewhere, "history --json", 0,
        totals=SOUND)] + [
    row(f"file {n}", tree(n, t), "components --json", (0, 3))
    for n, t in FILES]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
