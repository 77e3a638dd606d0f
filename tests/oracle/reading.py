"""Reading a package folder into plain records.

Bad input is the engine's matter and has tests of its own: a package that reaches the oracle has been accepted, so this
reads what a good package says and stops with an exception at anything else. The marks of every marker and the priors,
which enter no table yet, are only read through.
Marks become integers of a hundredth, the finest step there is, so that every sum over them is an integer.
"""

import codecs
import csv
import gzip
import io
import math
import os
import re
import string
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

LEVELS = ("province", "city", "county", "school", "class")
NO_CLASS = "未分班"
NO_COUNTY = "市直"

# A column's names, the one used in the oracle first.
STUDENT_COLUMNS = {
    "student_id": ("准考证号", "考号", "考生号"),
    "person_id": ("学籍号", "学号"),
    "name": ("姓名",),
    "sex": ("性别",),
    "class": ("班级",),
    "school": ("学校",),
    "county": ("县", "区县", "县(市、区)"),
    "city": ("市",),
    "province": ("省",),
    "counted": ("参与统计",),
}
ITEM_COLUMNS = {
    "item": ("题号",),
    "max": ("满分",),
    "kind": ("题型",),
    "key": ("答案",),
    "options": ("选项",),
    "points": ("知识点",),
    "ability": ("能力层次",),
    "planned_difficulty": ("预设难度",),
    "column": (),
}
SCORE_COLUMNS = {
    "student_id": STUDENT_COLUMNS["student_id"],
    "status": ("状态",),
    "class": ("教学班",),
    "teacher": ("任课教师",),
    "total": ("总分",),
}
MARK_COLUMNS = {
    "student_id": STUDENT_COLUMNS["student_id"],
    "item": ITEM_COLUMNS["item"],
    "round": ("评次", "轮次", "阅次"),
    "marker": ("阅卷员", "评卷员", "阅卷教师"),
    "mark": ("给分", "得分", "分数"),
    "seconds": ("用时", "耗时", "秒"),
}
PRIOR_COLUMNS = {"student_id": STUDENT_COLUMNS["student_id"], "person_id": STUDENT_COLUMNS["person_id"]}
KINDS = {"objective": "objective", "subjective": "subjective", "客观题": "objective", "主观题": "subjective", "": None}
SUMMARY_ROWS = {"平均分", "合计", "满分", "得分率", "最高分"}
ABSENT = {"缺考", "absent"}
VOID = {"违纪", "void"}
PRESENT = {"正常", "present"}
BLANK = {"", "-", "未作答"}
SYMBOLS = set(string.ascii_uppercase + string.digits)
YES = {"yes", "是", ""}
NO = {"no", "否"}


@dataclass
class Student:
    id: str
    person: str
    name: str
    sex: str
    path: tuple  # five names, province first
    counted: bool
    attributes: dict


@dataclass
class Item:
    name: str
    max: int
    kind: str
    key: str
    answer: str  # the key as a choice, None where it is none
    options: str  # the symbols to choose among, "" where the package does not say
    points: list
    ability: str
    planned_difficulty: Fraction
    column: str


@dataclass
class Row:
    """One candidate's row of a paper. A mark is None where it is blank; an absent or void row has no marks."""

    status: str
    marks: list
    teaching_class: str = None
    teacher: str = None


@dataclass
class Paper:
    code: str
    name: str
    in_total: bool
    segment: Fraction
    takers_all: bool
    items: list
    rows: dict  # by student_id
    chosen: dict  # item with choices to {student_id: option}, without those who chose none
    bands: list  # 名次段, ascending


@dataclass
class Line:
    name: str
    score: Fraction = None
    share: Fraction = None


@dataclass
class Package:
    code: str
    name: str
    date: str
    rates: dict
    papers: list
    total_full_mark: Fraction
    total_segment: Fraction
    total_bands: list
    total_excludes_absent: bool
    lines: list
    students: list


def hundredths(text):
    """A mark or a decimal of at most two digits as an exact integer."""
    value = Fraction(text) * 100
    assert value.denominator == 1, text
    return int(value)


def fold(header):
    return unicodedata.normalize("NFKC", header).strip()


def decode(data):
    """UTF-8 with or without its mark, UTF-16 with one, or else GB18030."""
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def read_text(folder, name):
    path = os.path.join(folder, name)
    if os.path.exists(path + ".gz"):
        with gzip.open(path + ".gz") as file:
            return decode(file.read())
    with open(path, "rb") as file:
        return decode(file.read())


def has_file(folder, name):
    return any(os.path.exists(os.path.join(folder, name + end)) for end in ("", ".gz"))


