#!/usr/bin/env python3
"""docs/scale/kubernetes.yaml: sound by the schemas of the API, which a
package brings and nobody keeps here; and what its container runs does what
the page says, with its arguments and in its user, without a cluster. TAP on
standard output."""
import copy
import json
import os
import shutil
import subprocess
import sys

import _scale
import _tap

PACKAGE = "kubernetes-validate==1.37.0"
OLDEST, NEWEST = "1.33", "1.37"


def manifest(packages):
    sys.path.insert(0, packages)
    import yaml  # pylint: disable=import-outside-toplevel
    with open(f"{_scale.SRCDIR}/docs/scale/kubernetes.yaml",
              encoding="utf-8") as f:
        return yaml.safe_load(f)


def install(folder):
    p = subprocess.run([sys.executable, "-m", "pip", "install", "-q",
                        "--disable-pip-version-check", "--target", folder,
                        PACKAGE], capture_output=True, text=True, check=False)
    return p.stderr if p.returncode else ""


def is_sound(job, version):
    import kubernetes_validate  # pylint: disable=import-outside-toplevel
    try:
        kubernetes_validate.validate(job, version, strict=True)
        return ""
    except kubernetes_validate.ValidationError as e:
        return f"{version}: {e.message}"


def pod(job):
    return job["spec"]["template"]["spec"]


def spoilt(job):
    """Copies with one mistake each."""
    for change in (
            lambda j: j["spec"].update(completionMode=1),
            lambda j: j["spec"].update(backofLimitPerIndex=1),
            lambda j: j["spec"]["podFailurePolicy"]["rules"][1].pop("action"),
            lambda j: pod(j).update(automountServiceAccountToken="false"),
            lambda j: pod(j)["containers"][0].pop("name"),
            lambda j: pod(j)["containers"][0]["volumeMounts"][0].update(
                readonly=True)):
        other = copy.deepcopy(job)
        change(other)
        yield other


def rules(job):
    """What the API server asks for and no schema says, and what the page
    promises."""
    spec, inside = job["spec"], pod(job)
    box, = inside["containers"]
    mounts = {m["name"]: m for m in box["volumeMounts"]}
    codes = [r["onExitCodes"] for r in spec["podFailurePolicy"]["rules"]
             if r["action"] == "FailIndex"]
    facts = {
        "Indexed": spec["completionMode"] == "Indexed" and
                   spec["backoffLimitPerIndex"] > 0,
        "a limit that ends no other shard":
            spec["maxFailedIndexes"] == spec["completions"],
        "never restarted in place": inside["restartPolicy"] == "Never" and
                                    spec["podReplacementPolicy"] == "Failed",
        "2 is not tried again, 75 is": codes == [{
            "containerName": box["name"], "operator": "In",
            "values": [2, 4]}],
        "nobody's rights": not inside["automountServiceAccountToken"] and
            inside["securityContext"]["runAsNonRoot"] and
            box["securityContext"]["readOnlyRootFilesystem"] and
            box["securityContext"]["capabilities"] == {"drop": ["ALL"]} and
            not box["securityContext"]["allowPrivilegeEscalation"],
        "what is counted is only read": mounts["input"]["readOnly"] and
            not mounts["parts"].get("readOnly"),
        "each volume is mounted": sorted(mounts) == sorted(
            v["name"] for v in inside["volumes"])}
    return [what for what, holds in facts.items() if not holds]


def the_manifest_fits_the_schema(folder):
    told = install(folder)
    if told:
        return [told]
    job = manifest(folder)
    found = [is_sound(job, v) for v in (OLDEST, NEWEST) if is_sound(job, v)]
    for i, other in enumerate(spoilt(job)):
        if not is_sound(other, OLDEST):
            found.append(f"mistake {i} is not noticed")
    _scale.figure(f"batch/v1 Job of Kubernetes {OLDEST} and {NEWEST}, strict, "
                  f"by {PACKAGE}; not run on a cluster")
    return found + rules(job) + the_container_runs(job, folder)


def the_container_runs(job, folder):
    """Each index with the container's own arguments; as its user, where this
    is root."""
    box, = pod(job)["containers"]
    os.chmod(folder, 0o755)
    for name in ("input", "parts"):
        os.mkdir(f"{folder}/{name}")
    shutil.copy(_scale.RANWHENCE, f"{folder}/program")
    for i in range(5):
        _tap.repository(f"{folder}/input/r{i}", _tap.commit(
            1, b"A", b"u%d@one.example" % i, b"1600000000 +0000",
            {"f": b"x"}))
    with open(f"{folder}/input/plan.json", "wb") as f:
        f.write(subprocess.run(
            [f"{folder}/program", "shards", "plan", "-q", "--shards=3"] +
            [f"r{i}" for i in range(5)], cwd=f"{folder}/input", check=True,
            env=_scale.environment(), capture_output=True).stdout)
    subprocess.run(["chmod", "-R", "a-w,a+rX", f"{folder}/input"], check=True)
    user, found = {}, []
    if os.geteuid() == 0:
        context = pod(job)["securityContext"]
        user = {"user": context["runAsUser"], "group": context["runAsGroup"]}
        os.chown(f"{folder}/parts", user["user"], user["group"])
    words = [w.replace("=/", f"={folder}/") for w in box["args"]]
    for k, want in ((0, 0), (1, 0), (2, 0), (3, 2)):
        p = subprocess.run(
            [f"{folder}/program", *words], cwd=f"{folder}/input", check=False,
            env=_scale.environment(JOB_COMPLETION_INDEX=str(k)),
            capture_output=True, text=True, **user)
        if p.returncode != want:
            found.append(f"{k}: {p.returncode} {p.stderr}")
    with open(f"{folder}/input/plan.json", encoding="utf-8") as f:
        keys = {u["key"] + ".part" for u in json.load(f)["units"]}
    subprocess.run(["chmod", "-R", "u+w", f"{folder}/input"], check=True)
    return found + ([] if set(os.listdir(f"{folder}/parts")) == keys
                    else ["not every part is there"])


_tap.main([the_manifest_fits_the_schema])
