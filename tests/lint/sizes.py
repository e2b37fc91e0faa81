"""No function over 100 lines, no file over 800, no line of C over 80
columns (a tab is 8). The medians are printed to be watched."""
import statistics

import source

FUNCTION, FILE, COLUMNS = 100, 800, 80


def note(root):
    """A comment for the test report."""
    functions, files = measure(root)
    if not functions:
        return "no functions"
    n = sorted(t.end - t.line + 1 for t in functions)
    return (f"{len(n)} functions: median {statistics.median(n):.0f} lines, "
            f"95 % within {n[int(len(n) * 0.95)]}, longest {n[-1]}; "
            f"{len(files)} files: median "
            f"{statistics.median(files.values()):.0f} lines, "
            f"longest {max(files.values())}")


def measure(root):
    paths = source.files(root, ".c", ".h")
    return (source.tags(root, paths, "f"),
            {p: source.text(root, p).count("\n") for p in paths})


def check(root):
    functions, files = measure(root)
    for t in functions:
        if t.end - t.line + 1 > FUNCTION:
            yield (f"{t.path}:{t.line}: {t.name} has "
                   f"{t.end - t.line + 1} lines")
    for path, lines in files.items():
        if lines > FILE:
            yield f"{path}: {lines} lines"
        for i, line in enumerate(source.text(root, path).split("\n"), 1):
            width = len(line.expandtabs(8))
            if width > COLUMNS:
                yield f"{path}:{i}: {width} columns"
