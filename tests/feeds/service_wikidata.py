"""Wikidata's query service: results in the W3C's JSON, unbound variables
left out."""
import re

from server import Response

ENTITY = "http://www.wikidata.org/entity/"
SITES = {"radio.fict": 1}
NAMES = {"Invented \"Radio\" Works": 1}
CLAIMS = {1: [("P127", 2, "0.515", ("2018-01-01T00:00:00Z", 9), None,
               "https://example.com/report"),
              ("P749", 3, None, None, ("2020-05-01T00:00:00Z", 10), None)]}
LABELS = {1: ("Invented Radio", "DE"), 2: ("Faraway Holding", "CN"),
          3: ("Former Parent", "US")}


def value(text, kind="literal"):
    return {"type": kind, "value": text}


def item(n, variable):
    label, country = LABELS[n]
    name = "o" if variable == "o" else "holder"
    return {variable: value(f"{ENTITY}Q{n}", "uri"),
            name + "Label": {"type": "literal", "xml:lang": "en",
                             "value": label},
            "country" if name == "o" else "holderCountry": value(country)}


def bindings(n):
    for p, holder, share, start, end, ref in CLAIMS[n]:
        b = item(n, "o") | item(holder, "holder") | {"p": value(p)}
        if share:
            b["share"] = value(share)
        for name, moment in (("from", start), ("to", end)):
            if moment:
                b[name] = value(moment[0])
                b[name + "P"] = value(str(moment[1]))
        if ref:
            b["ref"] = value(ref, "uri")
        yield b


def handle(request):
    query = request.body.decode()
    if request.path != "sparql" or request.method != "POST" or \
            "SELECT" not in query:
        return None
    site = re.search(r"<https://www\.([^/>]+)/>", query)
    name = re.search(r'altLabel "((?:[^"\\]|\\.)*)"@en', query)
    n = SITES.get(site.group(1)) if site else \
        NAMES.get(re.sub(r"\\(.)", r"\1", name.group(1))) if name else None
    rows = list(bindings(n)) if n else []
    return Response({"head": {"vars": ["o", "oLabel"]},
                     "results": {"bindings": rows}},
                    kind="application/sparql-results+json")
