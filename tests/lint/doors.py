"""One door per library: the headers of a third-party library are included
by one .c file; libgit2 has the folder scanner/history/, libcurl
feeds/fetch.c."""
import collections

import source

SYSTEM = set("""assert ctype dirent endian errno fcntl fenv float fnmatch
getopt inttypes limits locale math poll pthread sched setjmp signal spawn
stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn
string strings termios threads time uchar unistd wchar""".split())
FOLDERS = {"sys", "netinet", "arpa", "linux", "sanitizer"}
FIXED = {"git2": "scanner/history/", "curl": "feeds/fetch.c",
         "libpq-fe": "feeds/pq.c"}


def library(name):
    """The library a header belongs to, None for the system's own."""
    first = name.split("/")[0].removesuffix(".h")
    own = name.split("/")[0] in FOLDERS if "/" in name else first in SYSTEM
    return None if own else first


def check(root):
    doors = collections.defaultdict(set)
    for path in source.files(root, ".c", ".h"):
        for line, quote, name in source.includes(root, path):
            lib = library(name) if quote == "<" else None
            if not lib:
                continue
            place = f"{path}:{line}: <{name}>"
            if path.endswith(".h") and lib not in FIXED:
                yield f"{place} in a header"
            elif not path.startswith(FIXED.get(lib, "")):
                yield f"{place} belongs to {FIXED[lib]}"
            elif lib != "git2":
                doors[lib].add(path)
    for lib, paths in sorted(doors.items()):
        if len(paths) > 1:
            yield f"{lib} has several doors: {', '.join(sorted(paths))}"
