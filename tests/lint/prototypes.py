"""Every prototype in a header has a comment above it: directly, or above
the first of a group that has no blank line in between."""
import re

import source


def documented(lines, index):
    """Whether the paragraph above lines[index] holds a comment's end."""
    for line in reversed(lines[:index]):
        if re.search(r"\*/\s*$", line):
            return True
        if not line.strip() or line.startswith("#"):
            return False
    return False


def check(root):
    paths = source.files(root, ".h")
    for tag in source.tags(root, paths, "p"):
        lines = source.text(root, tag.path).split("\n")
        if not documented(lines, tag.line - 1):
            yield f"{tag.path}:{tag.line}: {tag.name} has no comment above"
