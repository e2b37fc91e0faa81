"""The GLEIF golden copy: its list of publications, and CSV in zip files. The
state "gleif" may hold the publication's date and further entities."""
import csv
import io
import zipfile

from server import Response

DATE = "2026-01-05 08:00:00"
PERIODS = [f"Relationship.Period.{n}.{x}" for n in (1, 2)
           for x in ("startDate", "endDate", "periodType")]
RR = ["Relationship.StartNode.NodeID", "Relationship.StartNode.NodeIDType",
      "Relationship.EndNode.NodeID", "Relationship.EndNode.NodeIDType",
      "Relationship.RelationshipType", "Relationship.RelationshipStatus",
      *PERIODS, "Registration.LastUpdateDate",
      "Registration.ValidationSources"]
LEI2 = ["LEI", "Entity.LegalName", "Entity.LegalName.xmllang",
        "Entity.OtherEntityNames.OtherEntityName.1",
        "Entity.TransliteratedOtherEntityNames."
        "TransliteratedOtherEntityName.1",
        "Entity.LegalAddress.FirstAddressLine", "Entity.LegalAddress.Country",
        "Entity.HeadquartersAddress.Country", "Entity.LegalJurisdiction",
        "Entity.EntityCategory", "Registration.LastUpdateDate",
        "Registration.RegistrationStatus", "Registration.ValidationSources"]


def lei(n):
    """A sound LEI (ISO 7064, MOD 97-10)."""
    body = f"00EXAMPLE0{n:08d}"
    digits = "".join(str(int(c, 36)) for c in body + "00")
    return f"{body}{98 - int(digits) % 97:02d}"


def entity(n, name, country, other="", status="ISSUED"):
    return [lei(n), name, "en", other, "", 'Street "1",\nfloor 2', country,
            country, country, "GENERAL", "2025-06-07T08:09:10Z", status,
            "FULLY_CORROBORATED"]


def relation(held, holder, kind="IS_DIRECTLY_CONSOLIDATED_BY",
             status="ACTIVE"):
    return [lei(held), "LEI", lei(holder), "LEI", kind, status,
            "2024-01-01T00:00:00Z", "2024-12-31T00:00:00Z",
            "ACCOUNTING_PERIOD", "2013-11-01T00:00:00Z", "",
            "RELATIONSHIP_PERIOD", "2025-01-02T00:00:00Z",
            "FULLY_CORROBORATED"]


# 1 is Chinese, held by 2 (US), held by 3 (KY); 4 (DE) is held by 1; 5 and 6
# have nothing to do with it; 7 has a name that the bundled facts know.
ENTITIES = [
    entity(1, "示例通信有限公司", "CN", "Example Telecom Co., Ltd."),
    entity(2, "Example Holding Inc.", "US"),
    entity(3, "Example Top Ltd", "KY"), entity(4, "Beispiel GmbH", "DE"),
    entity(5, "Unrelated SA", "FR"), entity(6, "Other Unrelated", "FR"),
    entity(7, "Ericsson AB", "SE"),
    entity(8, "Annulled Co", "CN", status="ANNULLED"),
]
RELATIONS = [relation(1, 2), relation(2, 3), relation(4, 1), relation(6, 5),
             relation(1, 3, "IS_ULTIMATELY_CONSOLIDATED_BY"),
             relation(5, 1, "IS_FUND-MANAGED_BY")]


REPEX = ["LEI", "Exception.Category", "Exception.Reason.1",
         "Exception.Reason.2", "Exception.Reference.1"]


def exception(n, level, reason):
    return [lei(n), f"{level}_ACCOUNTING_CONSOLIDATION_PARENT", reason, "",
            ""]


# 3 has none above it; 5 is no entity that matters; 1 has a parent after all
EXCEPTIONS = [exception(3, "DIRECT", "NON_PUBLIC"),
              exception(3, "ULTIMATE", "NO_KNOWN_PERSON"),
              exception(5, "DIRECT", "NATURAL_PERSONS"),
              exception(1, "DIRECT", "NO_LEI"),
              exception(3, "SIDEWAYS", "NO_LEI")]


def zipped(head, rows):
    text, out = io.StringIO(), io.BytesIO()
    text.write("\ufeff")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    info = zipfile.ZipInfo("golden-copy.csv", (2026, 1, 5, 8, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w") as z:
        z.writestr(info, text.getvalue().encode())
    return out.getvalue()


def files(state):
    return {"rr-full.zip": zipped(RR, RELATIONS),
            "lei2-full.zip": zipped(LEI2, ENTITIES),
            "repex-full.zip": zipped(REPEX, EXCEPTIONS),
            "lei2-delta.zip": zipped(LEI2, state.get("changes", []))}


def handle(request):
    state = request.server.state.get("gleif", {})
    built = files(state)
    name = request.path.rpartition("/")[2]
    if name in built:
        return Response(built[name], kind="application/zip")
    if request.path != "api/v2/golden-copies/publishes":
        return None

    def of(name):
        return {x: {"url": f"{request.base}/files/{name}.{x}", "size": 1}
                for x in ("json", "xml")} | {"csv": {
                    "url": f"{request.base}/files/{name}.zip",
                    "size": len(built.get(name + ".zip", b""))}}

    deltas = {d: of("lei2-delta") for d in
              ("IntraDay", "LastDay", "LastWeek", "LastMonth")}
    return Response({"data": [{
        "publish_date": state.get("date", DATE),
        "lei2": {"full_file": of("lei2-full"), "delta_files": deltas},
        "rr": {"full_file": of("rr-full"), "delta_files": {}},
        "repex": {"full_file": of("repex-full"), "delta_files": {}}}]})
