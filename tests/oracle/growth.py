#!/usr/bin/env python3
"""growth.py PACKAGE DIR: what least squares on the priors let expect of every candidate, in exact fractions from the
definitions, held against the student_growth.csv that `wuji run PACKAGE --db none --out DIR` made; and n, coverage and
intake of node_growth.csv. Exit status 1 if anything differs.

A prior that follows from those before it is left out; with no more cases than columns, or nothing left to explain, there
is no expectation. The engine computes in doubles: 1e-7 of the outcome's size is far more than its rounding (values of
priors here go from 1.5e-3 to 612.5), and far less than a candidate too many or a prior forgotten."""

import csv
import math
import os
import sys
from fractions import Fraction

from cohort import build_cohort
from reading import PRIOR_COLUMNS, fold, has_file, positions, read_csv, read_ini, read_package


def read_priors(folder, students):
    """{column: {student_id: value}}"""
    if not has_file(folder, "priors.csv"):
        return {}
    header, records = read_csv(folder, "priors.csv")
    at = positions(header, PRIOR_COLUMNS)
    by = "student_id" if "student_id" in at else "person_id"
    of_key = {}
    for student in students:
        of_key[student.id if by == "student_id" else student.person] = student.id
    priors = {name: {} for index, name in enumerate(header) if index not in at.values()}
    for record in records:
        owner = of_key.get(record[at[by]].strip())
        for name, cell in zip(header, record):
            if owner and name in priors and cell.strip():
                priors[name][owner] = Fraction(cell.strip())
    return priors


def named(sections, outcome):
    """The priors of an outcome: its own section's, or those of every outcome."""
    for section in (f"growth {outcome}", "growth"):
        text = sections.get(section, {}).get("priors")
        if text:
            return [fold(name) for name in text.split(",")]
    return []


def least_squares(columns, outcome):
    """The fitted values, None where there is no fit: each column less its share in those before it, exactly."""
    basis, fitted, kept = [], [Fraction(0)] * len(outcome), 0
    for column in [[Fraction(1)] * len(outcome)] + columns:
        rest = column
        for other, square in basis:
            share = sum(a * b for a, b in zip(column, other)) / square
            rest = [a - share * b for a, b in zip(rest, other)]
        square = sum(a * a for a in rest)
        if square:
            basis.append((rest, square))
            kept += 1
            share = sum(a * b for a, b in zip(outcome, rest)) / square
            fitted = [a + share * b for a, b in zip(fitted, rest)]
    return fitted if len(outcome) > kept and fitted != outcome else None


def rows_of_csv(folder, table):
    with open(os.path.join(folder, f"{table}.csv"), encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def near(cell, value, size):
    return cell == "" if value is None else cell != "" and abs(float(cell) - float(value)) <= 1e-7 * max(1, size)


def main(package, folder):
    cohort, sections = build_cohort(read_package(package)), read_ini(package)
    priors = read_priors(package, cohort.students)
    students = {(row["outcome"], row["student_id"]): row for row in rows_of_csv(folder, "student_growth")}
    nodes = {(row["outcome"], row["node"]): row for row in rows_of_csv(folder, "node_growth") if row["model"] == "hlm"}
    found, expected_students = [], 0
    for sheet in cohort.sheets:
        names = named(sections, sheet.code)
        if not names:
            continue
        for root in cohort.roots:
            cases = [sitting for sitting in sheet.present(root.path)
                     if all(sitting.student.id in priors[name] for name in names)]
            marks = [Fraction(sitting.total, 100) for sitting in cases]
            first = [priors[names[0]][sitting.student.id] for sitting in cases]
            fitted = least_squares([[priors[name][sitting.student.id] for sitting in cases] for name in names],
                                   marks) if cases else None
            size = float(max(marks, default=0))
            for sitting, mark, value in zip(cases, marks, fitted or []):
                expected_students += 1
                row = students.get((sheet.code, sitting.student.id))
                if not row or not near(row["expected"], value, size) or not near(row["residual"], mark - value, size):
                    found.append(f"student_growth {sheet.code} {sitting.student.id}: expected {float(value)}, {row}")
            mean = sum(first) / len(first) if first else None
            square = sum((value - mean) ** 2 for value in first)
            spread = math.sqrt(square / (len(first) - 1)) if square else None
            for node in cohort.nodes_on(sheet):
                if node.root != root.path:
                    continue
                inside = [value for sitting, value in zip(cases, first) if sitting.path[:len(node.path)] == node.path]
                present = len(sheet.present(node.path))
                intake = float(sum(inside) / len(inside) - mean) / spread if inside and spread else None
                row = nodes[sheet.code, node.text]
                if (int(row["n"]) != len(inside) or not near(row["intake"], intake, 1)
                        or not near(row["coverage"], len(inside) / present if present else None, 1)):
                    found.append(f"node_growth {sheet.code} {node.text}: {len(inside)} of {present}, {intake}: {row}")
    if expected_students != len(students):
        found.append(f"student_growth: {expected_students} rows expected, {len(students)} there")
    print("\n".join(found[:10]), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
