"""OpenSSF Scorecard: results of projects."""
from server import Response

SCORES = {"github.com/example/left": 7.1, "github.com/example/attested": -1}


def handle(request):
    name = request.path[len("projects/"):]
    if not request.path.startswith("projects/") or name not in SCORES:
        return None
    return Response({"date": "2026-03-02T00:00:00Z", "score": SCORES[name],
                     "repo": {"name": name, "commit": "c" * 40},
                     "scorecard": {"version": "v5", "commit": "d" * 40},
                     "checks": [{"name": "Contributors", "score": 10,
                                 "details": ["Jane Canary"]}]})
