"""The package that is measured, made once a scale and seed, and the manifest that tells peers what is in it."""

import csv
import json
import pathlib
import random
import shutil
import subprocess
from fractions import Fraction

ROSTER = {"id": "准考证号", "class": "班级", "school": "学校", "county": "县（市、区）", "city": "市", "counted": "参与统计"}


def package(wuji, folder, scale, seed, growth=False):
    """The package's folder below `folder`; complete once it has its name. With `growth`: the same exam with priors, which
    has growth."""
    target = folder / f"sf{scale}-seed{seed}{'-growth' if growth else ''}"
    if not target.exists():
        print(f"making {target}", flush=True)
        part = target.with_name(target.name + ".part")
        subprocess.run(["rm", "-rf", part], check=True)
        subprocess.run([wuji, "gen", "--sf", scale, "--seed", seed, *([] if growth else ["--no-growth"]), part], check=True, stdout=subprocess.DEVNULL)
        part.rename(target)
    return target


def shuffled(target):
    """The same package, the rows of its scores and options in no order, but always the same; made once."""
    other = target.with_name(target.name + "-random")
    if not other.exists():
        print(f"making {other}", flush=True)
        part = other.with_name(other.name + ".part")
        subprocess.run(["rm", "-rf", part], check=True)
        shutil.copytree(target, part)
        papers = part / "papers"
        for table in sorted([*papers.glob("*.scores.csv"), *papers.glob("*.options.csv")]):
            head, *rows = table.read_bytes().splitlines(keepends=True)
            random.Random(table.name).shuffle(rows)
            table.write_bytes(head + b"".join(rows))
        part.rename(other)
    return other


def exam_code(target):
    for line in (target / "exam.ini").read_text(encoding="utf-8").splitlines():
        if line.startswith("code = "):
            return line.removeprefix("code = ")
    raise SystemExit(f"{target}/exam.ini names no code")


def province(target):
    for line in (target / "exam.ini").read_text(encoding="utf-8").splitlines():
        if line.startswith("province = "):
            return line.removeprefix("province = ")
    raise SystemExit(f"{target}/exam.ini names no province")


def header(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        return next(csv.reader(file))


def paper(scores):
    with open(scores.with_name(scores.name.replace(".scores.", ".items.")), newline="", encoding="utf-8-sig") as file:
        items = list(csv.DictReader(file))
    maxima = [Fraction(item["满分"]) for item in items]
    # The step is 1 or 1/2 in invented packages.
    halves = any(m.denominator > 1 for m in maxima) or b"." in scores.read_bytes()
    units = 2 if halves else 1
    columns = header(scores)
    options = scores.with_name(scores.name.replace(".scores.", ".options."))
    return {
        "code": scores.name.removesuffix(".scores.csv"),
        "scores": str(scores),
        "options": str(options) if options.exists() else None,
        "option_header": header(options) if options.exists() else [],
        "header": columns,
        "columns": [item["题号"] for item in items],
        "items": len(items),
        "rows": scores.read_bytes().count(b"\n") - 1,
        "units": units,
        "maxima": [int(m * units) for m in maxima],
    }


def manifest(target):
    """Writes TARGET.json, if it is not there, and gives it: what a reader of the files would know of them."""
    path = target.with_name(target.name + ".json")
    if not path.exists():
        columns = header(target / "students.csv")
        told = {
            "province": province(target),
            "exam": exam_code(target),
            "students": str(target / "students.csv"),
            "roster": {**ROSTER, "columns": list(ROSTER.values()), "header": columns},
            "papers": [paper(scores) for scores in sorted((target / "papers").glob("*.scores.csv"))],
        }
        path.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    return path, json.loads(path.read_text(encoding="utf-8"))


def size(told):
    """Marks, and marks and options together."""
    marks = sum(p["rows"] * p["items"] for p in told["papers"])
    return marks, marks + sum(p["rows"] * (len(p["option_header"]) - 1) for p in told["papers"] if p["options"])
