"""RDAP: IANA's list of registries, and answers about domains."""
from server import Response

DOMAINS = {"radio.fict": ("adr", {"cc": "CN"}, ["", "", "", "", "", "", ""]),
           "old.fict": ("adr", {}, ["", "", "x", "y", "", "1", "DE"]),
           "hidden.fict": None}


def domain(name, address):
    card = [["version", {}, "text", "4.0"], ["fn", {}, "text", "A. Person"],
            ["org", {"type": "work"}, "text", ["Person and Sons"]]]
    if address:
        card.append([address[0], address[1], "text", address[2]])
    return {"objectClassName": "domain", "ldhName": name, "entities": [
        {"objectClassName": "entity", "handle": "R", "roles": ["registrar"],
         "vcardArray": ["vcard", [["adr", {"cc": "US"}, "text", []]]]},
        {"objectClassName": "entity", "roles": ["technical", "registrant"],
         "vcardArray": ["vcard", card]}]}


def handle(request):
    if request.path == "rdap/dns.json":
        return Response({"version": "1.0", "publication": "2026-01-01Z",
                         "services": [
                             [["other"], ["https://rdap.unknown.example/"]],
                             [["FICT"], [f"{request.base}/registry/"]]]})
    prefix = "registry/domain/"
    if not request.path.startswith(prefix):
        return None
    name = request.path[len(prefix):]
    if name not in DOMAINS:
        return Response({"errorCode": 404, "title": "Not Found"}, 404)
    return Response(domain(name, DOMAINS[name]), kind="application/rdap+json")
