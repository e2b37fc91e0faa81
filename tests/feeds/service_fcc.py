"""The FCC Covered List: a page with one table, as fcc.gov had it."""
from server import Response

ROWS = [
    ("Telecommunications equipment produced by <strong>Huawei Technologies "
     "Company</strong>, including telecommunications or video surveillance "
     "services provided by such entity or using such equipment.",
     "March 12, 2021"),
    ("Telecommunications equipment produced by ZTE Corporation, including "
     "telecommunications or video surveillance services.", "March 12, 2021"),
    ("Information security products, solutions, and services supplied, "
     "directly or indirectly, by AO Invented Lab or any of its "
     "predecessors, successors, parents, subsidiaries, or affiliates.",
     "March 25, 2022"),
    ("International telecommunications services provided by China Mobile "
     "International USA Inc. subject to section 214 of the Communications "
     "Act of 1934.", "March 25, 2022"),
    ("International telecommunications services provided by Invented Networks "
     "Corp. and its wholly-owned subsidiary InvNet (USA) LLC subject to "
     "section 214.", "September 20, 2022"),
    ("Routers produced in a foreign country, except those granted a "
     "conditional approval by DoD or DHS", "March 23, 2026, updated"),
]


def handle(request):
    if request.path != "supplychain/coveredlist":
        return None
    rows = "".join(f"<tr><td><p>{a}</p></td>\n<td>{b}</td></tr>\n"
                   for a, b in ROWS)
    return Response(
        "<!DOCTYPE html><html><body><table><tr><td>menu</td></tr></table>"
        "<table class='x'><thead><tr><th>Covered Equipment or Services*</th>"
        "<th>Date of Inclusion&nbsp;on List</th></tr></thead><tbody>"
        + rows + "</tbody></table></body></html>", kind="text/html")
