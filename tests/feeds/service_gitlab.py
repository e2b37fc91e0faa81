"""GitLab's REST API, version 4: projects."""
import urllib.parse

from server import Response

PERSON = "Jane Canary"
PROJECTS = {  # path: (forked from, path now, namespace)
    "oai/fork": ("oai/openairinterface5g", None, ("group", "Nokia")),
    "old/place": (None, "new/place", ("group", "Somebody")),
    "janecanary/x": (None, None, ("user", PERSON)),
}


def handle(request):
    head = "api/v4/projects/"
    path = urllib.parse.unquote(request.path[len(head):])
    if not request.path.startswith(head) or path not in PROJECTS:
        return None
    of, now, (kind, name) = PROJECTS[path]
    now = now or path
    body = {"id": 7, "path_with_namespace": now, "archived": False,
            "namespace": {"id": 1, "name": name, "kind": kind,
                          "full_path": now.rsplit("/", 1)[0],
                          "avatar_url": PERSON},
            "owner": {"id": 3, "name": PERSON, "username": "janecanary"}}
    if of:
        body["forked_from_project"] = {"id": 6, "path_with_namespace": of}
    return Response(body)
