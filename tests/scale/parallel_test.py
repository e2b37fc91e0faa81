#!/usr/bin/env python3
"""The command of docs/scale/parallel.md: GNU parallel over ssh, to two
servers on loopback that stand for two machines. One is killed in mid-run
with all that runs there. TAP on standard output, figures as comments."""
import getpass
import os
import re
import signal
import subprocess
import time

import _scale
import _tap
import repositories

SHARDS = 12
LONG = 900


def page():
    with open(f"{_scale.SRCDIR}/docs/scale/parallel.md",
              encoding="utf-8") as f:
        return re.findall(r"^```sh\n(.*?)^```$", f.read(), re.M | re.S)


class Machines:
    """Two servers of ssh, each a machine's worth of processes."""

    def __init__(self, folder):
        self.folder, self.servers = folder, {}
        first = _scale.port(2)
        for name in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "",
                            "-f", f"{folder}/{name}"], check=True)
        os.rename(f"{folder}/user.pub", f"{folder}/authorized")
        with open(f"{folder}/ssh_config", "w", encoding="utf-8") as f:
            for k in (0, 1):
                f.write(f"Host worker{k + 1}\n HostName 127.0.0.1\n"
                        f" Port {first + k}\n")
            f.write(f"Host *\n IdentityFile {folder}/user\n"
                    f" IdentitiesOnly yes\n StrictHostKeyChecking no\n"
                    f" UserKnownHostsFile /dev/null\n LogLevel ERROR\n"
                    f" User {getpass.getuser()}\n BatchMode yes\n"
                    " ServerAliveInterval 5\n")
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)
        for k in (0, 1):
            self.start(k + 1, first + k)

    def start(self, k, port):
        config = f"{self.folder}/sshd{k}"
        with open(config, "w", encoding="utf-8") as f:
            f.write(f"Port {port}\nListenAddress 127.0.0.1\n"
                    f"HostKey {self.folder}/host\nPidFile none\nUsePAM no\n"
                    f"AuthorizedKeysFile {self.folder}/authorized\n"
                    "StrictModes no\nPermitRootLogin prohibit-password\n"
                    "PasswordAuthentication no\nMaxStartups 100\n")
        program = [p for p in ("/usr/sbin/sshd", "/usr/bin/sshd")
                   if os.path.exists(p)][0]
        # pylint: disable=consider-using-with
        self.servers[k] = subprocess.Popen(
            [program, "-D", "-f", config, "-E", f"{self.folder}/sshd{k}.log"],
            env=_scale.environment())

    def below(self, k):
        """The server and all that it started."""
        rows = subprocess.run(["ps", "-eo", "pid=,ppid="], check=True,
                              capture_output=True, text=True).stdout.split()
        parent = dict(zip(map(int, rows[::2]), map(int, rows[1::2])))
        found, more = {self.servers[k].pid}, True
        while more:
            new = {p for p, of in parent.items() if of in found} - found
            found, more = found | new, new
        return found

    def kill(self, k):
        """How many processes that were."""
        pids = self.below(k)
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.servers[k].wait()
        return len(pids)

    def end(self):
        for k, server in self.servers.items():
            if server.poll() is None:
                self.kill(k)


def is_counting(machines, k):
    return any(os.path.realpath(f"/proc/{p}/exe") == _scale.RANWHENCE
               for p in machines.below(k))


def report(folder, name, *more):
    code = subprocess.run(
        [_scale.RANWHENCE, "scan", "-q", "-o", f"json={name}", "-p", "default",
         "--as-of=2026-01-01", *more] +
        sorted(f"repos/{r}" for r in os.listdir(f"{folder}/repos")),
        cwd=folder, env=_scale.environment(), check=False).returncode
    with open(f"{folder}/{name}", "rb") as f:
        return code, f.read()


def run_and_kill(folder, machines):
    """Status and output of the page's command; a worker is killed while it
    counts."""
    with open(f"{folder}/told", "wb") as told, subprocess.Popen(
            ["bash", "-eu", "-c", "\n".join(page())], cwd=folder,
            env=_scale.environment(), stdin=subprocess.DEVNULL, stdout=told,
            stderr=subprocess.STDOUT) as p:
        end = time.time() + LONG
        while time.time() < end and p.poll() is None and not (
                os.path.isdir(f"{folder}/out") and is_counting(machines, 2)):
            time.sleep(.2)
        time.sleep(2)
        running = is_counting(machines, 2)
        n = machines.kill(2)
        try:
            code = p.wait(LONG)
        except subprocess.TimeoutExpired:
            p.kill()
            code = 124
    with open(f"{folder}/told", encoding="utf-8", errors="replace") as f:
        return code if running else "nothing ran there", n, f.read()


def a_machine_less_gives_the_same_bytes(folder):
    repositories.make(f"{folder}/repos")
    machines = Machines(folder)
    try:
        began = time.time()
        code, n, told = run_and_kill(folder, machines)
        took = time.time() - began
    finally:
        machines.end()
    if code:
        return [f"{code}: {told[-3000:]}"]
    with open(f"{folder}/log", encoding="utf-8") as f:
        rows = [line.split("\t") for line in f.read().splitlines()[1:]]
    last = {r[0]: r for r in rows}
    where = [r[1] for r in last.values()]
    _scale.figure(f"{len(os.listdir(f'{folder}/out'))} units in {SHARDS} "
                  f"tasks, {took:.0f} s; {n} processes of worker2 killed, "
                  f"{where.count('worker2')} tasks ended there, "
                  f"{where.count('worker1')} on worker1")
    found = [str(r) for r in last.values() if r[6] != "0"]
    if len(last) != SHARDS:
        found.append(f"{len(last)} tasks: {told}")
    want = report(folder, "one.json")
    if report(folder, "many.json", "--parts=out") != want:
        found.append("another report")
    return found


_scale.end_with_signals()
_tap.main([a_machine_less_gives_the_same_bytes])
