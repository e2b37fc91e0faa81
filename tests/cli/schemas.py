#!/usr/bin/env python3
# slow
"""What the program prints as JSON follows the schemas of docs/, and each
schema refuses what does not. TAP on standard output."""
import copy
import gzip
import hashlib
import json
import os

import jsonschema

import _tap

DEMO = os.path.join(_tap.SRCDIR, "fixtures/demo/stack.yaml")
SBOM = os.path.join(_tap.SRCDIR, "fixtures/demo/near-rt-ric.cdx.json")


OPTIONAL = {"authorship", "links", "terms"}  # digests of older programs do without


def validator(name):
    path = os.path.join(_tap.SRCDIR, "docs", name + ".schema.json")
    with open(path, encoding="utf-8") as f:
        schema = json.load(f)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def errors(name, document):
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}"
            for e in validator(name).iter_errors(document)][:10]


def follows(name, *arguments):
    """Problems of one output and of the schema, which must refuse it with a
    member more and with each member less."""
    p = _tap.run(*arguments)
    text = p.stdout.decode()
    if not text.endswith("}\n") or text.endswith("\n\n"):
        return [f"{p.returncode}: {text[-80:]!r} {p.stderr[-300:]!r}"]
    document = json.loads(text)
    found = errors(name, document)
    for key in list(document) + ["surplus"]:
        other = copy.deepcopy(document)
        if other.pop(key, None) is None and key != "surplus":
            continue
        if key == "surplus":
            other[key] = 1
        if not key.startswith("economic") and key not in OPTIONAL and \
                not errors(name, other):
            found.append(f"the schema takes it without or with {key}")
    return found


def report_of_the_demo(_):
    return follows("report", "scan", "-o", "json", DEMO)


def report_of_all_policies(_):
    names = _tap.run("list", "policies").stdout.decode().split("\n")[:-1]
    return follows("report", "scan", "-o", "json", SBOM,
                   *("--policy=" + n.split()[0] for n in names))


def components_of_an_sbom(_):
    return follows("components", "components", "--json", SBOM)


def check_of_an_sbom(_):
    return follows("check", "check", "--json", SBOM)


def entity_by_host(_):
    return follows("entity", "entity", "--json", "huawei.com")


def entity_by_name(_):
    return follows("entity", "entity", "--json", "--as-of=2015-01-01",
                   "ZTE Corporation")


def neutral_host(_):
    return follows("entity", "entity", "--json", "gmail.com")


def digest_of_a_repository(folder):
    path = os.path.join(folder, "r")
    _tap.repository(path, _tap.commit(1, b"A", b"a@nokia.com",
                                      b"1600000000 +0000", {"f": b"x"}))
    return follows("digest", "history", "--json", path)


def plan_of_shards(folder):
    path = os.path.join(folder, "r")
    _tap.repository(path, _tap.commit(1, b"A", b"a@nokia.com",
                                      b"1600000000 +0000", {"f": b"x"}))
    return follows("shards", "shards", "plan", path)


def feeds_of_a_store(folder):
    text = b"ranwhence-store 1\n"
    row = [b"source", b"s", b"free", b"x", *[b""] * 8]
    digest = hashlib.sha256(b"\t".join([b"fact", *row]) + b"\n")
    for name, *fields in (
            (b"feed", b"f", b"7"),
            (b"edition", b"e", b"2026-01", b"5", b"1",
             digest.hexdigest().encode(), b"free", b""),
            (b"fact", *row)):
        text += b" ".join([name, *(b"%d" % len(f) for f in fields)]) + b"\n"
        text += b"".join(fields) + b"\n"
    text += b"end 1 64\n3" + hashlib.sha256(text).hexdigest().encode() + b"\n"
    path, store = (os.path.join(folder, n) for n in ("in", "store.db"))
    with open(path, "wb") as f:
        f.write(gzip.compress(text))
    p = _tap.run("store", "import", "--store=" + store, path)
    return [p.stderr.decode()] if p.returncode else (
        follows("feeds", "feeds", "--json", "--store=" + store) +
        follows("feeds", "feeds", "--json", "--store=" + path + "/none"))


_tap.main([report_of_the_demo, report_of_all_policies,
           components_of_an_sbom, check_of_an_sbom,
           entity_by_host, entity_by_name,
           neutral_host, digest_of_a_repository, plan_of_shards,
           feeds_of_a_store])
