#!/usr/bin/env python3
"""Runs a command with its output thrown away and prints what the best of
three runs took: seconds of processor time, peak memory in bytes.
measure.py COMMAND ARGUMENTS..."""
import os
import sys


def run(command):
    pid = os.fork()
    if pid == 0:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.execvp(command[0], command)
    _, status, usage = os.wait4(pid, 0)
    if os.WIFSIGNALED(status):
        sys.exit(f"{command[0]}: killed by signal {os.WTERMSIG(status)}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


if __name__ == "__main__":
    runs = [run(sys.argv[1:]) for _ in range(3)]
    print(f"{min(r[0] for r in runs):.2f} {min(r[1] for r in runs)}")
