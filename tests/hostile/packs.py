#!/usr/bin/env python3
"""Packs: deltas without end or ground, sizes that lie, indexes and other files
beside them that say what is not so. What lies in no sound pack is missing, and
that is said."""
import hashlib
import struct
import zlib

import _git
from _git import Repo, delta, entry, name_of
import _run
from _run import row

H = "history --json --axis=commits,churn,surviving"
LOST = [("RW1412", "r")]
TWO = {"commits": 2}
TEXT = b"".join(b"%d\n" % i for i in range(50))
COPY = b"\xb0" + struct.pack("<H", len(TEXT))  # all of the base


def blob_in_a_pack(made, **more):
    """A commit over a sound one, whose file is the blob that `made` puts in
    a pack: it gives entries and the blob's name."""
    def make(folder):
        r = Repo(folder)
        first = r.file(b"1\n")
        entries, name = made()
        r.pack(entries, **more)
        r.head(r.commit(first, tree=r.tree((b"100644", b"f", name))))
        return r.top
    return make


def damaged_below(folder):
    """The head is sound; the edition of its file before it is no zlib."""
    r = Repo(folder)
    first = r.file(b"1\n")
    name = "99" * 20
    r.pack([(name, b"\x31no zlib at all")])
    r.head(r.file(b"1\n2\n", r.commit(first, tree=r.tree(
        (b"100644", b"f", name)))))
    return r.top


def with_delta(instructions, size=None, base=None):
    def made():
        raw = entry(_git.BLOB, TEXT)
        name = "99" * 20
        data = delta(len(TEXT) if base is None else base,
                     len(TEXT) if size is None else size, instructions)
        return [(name_of("blob", TEXT), raw),
                (name, _git.ofs_delta(len(raw), data))], name
    return made


def chain(n):
    """n deltas on each other, each adds a line."""
    def made():
        entries, back, size = [], 0, 2
        for i in range(n):
            name = (i + 1).to_bytes(4, "big") * 5
            if not i:
                raw = entry(_git.BLOB, b"0\n")
            else:
                raw = _git.ofs_delta(back, delta(
                    size, size + 2, b"\xb0" + struct.pack("<H", size) +
                    b"\2%d\n" % (i % 10)))
                size += 2
            entries.append((name.hex(), raw))
            back = len(raw)
        return entries, entries[-1][0]
    return made


def circle_of_deltas():
    a, b = "91" * 20, "92" * 20
    data = delta(len(TEXT), len(TEXT), COPY)
    return [(a, _git.ref_delta(b, data)), (b, _git.ref_delta(a, data))], a


def delta_of_itself():
    a = "91" * 20
    return [(a, _git.ref_delta(a, delta(9, 9, b"\x90\x09")))], a


def delta_of_nothing():
    a = "91" * 20
    return [(a, _git.ref_delta("77" * 20, delta(9, 9, b"\x90\x09")))], a


def delta_from_before_the_pack():
    return [("91" * 20, _git.ofs_delta(1 << 40, delta(9, 9, b"\x90\x09")))], \
        "91" * 20


def delta_at_distance_0():
    return [("91" * 20, _git.size_header(_git.OFS, 4) + b"\0" +
             zlib.compress(delta(9, 9, b"\x90\x09")))], "91" * 20


def delta_bomb():
    """Each doubles the one before: 2^40 bytes at the end."""
    size, entries, raw = 1 << 10, [], entry(_git.BLOB, b"a\n" * 512)
    entries.append(("91" * 20, raw))
    for i in range(30):
        copy = b"\xff" + struct.pack("<I", 0) + struct.pack(
            "<I", min(size, 0xffffff))[:3]
        data = delta(size, 2 * size, copy * 2)
        raw2 = _git.ofs_delta(len(raw), data)
        entries.append(("%02x" % (0xa0 + i) * 20, raw2))
        raw, size = raw2, size * 2
    return entries, entries[-1][0]


def one(raw):
    def made():
        return [("91" * 20, raw)], "91" * 20
    return made


def bomb():
    z = zlib.compressobj(9)
    body = b"".join(z.compress(b"\n" * (1 << 20)) for _ in range(300))
    return _git.size_header(_git.BLOB, 300 << 20) + body + z.flush()