def read_csv(folder, name):
    """The folded header and the records of a CSV file, whose separator its header tells."""
    text = read_text(folder, name)
    header_end = re.sub(r'"[^"]*"', "", re.split("[\r\n]", text, maxsplit=1)[0])
    separator = max(",\t;", key=header_end.count)
    records = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    records = [record for record in records if record]
    header = [fold(cell) for cell in records[0]]
    for record in records[1:]:
        assert len(record) == len(header), (name, record)
    return header, records[1:]


def read_ini(folder):
    """Sections in file order: {section: {key: value}}."""
    sections = {}
    section = None
    for line in read_text(folder, "exam.ini").splitlines():
        line = re.sub(r"\s;.*", "", line).strip()
        if not line or line[0] in ";#":
            continue
        if line.startswith("["):
            section = sections.setdefault(line[1:line.index("]")].strip(), {})
        else:
            key, value = line.split("=", 1)
            section[key.strip()] = value.strip()
    return sections


def positions(header, columns):
    """Where each known column stands: {name: index}."""
    found = {}
    for name, synonyms in columns.items():
        for index, cell in enumerate(header):
            if cell == name or cell in (fold(synonym) for synonym in synonyms):
                found[name] = index
                break
    return found


def read_students(folder, exam):
    header, records = read_csv(folder, "students.csv")
    at = positions(header, STUDENT_COLUMNS)
    others = [index for index in range(len(header)) if index not in at.values()]
    students = []
    for record in records:
        def cell(name, default=""):
            return record[at[name]].strip() if name in at else default

        path = (
            cell("province", exam.get("province")),
            cell("city", exam.get("city")),
            cell("county") or NO_COUNTY,
            cell("school"),
            cell("class") or NO_CLASS,
        )
        assert all(path) and cell("counted") in YES | NO, record
        students.append(Student(
            id=cell("student_id"),
            person=cell("person_id") or cell("student_id"),
            name=cell("name"),
            sex=cell("sex"),
            path=path,
            counted=cell("counted") in YES,
            attributes={header[index]: record[index].strip() for index in others if record[index].strip()},
        ))
    return students


def half_width(cell):
    """A choice's symbols as they are compared: half width, upper case, sorted."""
    return "".join(sorted(fold(cell).upper()))


def read_key(cell):
    """None where the key is no choice: an answer in words, say."""
    key = half_width(cell)
    return key if key and set(key) <= SYMBOLS else None


def read_choice(cell, options):
    """One of the options, or several; None for none."""
    if fold(cell) in BLANK:
        return None
    choice = half_width(cell)
    assert set(choice) <= set(options or SYMBOLS) and len(set(choice)) == len(choice), cell
    return choice


def read_items(folder, code):
    header, records = read_csv(folder, f"papers/{code}.items.csv")
    at = positions(header, ITEM_COLUMNS)
    items = []
    for record in records:
        def cell(name):
            return record[at[name]].strip() if name in at else ""

        items.append(Item(
            name=cell("item"),
            max=hundredths(cell("max")),
            kind=KINDS[cell("kind")],
            key=cell("key"),
            answer=read_key(cell("key")),
            options=half_width(cell("options")),
            points=[point.strip() for point in re.split("[;；]", cell("points")) if point.strip()],
            ability=cell("ability"),
            planned_difficulty=Fraction(cell("planned_difficulty")) if cell("planned_difficulty") else None,
            column=cell("column") or cell("item"),
        ))
    return items


def read_row(cells, status):
    """The status and marks of one row from its item cells and its status cell."""
    said = {status} | set(cells)
    if said & VOID:
        return Row("void", None)
    if said & ABSENT:
        assert all(cell in BLANK | ABSENT for cell in cells), cells
        return Row("absent", None)
    assert status in PRESENT | {""}, status
    if not status and all(cell == "" for cell in cells):
        return Row("absent", None)
    return Row("present", [None if cell in BLANK else hundredths(cell) for cell in cells])


def read_scores(folder, code, items):
    header, records = read_csv(folder, f"papers/{code}.scores.csv")
    at = positions(header, SCORE_COLUMNS)
    item_at = [header.index(fold(item.column)) for item in items]
    rows = {}
    for record in records:
        def cell(name):
            return record[at[name]].strip() if name in at else ""

        if cell("student_id") in SUMMARY_ROWS:
            continue
        row = read_row([record[index].strip() for index in item_at], cell("status"))
        row.teaching_class = cell("class") or None
        row.teacher = cell("teacher") or None
        assert cell("student_id") not in rows
        rows[cell("student_id")] = row
    return rows


