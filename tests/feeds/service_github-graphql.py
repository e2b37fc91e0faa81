"""GitHub's GraphQL API: the history of a default branch, a page of 100
commits by its cursor. Wants a token, as the real one does."""
import json

from server import Response

PERSON = "Jane Canary"
HEAD = "a" * 40


def node(number, email, company=None, account=None, signer=None, parents=1,
         when="2020-09-14T00:00:00Z"):
    return {"oid": f"{number:040x}", "authoredDate": when,
            "parents": {"totalCount": parents},
            "author": {"email": email, "user": account and {
                "databaseId": account, "company": company}},
            "signature": signer and {"isValid": True,
                                     "signer": {"databaseId": signer}}}


def page(nodes, first, left=4999, head=HEAD):
    more = first + 100 < len(nodes)
    return {"data": {
        "rateLimit": {"cost": 1, "remaining": left,
                      "resetAt": "2026-01-01T00:00:00Z"},
        "repository": {"defaultBranchRef": {"target": {
            "oid": head, "history": {
                "pageInfo": {"hasNextPage": more,
                             "endCursor": f"{head} {first + 99}"},
                "nodes": nodes[first:first + 100]}}}}}}


def handle(request):
    if request.path != "graphql" or request.method != "POST":
        return None
    if not request.headers.get("Authorization"):
        return Response({"message": PERSON}, 401)
    asked = json.loads(request.body)
    of = asked["variables"]
    histories = request.server.state.get("github histories", {})
    nodes = histories.get(f"{of['o']}/{of['n']}")
    if nodes is None:
        return Response({"data": {"repository": None}, "errors": [
            {"type": "NOT_FOUND", "path": ["repository"],
             "message": f"Could not resolve {PERSON}"}]})
    first = int(of["after"].split(" ")[1]) + 1 if of["after"] else 0
    return Response(page(nodes, first, request.server.state.get("left", 4999)))
