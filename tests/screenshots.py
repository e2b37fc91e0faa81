#!/usr/bin/env python3
"""Pictures of the HTML pages, to look at: `make screenshots` writes them to
screenshots/ of the build folder, and with REPO=PATH those of a scan of that
repository too. Each page as on a desktop, on a telephone, in the dark and on
paper. Needs Chromium; pdftoppm for the pages of paper."""
import os
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "cli"))
import _chromium  # noqa: E402
import _pages  # noqa: E402

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
    pages = _pages.make(folder)
    if os.environ.get("REPO"):
        pages["repository"] = _pages.scan(folder, "repository",
                                          os.environ["REPO"])
    for stem, page in pages.items():
        for look, how in LOOKS.items():
            shoot(page, os.path.join(folder, f"{stem}-{look}"), how)
        paper(page, os.path.join(folder, f"{stem}-print"))
        print(f"{stem}: done", flush=True)


main()
