"""deps.dev v3: packages and versions, in the shapes of its documentation."""
import urllib.parse

from server import Response

PACKAGES = {  # (system, name): (version, repository, attested repository)
    ("NPM", "@scope/left"): ("1.0.0", "github.com/Example/left", None),
    ("PYPI", "signed"): ("2.1", "github.com/example/claimed",
                         "https://github.com/example/attested"),
    ("PYPI", "differs"): ("1", "github.com/one/differs", None),
    ("GO", "example.org/m"): ("v1.2.3", None, None),
    ("PYPI", "e2-tools"): ("1.0", None,
                           "https://github.com/o-ran-sc/ric-plt-e2"),
    ("MAVEN", "org.example:lib"): ("3", "gitlab.com/example/lib", None),
}


def version(system, name, v, repository, attested):
    body = {"versionKey": {"system": system, "name": name, "version": v},
            "publishedAt": "2025-03-04T05:06:07Z", "isDefault": True,
            "licenses": ["MIT"], "advisoryKeys": [], "links": [],
            "slsaProvenances": [], "attestations": [], "registries": [],
            "relatedProjects": []}
    if repository:
        body["relatedProjects"] = [
            {"projectKey": {"id": "github.com/example/issues"},
             "relationProvenance": "UNVERIFIED_METADATA",
             "relationType": "ISSUE_TRACKER"},
            {"projectKey": {"id": repository},
             "relationProvenance": "UNVERIFIED_METADATA",
             "relationType": "SOURCE_REPO"}]
    if attested:
        body["attestations"] = [
            {"type": "https://slsa.dev/provenance/v1", "url": "..",
             "verified": True, "sourceRepository": attested, "commit": "c"}]
    return body


def handle(request):
    parts = [urllib.parse.unquote(p) for p in request.path.split("/")]
    if parts[:2] != ["v3", "systems"] or len(parts) < 5:
        return None
    key = parts[2], parts[4]
    if key not in PACKAGES:
        return Response("not found\n", 404, kind="text/plain")
    v, repository, attested = PACKAGES[key]
    if len(parts) == 5:
        return Response({"packageKey": {"system": key[0], "name": key[1]},
                         "versions": [
            {"versionKey": {"system": key[0], "name": key[1],
                            "version": x}, "isDefault": x == v}
            for x in ("0.1", v, "9.9-beta")]})
    if parts[5] != "versions" or len(parts) != 7:
        return None
    return Response(version(*key, parts[6], repository, attested))
