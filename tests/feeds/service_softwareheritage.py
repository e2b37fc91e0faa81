"""Software Heritage: the last visit of an origin."""
from server import Response

EMPTY = "1a8893e6a86f444e8be8e7bda6cb34fb1735a00e"
SNAPSHOTS = {"https://github.com/example/left": "a" * 40,
             "https://gitlab.com/example/lib": "a" * 40,
             "https://github.com/example/attested": "b" * 40,
             "https://github.com/e/one": EMPTY,
             "https://github.com/e/two": EMPTY,
             "https://github.com/e/none": None}


def handle(request):
    head, tail = "api/1/origin/", "/visit/latest/"
    if not request.path.startswith(head) or not request.path.endswith(tail):
        return None
    url = request.path[len(head):-len(tail)]
    if url not in SNAPSHOTS:
        return Response({"exception": "NotFoundExc", "reason": "no origin"},
                        404)
    return Response({"origin": url, "visit": 3, "type": "git",
                     "date": "2026-03-04T05:06:07.123456+00:00",
                     "status": "full", "snapshot": SNAPSHOTS[url]})