def sound_pack(change=None, files=None):
    """All of a sound history in one pack; its files are changed then."""
    def make(folder):
        r, objects, last = Repo(folder), [], []
        for i in range(3):
            blob = b"".join(b"%d\n" % k for k in range(i + 1))
            tree = b"100644 f\0" + bytes.fromhex(name_of("blob", blob))
            data = b"tree %s\n" % name_of("tree", tree).encode() + b"".join(
                b"parent %s\n" % p for p in last) + b"author %s\ncommitter " \
                b"%s\n\nx\n" % (_git.WHO, _git.WHO)
            objects += [("blob", blob), ("tree", tree), ("commit", data)]
            last = [name_of("commit", data).encode()]
        base = r.pack(_git.whole(objects))
        r.head(last[0].decode())
        for end, edit in (change or {}).items():
            with open(base + end, "rb") as f:
                data = edit(f.read())
            with open(base + end, "wb") as f:
                f.write(data)
        for path, data in (files or {}).items():
            r.write(path.replace("PACK", base[len(r.path) + 1:]),
                    data(base) if callable(data) else data)
        return r.top
    return make


def cut(n):
    return lambda data: data[:n] if n >= 0 else data[:len(data) + n]


def put(at, bytes_):
    return lambda data: data[:at] + bytes_ + data[at + len(bytes_):]


def fanout(values):
    return put(8, b"".join(struct.pack(">I", v) for v in values))


def commit_graph(_):
    """A graph of commits that says that there are none below the tip."""
    head = b"CGPH\1\1\0\0"
    return head + hashlib.sha1(head).digest()


def midx(_):
    head = b"MIDX\1\1\0\0" + struct.pack(">I", 1)
    return head + hashlib.sha1(head).digest()


