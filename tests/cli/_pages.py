"""Every kind of HTML page there is, made from the fixtures: what the tests in
a browser open, and `make screenshots` takes pictures of."""
import os

import _tap

DAY = ["-q", "--as-of=2026-11-25"]
POLICIES = ["-p", "default", "-p", "us-889", "-p", "eu-5g-toolbox"]
RULES = ["-p", "uk-tsa", "-p", "eu-5g-toolbox"]
DAYS = ["2024-06-01", "2025-06-01", "2026-06-01", "2026-11-25"]


def fixture(name):
    return os.path.join(_tap.SRCDIR, "fixtures", name)


def run(*arguments):
    """Whatever the verdict: standard output."""
    p = _tap.run(*arguments)
    if p.returncode not in (0, 1, 3, 5):
        raise RuntimeError(p.stderr.decode()[:900])
    return p.stdout


def scan(folder, stem, *arguments):
    path = os.path.join(folder, stem + ".html")
    run("scan", *DAY, "-o", "html=" + path, *arguments)
    return path


def reports(folder, stem, *arguments, days=DAYS[-1:]):
    """JSON reports, one a day."""
    paths = [os.path.join(folder, f"{stem}-{day}.json") for day in days]
    for path, day in zip(paths, days):
        run("scan", "-q", "--as-of=" + day, "-o", "json=" + path, *arguments)
    return paths


def page(folder, stem, *arguments):
    """The page that a command prints."""
    path = os.path.join(folder, stem + ".html")
    with open(path, "wb") as f:
        f.write(run(*arguments))
    return path


def make(folder):
    """Name of each page -> its path."""
    one, two = (fixture(f"bids/{n}.yaml") for n in ("one", "two"))
    sides = [reports(folder, n, *POLICIES, fixture(f"bids/{n}.yaml"))[0]
             for n in ("one", "two")]
    return {
        "demo": scan(folder, "demo", fixture("demo/stack.yaml")),
        "one": scan(folder, "one", one),
        "two": scan(folder, "two", two),
        "policies": scan(folder, "policies", *POLICIES, two),
        "compare": page(folder, "compare", "compare", "--html", *sides),
        "plan": page(folder, "plan", "plan", *DAY, "--html", *RULES, one),
        "trend": page(folder, "trend", "trend", "--html", *reports(
            folder, "trend", *POLICIES, one, days=DAYS)),
        "quarters": page(folder, "quarters", "trend", *DAY, "--html",
                         "--by=quarter", fixture("demo/stack.yaml")),
    }
