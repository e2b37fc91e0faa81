#!/usr/bin/env python3
"""git as the oracle of the review axis: votes of Gerrit's notes, trailers and
committers, as `git log` prints them, give the counts of the digest. Random
histories; clones named as arguments are compared by hand.
TAP on standard output."""
import collections
import csv
import fnmatch
import json
import os
import random
import re
import subprocess
import sys

import _tap

KEYS = ["Reviewed-by", "Acked-by", "Tested-by"]
FORMAT = "%x00".join([
    "%x01%H", "%ae", "%ce", "%P", "%at", "%(trailers:only,unfold)", "%N"])
LABEL = re.compile(rb"([A-Za-z0-9-]+[+-][0-9]+|Submitted-by):(.*)")
WHO = [b"A <a@one.test>", b"A B <A@ONE.test>", b"<b@two.test>",
       b"B <b@two.test> (again)", b"c@three.test", b"Only A Name", b"", b"x @y",
       b"J <jenkins@ci.test>", b"D <d<e@four.test>", b"E <no at sign>",
       b"F <f@\xc3\xb6.test>"]
LINES = [b"Reviewed-by: ", b"Acked-by: ", b"tested-BY:", b"Reviewed-by : ",
         b"Signed-off-by: ", b"Cc: ", b"prose ", b"# ", b" ", b"X-Reviewed-by: ",
         b"Reviewed-by:\n ", b"Code-Review+2: "]
NOTES = [b"Code-Review+2: ", b"Verified+1:", b"Code-Review-1: ", b"+1: ",
         b"Code Review+1: ", b"Label2: ", b"Code-Review+: ",
         b"Reviewed-on: ", b"Workflow+1:\t"]


def bots():
    path = os.path.join(_tap.SRCDIR, "feeds/seed/bots.csv")
    with open(path, encoding="utf-8", newline="") as f:
        return [row[1].encode() for row in list(csv.reader(f))[1:]]


BOTS = bots()


def is_bot(address):
    return any(re.fullmatch(re.escape(b).replace(rb"\*", b".*")
                            .replace(rb"\?", b"."), address, re.S)
               for b in BOTS)


def lower(b):
    """ASCII only."""
    return bytes(c + 32 if 65 <= c <= 90 else c for c in b)


def address_in(text):
    shut = text.rfind(b">")
    if shut >= 0 and b"<" in text[:shut]:
        return text[:shut].rpartition(b"<")[2].strip(b" \t\r\n\v\f")
    text = text.strip(b" \t\r\n\v\f")
    return text if b"@" in text and not re.search(rb"\s", text) else b""


def wanted(path, revision):
    """{(host, month): [reviews, submits]} or None where not observed."""
    log = subprocess.run(
        ["git", "-C", path, "--no-replace-objects", "log",
         "--notes=refs/notes/review", "--format=" + FORMAT, revision],
        check=True, stdout=subprocess.PIPE).stdout
    counts, changes, recorded = collections.Counter(), 0, 0
    for entry in log.split(b"\1")[1:]:
        _, author, committer, parents, at, trailers, note = \
            entry.split(b"\0")
        author = lower(author)
        votes, submitter = set(), None
        nameless = 0
        said = [m.groups() for m in map(
            LABEL.match, note.split(b"\n")) if m]
        keys = [k.lower().encode() for k in KEYS]
        who = [v for k, v in said if k != b"Submitted-by"]
        who += [line.partition(b":")[2] for line in trailers.split(b"\n")
                if line.partition(b":")[0].lower() in keys]
        for text in who:
            address = lower(address_in(text))
            nameless += not address
            if address and address != author and not is_bot(address):
                votes.add(address)
        for key, value in said:
            if key == b"Submitted-by":
                submitter = address_in(value)
        if submitter is None and b" " not in parents:
            submitter = committer
        submitter = lower(submitter or b"")
        if submitter == author or is_bot(submitter):
            submitter = b""
        month = int(at) // 86400
        for host in [v.rpartition(b"@") for v in votes]:
            counts[host[2] if host[1] else b"", month, 0] += 1
        if nameless:
            counts[b"", month, 0] += nameless
        if submitter:
            host = submitter.rpartition(b"@")
            counts[host[2] if host[1] else b"", month, 1] += 1
        if b" " not in parents and not is_bot(author):
            changes += 1
            recorded += bool(said or votes or nameless or submitter)
    if not changes or recorded < changes - changes // 10:
        return None
    return by_month(counts)


def by_month(counts):
    import datetime
    out = collections.Counter()
    for (host, day, kind), n in counts.items():
        month = (datetime.date(1970, 1, 1) +
                 datetime.timedelta(day)).strftime("%Y-%m")
        out[host.decode(errors="replace"), month, kind] += n
    return out


