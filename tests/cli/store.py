#!/usr/bin/env python3
"""The store as its user meets it: exchange, signatures, feeds, a reader
beside a writer, full disks, folders that cannot be written, and being killed
at any moment. More kills: RANWHENCE_KILLS=1000. TAP on standard output."""
import gzip
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import time

import _tap

NOBODY = 65534
KILLS = int(os.environ.get("RANWHENCE_KILLS", "50"))


def record(name, *fields):
    fields = [f if isinstance(f, bytes) else f.encode() for f in fields]
    return (" ".join([name, *(str(len(f)) for f in fields)]).encode() + b"\n"
            + b"".join(fields) + b"\n")


def edition(feed, name, rows, fetched):
    """A feed with facts, each of twelve columns, already sorted."""
    digest = hashlib.sha256(b"".join(
        b"\t".join(f.encode() for f in ["fact", *row]) + b"\n"
        for row in rows)).hexdigest()
    return [record("feed", feed, "0"),
            record("edition", name, "2026-01-01", str(fetched),
                   str(len(rows)), digest, "free", "https://example.com/f"),
            *(record("fact", *row) for row in rows)]


def export_file(path, records):
    text = b"ranwhence-store 1\n" + b"".join(records)
    text += record("end", str(len(records)), hashlib.sha256(text).hexdigest())
    with open(path, "wb") as f:
        f.write(gzip.compress(text, mtime=0))
    return path


def fact(kind, subject, obj, value, source="s", confidence="A"):
    return [kind, subject, obj, value, "", "", source, "2026", "2026-01-01",
            confidence, "", ""]


OWNER = sorted([
    fact("source", "s", "free", "https://example.com/s", ""),
    fact("organisation", "held-co", "company", "Held Company Ltd"),
    fact("establishes", "held-co", "", "GB"),
    fact("organisation", "top-co", "company", "Top Company"),
    fact("establishes", "top-co", "", "CN"),
    fact("controls", "top-co", "held-co", "says so"),
    fact("host", "held.fict", "held-co", "")])


def many(name, n):
    return sorted([fact("source", "s", "free", "https://example.com/s", "")] +
                  [fact("organisation", f"o-{i}", "company", f"{name} {i}")
                   for i in range(n)])


def store(path, *arguments, **more):
    return _tap.run("store", *arguments, "--store=" + path, **more)


def says(p, code, *words):
    """Problems of an outcome: its exit code and what it must mention."""
    text = (p.stdout + p.stderr).decode(errors="replace")
    return [f"exit {p.returncode}, {text[-300:]!r}"
            for _ in [0] if p.returncode != code or
            any(w not in text for w in words)]


def feeds(path):
    """Of the feed that these tests fill."""
    found = json.loads(_tap.run("feeds", "--json", "--store=" + path).stdout)
    found["feeds"] = [f for f in found["feeds"] if f["feed"] == "test"]
    return found


def the_same_scan_after_the_exchange(folder):
    file = export_file(f"{folder}/in", edition("test", "one", OWNER, 1000))
    with open(f"{folder}/sbom.json", "w", encoding="utf-8") as f:
        json.dump({"bomFormat": "CycloneDX", "specVersion": "1.5",
                   "components": [{"type": "library", "name": "x",
                                   "version": "1", "purl": "pkg:generic/x@1",
                                   "supplier": {"name": "Held Company"}}]}, f)
    found = says(store(f"{folder}/a/b/s.db", "import", file), 0, "1 feeds")
    found += says(store(f"{folder}/a/b/s.db", "export", f"{folder}/out"), 0)
    found += says(store(f"{folder}/c.db", "import", f"{folder}/out"), 0)
    found += says(store(f"{folder}/c.db", "export", f"{folder}/out2"), 0)
    with open(f"{folder}/out", "rb") as one, open(f"{folder}/out2",
                                                  "rb") as two:
        if one.read() != two.read():
            found.append("two exports differ")
    scans = [_tap.run("scan", "--as-of=2026-02-01", "-o", "json", *more,
                      f"{folder}/sbom.json").stdout
             for more in ([f"--store={folder}/a/b/s.db"],
                          [f"--store={folder}/c.db"], [])]
    if scans[0] != scans[1] or b"top-co" not in scans[0]:
        found.append("the scans differ, or know nothing of the feed")
    if b"top-co" in scans[2]:
        found.append("known without the store")
    entity = _tap.run("entity", f"--store={folder}/c.db", "held.fict")
    return found + says(entity, 0, "Top Company", "[A:")