def read_options(folder, code, items):
    """What was chosen at every item with choices: the objective ones, and those of no kind that have a column."""
    name = f"papers/{code}.options.csv"
    if not has_file(folder, name):
        return {}
    header, records = read_csv(folder, name)
    id_at = positions(header, {"student_id": STUDENT_COLUMNS["student_id"]})["student_id"]
    records = [record for record in records if record[id_at].strip() not in SUMMARY_ROWS]
    assert len({record[id_at].strip() for record in records}) == len(records)
    chosen = {}
    for item in items:
        if item.kind == "objective" or (item.kind is None and fold(item.name) in header):
            at = header.index(fold(item.name))
            choices = {record[id_at].strip(): read_choice(record[at], item.options) for record in records}
            chosen[item.name] = {student: choice for student, choice in choices.items() if choice}
    return chosen


def check_marks(folder, code, items, known):
    """Every marker's marks: of known candidates and items, not above the maximum, one a round."""
    name = f"papers/{code}.marks.csv"
    if not has_file(folder, name):
        return
    header, records = read_csv(folder, name)
    at = positions(header, MARK_COLUMNS)
    maxima = {item.name: item.max for item in items}
    seen = set()
    for record in records:
        cell = {column: record[index].strip() for column, index in at.items()}
        key = cell["student_id"], cell["item"], cell["round"]
        assert cell["student_id"] in known and cell["round"] in ("1", "2", "3") and cell["marker"], record
        assert 0 <= hundredths(cell["mark"]) <= maxima[cell["item"]] and key not in seen, record
        assert not cell.get("seconds") or hundredths(cell["seconds"]) >= 0, record
        seen.add(key)


def check_priors(folder, sections, students):
    """Earlier results: of known candidates, or of persons; and every prior that an outcome names is there."""
    wanted = {prior.strip() for section, settings in sections.items() if section.split()[0] == "growth"
              for prior in settings.get("priors", "").split(",") if prior.strip() and ":" not in prior}
    if not has_file(folder, "priors.csv"):
        assert not wanted, wanted
        return
    header, records = read_csv(folder, "priors.csv")
    at = positions(header, PRIOR_COLUMNS)
    assert at and {fold(prior) for prior in wanted} <= set(header), header
    key_at = at.get("student_id", at.get("person_id"))
    ids = [record[key_at].strip() for record in records]
    assert len(set(ids)) == len(ids)
    assert "student_id" not in at or set(ids) <= {student.id for student in students}
    for record in records:
        for index, cell in enumerate(record):
            assert index in at.values() or not cell.strip() or math.isfinite(float(cell)), record


def paper_codes(folder, sections):
    """In the order of the [paper] sections, the rest after them by bytes."""
    named = [section[6:].strip() for section in sections if section.startswith("paper ")]
    found = {re.sub(r"\.items\.csv(\.gz)?$", "", name) for name in os.listdir(os.path.join(folder, "papers"))
             if re.search(r"\.items\.csv(\.gz)?$", name)}
    return named + sorted(found - set(named), key=lambda code: code.encode())


def read_bands(sections, code):
    """In ascending order, however they are listed; none where the exam asks for none."""
    tops = sections.get("bands", {}).get(code, "")
    return sorted(int(top) for top in tops.split(",") if top.strip())


def read_paper(folder, code, sections, known):
    settings = sections.get(f"paper {code}", {})
    items = read_items(folder, code)
    check_marks(folder, code, items, known)
    return Paper(
        code=code,
        name=settings.get("name", code),
        in_total=settings.get("in_total", "yes") == "yes",
        segment=Fraction(settings.get("segment", "10")),
        takers_all=settings.get("takers", "rows") == "all",
        items=items,
        rows=read_scores(folder, code, items),
        chosen=read_options(folder, code, items),
        bands=read_bands(sections, code),
    )


def read_line(name, settings):
    return Line(
        name=name,
        score=Fraction(settings["score"]) if "score" in settings else None,
        share=Fraction(settings["share"]) if "share" in settings else None,
    )


def read_package(folder):
    sections = read_ini(folder)
    exam = sections.get("exam", {})
    rates = {"excellent": "0.85", "good": "0.75", "pass": "0.60", "low": "0.40", **sections.get("rates", {})}
    total = sections.get("total", {})
    students = read_students(folder, exam)
    known = {student.id for student in students}
    check_priors(folder, sections, students)
    return Package(
        code=exam["code"],
        name=exam.get("name", exam["code"]),
        date=exam.get("date", ""),
        rates={rate: Fraction(value) for rate, value in rates.items()},
        papers=[read_paper(folder, code, sections, known) for code in paper_codes(folder, sections)],
        total_full_mark=Fraction(total["full_mark"]) if "full_mark" in total else None,
        total_segment=Fraction(total.get("segment", "10")),
        total_bands=read_bands(sections, "total"),
        total_excludes_absent=total.get("absent", "zero") == "exclude",
        lines=[read_line(section[5:].strip(), settings) for section, settings in sections.items()
               if section.startswith("line ")],
        students=students,
    )