def got(path, *options):
    p = _tap.run("history", "--json", "--axis=review", *options, path)
    digest = json.loads(p.stdout)
    if digest["totals"]["reviews"] is None:
        return None, p.stdout
    counts = collections.Counter()
    for host in digest["hosts"]:
        for month in host["months"]:
            for kind in (0, 1):
                if month[9 + kind]:
                    counts[host["host"], month[0], kind] += month[9 + kind]
    return counts, p.stdout


def difference(one, want):
    if one is None or want is None:
        return f"got {one}, wanted {want}"
    return f"got {one - want} more, {want - one} less"


def text_of(rng, starts, n):
    return b"".join(rng.choice(starts) + rng.choice(WHO) + b"\n"
                    for _ in range(n))


def history(path, rng, is_recorded):
    """40 commits with merges; most with trailers, some with notes."""
    stream = b""
    noted = b"commit refs/notes/review\ncommitter G <g@g.test> 9 +0000\n" \
        b"data 0\n"
    for i in range(1, 41):
        author, committer = (
            rng.choice([b"a@one.test", b"z@nine.test", b"A@one.test",
                        b"jenkins@ci.test", b"nobody"]) for _ in range(2))
        if not is_recorded:
            committer = author
        message = b"title\n\n" + rng.choice([b"", b"body\n\n"])
        if is_recorded or i % 5 == 0:
            message += text_of(rng, LINES[:2] if rng.random() < .4
                               else LINES, rng.randrange(1, 5))
            if rng.random() < .9:
                message += b"Acked-by: K <k@kay.test>\n"
        when = 1500000000 + rng.randrange(10 ** 8)
        stream += b"commit refs/heads/main\nmark :%d\nauthor X <%s> %d " \
            b"+0000\ncommitter C <%s> 9 +0000\ndata %d\n%s\n" % (
                i, author, when, committer, len(message), message)
        if i > 9 and i % 7 == 0:
            stream += b"merge :%d\n" % (i - 5)
        if is_recorded and rng.random() < .8:
            note = text_of(rng, NOTES, rng.randrange(4))
            note += rng.choice([b"", b"Submitted-by: " + rng.choice(WHO)])
            noted += b"N inline :%d\ndata %d\n%s\n" % (i, len(note), note)
    _tap.repository(path, stream + noted)


def random_histories_equal_git(folder):
    problems, observed = [], 0
    for seed in range(int(os.environ.get("ORACLE_RUNS", "8"))):
        rng = random.Random(seed)
        path = os.path.join(folder, str(seed))
        history(path, rng, seed % 4 != 3)
        for options, revision in (([], "main"),
                                  (["--range=main~9"], "main~9"),
                                  (["--range=main~20..main"],
                                   "main~20..main")):
            want, (one, text) = wanted(path, revision), got(
                path, "--threads=1", *options)
            observed += want is not None
            if one != want:
                problems.append(f"{seed} {options}: " +
                                difference(one, want))
        if got(path, "--threads=3", *options)[1] != text:
            problems.append(f"{seed}: other bytes with three threads")
    return problems + ([] if observed > 9 else [f"observed: {observed}"])


def names_change_nothing(folder):
    """Notes and trailers hold names: another one, the same bytes."""
    texts = []
    for name in (b"Ann Bee", "\u738b\u4f1f".encode()):
        path = os.path.join(folder, "r")
        message = b"t\n\nReviewed-by: %s <r@one.test>\n" % name
        note = b"Code-Review+2: %s <v@two.test>\n" \
            b"Submitted-by: %s <s@three.test>\n" % (name, name)
        _tap.repository(path, _tap.commit(
            1, name, b"a@nokia.com", b"9 +0000", {"f": b"x"},
            message=message) + b"commit refs/notes/review\ncommitter G <g>"
            b" 9 +0000\ndata 0\nN inline :1\ndata %d\n%s\n" % (
                len(note), note))
        texts.append(got(path))
        subprocess.run(["rm", "-rf", path], check=True)
    (one, _), (two, text) = texts
    if one != two or sum(one.values()) != 3:
        return [str(one), str(two)]
    return ["a name is in the output"] if b"Bee" in texts[0][1] else []


if __name__ == "__main__":
    if len(sys.argv) > 1: # clones to compare by hand
        for clone in sys.argv[1:]:
            one, two = got(clone)[0], wanted(clone, "HEAD")
            print("equal" if one == two else f"differs: {one} {two}", clone,
                  two and sum(two.values()))
    else:
        _tap.main([random_histories_equal_git, names_change_nothing])
