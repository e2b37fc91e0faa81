"""The list university-domains-list: objects with names and domains."""
from server import Response

PATH = "Hipo/university-domains-list/master/" \
    "world_universities_and_domains.json"


def entry(name, code, *domains):
    return {"name": name, "alpha_two_code": code, "domains": list(domains),
            "web_pages": [f"https://www.{d}/" for d in domains],
            "country": "somewhere", "state-province": None}


ENTRIES = [
    entry("Invented University", "CN", "invented.edu.fict",
          "iu.fict."),
    entry("Invented University", "DE", "invented-uni.fict"),
    entry("Huawei University", "CN", "university.huawei.com"),
    entry("Tsinghua University", "CN", "tsinghua.invented.fict"),
    entry("Tsinghua University", "US", "tsinghua-us.invented.fict"),
    entry("Nowhere University", "XX", "nowhere.fict"),
]


def handle(request):
    if request.path != PATH:
        return None
    return Response(ENTRIES + [entry(f"University {i}", "SE",
                                     f"u{i}.filler.fict")
                               for i in range(1100)])
