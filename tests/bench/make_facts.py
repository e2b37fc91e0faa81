#!/usr/bin/env python3
"""Writes a facts file of the size of the register of legal entities to
standard output, the same every time: make_facts.py [ENTITIES [RELATIONS]]

Entities and relations are made up, their proportions those of the register:
3,000,000 entities with a name and a seat, 490,000 relations of which most
are consolidation and a few a share; groups are a few steps deep, most small
and some very large, and a few hold each other in circles. Rows come in no
order. Entity 0 is of concern (a body of the state CN, and listed); entities
1 to 10000 each have a host, host-N.example."""
import hashlib
import random
import sys

HEADER = "kind,subject,object,value,from,to,source,speaks_for,read," \
    "confidence,state,note"
SYLLABLES = "ar bel cor dan el fin gra hol in jun kar lum mer nor os per " \
    "qua ren sol tor ul ven wes xan yor zen".split()
FORMS = ["GmbH", "Ltd", "Limited", "S.A.", "B.V.", "AB", "SAS", "S.r.l.",
         "Inc.", "LLC", "Pvt Ltd", "AG", "Oy", "K.K.", "Sp. z o.o.",
         "Co., Ltd."]
SEATS = ["DE", "GB", "US", "FR", "IT", "ES", "NL", "SE", "IN", "CN", "LU",
         "DK", "PL", "FI", "JP", "HK", "CH", "AT", "KY", "AU"]
EVIDENCE = "register,%s,2026-11-25,A,,"


def identifier(i):
    """20 characters, as the register's are: who issued it, then the rest."""
    digest = hashlib.blake2b(str(i).encode(), digest_size=9).hexdigest()
    return "%04d00%s" % (int(digest[:4], 16) % 40 * 251, digest[4:18])


def name(rng, i):
    words = ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 3))).title()
             for _ in range(rng.randint(2, 4))]
    text = " ".join(words + [FORMS[i % len(FORMS)]])
    return f'"{text}"' if "," in text else text


def entity(rng, i):
    day = "2026-%02d-%02d" % (i % 11 + 1, i % 28 + 1)
    kind = "state-body" if i == 0 else "company"
    seat = "CN" if i == 0 else rng.choice(SEATS)
    yield f"organisation,{identifier(i)},{kind},{name(rng, i)},,," \
        + EVIDENCE % day
    yield f"establishes,{identifier(i)},,{seat},,," + EVIDENCE % day


def relation(rng, entities, i):
    """Holders stand before what they hold, the first ones most often; one
    in 10,000 the other way round, which closes circles."""
    held = rng.randrange(1, entities)
    holder = int(held * rng.random() ** 4)
    if i % 10000 == 0:
        holder, held = held, max(holder, 1)
    if holder == held:
        holder = 0
    kind, value = "controls", "consolidated"
    if i % 10 == 0:
        kind, value = "owns", f"{rng.randint(1, 40)}.{rng.randint(0, 99):02}%"
    start = "%d-%02d-%02d" % (2000 + i % 26, i % 12 + 1, i % 28 + 1)
    return f"{kind},{identifier(holder)},{identifier(held)},{value}," \
        f"{start},," + EVIDENCE % "2026-11-20"


def rows(entities, relations):
    rng = random.Random(4)
    order = list(range(entities))
    rng.shuffle(order)
    for i in order:
        yield from entity(rng, i)
    for i in range(relations):
        yield relation(rng, entities, i)
    for i in range(1, min(entities, 10001)):
        yield f"host,host-{i}.example,{identifier(i * 7 % entities)},,,," \
            + EVIDENCE % ""
    yield "source,register,free,made up,,,,,,A,,"
    yield f"lists,us-entity-list,{identifier(0)},made up,2019-05-16,," \
        + EVIDENCE % ""


def main():
    entities = int(sys.argv[1]) if len(sys.argv) > 1 else 3000000
    relations = int(sys.argv[2]) if len(sys.argv) > 2 else 490000
    sys.stdout.write(HEADER + "\n")
    for row in rows(entities, relations):
        sys.stdout.write(row + "\n")


if __name__ == "__main__":
    main()
