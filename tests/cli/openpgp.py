#!/usr/bin/env python3
"""OpenPGP signatures in a whole run: keys of fixtures/openpgp and of GnuPG
where it is there, in a confined process; what does not hold is told, and what
is hostile says nothing on the terminal. TAP on standard output."""
import base64
import json
import os
import shutil
import subprocess
import time

import _tap

OPENPGP = os.path.join(_tap.SRCDIR, "fixtures", "openpgp")
EMPTY = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


def fixture(name):
    with open(os.path.join(OPENPGP, name), "rb") as f:
        return f.read()


def git(path, *arguments, data=None, **more):
    env = {"GIT_CONFIG_NOSYSTEM": "1", "HOME": path, "PATH": os.environ["PATH"],
           **more}
    return subprocess.run(["git", "-C", path, *arguments], check=True,
                          input=data, capture_output=True,
                          env=env).stdout.decode().strip()


def holding(folder, commit):
    """A repository whose only commit it is."""
    path = os.path.join(folder, "r")
    shutil.rmtree(path, ignore_errors=True)
    os.mkdir(path)
    git(path, "init", "-q", "-b", "main", ".")
    git(path, "hash-object", "-w", "-t", "tree", "--stdin", data=b"")
    name = git(path, "hash-object", "-w", "-t", "commit", "--literally",
               "--stdin", data=commit)
    git(path, "update-ref", "refs/heads/main", name)
    return path


def history(path, *keys):
    p = _tap.run("history", "--json", "--no-cache", path,
                 *["--author-keys=" + k for k in keys])
    return p, json.loads(p.stdout) if p.stdout else None


def rungs(made):
    return {row[2]: row[3] for row in made["authorship"]["rows"]}


def what_holds_and_what_is_told(folder):
    found = []
    for name, rung, told in (
            ("rsa", 1, None), ("ed25519", 1, None), ("subkey", 1, None),
            ("of-another", 0, None), ("alien", 0, None), ("two", 0, None),
            ("forged", 0, "1 forged"), ("past-the-end", 0, "1 expired"),
            ("revoked", 0, "1 of a revoked key"), ("sha1", 0, "1 weak")):
        p, made = history(holding(folder, fixture(name + ".commit")),
                          os.path.join(OPENPGP, "keys.asc"))
        if not made:
            return [f"{p.returncode} {p.stderr}"]
        said = [d["message"] for d in made["diagnostics"]
                if d["code"] == "RW1418"]
        if p.returncode or rungs(made).get("signature", 0) != rung:
            found.append(f"{name}: {p.returncode} {rungs(made)} {p.stderr}")
        if said != ([] if told is None else ["signatures by the given keys "
                                             f"that do not hold: {told}"]):
            found.append(f"{name}: {said}")
        text = _tap.run("history", "--no-cache", os.path.join(folder, "r"),
                        "--author-keys=" + os.path.join(OPENPGP, "keys.asc"))
        lines = text.stderr.splitlines()
        if p.stderr or len(lines) != len(said) or not all(
                line.endswith(b"[RW1418]") for line in lines):
            found.append(f"{name}: {p.stderr} {text.stderr}")
    return found


def keys_that_are_refused(folder):
    path, found = holding(folder, fixture("rsa.commit")), []
    with open(os.path.join(folder, "bad"), "wb") as f:
        f.write(fixture("keys.asc")[:700])
    with open(os.path.join(folder, "secret"), "wb") as f:
        f.write(fixture("alien.asc").replace(b"PUBLIC", b"PRIVATE"))
    for name in (os.path.join(folder, "secret"), os.path.join(folder, "bad")):
        p, _ = history(path, os.path.join(OPENPGP, "keys.asc"), name)
        if p.returncode != 2 or b"RW1417" not in p.stderr or p.stdout or \
                p.stderr.count(b"\n") != 1:
            found.append(f"{name}: {p.returncode} {p.stderr}")
    return found


def packet(body):
    return b"\xc2\xff" + len(body).to_bytes(4, "big") + body


def signed(bytes_of):
    """A commit with these bytes in the armour of a signature."""
    text = base64.encodebytes(bytes_of).replace(b"\n", b"\n ")
    return (b"tree " + EMPTY.encode() + b"\nauthor A <a@one.test> 1600000000 "
            b"+0000\ncommitter C <c@two.test> 1600000000 +0000\ngpgsig "
            b"-----BEGIN PGP SIGNATURE-----\n \n " + text +
            b"-----END PGP SIGNATURE-----\n\nt\n")


