#!/usr/bin/env python3
"""Execution: settings, hooks, attributes and build files that name a program.
None is run; what the history says stays as it is, and what git would run is
told with its line."""
import os

import _git
import _run
from _run import row

TOUCH = "touch PWNED; curl http://127.0.0.1:9/"
SOUND = {"commits": 3}


def config(section, key, value=TOUCH, file="config"):
    def make(folder):
        r = _git.Repo(folder, work=True)
        r.sound()
        r.add(file, f"[{section}]\n\t{key} = \"{value}\"\n".encode())
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
        ('remote "origin"', "uploadpack"), ('remote "origin"', "receivepack"),
        ('remote "origin"', "vcs"), ('remote "origin"', "proxy"),
        ("interactive", "diffFilter"), ('browser "x"', "path"),
        ('credential "https://x.example"', "helper"), ("core", "hooksPath"),
        ("core", "alternateRefsCommand"), ("init", "templateDir"),
        ('gpg "ssh"', "defaultKeyCommand"), ('mergetool "x"', "cmd"),
        ('difftool "x"', "cmd"), ("pager", "log"), ('man "x"', "cmd"),
        ('trailer "x"', "command"), ('trailer "x"', "cmd"),
        ('tar "x"', "command"), ("sendemail", "toCmd"), ("imap", "tunnel"),
        ("instaweb", "httpd"), ('guitool "x"', "cmd")]
EXT = "ext::sh -c touch% PWNED"
VALUES = [("alias", "x", "!" + TOUCH), ('submodule "x"', "update", "!" + TOUCH),
          ('remote "origin"', "url", EXT), ('remote "origin"', "pushurl", EXT),
          ("protocol", "allow", "always"), ('protocol "ext"', "allow", "user"),
          (f'url "{EXT}"', "insteadOf", "https://"),
          (f'url "{EXT}"', "pushInsteadOf", "https://")]
# what git would not run, though it has the name
SILENT = [("core", "fsmonitor", "true"), ("pager", "log", "false"),
          ("alias", "x", "log --oneline"), ("core", "editor", ""),
          ('remote "origin"', "url", "https://x.example/r"),
          ('url "https://x.example/"', "insteadOf", "x:"),
          ('protocol "ext"', "allow", "never")]
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
SAYS = [("RW1419", ".git/config", 5)]
ATTRIBUTES = "# x\n\n*.c text filter=x diff=y merge=union\n* merge=z\n"


def is_silent(d, _):
    return [f"{x['code']}" for x in d["diagnostics"]
            if x["code"] in ("RW1419", "RW1420")]


def attributes_in_info(folder):
    r = _git.Repo(folder, work=True)
    r.sound()
    r.write("info/attributes", ATTRIBUTES.encode())
    return r.top


def one_hook(mode=0o755, name="pre-commit", link=False):
    def make(folder):
        r = _git.Repo(folder, work=True)
        r.sound()
        path = r.write("hooks/" + ("x" if link else name), b"#!/bin/sh\n")
        os.chmod(path, mode)
        if link:
            os.symlink("x", r.at("hooks", name))
        return r.top
    return make


def many_keys(folder):
    r = _git.Repo(folder, work=True)
    r.sound()
    r.add("config", "".join(f'[filter "{i}"]\n\tclean = {TOUCH}\n'
                            for i in range(5000)).encode())
    return r.top


def below(name, text, mode=0o644, top=""):
    """A file beneath .git/modules, in what is a git folder as a whole."""
    def make(folder):
        r = _git.Repo(folder, work=True)
        r.sound()
        git = os.path.join("modules", top or name.split("/")[0])
        for part in ("objects", "refs"):
            os.makedirs(r.at(git, part), exist_ok=True)
        r.write(git + "/HEAD", b"ref: refs/heads/main\n")
        os.chmod(r.write("modules/" + name, text.encode()), mode)
        return r.top
    return make


def link_in_modules(folder):
    r = _git.Repo(folder, work=True)
    r.sound()
    os.makedirs(r.at("modules"))
    os.symlink("../../..", r.at("modules", "x"))
    return r.top


def deep_modules(folder):
    r = _git.Repo(folder, work=True)
    r.sound()
    os.makedirs(r.at("modules", *["a"] * 100))
    return r.top


def many_modules(folder):
    """As many entries as are not looked at any more."""
    r = _git.Repo(folder, work=True)
    r.sound()
    for i in range(2):
        os.makedirs(r.at("modules", str(i)))
        for k in range(50001):
            os.symlink("x", r.at("modules", str(i), str(k)))
    return r.top


def committed(*names, n=1):
    """Attributes of the commit, of which there is no file on disk."""
    def make(folder):
        r = _git.Repo(folder, work=True)
        entries = [(b"100644", b".gitattributes", r.blob(ATTRIBUTES.encode()))]
        for name in reversed(names):
            tree = r.tree(*entries)
            entries = [(b"40000", b"%b%d" % (name.encode(), i), tree)
                       for i in range(n)]
        r.head(r.commit(tree=r.tree(*entries)))
        return r.top
    return make


