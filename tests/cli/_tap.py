"""What the scripts of this folder share: TAP, the program, and small
histories made with git fast-import."""
import os
import subprocess
import sys
import tempfile

RANWHENCE = os.environ.get("RANWHENCE", "./ranwhence")
SRCDIR = os.environ.get("SRCDIR", ".")

# one organisation of concern and one that is not
FACTS = """kind,subject,object,value,from,to,source,speaks_for,read,\
confidence,state,note
source,own-word,none,https://facts.example/,,,,,,A,,
organisation,red-works,vendor,Red Works,,,own-word,2025,,A,,
host,red.example,red-works,,,,own-word,2025,,A,,
establishes,red-works,,CN,,,own-word,2025,,A,,
controlled-from,red-works,,CN,,,own-word,2025,,A,,
organisation,blue-works,vendor,Blue Works,,,own-word,2025,,A,,
host,blue.example,blue-works,,,,own-word,2025,,A,,
establishes,blue-works,,FI,,,own-word,2025,,A,,
controlled-from,blue-works,,FI,,,own-word,2025,,A,,
"""


def run(*arguments, cwd=None, env=None):
    """The finished run of the program, with bytes of both outputs."""
    return subprocess.run([RANWHENCE, *arguments], cwd=cwd,
                          env=dict(os.environ, **(env or {})),
                          stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=120)


def is_sanitized():
    """Sanitizers keep what was freed, and a shadow of all memory."""
    with open(RANWHENCE, "rb") as f:
        return b"__asan_init" in f.read()


def repository(path, stream):
    """A bare repository at path from a fast-import stream."""
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", path],
                   check=True)
    subprocess.run(["git", "fast-import", "--quiet"], cwd=path,
                   input=stream, check=True)


def commit(n, name, email, when, files, parent=None, message=b"x"):
    """One commit of a fast-import stream; when = "seconds +zone"."""
    who = b"%s <%s> %s" % (name, email, when)
    out = b"commit refs/heads/main\nmark :%d\nauthor %s\ncommitter %s\n" \
        b"data %d\n%s\n" % (n, who, who, len(message), message)
    if parent:
        out += b"from :%d\n" % parent
    for path, text in files.items():
        out += b"M 100644 inline %s\ndata %d\n%s\n" % (
            path.encode(), len(text), text)
    return out


def main(tests):
    """Runs functions that take a temporary folder and return problems (a
    list of lines, empty when all is well); prints TAP."""
    print(f"1..{len(tests)}")
    failed = 0
    for i, test in enumerate(tests, 1):
        with tempfile.TemporaryDirectory(prefix="rw-cli-") as folder:
            found = test(folder)
        failed += bool(found)
        name = test.__name__.replace("_", " ")
        print(f"{'not ' if found else ''}ok {i} - {name}")
        for line in found:
            print("#   " + line)
    sys.exit(failed > 0)
