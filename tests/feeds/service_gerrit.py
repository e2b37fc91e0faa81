"""Gerrit's REST API: projects, their HEAD, and merged changes with labels and
accounts, as gerrit.o-ran-sc.org/r answers strangers."""
import json
import urllib.parse

from server import Response

SETTINGS = ["site = gerrit.o-ran-sc.org/r"]
PERSON = "Jane Canary"
PROJECTS = ["All-Projects", "com/golog", "empty", "ric-plt/e2", "ric-plt/e2b",
            "test/big"]
PAGE = 100


def account(number, email=None, tags=()):
    a = {"_account_id": number, "name": PERSON, "username": "janecanary"}
    if email:
        a["email"] = email
    if tags:
        a["tags"] = list(tags)
    return a


OWNER = account(1, "jane.canary@nokia.com")
VOTER = account(2, "Jane@HighStreet-Technologies.com")
OTHER = account(3, "jane@att.com")
HIDDEN = account(4)
BOT = account(5, "ci@example.org", ["SERVICE_USER"])
RELENG = account(6, "releng+oran-jobbuilder@linuxfoundation.org")


def vote(who, value):
    return dict(who, value=value, date="2019-09-05 13:00:00.000000000",
                permitted_voting_range={"min": -2, "max": 2})


def change(project, number, votes, submitter=OTHER, author=OWNER["email"],
           month="2019-09"):
    commit = f"{number:040x}"
    labels = {"Code-Review": {
        "all": [vote(w, v) for w, v in votes], "values": {"-2": "no"},
        "approved": {"_account_id": 2}, "default_value": 0},
        "Verified": {"all": [vote(BOT, 1), vote(RELENG, 1),
                             dict(VOTER, permitted_voting_range=None)]}}
    c = {"id": f"{project}~{number}", "project": project, "branch": "master",
         "change_id": "I1", "subject": PERSON, "status": "MERGED",
         "created": month + "-01 00:00:00.000000000",
         "updated": month + f"-05 13:17:59.{number:09d}",
         "submitted": month + "-05 13:17:59.000000000", "insertions": 1,
         "deletions": 0, "_number": number, "owner": OWNER, "labels": labels,
         "reviewers": {"REVIEWER": [VOTER, BOT], "CC": []},
         "current_revision": commit, "revisions": {commit: {
             "_number": 1, "uploader": OWNER, "ref": "refs/changes/1/1/1",
             "commit": {"author": {"name": PERSON, "email": author,
                                   "date": month + "-02 23:59:59.000000000",
                                   "tz": 120}, "message": PERSON,
                        "committer": {"name": PERSON, "email": author}}}}}
    if submitter:
        c["submitter"] = submitter
    return c


def changes(server, project):
    state = server.state.get("gerrit changes")
    if state and project == "ric-plt/e2":
        return state
    if project == "ric-plt/e2":
        return [change(project, 4, [(VOTER, 2), (OTHER, 1)], month="2020-01"),
                change(project, 3, [(VOTER, 1), (VOTER, -1), (HIDDEN, 1)],
                       submitter=OWNER),
                change(project, 2, [(VOTER, 0), (OWNER, 2)],
                       author="jane@canary.example"),
                change(project, 1, [(OTHER, 1)], author=OTHER["email"],
                       submitter=None)]
    if project == "test/big":
        return [change(project, n, [(VOTER, 2)]) for n in range(250, 0, -1)]
    return []


def answer(value):
    return Response(")]}'\n" + json.dumps(value), kind="application/json")


def page(of, request, flag):
    n, first = int(request.query["n"]), int(request.query["S"])
    got = [dict(x) for x in of[first:first + n]]
    if got and first + n < len(of):
        got[-1][flag] = True
    return got


def handle(request):
    parts = request.path.split("/")
    if request.path == "projects/":
        all_of_it = [{"id": urllib.parse.quote(p, safe=""), "name": p,
                      "description": PERSON, "state": "ACTIVE",
                      "web_links": [{"name": "browse", "url": "/x"}]}
                     for p in PROJECTS]
        got = page(all_of_it, request, "_more_projects")
        return answer({p.pop("name"): p for p in got})
    if len(parts) == 3 and parts[0] == "projects" and parts[2] == "HEAD":
        known = urllib.parse.unquote(parts[1]) in PROJECTS
        return answer("refs/heads/master") if known else None
    if request.path == "changes/":
        q = dict(w.split(":", 1) for w in request.query["q"].split())
        assert q["status"] == "merged" and q["branch"] == "master"
        return answer(page([
            c for c in changes(request.server, q["project"])
            if c["updated"] >= q.get("after", "")], request,
                           "_more_changes"))
    return None
