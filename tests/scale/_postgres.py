"""A PostgreSQL server of our own: in a temporary folder, on a socket in it,
run by an unprivileged user. Installs the server where it is missing and the
system is Debian."""
import glob
import os
import pwd
import shutil
import subprocess
import tempfile

USER = "rw"


def binaries():
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb")) or [
        p for p in [shutil.which("initdb")] if p]
    return os.path.dirname(found[-1]) if found else None


def install():
    """The server, without the cluster that Debian would start."""
    if binaries():
        return
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for what in (["update", "-q"], ["install", "-q", "-y",
                                    "--no-install-recommends",
                                    "postgresql-15"]):
        subprocess.run(["apt-get", *what], env=env, check=True,
                       stdout=subprocess.DEVNULL)


class Postgres:
    def __init__(self):
        install()
        self.folder = tempfile.mkdtemp(prefix="rw-pg-", dir="/tmp")
        self.data = os.path.join(self.folder, "data")
        self.env = {"PGHOST": self.folder, "PGUSER": USER,
                    "PGDATABASE": "postgres", "PGPASSWORD": "open-sesame"}
        self.who = None
        if os.getuid() == 0:
            self.who = next(u for u in ("postgres", "nobody")
                            if u in [p.pw_name for p in pwd.getpwall()])
            shutil.chown(self.folder, self.who)

    def run(self, name, *arguments):
        words = [os.path.join(binaries(), name), *arguments]
        if self.who:
            words = ["runuser", "-u", self.who, "--", *words]
        subprocess.run(words, check=True, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, cwd=self.folder)

    def __enter__(self):
        password = os.path.join(self.folder, "password")
        with open(password, "w", encoding="utf-8") as f:
            f.write(self.env["PGPASSWORD"] + "\n")
        if self.who:
            shutil.chown(password, self.who)
        self.run("initdb", "-D", self.data, "-A", "scram-sha-256", "-U", USER,
                 "--pwfile=" + password)
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self):
        self.run("pg_ctl", "-D", self.data, "-w", "-l",
                 os.path.join(self.folder, "log"), "-o",
                 f"-k {self.folder} -c listen_addresses=", "start")

    def stop(self, how="immediate"):
        """Without a checkpoint: what was committed comes back from the log."""
        self.run("pg_ctl", "-D", self.data, "-w", "-m", how, "stop")

    def ask(self, sql):
        """Rows of texts."""
        out = subprocess.run(
            [os.path.join(binaries(), "psql"), "-X", "-A", "-t", "-q", "-v",
             "ON_ERROR_STOP=1", "-F", "\t", "-c", sql], check=True,
            env=dict(os.environ, **self.env), stdout=subprocess.PIPE).stdout
        return [line.split("\t") for line in out.decode().splitlines()]