def listed(n):
    """A list with so many entries."""
    return sorted([
        fact("source", "s", "free", "https://example.com/s", ""),
        fact("list", "a-list", "somebody", "A list"),
        *(fact("organisation", f"o-{i}", "company", f"Company {i}")
          for i in range(20)),
        *(fact("lists", "a-list", f"o-{i}", f"as printed {i}")
          for i in range(n))])


def an_older_file_changes_nothing(folder):
    """By its date, or by its rows under a later one; what else it has is
    taken; and all of it when that is asked for."""
    path = f"{folder}/s.db"
    names = {"old": ("one", OWNER, 1767225600),
             "new": ("two", many("x", 9), 1767312000),
             "forged": ("three", OWNER, 1767398400)}
    for name, (title, rows, fetched) in names.items():
        names[name] = export_file(f"{folder}/{name}", edition(
            "other", "o", OWNER, 9) + edition("test", title, rows, fetched))
    found = says(store(path, "import", names["old"]), 0)
    found += says(store(path, "import", names["new"]), 0)
    for name, title in (("old", "one"), ("forged", "three")):
        found += says(store(path, "import", names[name]), 3, "1 feeds",
                      "RW1826", f"test: the edition {title} (speaks for "
                      "2026-01-01, fetched 2026-01-0", "replaced by, two (",
                      "--accept=test")
        if feeds(path)["feeds"][0]["edition"] != "two":
            found.append(f"{name} was taken")
    found += says(store(path, "import", "--accept=test", names["forged"]), 0)
    found += says(store(path, "export", "--accept=test", names["old"]), 2)
    return found + ([] if feeds(path)["feeds"][0]["edition"] == "three"
                    else ["what was accepted was not taken"])


def a_file_that_takes_back_a_list_is_refused(folder):
    """More than a tenth of it, whatever its size: 18 of 20 pass."""
    path, found = f"{folder}/s.db", []
    for name, n, code, words in (("a", 20, 0, ""), ("b", 17, 3, "3 of 20"),
                                 ("c", 18, 0, "")):
        file = export_file(f"{folder}/{name}", edition(
            "test", name, listed(n), 1767225600 + ord(name)))
        found += says(store(path, "import", file), code, words,
                      *(["RW1832", "--accept=test"] if code else []))
    return found + ([] if feeds(path)["feeds"][0]["edition"] == "c"
                    else ["not the last one"])


def what_feeds_shows(folder):
    path = f"{folder}/s.db"
    found = says(_tap.run("feeds", "--store=" + path), 0, "no store",
                 "never fetched")
    with open(f"{folder}/odd.db", "w", encoding="utf-8") as f:
        f.write("not a database, but there\n" * 100)
    p = _tap.run("feeds", f"--store={folder}/odd.db")
    found += says(p, 3, "RW1820")
    found += [] if not p.stdout else [f"said of no store: {p.stdout}"]
    day = "2026-01-01T00:00:00Z"
    store(f"{folder}/day.db", "import", export_file(
        f"{folder}/day", edition("test", day, OWNER, 1767225600)))
    found += says(_tap.run("feeds", f"--store={folder}/day.db"), 0, day)
    store(path, "import", export_file(
        f"{folder}/in", edition("test", "one", OWNER, 1767225600)))
    found += says(_tap.run("feeds", "--store=" + path,
                           env={"SOURCE_DATE_EPOCH": "1767398400"}), 0,
                  "test", "one", "2026-01-01", "2 d", "7", "licence free")
    feed = feeds(path)["feeds"][0]
    if (feed["feed"], feed["rows"], feed["fetched"], feed["error"]) != (
            "test", 7, "2026-01-01T00:00:00Z", None):
        found.append(str(feed))
    return found


