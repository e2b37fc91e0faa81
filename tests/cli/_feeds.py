"""What the scripts about feeds share: a server, a configuration, updates."""
import os
import sqlite3
import sys

import _tap

sys.path.insert(0, os.path.join(_tap.SRCDIR, "tests/feeds"))
import server as feed_server  # noqa: E402


class Site:
    """A folder with a store, and a server that stands for all services."""

    def __init__(self, folder, extra=(), **options):
        self.folder = folder
        self.store = os.path.join(folder, "store.db")
        self.server = feed_server.Server(**options)
        self.extra, self.tail = list(extra), ""

    def __enter__(self):
        self.server.__enter__()
        return self

    def __exit__(self, *all_of_it):
        self.server.__exit__(*all_of_it)

    def update(self, *arguments, env=None):
        """(exit status, standard output, standard error)"""
        path = os.path.join(self.folder, "config")
        with open(path, "w", encoding="utf-8") as f:
            f.write(self.server.configuration(*self.extra) + self.tail)
        p = _tap.run("update", "--config", path, "--store", self.store,
                     *arguments, env=env)
        return p.returncode, p.stdout.decode(), p.stderr.decode()

    def rows(self, sql, *values):
        with sqlite3.connect(self.store) as db:
            return db.execute(sql, values).fetchall()

    def edition(self, feed):
        """Number, name and digest of the edition that readers see."""
        found = self.rows("SELECT e.id, e.name, e.sha256 FROM feed f JOIN "
                          "edition e ON f.edition = e.id WHERE f.name = ?",
                          feed)
        return found[0] if found else None

    def error(self, feed):
        found = self.rows("SELECT error FROM feed WHERE name = ?", feed)
        return found[0][0] if found else ""

    def facts(self, feed, columns="kind, subject, object, value"):
        number = self.edition(feed)[0]
        return self.rows(f"SELECT {columns} FROM fact WHERE edition = ? "
                         "ORDER BY 1, 2, 3, 4", number)

    def asked(self, prefix="/"):
        return [r for _, r in self.server.requests
                if r.target.startswith(prefix)]


def sbom(folder, purls):
    """A CycloneDX file of components that have nothing but a purl."""
    import json
    path = os.path.join(folder, "product.cdx.json")
    with open(path, "w", encoding="utf-8") as f:
        json.dump({"bomFormat": "CycloneDX", "specVersion": "1.5",
                   "metadata": {"component": {"type": "application",
                                              "name": "product"}},
                   "components": [{"type": "library", "name": f"part{i}",
                                   "purl": p}
                                  for i, p in enumerate(purls)]}, f)
    return path
