"""Symbols carry their file's stem: what stem.c defines without `static` is
called stem or stem_... The interface of a stage, folder/folder.h, may be
spread over the files of the folder: folder_... is fine there too."""
import fnmatch
import os
import re

import source

# (files, pattern with {stem}, why)
EXCEPTIONS = [
    ("scanner/cli/main.c", "main", "the language says so"),
    ("scanner/store/facts_image_tool.c", "main", "a program of the build"),
    ("scanner/base/str.c", r"ascii_\w+", "the ASCII tables"),
    ("scanner/base/*_in.c", r"{stem}_\w+", "readers go by their format"),
    ("scanner/base/json_tree.c", r"json_\w+", "the other half of json_in.h"),
    ("scanner/cli/cmd_*.c", "command_{stem}", "entry of COMMANDS"),
    ("scanner/assess/*.c", "rule_{stem}", "entry of RULE_KINDS"),
    ("feeds/*.c", "feed_{stem}", "entry of FEEDS"),
    ("feeds/feed_rows.c", r"feed_\w+", "the other half of feed.h"),
]


def allowed(path, name):
    folder, stem = path[:-2].split("/")[-2:]
    stages = "|".join(map(re.escape, [stem, folder]))
    if re.fullmatch(rf"({stages})(_\w+)?", name):
        return True
    stem = stem.removeprefix("cmd_").removesuffix("_in")
    return any(fnmatch.fnmatch(path, files) and
               re.fullmatch(pattern.format(stem=stem), name)
               for files, pattern, _ in EXCEPTIONS)


def check(root):
    for tag in source.tags(root, source.files(root, ".c"), "fv"):
        if not tag.static and not allowed(tag.path, tag.name):
            yield f"{tag.path}:{tag.line}: {tag.name} lacks the file's stem"
