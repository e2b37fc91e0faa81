"""git itself over smart http: the real `git http-backend` for the bare
repositories below the folder that a test sets as state["git"]. A repository
at HOST/PATH there stands for https://HOST/PATH."""
import os
import subprocess

from server import Response

# other tests name repositories, too: those about git switch it on
SETTINGS = ["enabled = no"]


def handle(request):
    root = request.server.state.get("git")
    if not root:
        return None
    backend = os.path.join(subprocess.run(
        ["git", "--exec-path"], stdout=subprocess.PIPE, check=True)
        .stdout.decode().strip(), "git-http-backend")
    query = request.target.partition("?")[2]
    env = dict(os.environ, GIT_PROJECT_ROOT=root, GIT_HTTP_EXPORT_ALL="1",
               REQUEST_METHOD=request.method, QUERY_STRING=query,
               PATH_INFO="/" + request.path,
               CONTENT_TYPE=request.headers.get("Content-Type", ""),
               CONTENT_LENGTH=str(len(request.body)))
    out = subprocess.run([backend], input=request.body, env=env,
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                         check=False).stdout
    head, _, body = out.partition(b"\r\n\r\n")
    fields = dict(line.split(": ", 1) for line in
                  head.decode().split("\r\n") if ": " in line)
    status = int(fields.pop("Status", "200").split(" ")[0])
    kind = fields.pop("Content-Type", None)
    return Response(body, status, fields.items(), kind)
