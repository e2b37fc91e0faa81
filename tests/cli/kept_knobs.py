#!/usr/bin/env python3
"""Everything that changes what a history comes to, one after the other: each
time the answer from the store is the one without, and what must be counted
anew is. docs/store.md has the list. TAP on standard output."""
import base64
import os
import sqlite3
import subprocess

import _tap

AXES = "--axis=commits,churn,surviving,review,stewardship"
STORE = "--store=s.db"
FACTS = "kind,subject,object,value,from,to,source,speaks_for,read," \
    "confidence,state,note\n"
KEY = base64.b64encode(b"\0\0\0\x0bssh-ed25519\0\0\0\x20%s" % bytes(
    range(32))).decode()
POLICY = """policy: 1
name: p
title: t
text: {title: T, date: 2025, source: none, status: own}
concern: {jurisdictions: [CN], rungs: [established]}
%sweights: {axes: {commits: 1, churn: 1, surviving: 1, stewardship: 1},
          default: 50}
rules:
  - {id: R, title: R, clause: c, confirmed: true, kind: exposure,
     axis: commits, limit: 10%%, severity: high}
"""
STACK = """stack: 1
name: n
functions:
  - function: O-DU
    components:
      - {repository: r%s}
"""
INFO = b"project: x\ncommitters:\n  - {name: A, email: a@%s, company: Z}\n"


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
        f.write(text)


def git(folder, *arguments, text=b""):
    return subprocess.run(["git", *arguments], cwd=f"{folder}/r", input=text,
                          check=True, stdout=subprocess.PIPE).stdout


def commits(folder, n, files=None):
    """n commits more."""
    path, stream = f"{folder}/r", b""
    first = 0
    if os.path.exists(path):
        first = int(git(folder, "rev-list", "--count", "HEAD"))
    for i in range(first, first + n):
        stream += _tap.commit(
            i + 1, b"U%d" % (i % 4), b"u%d@%s" % (
                i % 4, [b"nokia.com", b"gmail.com"][i % 2]),
            b"%d +0000" % (1600000000 + i * 864000),
            {f"{['src', 'tests', 'doc'][i % 3]}/f{i % 5}.c":
             b"line %d\nline\n" % i, **(files or {})},
            i if i > first else None,
            b"x\n\nSigned-off-by: U <u@zte.com.cn>\n")
    if first:
        git(folder, "fast-import", "--quiet", text=stream.replace(
            b"\nM 100644", b"\nfrom refs/heads/main^0\nM 100644", 1))
    else:
        _tap.repository(path, stream)


def kept(folder):
    if not os.path.exists(f"{folder}/s.db"):
        return 0
    db = sqlite3.connect(f"{folder}/s.db")
    n = db.execute("SELECT count(*) FROM kept WHERE kind = 'digest'"
                   ).fetchone()[0]
    db.close()
    return n


def asked(folder, *arguments):
    p = _tap.run(*arguments, cwd=folder)
    return p.returncode, p.stdout, p.stderr


def try_all(folder, knobs):
    """Knobs: what, arguments, what to do before, how many more are kept."""
    found, n, answers = [], kept(folder), set()
    for what, arguments, change, more in knobs:
        if change:
            change()
        cold = asked(folder, *arguments, "--no-cache")
        for warm in ("first", "second"):
            if asked(folder, *arguments, STORE) != cold:
                found.append(f"{what}: another answer the {warm} time")
        n += more
        if kept(folder) != n:
            found.append(f"{what}: {kept(folder)} kept, not {n}")
        if cold[0] not in (0, 1, 3):
            found.append(f"{what}: {cold}")
        answers.add(cold[1])
    return found, answers


