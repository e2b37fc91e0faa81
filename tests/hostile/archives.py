#!/usr/bin/env python3
"""Archives: bombs, cut ones, names that leave the folder, links, devices.
They are read in memory, nothing is unpacked; what came before damage counts."""
import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib

from _bom import file, text
import _run
from _run import row

C = "components --json"
BOMB = [("RW1113", "b")]
BAD = [("RW1112", "b")]
SOUND = ["lib0", "lib1", "lib2"]


def tar(*members, compress=""):
    """members: (name, bytes) or a TarInfo with bytes."""
    def make():
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w:" + compress) as t:
            for name, data in members:
                info = name
                if isinstance(name, str):
                    info = tarfile.TarInfo(name)
                    info.size = len(data)
                t.addfile(info, io.BytesIO(data))
        return out.getvalue()
    return make


def special(kind, name="x.json", link="/etc/passwd"):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info, b""


def zipped(*members, method=zipfile.ZIP_DEFLATED):
    def make():
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as z:
            for name, data in members:
                z.writestr(name, data)
        return out.getvalue()
    return make


def encrypted():
    data = bytearray(zipped(("b.json", text()))())
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(mark) + at] |= 1
    return bytes(data)


def overlapping():
    """Every entry of the directory names the same bytes."""
    data = zipped(("a.json", b"0" * 2000000))()
    at = data.index(b"PK\1\2")
    local, entry = data[:at], data[at:data.index(b"PK\5\6")]
    n = 5000
    return local + entry * n + struct.pack(
        "<IHHHHIIH", 0x06054b50, 0, 0, n, n, len(entry) * n, len(local), 0)


def zeros(megabytes, compressor):
    block = b"a" * (1 << 20)
    return b"".join(compressor.compress(block)
                    for _ in range(megabytes)) + compressor.flush()


def gzip_bomb():
    return zeros(300, zlib.compressobj(9, zlib.DEFLATED, 31))


def nested(n):
    def make():
        data = text().encode()
        for _ in range(n):
            data = gzip.compress(data)
        return data
    return make


def zip_in_zip(n):
    def make():
        data, name = text().encode(), "b.json"
        for _ in range(n):
            data, name = zipped((name, data))(), "b.zip"
        return data
    return make


def quine_like():
    """A gzip member that is followed by itself many times."""
    return gzip.compress(text().encode()) + gzip.compress(b"") * 50000


def large(field):
    """A tar whose member claims a size."""
    info = tarfile.TarInfo("x.json")
    data = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    data[124:136] = field
    data[148:156] = b" " * 8
    data[148:156] = b"%06o\0 " % sum(data)
    return bytes(data) + b"x" * 512 + b"\0" * 1024


def huge_window():
    """The head of a block says that a dictionary of 1.5 GB is needed."""
    data = bytearray(lzma.compress(J))
    at = data.index(b"\x21\x01", 12) + 2
    data[at] = 37  # 3 * 2^29
    end = 12 + 4 * (data[12] + 1) - 4
    data[end:end + 4] = struct.pack("<I", zlib.crc32(bytes(data[12:end])))
    return bytes(data)


