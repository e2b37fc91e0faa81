#!/usr/bin/env python3
"""Resolves an SBOM of so many components (10,000) that have only a purl from
a store in which two feeds know each of them: a row about the package, one
about its version, and the source of both. resolve.py [COMPONENTS]
Bound: 2 s of processor time for 10,000, all of the program."""
import gzip
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

RANWHENCE = os.environ.get("RANWHENCE", "./ranwhence")
DAY = "2026-01-05"
OWNERS = ["o-ran-sc/ric-plt-e2", "o-ran-sc/nonrtric", "open5gs/open5gs"]


def record(name, *fields):
    fields = [f.encode() for f in fields]
    head = " ".join([name] + [str(len(f)) for f in fields])
    return head.encode() + b"\n" + b"".join(fields) + b"\n"


def facts(feed, n):
    for i in range(n):
        source = f"{feed}-{i:016x}"
        repository = "github.com/" + (
            OWNERS[i % 3] if i % 10 == 0 else f"owner-{i % 97}/part-{i}")
        tail = [source, DAY, DAY, "B", "", ""]
        yield ["source", source, "CC-BY-4.0", f"https://{feed}.example/{i}",
               "", "", "", DAY, DAY, "A", "", feed]
        for subject in (f"pkg:npm/part-{i}", f"pkg:npm/part-{i}@1.{i}"):
            yield ["package", subject, repository, "", "", ""] + tail


def exchange(path, n):
    data = b"ranwhence-store 1\n"
    count = 0
    for feed in ("depsdev", "ecosystems"):
        rows = sorted(facts(feed, n))
        digest = hashlib.sha256(b"".join(
            "\t".join(["fact"] + r).encode() + b"\n" for r in rows))
        parts = [record("feed", feed, "1767571200"),
                 record("edition", "e", DAY, "1767571200",
                        str(len(rows)), digest.hexdigest(), "x", "https://x")]
        parts += [record("fact", *r) for r in rows]
        data += b"".join(parts)
        count += len(parts)
    data += record("end", str(count), hashlib.sha256(data).hexdigest())
    with gzip.open(path, "wb", 1) as f:
        f.write(data)


def measure(name, *arguments):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    p = subprocess.run([RANWHENCE, *arguments], stdout=subprocess.PIPE,
                       check=False)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"  {name:28} {used:6.2f} s of processor, {wall:6.2f} s, "
          f"at most {after.ru_maxrss // 1024} MB")
    return p.stdout


def main():
    n = int(sys.argv[1]) if sys.argv[1:] else 10000
    with tempfile.TemporaryDirectory() as d:
        store, bom = os.path.join(d, "s.db"), os.path.join(d, "p.cdx.json")
        exchange(os.path.join(d, "x"), n)
        with open(bom, "w", encoding="utf-8") as f:
            json.dump({"bomFormat": "CycloneDX", "specVersion": "1.5",
                       "components": [
                           {"type": "library", "name": f"part-{i}",
                            "version": f"1.{i}", "purl":
                            f"pkg:npm/part-{i}@1.{i}"} for i in range(n)]}, f)
        print(f"{n} components, {6 * n} rows of feeds")
        measure("imported", "store", "import", "--store", store,
                os.path.join(d, "x"))
        out = measure("resolved (components)", "components", "--json",
                      "--store", store, bom)
        found = sum(1 for c in json.loads(out)["components"]
                    if c["repository"])
        measure("resolved and judged (scan)", "scan", "-q", "-o", "json",
                "--store", store, bom)
        measure("without the store", "components", "--json", "--store",
                os.path.join(d, "none.db"), bom)
        print(f"  {found} with a repository")
        return 0 if found == n else 1


sys.exit(main())