def what_history_asks(folder):
    commits(folder, 12, {"INFO.yaml": INFO % b"zte.com.cn"})
    bot = "bot,u1@nokia.com,,a bot,,,,,,%s,%s,\n"
    for name, text in (("bot.csv", bot % ("B", "")),
                       ("weak.csv", bot % ("C", "")),
                       ("disputed.csv", bot % ("B", "disputed")),
                       ("tool.csv",
                        "neutral,ai.example,ai-coauthor,,,,,,,B,,\n")):
        write(folder, name, FACTS + text)
    write(folder, "keys", f"u1@gmail.com ssh-ed25519 {KEY}\n")
    write(folder, "other", f"u2@nokia.com ssh-ed25519 {KEY}\n")
    head = git(folder, "rev-parse", "HEAD").decode().strip()
    notes = (b"blob\nmark :1\ndata 8\nVerified\ncommit refs/notes/review\n"
             b"committer A <a@b.example> 1700000000 +0000\ndata 0\n"
             b"M 100644 :1 " + head.encode() + b"\n")

    def h(*more, axes=AXES):
        return ["history", "--json", axes, *more, "r"]

    def grafts():
        os.makedirs(f"{folder}/r/info", exist_ok=True)
        write(folder, "r/info/grafts", f"{head}\n")

    found, answers = try_all(folder, [
        ("nothing", h(), None, 1),
        ("axes", h(axes="--axis=commits"), None, 1),
        ("other axes", h(axes="--axis=commits,stewardship"), None, 1),
        ("threads", h("--threads=1"), None, 0),
        ("by", ["history", AXES, "--by=organisation", "r"], None, 0),
        ("by release", ["history", AXES, "--by=release", "r"], None, 0),
        ("range", h("--range=HEAD~3"), None, 1),
        ("named head", h("--range=HEAD"), None, 1),
        ("its id", h("--range=" + head), None, 0),
        ("from", h("--range=HEAD~5..HEAD~1"), None, 1),
        ("since", h("--since=2020-10-20"), None, 1),
        ("paths", h("--paths=src/**"), None, 1),
        ("other paths", h("--paths=src/**", "--paths=doc/**"), None, 1),
        ("scope", h("--scope=runtime"), None, 1),
        ("most commits", h("--max-commits=4"), None, 0),
        ("more than there are", h("--max-commits=400"), None, 1),
        ("seconds", h("--max-seconds=100"), None, 0),
        ("bots", h("--facts=bot.csv"), None, 1),
        ("facts that are none", h("--facts=weak.csv"), None, 0),
        ("nor this", h("--facts=disputed.csv"), None, 0),
        ("tools", h("--facts=tool.csv"), None, 1),
        ("keys", h("--author-keys=keys"), None, 1),
        ("other keys", h("--author-keys=other"), None, 1),
        ("changed keys", h("--author-keys=other"), lambda: write(
            folder, "other", f"u3@gmail.com ssh-ed25519 {KEY}\n"), 1),
        ("notes", h(), lambda: git(folder, "fast-import", "--quiet",
                                   text=notes), 1),
        ("address", h(), lambda: git(folder, "config", "remote.origin.url",
                                     "https://example.com/r"), 1),
        ("a partial clone", h(), lambda: git(
            folder, "config", "remote.origin.promisor", "true"), 1),
        ("its filter", h(), lambda: git(
            folder, "config", "remote.origin.partialclonefilter",
            "blob:none"), 1),
        ("a .mailmap", h(), lambda: commits(folder, 1, {
            ".mailmap": b"U <u0@nokia.com> <u1@gmail.com>\n"}), 1),
        ("seats", h(), lambda: commits(folder, 1, {
            "INFO.yaml": INFO % b"huawei.com"}), 1),
        ("owners of paths", h(), lambda: commits(folder, 1, {
            "MAINTAINERS": b"A\nM: A <a@nokia.com>\nF: src/\n"}), 1),
        ("packed anew", h(), lambda: git(folder, "gc", "-q"), 0),
        ("the head that it had", h(), lambda: git(
            folder, "update-ref", "refs/heads/main", "HEAD~1"), 0),
        ("replacements", h(), lambda: git(
            folder, "update-ref", "refs/replace/" + head, "HEAD~1"), 1),
        ("grafts", h(), grafts, 1),
        ("an odd setting", h(), lambda: write(
            folder, "r/config", "[remote \"origin\"]\nurl = x\n]\n"), 1)])
    if len(answers) < 26:
        found.append(f"only {len(answers)} answers")
    return found


def what_a_scan_asks(folder):
    commits(folder, 12)
    for name, text in (
            ("all.yaml", POLICY % ""),
            ("runtime.yaml", POLICY % "history-scope: runtime\n"),
            ("stack.yaml", STACK % ""),
            ("built.yaml", STACK % ", built: [src/**]"),
            ("classes.yaml", STACK % ", classes: {data: 'src/f0*'}"),
            ("other.yaml", STACK % ", classes: {vendored: 'src/f0*'}")):
        write(folder, name, text)

    def s(target, policy="all"):
        return ["scan", "--as-of=2026-01-01", "-o", "json",
                f"--policy={policy}.yaml", target]

    found, answers = try_all(folder, [
        ("a repository", s("r"), None, 1),
        ("its stack", s("stack.yaml"), None, 0),
        ("runtime", s("stack.yaml", "runtime"), None, 1),
        ("built", s("built.yaml"), None, 1),
        ("classes", s("classes.yaml"), None, 1),
        ("other classes", s("other.yaml"), None, 1),
        ("terms", s("r"), lambda: commits(folder, 1, {
            "INFO.yaml": INFO % b"zte.com.cn"}), 1),
        ("more terms", s("r"), lambda: commits(folder, 1, {
            "INFO.yaml": INFO % b"huawei.com"}), 1)])
    if len(answers) < 7:
        found.append(f"only {len(answers)} answers")
    return found


_tap.main([what_history_asks, what_a_scan_asks])
