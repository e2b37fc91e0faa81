#!/usr/bin/env python3
"""Repositories that ask for too much or make no sense: a code says what is
wrong, what is sound is counted, and it is over in seconds and in little
memory. TAP on standard output."""
import json
import os
import resource
import subprocess
import sys
import zlib

import _tap

SECONDS, MEMORY = 10, 512 << 20

if _tap.is_sanitized():
    SECONDS, MEMORY = 4 * SECONDS, 4 * MEMORY


def git(repo, *arguments, data=None):
    return subprocess.run(["git", "-C", repo, *arguments], input=data,
                          check=True, stdout=subprocess.PIPE).stdout.strip()


def new(folder):
    path = os.path.join(folder, "r")
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", path],
                   check=True)
    return path


def write(path, kind, data):
    return git(path, "hash-object", "-w", "-t", kind, "--literally",
               "--stdin", data=data)


def tree(path, *entries):
    return write(path, "tree", b"".join(
        b"%s %s\0" % (mode, name) + bytes.fromhex(i.decode())
        for mode, name, i in entries))


def commit(path, tree_id, *parents, author=b"A <a@one.test> 1000000000 +0000"):
    data = b"tree %s\n" % tree_id
    for p in parents:
        data += b"parent %s\n" % p
    if author is not None:
        data += b"author %s\n" % author
    return write(path, "commit", data + b"committer A <a@one.test> 9 +0000"
                 b"\n\nx\n")


def sound(path, *parents):
    """A commit of two lines."""
    blob = write(path, "blob", b"1\n2\n")
    return commit(path, tree(path, (b"100644", b"sound", blob)), *parents)


def digest(path, tip, axes="commits,churn,surviving"):
    """(digest or None, codes, problems)"""
    git(path, "update-ref", "refs/heads/main", tip)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    p = _tap.run("history", "--json", "--axis=" + axes, path)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    problems, seconds = [], after.ru_utime - before.ru_utime
    if seconds > SECONDS:
        problems.append(f"it took {seconds:.0f} s")
    if after.ru_maxrss << 10 > MEMORY:
        problems.append(f"it took {after.ru_maxrss >> 10} MB")
    if p.returncode not in (0, 3):
        problems.append(f"it ended with {p.returncode}: {p.stderr}")
        return None, set(), problems
    out = json.loads(p.stdout)
    return out, {d["code"] for d in out["diagnostics"]}, problems


def wants(got, codes, **totals):
    out, found, problems = got
    if not codes <= found:
        problems.append(f"wanted {codes}, got {found}")
    for key, want in totals.items():
        if out and out["totals"][key] != want:
            problems.append(f"{key}: wanted {want}, got "
                            f"{out['totals'][key]}")
    return problems


# --- tests -------------------------------------------------------------------

def loose_blob_that_claims_two_gigabytes(folder):
    path = new(folder)
    name = b"12" * 20
    os.makedirs(os.path.join(path, "objects/12"))
    with open(os.path.join(path, "objects/12/" + "12" * 19), "wb") as f:
        f.write(zlib.compress(b"blob 2147483648\0" + b"a\n" * 100))
    tip = commit(path, tree(path, (b"100644", b"f", name)), sound(path))
    return wants(digest(path, tip), {"RW1412"}, commits=2, added=2)


def packed(path, entries):
    """A pack that git would not write, and its index, by hand."""
    data, offsets = bytearray(b"PACK\0\0\0\2"), []
    data += len(entries).to_bytes(4, "big")
    for name, raw in entries:
        offsets.append((name, len(data)))
        data += raw
    data += bytes(20)
    offsets.sort()
    index = b"\377tOc\0\0\0\2" + b"".join(
        sum(n[0] <= i for n, _ in offsets).to_bytes(4, "big")
        for i in range(256))
    index += b"".join(n for n, _ in offsets) + bytes(4 * len(offsets))
    index += b"".join(at.to_bytes(4, "big") for _, at in offsets) + bytes(40)
    base = os.path.join(path, "objects/pack/pack-" + "0" * 40)
    for end, text in ((".pack", bytes(data)), (".idx", index)):
        with open(base + end, "wb") as f:
            f.write(text)


