"""GitHub's REST API: repositories and organisations."""
from server import Response

PERSON = "Jane Canary"
SOURCES = {"fork-house/ric-plt-e2": "o-ran-sc/ric-plt-e2",
           "janecanary/thing": "example/thing"}
MOVED = {"old-house/attested": "example/attested"}
MIRRORS = {"mirrors/thing": "https://git.example.org/thing.git"}
ORGS = {"fork-house": ("Nokia", ""), "example": ("Example", "unknown.example"),
        "siteonly": (None, "https://www.nokia.com/networks"),
        "unclear": ("Nokia", "https://www.ericsson.com")}
KNOWN = {"fork-house/ric-plt-e2", "janecanary/thing", "example/attested",
         "mirrors/thing", "example/left", "siteonly/x", "unclear/x"}


def repository(name):
    login = name.split("/")[0]
    source = SOURCES.get(name)
    body = {"id": 1, "full_name": name.replace("fork", "Fork"),
            "fork": source is not None, "archived": False,
            "mirror_url": MIRRORS.get(name),
            "owner": {"login": login, "id": 2, "avatar_url": PERSON,
                      "type": "Organization" if login in ORGS or
                      login == "mirrors" else "User"}}
    if source:
        body["parent"] = {"full_name": "between/" + source.split("/")[1]}
        body["source"] = {"full_name": source}
    return body


def handle(request):
    parts = request.path.split("/")
    if parts[0] == "repos" and len(parts) == 3:
        name = "/".join(parts[1:]).lower()
        if name in MOVED:
            return Response("", 301, [("Location", request.base + "/repos/" +
                                       MOVED[name])])
        return Response(repository(name)) if name in KNOWN else None
    if parts[0] == "orgs" and parts[1] in ORGS:
        name, blog = ORGS[parts[1]]
        return Response({"login": parts[1], "id": 2, "name": name,
                         "blog": blog, "email": "jane@canary.example",
                         "is_verified": True, "type": "Organization"})
    return None
