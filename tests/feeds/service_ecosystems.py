"""ecosyste.ms: packages by purl, with the persons that its answers hold."""
from server import Response

PERSON = "Jane Canary"
PACKAGES = {  # purl: [(repository, what is known of it)]
    "pkg:pypi/left-pad": [("https://github.com/Example/left-pad", {})],
    "pkg:npm/%40scope/left": [("https://github.com/example/left", {})],
    "pkg:pypi/differs": [("https://github.com/other/differs", {})],
    "pkg:deb/debian/e2-lib": [
        ("https://github.com/example-fork/ric-plt-e2", {
            "fork": True, "source_name": "o-ran-sc/ric-plt-e2",
            "owner_record": {"login": "Example-Fork", "kind": "organization",
                             "name": "Nokia", "website": ""}})],
    "pkg:pypi/mirrored": [("https://github.com/mirrors/thing", {
        "fork": False, "mirror_url": "https://git.example.org/thing.git",
        "owner_record": {"login": "janecanary", "kind": "user",
                         "name": PERSON}})],
    "pkg:maven/org.o-ran-sc.nonrtric/controlpanel": [
        ("https://github.com/o-ran-sc/nonrtric", {"owner_record": {
            "login": "o-ran-sc", "kind": "organization",
            "name": "O-RAN Software Community"}})],
    "pkg:npm/nowhere": [(None, None)],
}


def package(purl, repository, meta):
    if meta is not None:
        meta = dict({"full_name": (repository or "").split("/", 3)[-1],
                     "fork": False, "source_name": None, "mirror_url": None,
                     "archived": False, "owner_record": None}, **meta)
    return {"id": 1, "name": purl.rsplit("/", 1)[-1], "purl": purl,
            "ecosystem": purl[4:].split("/")[0], "status": None,
            "homepage": None, "repository_url": repository,
            "maintainers": [{"uuid": "1", "login": "janecanary",
                             "name": PERSON, "email": "jane@canary.example"}],
            "repo_metadata": meta}


def handle(request):
    if request.path != "api/v1/packages/lookup":
        return None
    found = PACKAGES.get(request.query.get("purl"))
    if found is None:
        return Response([])
    return Response([package(request.query["purl"], *x) for x in found])
