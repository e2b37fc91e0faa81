"""GLEIF's API, version 1: records by name and by LEI, relationships,
exceptions."""
import urllib.parse

from server import Response


def lei(n):
    """A sound LEI (ISO 7064, MOD 97-10)."""
    body = f"00EXAMPLE1{n:08d}"
    digits = "".join(str(int(c, 36)) for c in body + "00")
    return f"{body}{98 - int(digits) % 97:02d}"


# name, country, other name, direct parent, ultimate parent (or a reason)
ENTITIES = {
    1: ("Asked Networks GmbH", "DE", None, 2, 3),
    2: ("Middle Holding B.V.", "NL", None, 3, 3),
    3: ("顶层集团有限公司", "CN", "Top Group Co., Ltd.", "NON_PUBLIC",
        "NO_KNOWN_PERSON"),
    4: ("Asked Networks GmbH & Co. KG", "DE", None, "NO_LEI", "NO_LEI"),
    5: ("Lonely Radio Ltd", "GB", None, "NATURAL_PERSONS",
        "NATURAL_PERSONS"),
}
BY_LEI = {lei(n): n for n in ENTITIES}
LINKS = (("direct-parent", 3), ("ultimate-parent", 4))


def record(n):
    name, country, other, *_ = ENTITIES[n]
    relationships = {"managing-lou": {"links": {"related": ".."}}}
    for link, at in LINKS:
        is_held = isinstance(ENTITIES[n][at], int)
        relationships[link] = {"links": {
            "relationship-record": "..", "lei-record": ".."} if is_held
            else {"reporting-exception": ".."}}
    return {"type": "lei-records", "id": lei(n), "attributes": {
        "lei": lei(n), "entity": {
            "legalName": {"name": name, "language": "en"},
            "otherNames": [{"name": other, "language": "en", "type":
                            "TRADING_OR_OPERATING_NAME"}] if other else [],
            "transliteratedOtherNames": [],
            "legalAddress": {"city": "X", "country": country},
            "headquartersAddress": {"city": "X", "country": country},
            "jurisdiction": country, "category": "GENERAL",
            "status": "ACTIVE"},
        "registration": {"status": "ISSUED", "lastUpdateDate":
                         "2025-06-07T08:09:10Z", "corroborationLevel":
                         "FULLY_CORROBORATED"},
        "bic": None}, "relationships": relationships}


def relationship(n, link, holder):
    kind = "DIRECTLY" if link.startswith("direct") else "ULTIMATELY"
    return {"type": "relationship-records", "id": "..", "attributes": {
        "validFrom": "2025-08-28T00:00:00Z", "validTo": None,
        "relationship": {
            "startNode": {"id": lei(n), "type": "LEI"},
            "endNode": {"id": lei(holder), "type": "LEI"},
            "type": f"IS_{kind}_CONSOLIDATED_BY", "status": "ACTIVE",
            "periods": [{"startDate": "2024-01-01T00:00:00Z", "endDate":
                         "2024-12-31T00:00:00Z", "type":
                         "ACCOUNTING_PERIOD"},
                        {"startDate": "2013-11-01T00:00:00Z",
                         "type": "RELATIONSHIP_PERIOD"}]},
        "registration": {"lastUpdateDate": "2025-06-07T08:09:10Z",
                         "status": "PUBLISHED", "corroborationLevel":
                         "FULLY_CORROBORATED"}}}


def exception(n, link, reason):
    level = "DIRECT" if link.startswith("direct") else "ULTIMATE"
    return {"type": "reporting-exceptions", "attributes": {
        "validFrom": "2022-03-04T00:00:00Z", "validTo": None, "lei": lei(n),
        "category": f"{level}_ACCOUNTING_CONSOLIDATION_PARENT",
        "reason": reason, "reference": None}}


def search(request):
    name = request.query.get("filter[entity.legalName]", "").lower()
    page = int(request.query.get("page[number]", 1))
    size = int(request.query.get("page[size]", 10))
    size = min(size, request.server.state.get("gleif-api-page", size))
    found = [n for n in ENTITIES if name and name.split()[0] in
             ENTITIES[n][0].lower()]
    part = found[(page - 1) * size:page * size]
    links = {"first": "..", "last": ".."}
    if page * size < len(found):
        links["next"] = ".."
    return Response({"meta": {"pagination": {"total": len(found)}},
                     "links": links, "data": [record(n) for n in part]})


def missing():
    return Response({"errors": [{"status": "404", "title": "not found"}]},
                    404)


def handle(request):
    parts = urllib.parse.unquote(request.path).split("/")
    if parts[:3] != ["api", "v1", "lei-records"]:
        return None
    if len(parts) == 3:
        return search(request)
    n = BY_LEI.get(parts[3])
    if n is None:
        return missing()
    if len(parts) == 4:
        return Response({"data": record(n)})
    for link, at in LINKS:
        value = ENTITIES[n][at]
        if parts[4] == link + "-relationship" and isinstance(value, int):
            return Response({"data": relationship(n, link, value)})
        if parts[4] == link + "-reporting-exception" and \
                not isinstance(value, int):
            return Response({"data": exception(n, link, value)})
    return missing()
