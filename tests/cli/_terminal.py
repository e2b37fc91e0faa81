"""A program on a terminal."""
import os
import pty
import subprocess

import _tap


def on_terminal(arguments, env, cwd):
    """What a terminal gets, and the exit status."""
    master, slave = pty.openpty()
    with subprocess.Popen([_tap.RANWHENCE, *arguments], stdin=slave,
                          stdout=slave, stderr=slave, cwd=cwd,
                          env=dict(os.environ, **env)) as p:
        os.close(slave)
        out = b""
        while True:
            try:
                data = os.read(master, 65536)
            except OSError:  # the other side is closed
                break
            if not data:
                break
            out += data
    os.close(master)
    return out, p.returncode
