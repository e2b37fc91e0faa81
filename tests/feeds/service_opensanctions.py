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
    return entity(key, "Sanction", entity=of, program="Section 1260H",
                  authority="Department of Defense",
                  programId="US-DOD-1260H",
                  sourceUrl="https://example.com/list.pdf", **dates, **more)


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


def handle(request):
    if request.path != \
            "datasets/latest/us_dod_chinese_milcorps/entities.ftm.json":
        return None
    return Response("".join(json.dumps(e) + "\n" for e in ENTITIES),
                    kind="application/json+ftm")
