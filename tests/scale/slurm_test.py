#!/usr/bin/env python3
"""The commands of docs/scale/slurm.md, as they are there: a cluster of two
nodes on loopback, a plan of 64 repositories, a node and the controller ended
in mid-run. Then what the batch script does with the statuses 75 and 2. TAP
on standard output, figures as comments."""
import json
import os
import re
import shutil
import subprocess
import time

import _scale
import _tap

SLICED = [f"repos/r{i:02}" for i in range(3)]
LONG = 1500  # seconds for all commands of the page
SOON = 240


def page():
    """The blocks of commands; the last one ends the cluster."""
    with open(f"{_scale.SRCDIR}/docs/scale/slurm.md", encoding="utf-8") as f:
        return re.findall(r"^```sh\n(.*?)^```$", f.read(), re.M | re.S)


class Cluster:
    def __init__(self, folder):
        self.folder = folder
        self.env = _scale.environment(TMPDIR=folder, src=_scale.SRCDIR,
                                      PORT=str(_scale.port(3)))

    def run(self, text, timeout):
        return _scale.shell(text, self.folder, self.env, timeout)

    def at(self):
        """The folder that the page made."""
        return [f"{self.folder}/{n}" for n in os.listdir(self.folder)
                if n.startswith("tmp.")][0]

    def log(self):
        with open(f"{self.at()}/slurm/log/controller", encoding="utf-8",
                  errors="replace") as f:
            return f.read()

    def end(self):
        for name in os.listdir(self.folder):
            if os.path.exists(f"{self.folder}/{name}/slurm"):
                self.run(f"cd {name}\n{page()[-1]}", 60)


def the_page(cluster):
    began = time.time()
    code, told = cluster.run("set -x\n" + "\n".join(page()[:-1]), LONG)
    _scale.figure(f"the page took {time.time() - began:.0f} s")
    return code, told


def what_came(cluster, told):
    """Parts, and what the controller says was done again."""
    at, log, found = cluster.at(), cluster.log(), []
    with open(f"{at}/plan.json", encoding="utf-8") as f:
        units = {u["key"] + ".part" for u in json.load(f)["units"]}
    first, again = (_scale.parts(f"{at}/{o}/parts") for o in ("out", "out2"))
    if len(units) < 60 or set(first) != units:
        found.append(f"{len(first)} parts of {len(units)}")
    if first != again:
        found.append("the parts are others after failures")
    lost = log.count("due to failure of node")
    if not lost:
        found.append("no task was lost with its node")
    if log.count("Running as primary controller") != 2:
        found.append("the controller was not started twice")
    ended = re.findall(r"_job_complete: JobId=\d+_(\d+)\(\d+\) done", log)
    _scale.figure(f"{len(units)} units in 12 tasks, twice; {len(ended)} tasks "
                  f"ended, {lost} were lost with a node and queued again")
    return found + ([told[-3000:]] if found else [])


def states(cluster, job):
    """Most restarts and worst exit status of a job's tasks, once all have
    ended."""
    end, env = time.time() + SOON, dict(
        cluster.env, SLURM_CONF=f"{cluster.at()}/slurm/slurm.conf")
    while time.time() < end:
        text = subprocess.run(["scontrol", "show", "job", job], env=env,
                              capture_output=True, text=True,
                              check=False).stdout
        ended = re.findall(r"JobState=(COMPLETED|FAILED)", text)
        if ended and len(ended) == text.count("JobState="):
            return (max(map(int, re.findall(r"Restarts=(\d+)", text))),
                    max(map(int, re.findall(r" ExitCode=(\d+)", text))))
        time.sleep(1)
    return text


def submit(cluster, name, tasks="0", **more):
    """The job that runs tasks of the plan of this name."""
    out = subprocess.run(
        ["sbatch", "--parsable", f"--array={tasks}", "-o", f"{name}.log",
         f"{_scale.SRCDIR}/docs/scale/ranwhence.sbatch", "run",
         f"{name}.json", name], check=True, capture_output=True, text=True,
        cwd=cluster.at(), env=dict(
            cluster.env, SLURM_CONF=f"{cluster.at()}/slurm/slurm.conf",
            **more))
    return out.stdout.strip()


def slices(cluster):
    """Histories that are cut, and joined by the task that comes last."""
    at, reports = cluster.at(), []

    def run(*words):
        return subprocess.run([_scale.RANWHENCE, *words, *SLICED], cwd=at,
                              env=cluster.env, capture_output=True,
                              check=False).stdout
    plan = run("shards", "plan", "-q", "--shards=4", "--split=20", "-p",
               "default")
    with open(f"{at}/cut.json", "wb") as f:
        f.write(plan)
    got = states(cluster, submit(cluster, "cut", "0-3"))
    for more in ([], ["--parts=cut/parts"]):
        reports.append(run("scan", "-q", "-o", "json", "-p", "default",
                           "--as-of=2026-01-01", *more))
    _scale.figure(f"{len(json.loads(plan)['units'])} slices of "
                  f"{len(SLICED)} histories in 4 tasks")
    return [] if reports[0] == reports[1] and got == (0, 0) else [
        f"slices: {got}"]


def statuses(cluster):
    """One whose repository comes back, one whose does not, one that is no
    more what was planned."""
    at, jobs, found = cluster.at(), {}, []
    for name in ("back", "gone", "other"):
        os.mkdir(f"{at}/{name}-repo")
        _tap.repository(f"{at}/{name}-repo/r00", _tap.commit(
            1, b"A", b"u@one.example", b"1600000000 +0000", {"f": b"x"}))
        plan = subprocess.run(
            [_scale.RANWHENCE, "shards", "plan", "-q", f"{name}-repo/r00"],
            cwd=at, env=cluster.env, check=True, capture_output=True)
        with open(f"{at}/{name}.json", "wb") as f:
            f.write(plan.stdout)
        shutil.move(f"{at}/{name}-repo", f"{at}/{name}-away")
    shutil.copytree(f"{at}/repos", f"{at}/other-repo")
    for name in ("back", "gone", "other"):
        jobs[name] = submit(cluster, name, RANWHENCE_TRIES="1")
    end = time.time() + SOON
    while time.time() < end and f"{jobs['back']}_0" not in "".join(
            re.findall(r"Requeuing (.*)", cluster.log())):
        time.sleep(1)
    os.rename(f"{at}/back-away", f"{at}/back-repo")
    for name, want in (("back", (1, 0)), ("gone", (1, 75)),
                       ("other", (0, 2))):
        got = states(cluster, jobs[name])
        if got != want:
            found.append(f"{name}: {got}")
    return found + ([] if len(os.listdir(f"{at}/back/parts")) == 2
                    else ["a part is missing"])


def the_commands_of_the_page_give_the_bytes_of_one_machine(folder):
    cluster = Cluster(folder)
    try:
        code, told = the_page(cluster)
        if code:
            return [f"{code}: {told[-3000:]}"]
        return what_came(cluster, told) + slices(cluster) + \
            statuses(cluster)
    finally:
        cluster.end()


_scale.end_with_signals()
_tap.main([the_commands_of_the_page_give_the_bytes_of_one_machine])