def files_that_are_refused(folder):
    path = f"{folder}/s.db"
    good = edition("test", "one", OWNER, 1000)
    store(path, "import", export_file(f"{folder}/good", good))
    before = feeds(path)
    with open(f"{folder}/good", "rb") as f:
        data = f.read()
    found = []
    bad = {"cut": data[:-30], "empty": b"", "text": b"no export\n" * 50,
           "newer": gzip.compress(b"ranwhence-store 9\n"),
           "changed": gzip.compress(gzip.decompress(data).replace(
               b"Top Company", b"Tip Company")),
           "bomb": gzip.compress(b"ranwhence-store 1\nfact 99999999 " +
                                 b"0" * 400_000_000)}
    for name, text in bad.items():
        with open(f"{folder}/{name}", "wb") as f:
            f.write(text)
        found += says(store(path, "import", f"{folder}/{name}"), 3, "RW1825")
    row = fact("alias", "held-co", "", "a\nb")
    export_file(f"{folder}/row", edition("test", "two", OWNER + [row], 2000))
    found += says(store(path, "import", f"{folder}/row"), 3, "RW1825",
                  "control character")
    found += says(store(path, "import", f"{folder}/none"), 3, "RW1002")
    if feeds(path) != before:
        found.append("the store is not as it was")
    found += says(store(f"{folder}/none.db", "verify"), 2, "RW1827")
    found += says(store(f"{folder}/none.db", "export", "x"), 2, "RW1827")
    found += says(store(path, "explode"), 2, "usage")
    return found + says(store(path, "verify"), 0, "sound")


def only_what_may_be_passed_on(folder):
    path = f"{folder}/s.db"
    store(path, "import", export_file(f"{folder}/a", edition(
        "open", "one", OWNER, 1000)))
    nc = [r.replace(b"free", b"NC-1") if r.startswith(b"edition") else r
          for r in edition("test", "two", OWNER, 1000)]
    found = says(store(path, "import", export_file(f"{folder}/b", nc)), 0)
    found += says(store(path, "export", f"{folder}/out"), 0, "left out",
                  "NC-1", "free")
    found += says(store(f"{folder}/c.db", "import", f"{folder}/out"), 0,
                  "1 feeds")
    found += says(store(path, "export", "--licence=open", "--licence=NC-1",
                        f"{folder}/all"), 0, "NC-1")
    found += says(store(f"{folder}/d.db", "import", f"{folder}/all"), 0,
                  "2 feeds")
    found += says(store(path, "verify", "--licence=open"), 2, "usage")
    p = store(path, "export", "-")
    if b"left out" in p.stdout or b"left out" not in p.stderr:
        found.append("the manifest is not apart from the file")
    return found


def signatures(folder):
    if not shutil.which("openssl"):
        return []
    path = f"{folder}/s.db"
    file = export_file(f"{folder}/f", edition("test", "one", OWNER, 1000))
    for name in ("right", "wrong"):
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out",
                        f"{folder}/{name}.key"], check=True)
        subprocess.run(["openssl", "pkey", "-in", f"{folder}/{name}.key",
                        "-pubout", "-out", f"{folder}/{name}.pem"],
                       check=True)
    right, wrong = (f"--key={folder}/{n}.pem" for n in ("right", "wrong"))
    found = says(store(path, "import", file, right), 3, "RW1002", "f.sig")
    subprocess.run(["openssl", "pkeyutl", "-sign", "-rawin", "-inkey",
                    f"{folder}/right.key", "-in", file, "-out",
                    file + ".sig"], check=True)
    found += says(store(path, "import", file, wrong), 3, "RW1825")
    found += says(store(path, "import", file, f"--key={folder}/right.key"), 3,
                  "RW1825", "not the public key")
    if os.path.exists(path):
        found.append("a store was made")
    found += says(store(path, "import", file, right), 0)
    with open(file, "ab") as f:
        f.write(b"x")
    return found + says(store(path, "import", file, right), 3, "RW1825")


def become_nobody():
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def limited(command, prepare, program=_tap.RANWHENCE, **more):
    return subprocess.run([program, *command], capture_output=True,
                          stdin=subprocess.DEVNULL, preexec_fn=prepare,
                          restore_signals=False, timeout=60, **more)


def as_nobody(folder, *command):
    """By a copy of the program: nobody may not reach the folder in which it
    was built."""
    program = shutil.copy(_tap.RANWHENCE, folder + "/ranwhence")
    return limited(command, become_nobody, program, cwd=folder)


def a_folder_that_cannot_be_written(folder):
    os.mkdir(f"{folder}/ro")
    path = f"{folder}/ro/s.db"
    file = export_file(f"{folder}/f", edition("test", "one", OWNER, 1000))
    store(path, "import", file)
    os.chmod(path, 0o444)
    os.chmod(f"{folder}/ro", 0o555)
    os.chmod(folder, 0o755)
    os.chmod(file, 0o644)
    at = "--store=" + path
    other = f"--store={folder}/ro/other.db"
    found = says(as_nobody(folder, "entity", at, "held.fict"), 0,
                 "Top Company")
    found += says(as_nobody(folder, "store", "verify", at), 0, "sound")
    found += says(as_nobody(folder, "store", "import", file, at), 3, "RW1820")
    found += says(as_nobody(folder, "store", "import", file, other), 3,
                  "RW1820")
    os.chmod(f"{folder}/ro", 0o755)
    return found


