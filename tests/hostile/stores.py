#!/usr/bin/env python3
"""Stores: a file of another program, of another time, with triggers and views
of a stranger, with pages and journals that were changed. A scan goes on without
what it cannot trust, and says so."""
import os
import sqlite3
import subprocess
import tempfile

from _bom import text
import _git
import _run
from _run import row

S = "scan -q -o json --as-of=2026-11-25"
_MADE = {}


def sound():
    """The bytes of a store, as the program makes it."""
    if not _MADE:
        with tempfile.TemporaryDirectory() as folder:
            r = _git.Repo(folder)
            r.sound()
            subprocess.run([_run.RANWHENCE, "history", "-q", "--json",
                            "--store=" + folder + "/s.db", r.top],
                           capture_output=True, check=True)
            db = sqlite3.connect(folder + "/s.db")
            db.execute("pragma wal_checkpoint(truncate)")
            db.close()
            with open(folder + "/s.db", "rb") as f:
                _MADE["bytes"] = f.read()
    return _MADE["bytes"]


def store(change=None, sql=(), raw=None, place=None):
    """A store beside a sound SBOM. It may be written to, beside the input."""
    def make(folder):
        home = os.path.dirname(folder) + "/home"
        path = home + "/s.db"
        with open(folder + "/b.json", "w", encoding="utf-8") as f:
            f.write(text())
        if place:
            place(path)
        else:
            data = sound() if raw is None else raw
            with open(path, "wb") as f:
                f.write(change(data) if change else data)
        if sql:
            db = sqlite3.connect(path)
            db.execute("pragma journal_mode = delete")
            db.execute("pragma writable_schema = on")
            for s in sql:
                db.execute(s)
            db.commit()
            db.close()
        return ["--store=" + path, folder + "/b.json"]
    return make


def put(at, data):
    return lambda b: b[:at] + data + b[at + len(data):]


def wal(path):
    with open(path, "wb") as f:
        f.write(sound())
    with open(path + "-wal", "wb") as f:
        f.write(b"\x37\x7f\x06\x82" + b"\xff" * 9999)


def journal(path):
    """A hot journal that names another file."""
    with open(path, "wb") as f:
        f.write(sound())
    with open(path + "-journal", "wb") as f:
        f.write(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\0" * 504 +
                b"/etc/passwd\0")


def hole(path):
    with open(path, "wb") as f:
        f.write(sound())
        f.truncate(1 << 40)


def table():
    with tempfile.TemporaryDirectory() as folder:
        with open(folder + "/s.db", "wb") as f:
            f.write(sound())
        db = sqlite3.connect(folder + "/s.db")
        names = [n for n, in db.execute(
            "select name from sqlite_master where type = 'table' and name "
            "not like 'sqlite_%' order by name")]
        db.close()
        return names


def names():
    return table()[0]


class Later:
    """SQL that needs the names of the tables, which only a run tells."""

    def __init__(self, sql):
        self.sql = sql

    def __iter__(self):
        return iter(s.replace("TABLE", names()) for s in self.sql)


OK = (0, 1, 3, 5)
BAD = [("RW182", "s.db")]


def bad(name, *args, exit=(2, 3), says=BAD, **more):
    return row(name, store(*args, **more), S, exit, says)


ROWS = [
    row("a sound one", store(), S, OK),
    row("none at the place", store(place=lambda p: None), S, OK),
    bad("empty file", raw=b"", exit=OK + (2,), says=[]),
    bad("garbage", raw=b"\0\xff" * 9999),
    bad("text", raw=b"hello, world\n"),
    bad("only the mark of SQLite", raw=b"SQLite format 3\0"),
    bad("cut in the middle", lambda b: b[:len(b) // 2], exit=OK + (2,),
        says=[]),
    bad("cut in the first page", lambda b: b[:600]),
    bad("page size 0", put(16, b"\0\0")),
    bad("page size of garbage", put(16, b"\x12\x34")),
    bad("a format of the future", put(18, b"\x09\x09"), exit=OK + (2,),
        says=[]),
    bad("another application", put(68, b"EVIL")),
    bad("a version of the future", put(60, b"\0\0\x03\xe7")),
    bad("a version before the first", put(60, b"\0\0\0\0")),
    bad("encoding UTF-16", put(56, b"\0\0\0\2"), exit=OK + (2,), says=[]),
    bad("first page of zeros", put(100, b"\0" * 3000)),
    bad("pages of garbage", lambda b: b[:4096] + b"\xff" * (len(b) - 4096)),
    bad("free list in a circle", put(32, b"\0\0\0\2\0\0\0\2"),
        exit=OK + (2,), says=[]),
    bad("a trigger", sql=Later([
        "create trigger evil after insert on TABLE begin select "
        "load_extension('/tmp/evil.so'); end"]), exit=OK + (2,), says=[]),
    bad("a view for a table", sql=Later([
        "alter table TABLE rename to hidden_t",
        "create view TABLE as select * from hidden_t"]), exit=OK + (2,),
        says=[]),
    bad("a view without an end", sql=Later([
        "alter table TABLE rename to hidden_t",
        "create view TABLE as with recursive r(n) as (select 1 union all "
        "select n + 1 from r) select n from r"]), exit=OK + (2,), says=[]),
    bad("a virtual table", sql=["create virtual table evil using fts5(x)"],
        exit=OK + (2,), says=[]),
    bad("a table that is gone", sql=Later(["drop table TABLE"]),
        exit=OK + (2,), says=[]),
    bad("a table with other columns", sql=Later([
        "drop table TABLE", "create table TABLE (evil)"]), exit=OK + (2,),
        says=[]),
    bad("a schema of garbage", sql=[
        "update sqlite_master set sql = 'create evil'"]),
    bad("a root page past the end", sql=[
        "update sqlite_master set rootpage = 99999"], exit=OK + (2,),
        says=[]),
    bad("a second root for one page", sql=[
        "update sqlite_master set rootpage = 2"], exit=OK + (2,), says=[]),
    bad("a journal of garbage (WAL)", place=wal, exit=OK + (2,), says=[]),
    bad("a hot journal that names a file", place=journal, exit=OK + (2,),
        says=[]),
    bad("a file of 1 TB", place=hole, exit=OK + (2,), says=[]),
    bad("a folder", place=os.mkdir, exit=OK + (2,), says=[]),
    bad("a FIFO", place=os.mkfifo, exit=OK + (2,), says=[]),
    bad("a link to a secret", place=lambda p: os.symlink("/etc/passwd", p),
        exit=OK + (2,), says=[]),
    bad("a link to itself", place=lambda p: os.symlink("s.db", p),
        exit=OK + (2,), says=[]),
    bad("a device", place=lambda p: os.symlink("/dev/zero", p),
        exit=OK + (2,), says=[]),
]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
