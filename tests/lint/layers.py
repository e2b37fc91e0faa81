"""Layers look down only: an #include names a folder of a lower rank or the
file's own, never another stage of the same rank."""
import source

STAGES = ["discover", "extract", "history", "resolve", "attribute", "assess",
          "report", "feeds"]
RANK = {"base": 0, "model": 1, "store": 2, **{s: 3 for s in STAGES},
        "cli": 4}


def folder(path):
    parts = path.split("/")
    return parts[0] if parts[0] == "feeds" else parts[1]


def check(root):
    for path in source.files(root, ".c", ".h"):
        here = folder(path)
        if here not in RANK:
            yield f"{path}: folder {here} has no rank in layers.py"
            continue
        for line, quote, name in source.includes(root, path):
            if quote != '"':
                continue
            there = name.split("/")[0]
            if "/" not in name or there not in RANK:
                yield (f"{path}:{line}: \"{name}\" is not written from the "
                       "scanner root")
            elif there != here and RANK[there] >= RANK[here]:
                yield f"{path}:{line}: {here} includes {there}"
