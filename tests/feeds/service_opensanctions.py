"""OpenSanctions: a file of FollowTheMoney entities, one a line; each property
is a list. An edge stands before what it points to."""
import json

from server import Response


def entity(key, schema, referents=(), **properties):
    return {"id": key, "caption": key, "schema": schema, "properties": {
        k: v if isinstance(v, list) else [v] for k, v in properties.items()},
        "referents": list(referents), "datasets": ["x"], "target": True}


def sanction(key, of, start, end=None, **more):
    dates = {"startDate": start} | ({"endDate": end} if end else {})
    words = {"program": "Section 1260H", "programId": "US-DOD-1260H",
             "authority": "Department of Defense",
             "sourceUrl": "https://example.com/list.pdf"}
    return entity(key, "Sanction", entity=of, **(words | dates | more))


ENTITIES = [
    entity("o1", "Ownership", owner="NK-2", asset="old-1", percentage="51.5",
           startDate="2019"),
    entity("o2", "Ownership", owner="NK-3", asset="NK-1", percentage="50-60"),
    sanction("s1", "NK-1", "2026-06-08"),
    sanction("s2", "NK-2", "2024-01-31"),
    sanction("s3", "NK-3", "2026-06-08"),
    sanction("s4", "NK-h", "2022-10-05", "2024-01-31"),
    entity("NK-1", "Company", ["old-1"], name=["Invented Chips Co Ltd"],
           country="cn"),
    entity("NK-2", "PublicBody", name="Invented State Bureau", country="cn"),
    entity("NK-3", "Person", name="A Person", country="cn"),
    entity("NK-4", "LegalEntity", name="Another Person Name", country="cn"),
    entity("NK-5", "Company", name="Elsewhere Ltd", country="ae"),
    entity("NK-h", "Company", name="Huawei Technologies Co., Ltd.",
           country="cn"),
]


# An owner and an entry of another list, of what the first dataset has.
OTHERS = [
    entity("o3", "Ownership", owner="NK-2", asset="NK-9", percentage="100%"),
    entity("NK-9", "Company", name="Invented Radio Co Ltd", country="cn",
           leiCode="5493001KJTIIGC8Y1R12"),
    {**sanction("s9", "NK-1", "2027-01-01", programId="US-BIS-EL"),
     "caption": "newer, and of another list"},
]
DATASETS = {"us_dod_chinese_milcorps": ENTITIES, "us_trade_csl": OTHERS}


def handle(request):
    name = request.path.removeprefix("datasets/latest/").removesuffix(
        "/entities.ftm.json")
    if name not in DATASETS:
        return None
    more = request.server.state.get("opensanctions-" + name, [])
    return Response("".join(json.dumps(e) + "\n"
                            for e in DATASETS[name] + more),
                    kind="application/json+ftm")