def header(kind, size):
    out, more = [], size >> 4
    out.append(kind << 4 | size & 15 | (128 if more else 0))
    while more:
        size, more = more, more >> 7
        out.append(size & 127 | (128 if more else 0))
    return bytes(out)


def packed_blob_that_claims_two_gigabytes(folder):
    path, name = new(folder), bytes([0x34] * 20)
    packed(path, [(name, header(3, 1 << 31) + zlib.compress(b"a\n"))])
    tip = commit(path, tree(path, (b"100644", b"f", name.hex().encode())),
                 sound(path))
    return wants(digest(path, tip), {"RW1412"}, commits=2, added=2)


def chain_of_five_thousand_deltas(folder):
    """Each adds a line to the one before; the last and one amid them."""
    path = new(folder)
    entries, back, size = [], 0, 2
    for i in range(5001):
        name = (i + 1).to_bytes(4, "big") * 5
        if not i:
            raw = header(3, 2) + zlib.compress(b"0\n")
        else:
            sizes = bytes([size & 127 | 128, size >> 7,
                           size + 2 & 127 | 128, size + 2 >> 7])
            delta = sizes + b"\xb0" + size.to_bytes(2, "little") + \
                b"\2%d\n" % (i % 10)
            raw = header(6, len(delta)) + bytes(
                [back] if back < 128 else
                [(back >> 7) - 1 | 128, back & 127]) + zlib.compress(delta)
            size += 2
        entries.append((name, raw))
        back = len(raw)
    packed(path, entries)
    ids = [entries[i][0].hex().encode() for i in (2500, 5000)]
    first = commit(path, tree(path, (b"100644", b"f", ids[0])))
    tip = commit(path, tree(path, (b"100644", b"f", ids[1])), first)
    return wants(digest(path, tip), set(), commits=2, added=5001,
                 deleted=0, surviving=5001)


def tree_bomb(folder):
    path = new(folder)
    name = write(path, "blob", b"x\n")
    mode = b"100644"
    for _ in range(9):
        name = tree(path, *((mode, b"%03d" % i, name) for i in range(200)))
        mode = b"40000"
    return wants(digest(path, commit(path, name, sound(path))),
                 {"RW1412"}, commits=2)


def tree_in_itself(folder):
    path, name = new(folder), "56" * 20
    raw = b"40000 again\0" + bytes.fromhex(name)
    os.makedirs(os.path.join(path, "objects/56"))
    with open(os.path.join(path, "objects/56/" + "56" * 19), "wb") as f:
        f.write(zlib.compress(b"tree %d\0" % len(raw) + raw))
    return wants(digest(path, commit(path, name.encode(), sound(path))),
                 {"RW1412"}, commits=2, added=2)


def dates_of_all_times(folder):
    path = new(folder)
    tip = sound(path)
    for date in (b"-1", b"-62135596800", b"0", b"4102444801",
                 b"253402300799", b"99999999999999999999", b"x"):
        tip = commit(path, git(path, "rev-parse", tip.decode() + "^{tree}"),
                     tip, author=b"A <a@one.test> " + date + b" +0000")
    return wants(digest(path, tip), {"RW1407"}, commits=8, added=2,
                 surviving=2)


def commit_without_author(folder):
    path = new(folder)
    first = sound(path)
    tip = commit(path, git(path, "rev-parse", first.decode() + "^{tree}"),
                 first, author=None)
    return wants(digest(path, tip), {"RW1407"}, commits=2, surviving=2)


def ref_to_a_missing_commit(folder):
    path = new(folder)
    sound(path)
    with open(os.path.join(path, "packed-refs"), "w") as f:
        f.write("78" * 20 + " refs/heads/main\n")
    p = _tap.run("history", "--json", path)
    codes = {d["code"] for d in json.loads(p.stdout)["diagnostics"]} \
        if p.stdout else {w for w in p.stderr.decode().split()}
    if p.returncode == 0 or not any("RW1403" in c for c in codes):
        return [f"{p.returncode} {codes}"]
    return []


if __name__ == "__main__":
    sys.exit(_tap.main([
        loose_blob_that_claims_two_gigabytes,
        packed_blob_that_claims_two_gigabytes, chain_of_five_thousand_deltas,
        tree_bomb, tree_in_itself, dates_of_all_times, commit_without_author,
        ref_to_a_missing_commit]))
