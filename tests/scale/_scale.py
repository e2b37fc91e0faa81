"""What the scripts of this folder share: an environment without the user's
own settings, and reading what came of a run."""
import os
import signal
import socket
import subprocess
import sys

RANWHENCE = os.path.abspath(os.environ.get("RANWHENCE", "./ranwhence"))
SRCDIR = os.path.abspath(os.environ.get("SRCDIR", "."))
# _tap; last, since other names there are those of Python's own modules
sys.path.append(f"{SRCDIR}/tests/cli")


def environment(**more):
    env = {k: v for k, v in os.environ.items()
           if not k.startswith(("GIT_", "LC_", "SLURM", "SBATCH", "RANWHENCE",
                                "XDG_", "MAKE")) and k != "LANG"}
    env.update(LC_ALL="C", XDG_DATA_HOME="/dev/null",
               GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1",
               PATH=os.path.dirname(RANWHENCE) + ":" + os.environ["PATH"] +
               ":/usr/sbin:/sbin")
    env.update(more)
    return env


def port(n):
    """The first of n ports that nobody listens on."""
    for first in range(17000 + os.getpid() % 200 * 50, 32000, n):
        held = []
        try:
            for k in range(n):
                held.append(socket.create_server(("127.0.0.1", first + k)))
            return first
        except OSError:
            pass
        finally:
            for s in held:
                s.close()
    raise OSError("no port is free")


def shell(text, cwd, env, timeout):
    """Runs commands; (status, output). What they started stays."""
    with open(f"{cwd}/.told", "w+", encoding="utf-8", errors="replace") as f:
        try:
            code = subprocess.run(["bash", "-eu", "-c", text], cwd=cwd,
                                  env=env, stdin=subprocess.DEVNULL, stdout=f,
                                  stderr=subprocess.STDOUT, check=False,
                                  timeout=timeout).returncode
        except subprocess.TimeoutExpired:
            code = 124
        f.seek(0)
        return code, f.read()


def parts(folder):
    """name -> bytes"""
    found = {}
    for name in os.listdir(folder):
        with open(f"{folder}/{name}", "rb") as f:
            found[name] = f.read()
    return found


def figure(text):
    print(f"# {text}", flush=True)


def end_with_signals():
    """A signal ends the script by way of `finally`."""
    for s in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(s, lambda *_: sys.exit(1))
