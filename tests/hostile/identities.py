#!/usr/bin/env python3
"""Identities: addresses that claim a host, look like it, or go by a host of
nobody. A claim moves no proven bound to the better: what is not the host itself
is unknown."""
import _git
import _run
from _run import row

H = "history --json"


def by(*addresses):
    """A history with one commit of each author."""
    def make(folder):
        r, last = _git.Repo(folder), []
        for i, a in enumerate(addresses):
            last = [r.file(b"%d\n" % i, *last, author=b"A <%s> %d +0000" % (
                a.encode("utf-8", "surrogateescape"), 1600000000 + i))]
        r.head(last[0])
        return r.top
    return make


def mixed(n, other):
    """n of ten commits go by another address."""
    return by(*[other] * n, *["a@acme.example"] * (10 - n))


UNKNOWN = 3
ROWS = [
    row("all of Acme", by("a@acme.example"), H, 0, judged=0),
    row("30 % of Evil", mixed(3, "e@evil.example"), H, 0, judged=1),
    row("30 % laundered through a mail provider", mixed(3, "e@gmail.com"), H,
        0, judged=UNKNOWN),
    row("30 % without an address", mixed(3, ""), H, 0, judged=UNKNOWN),
    row("host in capitals", by("a@ACME.EXAMPLE"), H, 0, judged=0),
    row("host with a dot behind", by("a@acme.example."), H, 0,
        judged=(0, UNKNOWN)),
    row("host of Acme below Evil's", by("a@acme.example.evil.example"), H, 0,
        judged=1),
    row("host that ends like Acme's", by("a@notacme.example"), H, 0,
        judged=UNKNOWN),
    row("host that begins like Acme's", by("a@acme.example.com"), H, 0,
        judged=UNKNOWN),
    row("host with a Cyrillic letter", by("a@\u0430cme.example"), H, 0,
        judged=UNKNOWN),
    row("host with a dotless letter", by("a@acm\u0117.example"), H, 0,
        judged=UNKNOWN),
    row("host in punycode", by("a@xn--cme-7cd.example"), H, 0,
        judged=UNKNOWN),
    row("host in full width", by("a@\uff41cme.example"), H, 0,
        judged=(0, UNKNOWN)),
    row("host with a zero-width blank", by("a@ac\u200bme.example"), H, 0,
        judged=UNKNOWN),
    row("host with a direction override", by("a@\u202eelpmaxe.emca"), H, 0,
        judged=UNKNOWN),
    row("host with a full stop of another script", by("a@acme\u3002example"),
        H, 0, judged=(0, UNKNOWN)),
    row("two at signs, Evil last", by("a@acme.example@evil.example"), H, 0,
        judged=1),
    row("two at signs, Evil first", by("e@evil.example@acme.example"), H, 0,
        judged=(0, 1, UNKNOWN)),
    row("Acme in front of the at sign", by("acme.example@gmail.com"), H, 0,
        judged=UNKNOWN),
    row("Acme behind a plus", by("e+acme.example@evil.example"), H, 0,
        judged=1),
    row("Acme in a percent route", by("a%acme.example@evil.example"), H, 0,
        judged=1),
    row("no-reply of a forge", by("1+a@users.noreply.github.com"), H, 0,
        judged=UNKNOWN),
    row("an address of 127.0.0.1", by("a@[127.0.0.1]"), H, 0,
        judged=UNKNOWN),
    row("localhost", by("a@localhost"), H, 0, judged=UNKNOWN),
    row("host of dots", by("a@......"), H, 0, judged=UNKNOWN),
    row("host of 256 bytes", by("a@" + "a." * 124 + "acme.example"), H, (0, 3),
        judged=UNKNOWN),
    row("host of 5,000 labels", by("a@" + "a." * 5000 + "acme.example"), H,
        (0, 3), judged=UNKNOWN),
    row("a bot by its name", by("acme[bot]@users.noreply.github.com"), H,
        (0, 5), judged=(0, UNKNOWN, 5)),
    row("100 hosts", by(*[f"a@h{i}.test" for i in range(100)]), H, 0,
        judged=UNKNOWN),
]

if __name__ == "__main__":
    _run.main(__doc__, ROWS)