J = text().encode()
ROWS = [
    row("gzip of 300 MB of nothing", file("b.json.gz", gzip_bomb), C, (2, 3),
        BOMB),
    row("bzip2 of 100 MB of nothing", file("b.json.bz2", lambda: bz2.compress(
        b"a" * (100 << 20))), C, (2, 3), BOMB, seconds=3, shown=False),
    row("xz of 200 MB of nothing", file("b.json.xz", lambda: zeros(
        200, lzma.LZMACompressor(preset=0))), C, (2, 3), BOMB),
    row("zip of 300 MB of nothing", file("b.zip", lambda: zipped(
        ("x.json", b"a" * (200 << 20)))()), C, (2, 3), BOMB),
    row("sound document and then a bomb", file("b.tar.gz", lambda: gzip
        .compress(tar(("a.json", J), ("x.json", b"a" * (100 << 20)))())), C,
        3, BOMB, kept=SOUND),
    row("zip whose entries overlap", file("b.zip", overlapping), C, (2, 3)),
    row("zip in a zip in a zip", file("b.zip", zip_in_zip(3)), C, (2, 3),
        BOMB),
    row("gzip of gzip of gzip", file("b.json.gz", nested(3)), C, (2, 3)),
    row("gzip of gzip, ten times", file("b.json.gz", nested(10)), C, (2, 3)),
    row("100,000 empty files in a tar", file("b.tar", tar(
        ("a.json", J), *[(f"n{i}", b"") for i in range(100000)])), C, (0, 3),
        kept=SOUND, seconds=2),
    row("gzip that is cut", file("b.json.gz", lambda: gzip.compress(
        J)[:-30]), C, 3, BAD),
    row("gzip cut to its head", file("b.json.gz", lambda: gzip.compress(
        J)[:10]), C, (2, 3)),
    row("gzip with a wrong sum", file("b.json.gz", lambda: gzip.compress(
        J)[:-8] + b"12345678"), C, 3, BAD, kept=SOUND),
    row("tar in a gzip with a wrong sum", file("b.tar.gz", lambda: gzip.compress(
        tar(("a.json", J))())[:-8] + b"12345678"), C, 3, [("RW1112", "b.tar.gz")],
        kept=SOUND),
    row("gzip with garbage behind", file("b.json.gz", lambda: gzip.compress(
        J) + b"garbage" * 99), C, (0, 3), kept=SOUND),
    row("two gzip files behind each other", file(
        "b.json.gz", lambda: gzip.compress(J) + gzip.compress(J)), C, 3,
        kept=SOUND),
    row("50,000 gzip files behind each other", file(
        "b.json.gz", quine_like), C, (0, 3), kept=SOUND),
    row("gzip with a name that leaves", file("b.json.gz", lambda: b"\x1f\x8b"
        b"\x08\x08\0\0\0\0\0\3../../../etc/x\0" + gzip.compress(J)[10:]), C,
        0, kept=SOUND),
    row("bzip2 that is cut", file("b.json.bz2", lambda: bz2.compress(
        J)[:-20]), C, (2, 3), BAD),
    row("xz that is cut", file("b.json.xz", lambda: lzma.compress(J)[:-20]),
        C, 3, BAD),
    row("xz that asks for 1.5 GB", file("b.json.xz", huge_window), C,
        (0, 2, 3)),
    row("zstd of garbage", file("b.json.zst", b"\x28\xb5\x2f\xfd" + b"\xff" *
                                100), C, (2, 3), BAD),
    row("zstd with a window of 2^41", file(
        "b.json.zst", b"\x28\xb5\x2f\xfd\0\xf8\1\0\0"), C, (2, 3)),
    row("zip that is cut", file("b.zip", lambda: zipped(
        ("a.json", J))()[:-40]), C, (0, 3)),
    row("zip that is encrypted", file("b.zip", encrypted), C, (2, 3), BAD),
    row("zip with a method of garbage", file("b.zip", lambda: zipped(
        ("a.json", J))().replace(b"\x14\0\0\0\x08\0", b"\x14\0\0\0\x63\0")),
        C, (2, 3)),
    row("zip slip", file("b.zip", zipped(("../../../tmp/PWNED.json", J))), C,
        0, kept=SOUND),
    row("zip with an absolute name", file("b.zip", zipped(
        ("/etc/PWNED.json", J))), C, 0, kept=SOUND),
    row("zip with a backslash", file("b.zip", zipped(
        ("..\\..\\PWNED.json", J))), C, 0, kept=SOUND),
    row("zip with escapes in a name", file("b.zip", zipped(
        ("\x1b[2J\u202e.json", J))), C, 0, kept=SOUND),
    row("zip with a name of 60,000 bytes", file("b.zip", zipped(
        ("a" * 60000 + ".json", J))), C, (0, 3), kept=SOUND),
    row("tar with dots", file("b.tar", tar(("../../PWNED.json", J))), C, 0,
        kept=SOUND),
    row("tar with a symbolic link out", file("b.tar", tar(
        special(tarfile.SYMTYPE), ("a.json", J))), C, 0, kept=SOUND),
    row("tar with a hard link out", file("b.tar", tar(
        special(tarfile.LNKTYPE), ("a.json", J))), C, 0, kept=SOUND),
    row("tar with a device", file("b.tar", tar(
        special(tarfile.CHRTYPE), special(tarfile.BLKTYPE, "y"),
        special(tarfile.FIFOTYPE, "z"), ("a.json", J))), C, 0, kept=SOUND),
    row("tar with a size of 2^63", file("b.tar", lambda: large(
        b"\x80\0\0\0\x7f" + b"\xff" * 7)), C, (2, 3)),
    row("tar with a size below zero", file("b.tar", lambda: large(
        b"\xff" * 12)), C, (2, 3)),
    row("tar that is cut", file("b.tar", lambda: tar(
        ("a.json", J), ("b.json", J))()[:2600]), C, (0, 3), kept=SOUND),
    row("tar with a wrong sum", file("b.tar", lambda: tar(
        ("a.json", J))().replace(b"ustar", b"ustar", 1)[:148] + b"999999\0 " +
        tar(("a.json", J))()[156:]), C, (2, 3)),
    row("tar with one name twice", file("b.tar", tar(
        ("a.json", J), ("a.json", J))), C, (0, 3), kept=SOUND),
    row("an archive without an SBOM", file("b.tar", tar(
        ("a.txt", b"hello"))), C, 2, [("RW1006", "b.tar")]),
]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
