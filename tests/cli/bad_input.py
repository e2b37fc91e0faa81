#!/usr/bin/env python3
"""Each kind of bad input gets its code, its place and its exit status, what
was sound is kept, and nothing is written into a scanned tree. TAP on
standard output."""
import hashlib
import json
import os
import shutil
import subprocess

import _tap

SBOM = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {"component": {"bom-ref": "r", "type": "application",
                                   "name": "product"}},
        "components": [{"bom-ref": f"c{i}", "type": "library",
                        "name": f"lib{i}", "version": "1"}
                       for i in range(20)],
        "dependencies": [{"ref": "r", "dependsOn": ["c0"]}]}
STACK = ("stack: 1\nname: s\nfunctions:\n  - function: O-DU\n"
         "    components:\n      - {%s}\n")
POLICY = "policy: 1\nname: x\nnonsense: 1\n"
FILES = {"go.mod": b"module example.com/x\nrequire github.com/a/b v1.0.0\n"}


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "wb") as f:
        f.write(text if isinstance(text, bytes) else text.encode())
    return path


def repository(folder, commits=5):
    path = os.path.join(folder, "repo.git")
    _tap.repository(path, b"".join(
        _tap.commit(i, b"A", b"a@nokia.com", b"%d +0000" % (1600000000 + i),
                    FILES if i == 1 else {"f": b"%d" % i},
                    i - 1 if i > 1 else None)
        for i in range(1, commits + 1)))
    return path


def scan(*arguments):
    """(exit status, the JSON report or None, standard error)"""
    p = _tap.run("scan", "-o", "json", *arguments)
    report = json.loads(p.stdout) if p.stdout else None
    return p.returncode, report, p.stderr.decode()


def wants(found, status, code, place, kept=None):
    """Problems of a scan that keeps what was sound."""
    got, report, err = found
    problems = [] if got == status else [f"exit {got}, wanted {status}"]
    if not report:
        return problems + ["no report", err]
    hits = [d for d in report["diagnostics"] if d["code"] == code]
    if not hits:
        problems.append(f"no {code}: {report['diagnostics']}")
    elif not any(place in (d["path"] or "") for d in hits):
        problems.append(f"{code} does not name {place}: {hits}")
    names = [c["name"] for c in report["components"]]
    if kept and kept not in names:
        problems.append(f"{kept} is not among {names}")
    return problems


def refused(found, code, place):
    """Problems of a run that ends with usage or configuration."""
    got, report, err = found
    problems = [] if got == 2 else [f"exit {got}, wanted 2"]
    if report:
        problems.append("there is a report")
    if code not in err or place not in err:
        problems.append(f"wanted {code} at {place}: {err}")
    return problems


def missing_target(folder):
    return refused(scan(folder + "/none"), "RW1001", folder + "/none")


def file_that_is_nothing_known(folder):
    return refused(scan(write(folder, "x.bin", b"\0\1\2" * 99)), "RW1006",
                   "x.bin")


