"""Small trees for the lints' own test: (lint, what, files, a part of the
violation wanted; None: the tree is clean)."""

PROTO = "/* Does it. */\nint str_it(void);\n"
TABLE = 'X(RW1001, ERROR, "title", "why")\n'
PAGE = "### RW1001 title\n\nwhy\n"
REGISTRY = ".".join(["py" + "pi", "org"])


def layers(path, include):
    return {path: f'#include "{include}"\n'}


TREES = [
    ("layers", "downwards is fine", {
        "scanner/cli/main.c": '#include "feeds/feed.h"\n',
        "scanner/extract/a.c": '#include "extract/extract.h"\n'
                               '#include "base/str.h"\n'
                               '#include <stdio.h>\n',
        "feeds/a.c": '#include "store/store.h"\n#include "feeds/feed.h"\n',
    }, None),
    ("layers", "upwards",
     layers("scanner/base/a.c", "model/scan.h"), "base includes model"),
    ("layers", "to a stage of the same rank",
     layers("scanner/extract/a.c", "report/report.h"),
     "extract includes report"),
    ("layers", "from a stage to feeds",
     layers("scanner/report/a.c", "feeds/feed.h"), "report includes feeds"),
    ("layers", "from feeds to a stage",
     layers("feeds/a.c", "extract/extract.h"), "feeds includes extract"),
    ("layers", "a name without its folder",
     layers("scanner/base/a.c", "str.h"), "not written from"),
    ("layers", "an unknown folder",
     layers("scanner/misc/a.c", "base/str.h"), "no rank"),
    ("layers", "an #include in a comment is none",
     {"scanner/base/a.c": '/*\n#include "model/scan.h"\n*/\n'}, None),

    ("doors", "one door each is fine", {
        "scanner/base/yaml_in.c": "#include <yaml.h>\n",
        "scanner/history/a.c": "#include <git2.h>\n",
        "scanner/history/b.c": "#include <git2/blame.h>\n",
        "feeds/fetch.c": "#include <curl/curl.h>\n#include <sys/stat.h>\n",
    }, None),
    ("doors", "two doors", {
        "scanner/base/a.c": "#include <openssl/evp.h>\n",
        "scanner/base/b.c": "#include <openssl/hmac.h>\n",
    }, "openssl has several doors"),
    ("doors", "a library in a header",
     {"scanner/base/a.h": "#include <expat.h>\n"}, "in a header"),
    ("doors", "libgit2 outside of history",
     {"scanner/resolve/a.c": "#include <git2.h>\n"}, "scanner/history/"),
    ("doors", "libcurl outside of fetch.c",
     {"feeds/a.c": "#include <curl/curl.h>\n"}, "feeds/fetch.c"),

    ("symbols", "the stem is there", {
        "scanner/base/str.c": "static int x;\nint str_it(void)\n{\n"
                              "\tint y = x;\n\treturn y;\n}\n",
    }, None),
    ("symbols", "a reader goes by its format",
     {"scanner/base/csv_in.c": "int csv_row(void)\n{\n\treturn 1;\n}\n"},
     None),
    ("symbols", "a function without it",
     {"scanner/base/str.c": "int it(void)\n{\n\treturn 1;\n}\n"},
     "it lacks"),
    ("symbols", "a variable without it",
     {"scanner/base/str.c": "int string_count = 1;\n"},
     "string_count lacks"),
    ("symbols", "the stage's name and table entries are fine", {
        "scanner/extract/gomod.c": "int extract_gomod = 1;\n",
        "scanner/cli/cmd_scan.c": "int command_scan = 1;\n",
    }, None),

    ("sizes", "100 lines of function, 800 of file, 80 columns", {
        "scanner/base/a.c": "int f(void)\n{\n" + "\n" * 97 + "}\n",
        "scanner/base/b.c": "\n" * 800,
        "scanner/base/c.c": "\t/*" + "x" * 70 + "\n",
    }, None),
    ("sizes", "a long function",
     {"scanner/base/a.c": "int f(void)\n{\n" + "\n" * 98 + "}\n"},
     "f has 101 lines"),
    ("sizes", "a long file", {"feeds/b.c": "\n" * 801}, "801 lines"),
    ("sizes", "a wide line",
     {"scanner/base/c.c": "\t/*" + "x" * 71 + "\n"}, "81 columns"),

    ("banned", "names in comments, strings and longer names",
     {"scanner/base/a.c": '/* strcpy( */\nchar *s = "atoi(x)";\n'
                          "int n = x_atoi(1) + x.gets(2);\n"}, None),
    ("banned", "strcpy", {"feeds/a.c": "x = strcpy (a, b);\n"}, "strcpy"),
    ("banned", "gets", {"scanner/base/a.c": "gets(a);\n"}, "gets"),
    ("banned", "setlocale",
     {"scanner/cli/a.c": 'setlocale(LC_ALL, "");\n'}, "setlocale"),
    ("banned", "ctype.h",
     {"scanner/base/a.c": "#include <ctype.h>\n"}, "ctype.h"),

    ("prototypes", "a comment above, or above its group",
     {"scanner/base/str.h": PROTO + "int str_that(int a,\n\tint b);\n"},
     None),
    ("prototypes", "no comment",
     {"scanner/base/str.h": PROTO + "\nint str_that(void);\n"},
     "str_that has no comment"),

    ("hosts", "a name that only looks like one",
     {"docs/a.md": "happy" + REGISTRY + " github/" + "crates" + ".io-index"},
     None),
    ("hosts", "a registry's host",
     {"fixtures/a/case": f"url: https://{REGISTRY}/simple\n"}, REGISTRY),
    ("hosts", "a subdomain of one",
     {"feeds/seed/a.csv": f"https://files.{REGISTRY}/simple\n"}, REGISTRY),
    ("hosts", "a path of a build machine",
     {"tests/a.py": "x = '/wo" + "rk/main/x'\n"}, "main"),

    ("diagnostics", "all in step", {
        "scanner/base/diag_codes.h": TABLE,
        "scanner/base/a.c": "emit(RW1001);\n",
        "docs/diagnostics.md": PAGE,
    }, None),
    ("diagnostics", "no table yet",
     {"scanner/base/a.c": "emit(RW1001);\n"}, None),
    ("diagnostics", "used, but not in the table", {
        "scanner/base/diag_codes.h": TABLE,
        "feeds/a.c": "emit(RW1001, RW1002);\n",
        "docs/diagnostics.md": PAGE,
    }, "RW1002 is not in scanner"),
    ("diagnostics", "in the table, but not used", {
        "scanner/base/diag_codes.h": TABLE,
        "scanner/base/a.c": "/* RW1001 */\n",
        "docs/diagnostics.md": PAGE,
    }, "RW1001 is used nowhere"),
    ("diagnostics", "not documented", {
        "scanner/base/diag_codes.h": TABLE,
        "scanner/base/a.c": "emit(RW1001);\n",
    }, "docs/diagnostics.md: RW1001 is missing"),
    ("diagnostics", "documented, but not in the table", {
        "scanner/base/diag_codes.h": TABLE,
        "scanner/base/a.c": "emit(RW1001);\n",
        "docs/diagnostics.md": PAGE + "RW1003\n",
    }, "docs/diagnostics.md: RW1003 is not"),
    ("diagnostics", "another title", {
        "scanner/base/diag_codes.h": TABLE,
        "scanner/base/a.c": "emit(RW1001);\n",
        "docs/diagnostics.md": PAGE.replace("title", "name"),
    }, "no section"),
    ("diagnostics", "other words", {
        "scanner/base/diag_codes.h": TABLE,
        "scanner/base/a.c": "emit(RW1001);\n",
        "docs/diagnostics.md": PAGE.replace("why", "what"),
    }, "other words"),
    ("diagnostics", "twice in the table", {
        "scanner/base/diag_codes.h": TABLE + TABLE,
        "scanner/base/a.c": "emit(RW1001);\n",
        "docs/diagnostics.md": PAGE,
    }, "twice"),

    ("built", "all listed", {
        "scanner/base/a.c": "", "scanner/base/a.h": "",
        "scanner/base/local.mk": "x += \\\n\tscanner/base/a.c \\\n"
                                 "\tscanner/base/a.h\n",
        "scanner/cli/main.c": "",
        "Makefile.am": "x = scanner/cli/main.c\n",
        "tests/unit/test_a.c": "",
        "tests/unit/local.mk": "check_PROGRAMS += tests/unit/test_a\n",
    }, None),
    ("built", "a source that is not listed",
     {"scanner/base/a.c": "", "scanner/base/local.mk": "x =\n"},
     "scanner/base/a.c: not in"),
    ("built", "a test that is not listed",
     {"tests/unit/test_a.c": "", "tests/unit/local.mk": "x =\n"},
     "tests/unit/test_a.c: not in"),
]