def subpacket(kind, body):
    return b"\xff" + (len(body) + 1).to_bytes(4, "big") + bytes([kind]) + body


def signature(hashed=b"", material=b"\x07\xff" + b"\xff" * 256):
    return (b"\x04\0\x01\x08" + len(hashed).to_bytes(2, "big") + hashed +
            b"\0\0\0\0" + material)


def hostile_signatures(folder):
    key = subprocess.run(["sed", "-n", "s/^gpgsig //p;s/^ //p",
                          os.path.join(OPENPGP, "rsa.commit")], check=True,
                         capture_output=True).stdout
    sound = base64.b64decode(b"".join(
        line for line in key.split(b"\n")[2:-2] if line[:1] != b"="))
    issuer = sound[sound.index(b"\x21\x04") - 2:][:23]
    nested = b""
    while len(nested) < 5000:
        nested = subpacket(32, signature(nested, b""))
    esc = subpacket(20 | 0x80, b"\x80\0\0\0\0\x05\0\0\x1b]0;x")
    bodies = {
        "nested": signature(nested), "no material": signature(b"", b""),
        "huge number": signature(issuer, b"\xff\xff" + b"\xff" * 4000),
        "no number": signature(issuer, b"\0\0"),
        "escape": signature(issuer + esc),
        "many": signature(issuer + subpacket(2, b"\0" * 4) * 500),
        "cut": signature(issuer)[:40], "empty": b"",
    }
    found = []
    commits = {k: signed(packet(v)) for k, v in bodies.items()}
    commits["a message"] = signed(b"\xa3\x01" + b"x" * 300)
    commits["10,000 packets"] = signed(packet(signature(issuer)) * 10000)
    commits["a megabyte"] = signed(b"\x88" * 1000000)
    for name, commit in commits.items():
        path, begun = holding(folder, commit), time.monotonic()
        p, made = history(path, os.path.join(OPENPGP, "keys.asc"))
        took = time.monotonic() - begun
        if p.returncode or rungs(made).get("signature") or took > 5 or \
                b"\x1b" in p.stderr or b"src/lib" in p.stderr:
            found.append(f"{name}: {p.returncode} {took} {p.stderr[:300]}")
    return found


def commits_of_gnupg(folder):
    """Made by git and GnuPG, as users do."""
    home = os.path.join(folder, "g")
    os.mkdir(home, 0o700)
    env = {"GNUPGHOME": home, "PATH": os.environ["PATH"]}

    def gpg(*arguments):
        return subprocess.run(
            ["gpg", "--batch", "-q", "--no-tty", "--pinentry-mode",
             "loopback", "--passphrase", "", *arguments], check=True, env=env,
            capture_output=True, stdin=subprocess.DEVNULL).stdout

    path = holding(folder, fixture("rsa.commit"))
    try:
        gpg("--quick-gen-key", "A <a@one.test>", "ed25519", "sign", "never")
        for i, email in enumerate(("a@one.test", "b@one.test")):
            who = {f"GIT_{r}_{k}": v for r in ("AUTHOR", "COMMITTER")
                   for k, v in (("NAME", "A"), ("EMAIL", email))}
            git(path, "-c", "gpg.program=gpg", "-c",
                "user.signingkey=a@one.test", "commit", "-q", "-S",
                "--allow-empty", "-m", str(i), GNUPGHOME=home, **who)
        found, keys = [], os.path.join(folder, "keys")
        for form in ([], ["--armor"]):
            with open(keys, "wb") as f:
                f.write(gpg(*form, "--export", "a@one.test"))
            p, made = history(path, keys)
            if p.returncode or rungs(made) != {"signature": 1}:
                found.append(f"{form} {p.returncode} {rungs(made)} {p.stderr}")
        return found
    finally:
        subprocess.run(["gpgconf", "--kill", "all"], env=env, check=False)


if b"RNP         not there" in _tap.run("doctor").stdout:
    print("1..0 # SKIP no library RNP")
else:
    _tap.main([what_holds_and_what_is_told, keys_that_are_refused,
               hostile_signatures,
               *([commits_of_gnupg] if shutil.which("gpg") else [])])
