"""The Federal Register: a search for documents, and the texts of notices as
their raw texts have them: two lists, one of three entries between them, and with
the state "1260h-first" one before them of another shape. The state "1260h"
may hold another date."""
from server import Response

BULLET = "    &lt;bullet&gt; "
ENTRIES = [
    ("Huawei Technologies Co., Ltd. (Huawei)",
     ["Huawei is indirectly affiliated with SASAC\n(Section "
      "1260H(g)(2)(B)(i)(I))."]),
    ("Invented Military Radio\nGroup Co., Ltd. (IMR) (and 2 IMR subsidiaries: "
     "IMR Shanghai Co., Ltd.\n(IMR SH); and IMR &amp; Sons Co., Ltd.)",
     ["IMR is directly owned by the PLA (Section 1260H(g)(2)(A)).",
      "IMR is also affiliated with MIIT (Section 1260H(g)(2)(B))."]),
] + [(f"Invented Company {i} Co., Ltd. (IC{i})",
      [f"IC{i} is affiliated with MIIT (Section 1260H(g)(2)(B))."])
     for i in range(30)]


OLDER = ENTRIES[:1] + [
    (f"Invented Former Company {i} Co., Ltd. (IFC{i})",
     [f"IFC{i} is affiliated with MIIT (Section 1260H(g)(2)(B))."])
    for i in range(25)]
ADDED = [(f"Invented Added Company {i} Co., Ltd. (IAC{i})",
          [f"IAC{i} is affiliated with MIIT (Section 1260H(g)(2)(B))."])
         for i in range(3)]
TEXTS = {"2026-11571": ENTRIES, "2025-00070": OLDER, "2025-09999": ADDED}


def notice(number):
    if number == "2021-13753":
        return "<html><body><pre>\nAnother shape.\n</pre></body></html>\n"
    text = "".join(f"{name}\n\n" + "".join(f"{BULLET}{w}\n" for w in why)
                   for name, why in TEXTS[number])
    return ("<html>\n<head><title>x</title></head><body><pre>\n[Federal "
            "Register Volume 91, Number 1]\n[[Page 35189]]\n\nSUPPLEMENTARY "
            "INFORMATION: The Deputy Secretary has determined that these "
            "entities\nare &quot;Chinese military companies&quot; in "
            "accordance with section\n1260H:\n\n" + text +
            "    The Deputy Secretary of Defense has determined that the "
            "following\npreviously listed entities should be removed from "
            f"the list:\nInvented Removed Co., Ltd.\n[FR Doc. {number}]\n"
            "</pre></body></html>\n")


def document(request, number, date, title):
    return {"document_number": number, "publication_date": date,
            "title": title, "raw_text_url":
            f"{request.base}/documents/full_text/text/{number}.txt"}


def handle(request):
    date = request.server.state.get("1260h", "2026-06-10")
    if request.path == "api/v1/documents.json":
        lists = [("2026-11571", date), ("2025-00070", "2025-01-07"),
                 ("2025-09999", "2025-06-02")]
        if request.server.state.get("1260h-first"):
            lists += [("2021-13753", "2021-06-28")]
        docs = [document(request, number, day, "Notice of Availability of "
                         "Designation of Chinese Military Companies")
                for number, day in lists]
        docs += [document(request, "2026-20000", "2026-09-09", "Notice of "
                          "Removal of Designation as Chinese Military "
                          "Companies"),
                 document(request, "2024-1", "2026-07-07", "Another notice")]
        return Response({"count": len(docs), "total_pages": 1,
                         "results": docs})
    number = request.path.rpartition("/")[2].removesuffix(".txt")
    if request.path.startswith("documents/full_text/text/") and (
            number in TEXTS or number == "2021-13753"):
        return Response(notice(number), kind="text/html")
    return None
