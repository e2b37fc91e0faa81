"""Every C file is listed in the local.mk of its folder: a test or a module
that nobody builds would pass for ever."""
import os
import re

import source

FOLDERS = ["scanner", "feeds", "tests/unit", "tests/fuzz"]


def check(root):
    for path in source.files(root, ".c", ".h", folders=FOLDERS):
        makefile = os.path.dirname(path) + "/local.mk"
        if path == "scanner/cli/main.c":
            makefile = "Makefile.am"
        listed = path
        if path.startswith("tests/") and path.endswith(".c"):
            listed = path[:-2]
        full = os.path.join(root, makefile)
        words = (re.split(r"\s+", source.text(root, makefile))
                 if os.path.exists(full) else [])
        if listed not in words and path not in words:
            yield f"{path}: not in {makefile}"
