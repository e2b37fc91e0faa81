"""What the lints share: the files of the tree, C text without comments,
and the definitions that ctags finds."""
import collections
import os
import re
import subprocess

FOLDERS = ["scanner", "feeds", "policies", "fixtures", "tests", "docs",
           "man", ".ci"]
PRODUCTS = (".o", ".a", ".Po", ".pyc", ".dirstamp", "bundle_data.S")

Tag = collections.namedtuple("Tag", "name path kind line end static")


def files(root, *endings, folders=("scanner", "feeds")):
    """Paths below root, relative and sorted, that end in one of endings."""
    found = []
    for folder in folders:
        for d, subs, names in os.walk(os.path.join(root, folder)):
            subs[:] = sorted(s for s in subs
                             if s not in (".deps", "__pycache__", ".git"))
            found += [os.path.relpath(os.path.join(d, n), root)
                      for n in names
                      if n.endswith(endings or "")
                      and not n.endswith(PRODUCTS)]
    return sorted(found)


def text(root, path):
    with open(os.path.join(root, path), encoding="utf-8",
              errors="replace") as f:
        return f.read()


def code(root, path):
    """The text of a C file with comments and strings blanked, line for
    line; the names in #include lines stay."""
    def blank(m):
        s = m.group(0)
        if s[0] == "\n":
            return s
        keep = s[0] if s[0] in "\"'" else " "
        return keep + "\n" * s.count("\n") + keep
    return re.sub(r'\n[ \t]*#[ \t]*include[^\n]*|/\*.*?\*/|//[^\n]*'
                  r'|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'',
                  blank, "\n" + text(root, path), flags=re.S)[1:]


def includes(root, path):
    """(line number, '"' or '<', name) of each #include."""
    for i, line in enumerate(code(root, path).split("\n"), 1):
        m = re.match(r'\s*#\s*include\s*(["<])([^">]+)[">]', line)
        if m:
            yield i, m.group(1), m.group(2)


def tags(root, paths, kinds):
    """Tags of these kinds: f function, p prototype, v variable."""
    if not paths:
        return []
    out = subprocess.run(
        ["ctags", "--languages=C", "--langmap=C:.c.h", f"--kinds-C={kinds}",
         "--fields=neKf", "--excmd=number", "--sort=no", "-f", "-", "-L",
         "-"], input="\n".join(paths), cwd=root, text=True, check=True,
        stdout=subprocess.PIPE).stdout
    found = []
    for line in out.splitlines():
        name, path, _, *fields = line.split("\t")
        f = dict(x.split(":", 1) for x in fields if ":" in x)
        kind = next(x for x in fields if ":" not in x)
        first = int(f["line"])
        found.append(Tag(name, path, kind, first,
                         int(f.get("end", first)), "file" in f))
    return found