def stack_file_that_is_too_large(folder):
    text = STACK % "purl: pkg:npm/a@1"
    line = "      - {purl: pkg:npm/a@1}\n"
    text += line * ((4 << 20) // len(line) + 9)
    return refused(scan(write(folder, "s.yaml", text)), "RW1501", "s.yaml")


def folder_with_a_slash_behind(folder):
    write(folder, "go.mod", FILES["go.mod"])
    base = os.path.basename(folder)
    found = scan(folder + "//")[1]["components"][0]["name"]
    return [] if found == base else [f"named {found}, wanted {base}"]


def stack_that_is_built_from_nowhere(folder):
    write(folder, "go.mod", FILES["go.mod"])
    stack = STACK % "repository: ., built: [go.mod, scr/**]"
    found = scan(write(folder, "s.yaml", stack))
    said = [d["message"] for d in found[1]["diagnostics"]
            if d["code"] == "RW1503"]
    problems = wants(found, 3, "RW1503", "s.yaml", "github.com/a/b")
    return problems or ([] if len(said) == 1 and "scr/**" in said[0]
                        else [f"said: {said}"])


def two_stack_files(folder):
    a, b = (write(folder, n, STACK % "purl: pkg:npm/a@1")
            for n in ("a.yaml", "b.yaml"))
    return refused(scan(a, b), "RW1501", "b.yaml")


def text_that_is_not_json(folder):
    return refused(scan(write(folder, "x.json", "hello, world\n")), "RW1006",
                   "x.json")


def truncated_sbom(folder):
    text = json.dumps(SBOM, indent=1)
    path = write(folder, "cut.json", text[:len(text) * 2 // 3])
    return wants(scan(path), 3, "RW1101", "cut.json", "lib5")


def sbom_with_a_cycle(folder):
    bom = dict(SBOM, dependencies=[
        {"ref": "r", "dependsOn": ["c0"]}, {"ref": "c0", "dependsOn": ["c1"]},
        {"ref": "c1", "dependsOn": ["c0"]}])
    found = scan(write(folder, "cycle.json", json.dumps(bom)))
    problems = wants(found, found[0], "RW1204", "cycle.json", "lib1")
    names = [c["name"] for c in found[1]["components"]]
    if names.count("lib0") != 1:
        problems.append(f"lib0 stands {names.count('lib0')} times")
    return problems


def sbom_of_an_unknown_version(folder):
    path = write(folder, "v9.json", json.dumps(dict(SBOM, specVersion="9.9")))
    return wants(scan(path), 3, "RW1201", "v9.json")


def sbom_without_components(folder):
    path = write(folder, "none.json", json.dumps(
        dict(SBOM, components=[], dependencies=[])))
    return wants(scan(path), 3, "RW1209", "none.json")


def repository_without_commits(folder):
    path = os.path.join(folder, "empty.git")
    subprocess.run(["git", "init", "-q", "--bare", path], check=True)
    return wants(scan(path), 3, "RW1402", "empty.git")


def shallow_clone(folder):
    clone = os.path.join(folder, "shallow")
    subprocess.run(["git", "clone", "-q", "--depth=2", "file://"
                    + repository(folder), clone], check=True)
    return wants(scan(clone), 3, "RW1404", "shallow", "github.com/a/b")


def missing_objects(folder):
    path = repository(folder)
    subprocess.run(["git", "repack", "-adq"], cwd=path, check=True)
    pack = os.path.join(path, "objects/pack")
    for name in os.listdir(pack):
        shutil.move(os.path.join(pack, name), os.path.join(folder, name))
    for name in os.listdir(folder):
        if name.endswith(".pack"):
            with open(os.path.join(folder, name), "rb") as f:
                subprocess.run(["git", "unpack-objects", "-q"], cwd=path,
                               stdin=f, check=True)
    old = subprocess.run(["git", "rev-parse", "main~3"], cwd=path, text=True,
                         check=True, capture_output=True).stdout.strip()
    os.remove(os.path.join(path, "objects", old[:2], old[2:]))
    return wants(scan(path), 3, "RW1403", "repo.git", "github.com/a/b")


def unreadable_file(folder):
    tree = os.path.join(folder, "tree")
    os.mkdir(tree)
    write(tree, "go.mod", FILES["go.mod"])
    os.chmod(write(tree, "requirements.txt", "six==1.0\n"), 0)
    if os.geteuid() == 0:
        # root may read anything: a folder in its place cannot be read
        os.remove(os.path.join(tree, "requirements.txt"))
        write(tree, "requirements.txt", b"six==1.0\n" * 600000)
        return wants(scan(tree), 3, "RW1004", "requirements.txt",
                     "github.com/a/b")
    return wants(scan(tree), 3, "RW1002", "requirements.txt",
                 "github.com/a/b")


def folder_with_nothing(folder):
    os.mkdir(folder + "/nothing")
    got, report, _ = scan(folder + "/nothing")
    codes = [d["code"] for d in report["diagnostics"]]
    return [] if "RW1007" in codes and got in (3, 5) else [f"{got} {codes}"]


def policy_with_an_unknown_key(folder):
    path = write(folder, "p.yaml", POLICY)
    problems = refused(scan("-p", path, repository(folder)), "RW1601",
                       "p.yaml:3:")
    return problems


def no_such_policy(folder):
    return refused(scan("-p", "nope", repository(folder)), "RW1602", "nope")


def stack_that_points_outside(folder):
    os.mkdir(folder + "/s")
    write(folder, "x.json", json.dumps(SBOM))
    path = write(folder + "/s", "stack.yaml", STACK % "sbom: ../x.json")
    problems = refused(scan(path), "RW1502", "stack.yaml:6:")
    os.symlink("../x.json", folder + "/s/link.json")
    path = write(folder + "/s", "stack.yaml", STACK % "sbom: link.json")
    return problems + refused(scan(path), "RW1502", "stack.yaml:6")


def stack_with_an_unknown_key(folder):
    path = write(folder, "stack.yaml", STACK % "sbom: x.json, colour: red")
    return refused(scan(path), "RW1501", "stack.yaml:6:")


def stack_with_a_missing_part(folder):
    path = write(folder, "stack.yaml", STACK % "sbom: none.json")
    return wants(scan(path), 3, "RW1503", "stack.yaml", "none.json")


def facts_with_a_bad_row(folder):
    path = write(folder, "f.csv", "kind,subject,object,value,from,to,source,"
                 "speaks_for,read,confidence,state,note\n"
                 "host,a.example,nobody-known,,20x,,,,,A,,\n")
    return refused(scan("--facts", path, repository(folder)), "RW1701",
                   "f.csv:2")


def digest_that_does_not_add_up(folder):
    p = _tap.run("history", "--json", repository(folder))
    digest = json.loads(p.stdout)
    digest["totals"]["commits"] += 1
    path = write(folder, "d.json", json.dumps(digest))
    p = _tap.run("scan", "-o", "json", "--digests", path,
                 folder + "/repo.git")
    text = (p.stdout + p.stderr).decode()
    return [] if "RW1803" in text and p.returncode in (2, 3) else [text]


def range_that_does_not_exist(folder):
    p = _tap.run("history", "--range", "v1..v2", repository(folder))
    return [] if p.returncode == 2 and b"RW1409" in p.stderr else [
        f"{p.returncode} {p.stderr}"]


def output_that_cannot_be_written(folder):
    p = _tap.run("scan", "-o", f"json={folder}/none/r.json",
                 repository(folder))
    return [] if p.returncode == 3 and b"RW1008" in p.stderr else [
        f"{p.returncode} {p.stderr}"]


def fingerprint(root):
    out = []
    for d, subs, names in sorted(os.walk(root)):
        for n in sorted(subs + names):
            path = os.path.join(d, n)
            st = os.lstat(path)
            text = b""
            if os.path.isfile(path) and not os.path.islink(path):
                with open(path, "rb") as f:
                    text = f.read()
            out.append((path, st.st_mode, st.st_mtime_ns, st.st_size,
                        hashlib.sha256(text).hexdigest()))
    return out


def nothing_is_written_into_a_tree(folder):
    clone = os.path.join(folder, "clone")
    subprocess.run(["git", "clone", "-q", repository(folder), clone],
                   check=True)
    before = fingerprint(folder)
    for command in ("scan", "components", "history"):
        _tap.run(command, clone)
        _tap.run(command, folder + "/repo.git")
    return [] if fingerprint(folder) == before else ["something changed"]


def repositories_inside(folder):
    """A clone that lies in a work tree is named; a submodule is not."""
    top = os.path.join(folder, "w")
    git = ["git", "-c", "protocol.file.allow=always", "-c", "user.name=A",
           "-c", "user.email=a@nokia.com"]
    other = repository(folder)
    subprocess.run(git + ["init", "-q", top], check=True)
    subprocess.run(git + ["-C", top, "submodule", "--quiet", "add", other,
                          "declared"], check=True)
    subprocess.run(git + ["-C", top, "commit", "-qm", "x"], check=True)
    _, report, _ = scan(top)
    named = [d["path"] for d in report["diagnostics"]
             if d["code"] == "RW1009"]
    subprocess.run(git + ["clone", "-q", other, top + "/lib/laid"],
                   check=True)
    return [f"the submodule: {named}"] * bool(named) + \
        wants(scan(top), 3, "RW1009", top + "/lib/laid")


_tap.main([missing_target, file_that_is_nothing_known, text_that_is_not_json,
           stack_file_that_is_too_large, two_stack_files,
           stack_that_is_built_from_nowhere, folder_with_a_slash_behind,
           truncated_sbom, sbom_with_a_cycle, sbom_of_an_unknown_version,
           sbom_without_components, repository_without_commits,
           shallow_clone, missing_objects, unreadable_file,
           folder_with_nothing, policy_with_an_unknown_key, no_such_policy,
           stack_that_points_outside, stack_with_an_unknown_key,
           stack_with_a_missing_part, facts_with_a_bad_row,
           digest_that_does_not_add_up, range_that_does_not_exist,
           output_that_cannot_be_written, repositories_inside,
           nothing_is_written_into_a_tree])