def a_full_disk(folder):
    path = f"{folder}/s.db"
    store(path, "import",
          export_file(f"{folder}/a", edition("test", "one", OWNER, 1000)))
    big = export_file(f"{folder}/b",
                      edition("test", "big", many("Big", 20000), 2000))

    def little_room():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
    found = says(limited(["store", "import", big, "--store=" + path],
                         little_room), 3, "RW1820")
    found += says(store(path, "verify"), 0, "sound: 1 editions with 7 rows")
    found += says(store(path, "import", big), 0)
    return found + says(store(path, "verify"), 0, "with 20008 rows")


def a_reader_beside_a_writer(folder):
    path = f"{folder}/s.db"
    sizes = {"a": 300, "b": 900}
    files = [export_file(f"{folder}/{n}",
                         edition("test", n, many(n, sizes[n]), 1000))
             for n in sizes]
    store(path, "import", files[0])
    # until the reader has met both editions, several times
    writer = subprocess.Popen(
        ["sh", "-c", 'until test -e "$4"; do for f in "$2" "$1"; do '
         '"$0" store import -q --accept=test --store="$3" "$f" || exit 1; sleep 0.03; '
         'done; done', _tap.RANWHENCE, *files, path, folder + "/stop"])
    found, seen, rounds = [], set(), 0
    end = time.monotonic() + 30
    while writer.poll() is None and time.monotonic() < end and \
            (rounds < 8 or len(seen) < 2):
        feed = feeds(path)["feeds"][0]
        seen.add(feed["edition"])
        rounds += 1
        if feed["rows"] != sizes[feed["edition"]] + 1:
            found.append(str(feed))
        p = _tap.run("entity", "--store=" + path, "a 1")
        q = _tap.run("entity", "--store=" + path, "b 1")
        found += says(p, p.returncode if p.returncode in (0, 2) else 0)
        found += says(q, q.returncode if q.returncode in (0, 2) else 0)
    with open(folder + "/stop", "w", encoding="utf-8"):
        pass
    writer.wait()
    if writer.returncode or seen != {"a", "b"}:
        found.append(f"writer {writer.returncode}, seen {seen}")
    return found + says(store(path, "verify"), 0, "sound")


def killed_at_any_moment(folder):
    path = f"{folder}/s.db"
    sizes = {"a": 2000, "b": 3000}
    files = {n: export_file(f"{folder}/{n}",
                            edition("test", n, many(n, sizes[n]), 1000))
             for n in sizes}
    store(path, "import", files["a"])
    start = time.monotonic()
    store(path, "import", files["b"])
    whole = time.monotonic() - start
    rng, found, now, killed = random.Random(5), [], "b", 0
    for i in range(KILLS):
        other = "a" if now == "b" else "b"
        p = subprocess.Popen([_tap.RANWHENCE, "store", "import", "-q", "--accept=test",
                              "--store=" + path, files[other]])
        time.sleep(rng.random() * whole * 1.2)
        p.kill()
        code = p.wait()
        killed += code == -signal.SIGKILL
        feed = feeds(path)["feeds"][0]
        if feed["rows"] != sizes[feed["edition"]] + 1:
            found.append(f"kill {i}: {feed}")
        if code == 0 and feed["edition"] != other:
            found.append(f"kill {i}: what was acknowledged is lost")
        now = feed["edition"]
        if i % 10 == 9:
            found += says(store(path, "verify"), 0, "sound")
            found += says(store(path, "gc"), 0)
    if killed < KILLS / 3:
        found.append(f"only {killed} of {KILLS} were killed")
    return found + says(store(path, "verify"), 0, "sound")


_tap.main([the_same_scan_after_the_exchange, an_older_file_changes_nothing,
           a_file_that_takes_back_a_list_is_refused, what_feeds_shows,
           files_that_are_refused, only_what_may_be_passed_on,
           signatures,
           a_folder_that_cannot_be_written, a_full_disk,
           a_reader_beside_a_writer, killed_at_any_moment])
