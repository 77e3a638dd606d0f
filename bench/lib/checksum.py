"""The agreed form of item statistics, by which whoever computes something else is found out.

A line for every paper, node and item, and one for every paper and node, in any order:

    paper,node,item,n,sum,sd,discrimination,r_total       item from 0; sum in units of the paper's step
    paper,node,,n,sum,alpha                               sum of the totals

Reals are whole millionths, rounded a little off the middle (so that values that are exact fractions do not fall to one
side here and to the other there), empty where there is none. The checksum is that of the sorted lines.

bench_stages writes these lines itself. Peers write the integers they sum, which finish() brings into this form:

    items.csv    paper,node,item,n,sum,square,cross,groups      groups: mean of the best 27 % less that of the weakest
    papers.csv   paper,node,n,sum,square,alpha
"""

import csv
import hashlib
import math
import pathlib
import subprocess


def millionths(value):
    return "" if value is None or math.isnan(value) else str(math.floor(value * 1e6 + 0.513))


def of_lines(path):
    """Short checksum of a file of lines in the agreed form."""
    lines = subprocess.run(["sort", path], env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"}, stdout=subprocess.PIPE, check=True)
    return hashlib.sha256(lines.stdout).hexdigest()[:12]


def real(text):
    return float(text) if text not in ("", "NA", "NULL", "\\N", "nan") else None


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.reader(file)


def finish(folder, manifest):
    """What a peer left in `folder` as lines of the agreed form, in the file it returns."""
    folder = pathlib.Path(folder)
    papers = {p["code"]: p for p in manifest["papers"]}
    whole = {}
    out = folder / "lines.csv"
    with open(out, "w", encoding="utf-8") as lines:
        for code, node, n, total, square, alpha in rows(folder / "papers.csv"):
            n, total, square = int(n), int(total), int(square)
            whole[code, node] = total, n * square - total * total
            lines.write(f"{code},{node},,{n},{total},{millionths(real(alpha))}\n")
        for code, node, item, n, total, square, cross, groups in rows(folder / "items.csv"):
            n, total, square, cross, groups = int(n), int(total), int(square), int(cross), real(groups)
            of_all, variance_of_all = whole[code, node]
            variance = n * square - total * total
            sd = math.sqrt(variance / (n * (n - 1))) / papers[code]["units"] if n > 1 else None
            discrimination = groups / papers[code]["maxima"][int(item)] if groups is not None and n >= 4 else None
            r = None
            if variance > 0 and variance_of_all > 0:
                r = (n * cross - total * of_all) / math.sqrt(variance * variance_of_all)
                r = max(-1.0, min(1.0, r))
            lines.write(f"{code},{node},{item},{n},{total},{millionths(sd)},{millionths(discrimination)},{millionths(r)}\n")
    return out