SETTING = "[core]\n\tfsmonitor = " + TOUCH + "\n"
INCLUDE = "[include]\n\tpath = ../x\n"
ROWS = [row(f"setting {s}.{k}", config(s, k), "history --json", 0, SAYS,
            totals=SOUND) for s, k in KEYS] + [
    row(f"setting {s}.{k} = {v}", config(s, k, v), "history --json", 0, SAYS,
        totals=SOUND) for s, k, v in VALUES] + [
    row(f"harmless {s}.{k} = {v}", config(s, k, v), "history --json", 0,
        totals=SOUND, holds=is_silent) for s, k, v in SILENT] + [
    row("setting with an escape", config("core", "pager", "\x1b]0;x\x07less"),
        "history --json", 0, SAYS, totals=SOUND),
    row("setting of a work tree", config("core", "fsmonitor",
                                         file="config.worktree"),
        "history --json", 0, [("RW1419", "config.worktree", 2)],
        totals=SOUND),
    row("10,000 lines of settings", many_keys, "history --json", 0,
        [("RW1419", "config", 5)], totals=SOUND),
    row("hooks", hooks, "history --json", 0, [
        ("RW1420", f"hooks/{n}") for n in ("post-checkout", "pre-auto-gc",
                                           "fsmonitor-watchman")],
        totals=SOUND),
    row("hooks in another folder", hooks_elsewhere, "history --json", 0,
        SAYS, totals=SOUND),
    row("hook that is a link", one_hook(link=True), "history --json", 0,
        [("RW1420", "hooks/pre-commit")], totals=SOUND),
    row("hook that is not executable", one_hook(0o644), "history --json", 0,
        totals=SOUND, holds=is_silent),
    row("sample of a hook", one_hook(name="pre-commit.sample"),
        "history --json", 0, totals=SOUND, holds=is_silent),
    row("attributes in info", attributes_in_info, "history --json", 0,
        [("RW1420", "info/attributes", 3)], totals=SOUND),
    row("attributes of the tree", tree(".gitattributes", ATTRIBUTES, 0o644),
        "history --json", 0, [("RW1420", ".gitattributes", 3)], totals=SOUND),
    row("attributes of a folder", tree("a/b/.gitattributes", ATTRIBUTES, 0o644),
        "components --json", (0, 3, 5), [("RW1420", "a/b/.gitattributes", 3)]),
    row("attributes of the commit", committed("a", "b"), "history --json", 0,
        [("RW1420", "a0/b0/.gitattributes", 3)]),
    row("attributes of the commit, components", committed("a"),
        "components --json", (0, 3, 5), [("RW1420", "a0/.gitattributes", 3)]),
    row("10,201 files of attributes", committed("a", "b", n=101),
        "history --json", 3, [("RW1420", ".gitattributes", 3),
                              ("RW1005", ".gitattributes")]),
    row("setting of a submodule", below("m/config", SETTING),
        "history --json", 0, [("RW1419", "modules/m/config", 2)],
        totals=SOUND),
    row("setting of a submodule's work tree",
        below("m/config.worktree", SETTING), "history --json", 0,
        [("RW1419", "modules/m/config.worktree", 2)], totals=SOUND),
    row("setting of a submodule with a path",
        below("a/b/c/config", SETTING, top="a/b/c"), "history --json", 0,
        [("RW1419", "modules/a/b/c/config", 2)], totals=SOUND),
    row("setting of a submodule's submodule",
        below("a/modules/b/config", SETTING, top="a/modules/b"),
        "history --json", 0, [("RW1419", "modules/a/modules/b/config", 2)],
        totals=SOUND),
    row("settings elsewhere, of a submodule", below("m/config", INCLUDE),
        "history --json", 3, [("RW1408", "modules/m/config", 2)],
        totals=SOUND),
    row("settings of a submodule, no text", below("m/config", "\0\n[x\n"),
        "history --json", 3, [("RW1301", "modules/m/config", 1)],
        totals=SOUND),
    row("hook of a submodule", below("m/hooks/post-checkout", "#!/bin/sh\n",
                                     0o755), "history --json", 0,
        [("RW1420", "modules/m/hooks/post-checkout")], totals=SOUND),
    row("attributes of a submodule", below("m/info/attributes", ATTRIBUTES),
        "history --json", 0, [("RW1420", "modules/m/info/attributes", 3)],
        totals=SOUND),
    row("submodule that is a link", link_in_modules, "history --json", 3,
        [("RW1408", "modules/x")], totals=SOUND),
    row("submodules 100 folders deep", deep_modules, "history --json", 3,
        [("RW1005", "modules/a")], totals=SOUND),
    row("100,002 entries of submodules", many_modules, "history --json", 3,
        [("RW1005", "modules/1"), ("RW1408", "modules/0/0")], totals=SOUND),
    row("settings, of components", config("core", "fsmonitor"),
        "components --json", (0, 3, 5), SAYS)] + [
    row(f"file {n}", tree(n, t), "components --json", (0, 3))
    for n, t in FILES]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
