#!/usr/bin/env python3
"""Pictures of the HTML report, to look at: `make screenshots` writes them to
screenshots/ of the build folder. Each page as on a desktop, on a telephone,
in the dark and on paper. Needs Chromium; pdftoppm for the pages of paper."""
import os
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "cli"))
import _chromium  # noqa: E402
import _tap  # noqa: E402

PAGES = ["demo/stack.yaml", "bids/one.yaml", "bids/two.yaml"]
LOOKS = {"desktop": {"width": 1280, "height": 1500},
         "phone": {"width": 390, "height": 1800},
         "dark": {"width": 1280, "height": 1500, "dark": True}}


def shoot(page, prefix, look):
    with _chromium.Browser(**look) as browser:
        browser.open(page)
        for i in range(browser.size()[1] // look["height"] + 1):
            browser.evaluate(f"window.scrollTo(0, {i * look['height']})")
            time.sleep(0.1)  # rows are drawn when they come into sight
            browser.screenshot(f"{prefix}-{i:02}.png", whole=False)


def paper(page, prefix):
    with _chromium.Browser() as browser:
        browser.open(page)
        with open(prefix + ".pdf", "wb") as f:
            f.write(browser.pdf())
    if shutil.which("pdftoppm"):
        subprocess.run(["pdftoppm", "-r", "60", "-png", prefix + ".pdf",
                        prefix], check=True)


def main():
    if not _chromium.find():
        sys.exit("make screenshots: there is no chromium")
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    for name in PAGES:
        stem = name.split(".")[0].replace("/", "-")
        page = os.path.join(folder, stem + ".html")
        _tap.run("scan", "-q", "--as-of=2026-11-25", "-o", "html=" + page,
                 os.path.join(_tap.SRCDIR, "fixtures", name))
        for look, how in LOOKS.items():
            shoot(page, os.path.join(folder, f"{stem}-{look}"), how)
        paper(page, os.path.join(folder, f"{stem}-print"))
        print(f"{stem}: done", flush=True)


main()
