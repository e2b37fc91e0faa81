"""A repository written byte by byte, with whatever git itself would refuse:
loose objects, packs and their indexes, refs."""
import hashlib
import os
import struct
import zlib

COMMIT, TREE, BLOB, TAG, OFS, REF = 1, 2, 3, 4, 6, 7
WHO = b"A <a@acme.example> 1600000000 +0000"
EVIL = b"E <e@evil.example> 1600000001 +0000"
KINDS = {"commit": COMMIT, "tree": TREE, "blob": BLOB, "tag": TAG}


def name_of(kind, data):
    return hashlib.sha1(b"%s %d\0" % (kind.encode(), len(data)) +
                        data).hexdigest()


def size_header(kind, size):
    out, more = [], size >> 4
    out.append(kind << 4 | size & 15 | (128 if more else 0))
    while more:
        size, more = more, more >> 7
        out.append(size & 127 | (128 if more else 0))
    return bytes(out)


def offset(back):
    out = [back & 127]
    while back > 127:
        back = (back >> 7) - 1
        out.append(back & 127 | 128)
    return bytes(reversed(out))


def varint(n):
    out = bytearray()
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    return bytes(out) + bytes([n])


class Repo:
    """The folder is a git folder; where `work` is set, below a work tree."""

    def __init__(self, folder, name="r", work=False):
        self.top = os.path.join(folder, name)
        self.path = os.path.join(self.top, ".git") if work else self.top
        for d in ("objects/pack", "objects/info", "refs/heads", "refs/tags",
                  "info"):
            os.makedirs(os.path.join(self.path, d), exist_ok=True)
        self.write("HEAD", b"ref: refs/heads/main\n")
        self.write("config", b"[core]\n\trepositoryformatversion = 0\n"
                   b"\tbare = %s\n" % (b"false" if work else b"true"))

    def at(self, *parts):
        return os.path.join(self.path, *parts)

    def write(self, path, data):
        path = self.at(path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(data)
        return path

    def add(self, path, data):
        with open(self.at(path), "ab") as f:
            f.write(data)

    def raw(self, name, inflated):
        """A loose object of any name and any bytes."""
        self.write(f"objects/{name[:2]}/{name[2:]}", zlib.compress(inflated))
        return name

    def put(self, kind, data):
        return self.raw(name_of(kind, data), b"%s %d\0" % (
            kind.encode(), len(data)) + data)

    def blob(self, data=b"1\n2\n"):
        return self.put("blob", data)

    def tree(self, *entries):
        """entries: (mode, name, id)"""
        return self.put("tree", b"".join(
            b"%s %s\0" % (m, n) + bytes.fromhex(i) for m, n, i in entries))

    def commit(self, *parents, tree=None, author=WHO, more=b"",
               message=b"x\n", committer=WHO):
        tree = tree or self.tree((b"100644", b"f", self.blob()))
        data = b"tree %s\n" % tree.encode()
        for p in parents:
            data += b"parent %s\n" % p.encode()
        if author is not None:
            data += b"author %s\n" % author
        if committer is not None:
            data += b"committer %s\n" % committer
        return self.put("commit", data + more + b"\n" + message)

    def file(self, text, *parents, **more):
        """A commit whose tree holds one file of this text."""
        return self.commit(*parents, tree=self.tree(
            (b"100644", b"f", self.blob(text))), **more)

    def ref(self, name, value):
        self.write(name, value.encode() + b"\n")

    def head(self, commit):
        self.ref("refs/heads/main", commit)
        return self

    def sound(self, n=3):
        """n commits of one organisation; the last one's name."""
        last = []
        for i in range(n):
            last = [self.file(b"".join(b"%d\n" % k for k in range(i + 1)),
                              *last)]
        self.head(last[0])
        return last[0]

    def pack(self, entries, version=2, index=None, tail=True):
        """entries: (name or None, bytes of the entry)"""
        data, offsets = bytearray(b"PACK" + struct.pack(
            ">II", version, len(entries))), []
        for name, entry in entries:
            if name:
                offsets.append((bytes.fromhex(name), len(data),
                                zlib.crc32(entry)))
            data += entry
        end = hashlib.sha1(data).digest()
        if tail:
            data += end
        base = "objects/pack/pack-" + end.hex()
        self.write(base + ".pack", bytes(data))
        self.write(base + ".idx", index if index is not None
                   else pack_index(offsets, end))
        return self.at(base)


def pack_index(offsets, end):
    offsets = sorted(offsets)
    out = b"\377tOc" + struct.pack(">I", 2) + b"".join(
        struct.pack(">I", sum(n[0] <= i for n, _, _ in offsets))
        for i in range(256))
    out += b"".join(n for n, _, _ in offsets)
    out += b"".join(struct.pack(">I", c) for _, _, c in offsets)
    out += b"".join(struct.pack(">I", at) for _, at, _ in offsets) + end
    return out + hashlib.sha1(out).digest()


def entry(kind, data, size=None):
    return size_header(kind, len(data) if size is None else size) + \
        zlib.compress(data)


def delta(base_size, size, instructions):
    return varint(base_size) + varint(size) + instructions


def ref_delta(base, data, size=None):
    return size_header(REF, len(data) if size is None else size) + \
        bytes.fromhex(base) + zlib.compress(data)


def ofs_delta(back, data):
    return size_header(OFS, len(data)) + offset(back) + zlib.compress(data)


def whole(repo_objects):
    """Entries of a pack from (kind, data)."""
    return [(name_of(k, d), entry(KINDS[k], d)) for k, d in repo_objects]
