"""GitHub's export of the dependency graph of a repository."""
from server import Response

PERSON = "Jane Canary"


def package(name, purl=None, version="1.0.0"):
    p = {"SPDXID": "SPDXRef-" + name, "name": name, "versionInfo": version,
         "downloadLocation": "NOASSERTION", "filesAnalyzed": False,
         "licenseConcluded": "MIT", "supplier": "Person: " + PERSON,
         "copyrightText": "Copyright " + PERSON}
    if purl:
        p["externalRefs"] = [{"referenceCategory": "PACKAGE-MANAGER",
                              "referenceType": "purl",
                              "referenceLocator": purl}]
    return p


def relation(of, to, how="DEPENDS_ON"):
    return {"spdxElementId": of, "relatedSpdxElement": to,
            "relationshipType": how}


def sbom():
    root = package("com.github.o-ran-sc.ric-plt-e2",
                   "pkg:github/o-ran-sc/ric-plt-e2@master", "master")
    return {"sbom": {
        "SPDXID": "SPDXRef-DOCUMENT", "spdxVersion": "SPDX-2.3",
        "creationInfo": {"created": "2026-11-20T00:00:00Z",
                         "creators": ["Tool: GitHub.com-Dependency-Graph",
                                      "Person: " + PERSON]},
        "name": "com.github.o-ran-sc/ric-plt-e2", "dataLicense": "CC0-1.0",
        "documentNamespace": "https://spdx.org/spdxdocs/protobom/1",
        "packages": [root, package("npm-left", "pkg:npm/%40scope/left@1.0.0"),
                     package("go-attested", "pkg:golang/example.com/a@v1.2.3"),
                     package("actions", "pkg:githubactions/actions/x", "*")],
        "relationships": [
            relation("SPDXRef-DOCUMENT", root["SPDXID"], "DESCRIBES"),
            relation(root["SPDXID"], "SPDXRef-npm-left"),
            relation(root["SPDXID"], "SPDXRef-actions"),
            relation("SPDXRef-npm-left", "SPDXRef-go-attested")]}}


def handle(request):
    if request.path == "repos/o-ran-sc/ric-plt-e2/dependency-graph/sbom":
        return Response(sbom())
    return None
