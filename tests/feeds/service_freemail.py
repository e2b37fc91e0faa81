"""The list free-email-domains: an array of hosts."""
from server import Response

HOSTS = ["Free-Mail.fict", "qq.com", "huawei.com", "telstra.com",
         "not a host", "localhost", "staff.fict"]


def handle(request):
    if request.path != "Kikobeats/free-email-domains/master/domains.json":
        return None
    return Response(HOSTS + [f"mail{i}.filler.fict" for i in range(1100)])