ALL = {"commits": 3}
BAD = [("RW1412", "pack-")]
MISSING = [("RW1403", "refs/heads/main")]
GONE = (3, 5)
ROWS = [
    row("5,000 deltas on each other", blob_in_a_pack(chain(5000)), H, 0,
        totals={"commits": 2, "added": 5000}),
    row("10,001 deltas on each other", blob_in_a_pack(chain(10100)), H, 3,
        LOST, totals=TWO, seconds=2),
    row("deltas in a circle", blob_in_a_pack(circle_of_deltas), H, 3, LOST,
        totals=TWO),
    row("delta of itself", blob_in_a_pack(delta_of_itself), H, 3, LOST,
        totals=TWO),
    row("delta of what is not there", blob_in_a_pack(delta_of_nothing), H, 3,
        totals=TWO),
    row("delta from before the pack", blob_in_a_pack(
        delta_from_before_the_pack), H, 3, LOST, totals=TWO),
    row("delta at distance 0", blob_in_a_pack(delta_at_distance_0), H, 3,
        LOST, totals=TWO),
    row("delta that doubles 30 times", blob_in_a_pack(delta_bomb), H, 3,
        LOST, totals=TWO),
    row("copy beyond the base", blob_in_a_pack(with_delta(
        b"\xff\xff\xff\xff\x7f" + b"\x10\0\0")), H, 3, LOST, totals=TWO),
    row("copy that overflows", blob_in_a_pack(with_delta(
        b"\xff\xff\xff\xff\xff\xff\xff\xff")), H, 3, LOST, totals=TWO),
    row("instruction 0", blob_in_a_pack(with_delta(b"\0")), H, 3, LOST,
        totals=TWO),
    row("literal beyond the end", blob_in_a_pack(with_delta(b"\x7fabc")), H,
        3, LOST, totals=TWO),
    row("instruction that is cut", blob_in_a_pack(with_delta(b"\xff\1")), H,
        3, LOST, totals=TWO),
    row("delta of too little", blob_in_a_pack(with_delta(b"\x01a")), H, 3,
        LOST, totals=TWO),
    row("delta of too much", blob_in_a_pack(with_delta(COPY * 3)), H, 3, LOST,
        totals=TWO),
    row("delta of another base size", blob_in_a_pack(with_delta(
        COPY, base=7)), H, 3, LOST, totals=TWO),
    row("delta that claims 2^60 bytes", blob_in_a_pack(with_delta(
        COPY, size=1 << 60)), H, 3, LOST, totals=TWO),
    row("delta without instructions", blob_in_a_pack(with_delta(b"")), H, 3,
        LOST, totals=TWO),
    row("blob that claims 2 GB", blob_in_a_pack(one(
        entry(_git.BLOB, b"a\n", 2 << 30))), H, 3, LOST, totals=TWO),
    row("blob that claims a byte less", blob_in_a_pack(one(
        entry(_git.BLOB, b"abcdef\n", 6))), H, 3, LOST, totals=TWO),
    row("blob that claims a byte more", blob_in_a_pack(one(
        entry(_git.BLOB, b"abcdef\n", 8))), H, 3, LOST, totals=TWO),
    row("blob of 300 MB of nothing", blob_in_a_pack(one(bomb())), H, 3,
        LOST, totals=TWO),
    row("blob that is no zlib", blob_in_a_pack(one(
        _git.size_header(_git.BLOB, 9) + b"\xff" * 50)), H, 3, LOST,
        totals=TWO),
    row("blob of a commit below the head that is no zlib", damaged_below, H,
        3, LOST, totals={"commits": 3}),
    row("object of type 0", blob_in_a_pack(one(entry(0, b"x"))), H, 3,
        totals=TWO),
    row("object of type 5", blob_in_a_pack(one(entry(5, b"x"))), H, 3,
        totals=TWO),
    row("size of 100 bytes", blob_in_a_pack(one(b"\xbf" + b"\xff" * 100)), H,
        3, totals=TWO),
    row("pack that is cut", sound_pack({".pack": cut(200)}), H, GONE),
    row("pack that is empty", sound_pack({".pack": cut(0)}), H, GONE, BAD),
    row("pack of version 9", sound_pack({".pack": put(4, b"\0\0\0\x09")}), H,
        GONE, MISSING),
    row("pack that counts 2^32 objects", sound_pack(
        {".pack": put(8, b"\xff" * 4)}), H, (0, 3, 5), judged=(0, 3, 5)),
    row("a byte of the pack changed", sound_pack(
        {".pack": lambda d: d[:40] + bytes([d[40] ^ 255]) + d[41:]}), H,
        3, LOST),
    row("index that is cut", sound_pack({".idx": cut(1000)}), H, GONE, BAD),
    row("index that is empty", sound_pack({".idx": cut(0)}), H, GONE, BAD),
    row("index of version 9", sound_pack({".idx": put(4, b"\0\0\0\x09")}), H,
        GONE, MISSING),
    row("index with a fanout that falls", sound_pack(
        {".idx": fanout([9] * 100 + [0] * 155 + [9])}), H, GONE, BAD),
    row("index with a fanout of 2^32", sound_pack(
        {".idx": fanout([0xffffffff] * 256)}), H, GONE, BAD),
    row("index with names out of order", sound_pack(
        {".idx": lambda d: d[:1032] + d[1032:1032 + 180][::-1] +
         d[1032 + 180:]}), H, GONE),
    row("index with offsets behind the pack", sound_pack(
        {".idx": lambda d: d[:-40 - 36] + b"\x7f\xff\xff\xff" * 9 +
         d[-40:]}), H, GONE),
    row("index with offsets of 64 bits that are not there", sound_pack(
        {".idx": lambda d: d[:-40 - 36] + b"\xff\xff\xff\xff" * 9 +
         d[-40:]}), H, GONE),
    row("index of another pack", sound_pack(
        {".idx": lambda d: d[:-40 - 36] + d[-40 - 36:-40][::-1] + d[-40:]}),
        H, GONE),
    row("pack without an index", sound_pack(files={}, change={}), H, 0,
        totals=ALL),
    row("index without a pack", sound_pack(files={
        "objects/pack/pack-" + "1" * 40 + ".idx": b"\377tOc"}), H, 3,
        [("RW1412", "pack-1")], totals=ALL),
    row("commit-graph that lies", sound_pack(files={
        "objects/info/commit-graph": commit_graph}), H, 0, totals=ALL),
    row("chain of commit-graphs that lies", sound_pack(files={
        "objects/info/commit-graphs/commit-graph-chain": b"../../x\n" * 99}),
        H, 0, totals=ALL),
    row("commit-graph of garbage with bloom filters", sound_pack(files={
        "objects/info/commit-graph": b"CGPH\1\1\x05\0BIDXBDAT" + b"\xff" *
        999}), H, 0, totals=ALL),
    row("multi-pack-index that lies", sound_pack(files={
        "objects/pack/multi-pack-index": midx}), H, 0, totals=ALL),
    row("bitmap of garbage", sound_pack(files={
        "PACK.bitmap": b"BITM\0\1" + b"\xff" * 999}), H, 0, totals=ALL),
    row("reverse index of garbage", sound_pack(files={
        "PACK.rev": b"RIDX" + b"\xff" * 999}), H, 0, totals=ALL),
    row("mtimes of garbage", sound_pack(files={"PACK.mtimes": b"x"}), H, 0,
        totals=ALL),
    row("files that only look like packs", sound_pack(files={
        "objects/pack/x.pack": b"x", "objects/pack/.pack": b"x",
        "objects/pack/tmp_pack_1": b"x"}), H, (0, 3), totals=ALL,
        judged=(0, 3)),
]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
