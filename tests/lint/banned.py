"""Functions and headers with a safer replacement in scanner/base."""
import re

import source

WORDS = {
    "strcpy": "strbuf", "strcat": "strbuf", "sprintf": "strbuf",
    "vsprintf": "strbuf", "stpcpy": "strbuf", "strncpy": "strbuf",
    "strncat": "strbuf", "strtok": "str", "atoi": "str", "atol": "str",
    "atoll": "str", "atof": "str", "gets": "fs", "alloca": "arena",
    "setlocale": "nothing: the locale never reaches a report",
}
HEADERS = {"ctype.h": "ASCII tables", "locale.h": "nothing",
           "wctype.h": "utf8"}


def check(root):
    pattern = re.compile(r"(?<![\w.>])(%s)\s*\(" % "|".join(WORDS))
    for path in source.files(root, ".c", ".h"):
        for i, line in enumerate(source.code(root, path).split("\n"), 1):
            for word in pattern.findall(line):
                yield f"{path}:{i}: {word}: use {WORDS[word]}"
        for i, _, name in source.includes(root, path):
            if name in HEADERS:
                yield f"{path}:{i}: <{name}>: use {HEADERS[name]}"
