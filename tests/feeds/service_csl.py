"""The Consolidated Screening List: consolidated.json, as ITA builds it."""
from server import Response

BIS = " - Bureau of Industry and Security"
PATH = "downloadable_consolidated_screening_list/v1/consolidated.json"


def result(source, name, country, **more):
    row = {"id": "x", "source": source, "entity_number": None, "type": None,
           "programs": [], "name": name, "title": None, "alt_names": [],
           "addresses": [{"address": "1 Road", "city": "C", "state": None,
                          "postal_code": None, "country": country}],
           "federal_register_notice": "84 FR 22961",
           "start_date": "2019-05-21", "end_date": None, "remarks": None,
           "citizenships": [], "nationalities": [], "ids": [],
           "dates_of_birth": [], "places_of_birth": [], "score": None}
    row.update(more)
    return row


NAMED = [
    result("Entity List (EL)" + BIS, "Huawei Technologies Co., Ltd. "
           "(Huawei).  Affiliated Entity:  Example Chips Branch Co., Ltd.",
           "CN"),
    result("Entity List (EL)" + BIS, "Example Radio Institute, a.k.a., the "
           "following alias: -ERI.", "CN", alt_names=["ERI Institute"],
           end_date="2024-01-01"),
    result("Entity List (EL)" + BIS, "Wei Person", "CN"),
    result("Entity List (EL)" + BIS, "Elsewhere Trading LLC", "AE"),
    result("Specially Designated Nationals (SDN) - Treasury Department",
           "DOE, Jane", "CN", type="Individual"),
    result("Specially Designated Nationals (SDN) - Treasury Department",
           "EXAMPLE SHIPPING CO LTD", "HK", type="Entity",
           alt_names="EX SHIP"),
    result("Denied Persons List (DPL)" + BIS, "Denied Example Co., Ltd.",
           "CN"),
]


def handle(request):
    if request.path != PATH:
        return None
    rows = NAMED + [result("Entity List (EL)" + BIS, f"Filler {i} Trading",
                           "AE") for i in range(1100)]
    return Response({"total": len(rows), "sources_used": [], "results": rows})
