#!/usr/bin/env python3
"""make_packages.py DIR SEED…: makes the small, nasty package DIR/SEED for each seed. The same seed, the same bytes.

Each package draws its traits anew, so that over some dozens every corner of the contract is met, and met together with
others. Everything made here is good input: the engine must accept it.
"""

import math
import os
import random
import sys
from fractions import Fraction

import reading
from packaging import choice_text, decimal_text, mark_text, write_csv, write_ini

# Names that only a careful writer gets right, among them some whose order as parts of a path is not their order alone:
# "a", "a!" and "a0" around the "/" that joins them.
NAMES = ["a", "a!", "a0", "a/b", "a\\b", "\\", "/", 'said "x"', "x,y", "two\nlines", "A", "b;c", "tab\tbed", "é", "😀",
         "第一中学", "第二中学", "瑞安市", "高三1班", "高三10班", "高三2班", "鹿城区", "-", "0",
         "未分班", "市直"]
PAPERS = ["语文", "数学", "英语", "physics", "理综.A", "bio 2", "Z", "a"]
ITEMS = ["1", "2", "10", "3(1)", "3(2)", "一、4", "q,5", 'q"6', "5/6", "07", "作文", "x y"]
LINES = ["一段", "二段", "特控线", "a line"]
STEPS = [100, 100, 100, 50, 25, 10, 5, 1]  # in hundredths
SYMBOLS = ["ABCD", "ABCD", "ABCDEFG", "TF", "12345", "A1B2", "Z"]
ANSWERS_IN_WORDS = ["见解析", "A或B", "3.14", "略"]
PRIORS = ["中考总分", "中考数学", "prior raw", "G8"]
RATES = [tuple(map(Fraction, rates.split())) for rates in (
    "0.85 0.75 0.6 0.4",  # the defaults
    "0.85 0.75 0.6 0.4",
    "0.9 0.8 0.6 0.3",
    "1 0.855 0.55 0.55",
    "0.3333 0.3333 0.3333 0.3333",
)]


class World:
    """One package in the making. All chance comes from rng."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.code = f"oracle-{seed}"

    def chance(self, probability):
        return self.rng.random() < probability

    def some(self, pool, least, most):
        """Between least and most different things of a pool, in any order."""
        return self.rng.sample(pool, self.rng.randint(least, min(most, len(pool))))

    def make(self, folder):
        os.makedirs(os.path.join(folder, "papers"))
        self.rates = self.rng.choice(RATES)
        self.invent_students()
        self.papers = [self.invent_paper(code) for code in self.some(PAPERS, 1, 4)]
        self.invent_priors()
        self.write(folder)

    # ---- who ----

    def invent_students(self):
        """Candidates in an uneven tree, with columns left out that may be."""
        self.has = {column: self.chance(0.8) for column in ("class", "county", "name", "sex", "counted", "person_id")}
        provinces = self.some(NAMES, 1, 3) if self.chance(0.4) else self.some(NAMES, 1, 1)
        self.province_in_ini = len(provinces) == 1 and self.chance(0.5) and provinces[0].isprintable()
        self.city_in_ini = self.chance(0.2)
        city = self.rng.choice([name for name in NAMES if name.isprintable()])
        breadth = self.rng.choice([1, 2, 2, 3])
        most = self.rng.choice([3, 5, 5, 5, 12])
        self.classes = {}  # school to the names of its classes, those without a candidate too
        paths = []
        for province in provinces:
            for city in [city] if self.city_in_ini else self.some(NAMES, 1, breadth):
                for county in self.some(NAMES + [""] * 4, 1, breadth) if self.has["county"] else [""]:
                    for school in self.some(NAMES, 1, breadth):
                        names = self.some(NAMES + [""] * 4, 1, 3) if self.has["class"] else [""]
                        self.classes[province, city, county, school] = [name for name in names if name]
                        paths += [(province, city, county, school, name)
                                  for name in names for _ in range(self.rng.randint(0, most))]
        # One class of 50 in full strength: the least n at which 0.27·n + 0.5 is whole.
        self.crowd = self.chance(0.1) or not paths
        if self.crowd:
            paths = [(province, city, county, school, names[0])] * 50
        self.city = city
        guest_places = {place for place in [*provinces, *self.classes] if self.chance(0.1)}
        ids = self.invent_ids(len(paths))
        self.attributes = self.some(["户籍", "track", "note, long"], 0, 2)
        self.students = []
        for number, path in enumerate(paths):
            student = dict(zip(reading.LEVELS, path), student_id=ids[number])
            student["guest"] = self.has["counted"] and not self.crowd and (
                path[0] in guest_places or path[:4] in guest_places or self.chance(0.1))
            student["counted"] = self.rng.choice(["no", "否"] if student["guest"] else ["yes", "是", ""])
            student["name"] = self.rng.choice(["", "王,小明", 'O"Neil', "李四"])
            student["sex"] = self.rng.choice(["男", "女", ""])
            student["person_id"] = self.rng.choice([f"G{number:05d}", ""])
            for attribute in self.attributes:
                student[attribute] = self.rng.choice(["城", "乡", 'q"', "back\\slash", "new\nline", "0", ""])
            student["school_key"] = path[:4]
            self.students.append(student)

    def invent_ids(self, count):
        style = self.rng.choice(["20 digits", "short", "uneven", "letters"])
        numbers = self.rng.sample(range(1, 10 * count + 10), count)
        if style == "20 digits":
            return [f"{number:020d}" for number in numbers]
        if style == "letters":
            return [f"{self.rng.choice('abAB')}-{number}" for number in numbers]
        return [f"{number:06d}" if style == "short" else str(number) for number in numbers]

    # ---- what ----

    def invent_items(self, step):
        most = 400_00 if self.chance(0.1) else 12_00
        items = []
        for name in self.some(ITEMS, 1, 8):
            item = {"item": name, "units": max(step, self.rng.randrange(step, most) // step * step)}
            item["max"] = mark_text(self.rng, item["units"])
            item["style"] = self.rng.choice(["spread"] * 6 + ["able"] * 6 + ["same", "full", "zero", "blank"])
            item["same"] = self.rng.randrange(0, item["units"] + 1, step)
            items.append(item)
        if self.chance(0.6):
            for item in items:
                item["kind"] = self.rng.choice(["objective", "subjective", "客观题", "主观题", ""])
                item["points"] = self.rng.choice(["", "函数", "函数;集合", "集合；向量;函数", " 向量 ; 识记", "数列；"])
                item["ability"] = self.rng.choice(["", "识记", "运用", "函数"])
                item["planned_difficulty"] = self.rng.choice(["", "0.7", "0.65", "1", "0"])
        if self.chance(0.2):
            for number, item in enumerate(items):
                item["column"] = f"col {number}"
        return items

    def invent_paper(self, code):
        step = self.rng.choice(STEPS)
        paper = {"code": code, "items": self.invent_items(step), "ini": {}}
        paper["full"] = sum(item["units"] for item in paper["items"])
        if self.chance(0.15):
            paper["ini"]["in_total"] = "no"
        if self.chance(0.2):
            paper["ini"]["takers"] = "all"
        if self.chance(0.3):
            paper["ini"]["name"] = f"{code} 试卷"
        if self.chance(0.6):
            # Not so narrow that a table of segments takes all the time.
            width = self.rng.choice(["7.5", "0.1", "0.3", "1", "33.33", "2.25", "1000"])
            if paper["full"] <= 60 * 100 * Fraction(width):
                paper["ini"]["segment"] = width
        self.invent_rows(paper, step)
        if self.chance(0.6):
            self.invent_options(paper)
        if self.chance(0.3):
            self.invent_markers(paper)
        return paper

    def invent_rows(self, paper, step):
        taking = self.rng.choice([1, 1, 1, 0.9, 0.5])
        for_guests = self.chance(0.1)
        # A paper's step holds the marks of those not counted too.
        guest_step = 1 if self.chance(0.2) else step
        absent, void = self.rng.choice([(0, 0), (0.1, 0.05), (0.3, 0.1)])
        absent_schools = {school for school in self.classes if self.chance(0.1)}
        if self.crowd:
            taking, for_guests, absent, void, absent_schools = 1, False, 0, 0, set()
        teaching = self.rng.choice(["none", "none", "some", "new", "own"])
        traits = {trait: self.chance(p) for trait, p in (("status", 0.6), ("total", 0.4), ("teacher", 0.4))}
        blanks = self.rng.choice([0, 0.05, 0.4])
        paper["rows"] = []
        for student in self.students:
            if not self.chance(1 if student["guest"] else 0 if for_guests else taking):
                continue
            draw = self.rng.random()
            if student["school_key"] in absent_schools or draw < absent:
                row = self.absent_row(paper, traits)
            elif draw < absent + void:
                row = self.void_row(paper, traits)
            else:
                row = self.present_row(paper, guest_step if student["guest"] else step, blanks, traits)
            row["student_id"] = student["student_id"]
            if teaching != "none":
                row["class"] = self.teaching_class(teaching, student)
            if traits["teacher"]:
                row["teacher"] = self.rng.choice(["", "张老师", "O'Brien, P"])
            paper["rows"].append(row)
        if not paper["rows"]:
            paper["rows"] = [dict(self.present_row(paper, step, 0, traits), student_id=self.students[0]["student_id"])]

    def teaching_class(self, teaching, student):
        new = ["走班1", "走班/2", "A", "a!x"]
        own = self.classes[student["school_key"]] or [""]
        return self.rng.choice({"some": ["", *own, *new], "new": new, "own": own}[teaching])

    def absent_row(self, paper, traits):
        row = {"marks": ["" for _ in paper["items"]], "units": 0}
        how = self.rng.choice(["status", "cell", "empty"])
        if how == "status" and traits["status"]:
            row["status"] = self.rng.choice(["缺考", "absent"])
        elif how != "empty":
            row["marks"] = self.rng.choice([["缺考"] * len(row["marks"]), ["absent"] + row["marks"][1:]])
        if traits["total"]:
            row["total"] = self.rng.choice(["", "0"])
        return row

    def void_row(self, paper, traits):
        # Marks beside void are ignored, so they may be finer than the paper's step and above the maximum.
        marks = [mark_text(self.rng, self.rng.randint(0, item["units"] + 1)) for item in paper["items"]]
        row = {"marks": marks if self.chance(0.6) else [""] * len(marks), "units": 0}
        if traits["status"]:
            row["status"] = self.rng.choice(["违纪", "void"])
        else:
            row["marks"][self.rng.randrange(len(marks))] = "违纪"
        if traits["total"]:
            row["total"] = self.rng.choice(["", "0", "7.77"])
        return row

    def present_row(self, paper, step, blanks, traits):
        ability = self.rng.random()
        marks = [self.invent_mark(item, step, ability, blanks) for item in paper["items"]]
        if self.chance(0.2):
            self.move_to_rate(paper, step, marks)
        cells = [mark_text(self.rng, mark) if mark is not None else self.rng.choice(["", "-", "未作答"]) for mark in marks]
        row = {"marks": cells, "units": sum(mark or 0 for mark in marks), "present": True}
        if traits["status"]:
            row["status"] = self.rng.choice(["", "", "正常", "present"])
        if not any(cells) and not row.get("status"):
            cells[0] = "-"  # all empty and nothing said would be an absent row
        if traits["total"]:
            row["total"] = mark_text(self.rng, row["units"])
        return row

    def invent_mark(self, item, step, ability, blanks):
        if item["style"] == "blank" or self.chance(blanks):
            return None
        if item["style"] in ("same", "full", "zero"):
            return {"same": item["same"], "full": item["units"], "zero": 0}[item["style"]]
        if item["style"] == "able":
            wanted = item["units"] * (ability + self.rng.random()) / 2
            return int(wanted // step * step)
        return self.rng.randrange(0, item["units"] + 1, step)

    def move_to_rate(self, paper, step, marks):
        """Changes marks so that their sum is the share of the full mark that a rate asks for, where marks can be that."""
        wanted = self.rng.choice(self.rates) * paper["full"]
        if wanted % step:
            return
        missing = int(wanted) - sum(mark or 0 for mark in marks)
        for index, item in enumerate(paper["items"]):
            mark = marks[index] or 0
            change = min(max(missing, -mark), item["units"] - mark)
            if change:
                marks[index] = mark + change
                missing -= change

    def invent_options(self, paper):
        """Choices at the objective items and some of no kind, of those too who never sat it; some have no row."""
        paper["asked"] = []
        for item in paper["items"]:
            kind = item.get("kind", "")
            if kind in ("主观题", "subjective") or (kind == "" and self.chance(0.5)):
                continue
            paper["asked"].append(item)
            item["symbols"] = self.rng.choice(SYMBOLS)
            item["multiple"] = self.chance(0.4)
            most = len(item["symbols"]) if item["multiple"] else 1
            key = self.rng.sample(item["symbols"], self.rng.randint(1, most))
            item["key"] = self.rng.choice([choice_text(self.rng, key)] * 4 + ["", self.rng.choice(ANSWERS_IN_WORDS)])
            # What the engine is told of the symbols, and which of them the candidates make use of.
            item["options"] = self.rng.choice(["", choice_text(self.rng, list(item["symbols"]))])
            unloved = set(key) if self.chance(0.2) else set()
            item["used"] = [symbol for symbol in item["symbols"] if symbol not in unloved]
        if paper["asked"]:
            paper["options"] = [self.options_row(paper, student) for student in self.students if self.chance(0.9)]
            extra = [item for item in paper["items"] if item.get("kind") in ("主观题", "subjective") and self.chance(0.1)]
            for row in paper["options"]:
                row.update({item["item"]: "no choice at all" for item in extra})
            paper["option columns"] = [item["item"] for item in paper["asked"] + extra]
            if self.chance(0.2):
                paper["options"].append({"student_id": self.rng.choice(sorted(reading.SUMMARY_ROWS)),
                                         **{item["item"]: "0.25" for item in paper["asked"]}})

    def options_row(self, paper, student):
        choices = {item["item"]: choice_text(self.rng, self.invent_choice(item, student)) for item in paper["asked"]}
        return {"student_id": student["student_id"], **choices}

    def invent_choice(self, item, student):
        # Those not counted choose what nobody else does.
        used = list(item["symbols"]) if student["guest"] else item["used"]
        if not used or self.chance(0.15):
            return []
        return self.rng.sample(used, self.rng.randint(1, len(used)) if item["multiple"] or student["guest"] else 1)

    def invent_markers(self, paper):
        """Every marker's marks of the subjective items; they need not lie on the paper's step."""
        asked = [item for item in paper["items"] if item.get("kind") in ("主观题", "subjective")]
        paper["markings"] = [
            {"student_id": row["student_id"], "item": item["item"], "round": str(number),
             "marker": self.rng.choice(["张老师", "M,1", "007"]),
             "mark": mark_text(self.rng, self.rng.randint(0, item["units"])),
             "seconds": self.rng.choice(["", "0", "12.5", "600"])}
            for row in paper["rows"] if "present" in row for item in asked for number in (1, 2, 3) if self.chance(0.4)
        ]

    # ---- what came before ----

    def invent_priors(self):
        """Earlier results by candidate, or by person with persons among them whom nobody knows."""
        self.priors, self.prior_columns = [], self.some(PRIORS, 1, 3)
        if not self.chance(0.4):
            return
        by_person = self.chance(0.5)
        for student in self.students:
            if self.chance(0.8):
                person = self.has["person_id"] and student["person_id"] or student["student_id"]
                key = {"person_id": person} if by_person else {"student_id": student["student_id"]}
                self.priors.append(key)
        if by_person and self.chance(0.5):
            self.priors.append({"person_id": "nobody here"})
        for row in self.priors:
            row.update({column: self.rng.choice(["", "612.5", "-3", "+4.25", "1e2", "1.5E-3", "0"])
                        for column in self.prior_columns})

    # ---- the exam's own settings ----

    def invent_sections(self):
        sections = [("exam", {"code": self.code})]
        if self.chance(0.8):
            sections[0][1].update(name="适应性考试 “一模”", date="2026-01-12")
        if self.province_in_ini:
            sections[0][1]["province"] = self.students[0]["province"]
        if self.city_in_ini:
            sections[0][1]["city"] = self.city
        if self.rates != RATES[0]:
            rates = map(decimal_text, self.rates)
            sections.append(("rates", dict(zip(("excellent", "good", "pass", "low"), rates))))
        if self.chance(0.5):
            sections.append(("bands", self.invent_bands()))
        named = [paper for paper in self.papers if paper["ini"] or self.chance(0.3)]
        self.rng.shuffle(named)
        sections += [(f"paper {paper['code']}", paper["ini"]) for paper in named]
        totals = list(self.totals().values()) or [0]
        sections += self.total_section(totals)
        for name in self.some(LINES, self.rng.choice([0, 1, 1, 1]), 3):
            sections.append((f"line {name}", self.invent_line(totals)))
        if self.priors:
            sections += self.invent_growth()
        return sections

    def invent_bands(self):
        """Tops of the total and of some papers, beyond the last candidate too, and where they may be, among equals."""
        marks = {paper["code"]: {row["student_id"]: row["units"] for row in paper["rows"] if "present" in row}
                 for paper in self.papers}
        marks["total"] = self.totals()
        bands = {}
        for code in self.some(list(marks), 1, len(marks)):
            tops = self.rng.sample(range(1, len(self.students) + 5), self.rng.randint(1, 3))
            if among_equals := self.places_among_equals(marks[code]):
                tops.append(self.rng.choice(among_equals))
            bands[code] = ", ".join(map(str, sorted(set(tops))))
        return bands

    def places_among_equals(self, marks):
        """The places in one province whose candidate has the mark of the next one."""
        province = self.students[0]["province"]
        ordered = sorted((marks[student["student_id"]] for student in self.students
                          if student["province"] == province and not student["guest"] and student["student_id"] in marks),
                         reverse=True)
        return [place for place in range(1, len(ordered)) if ordered[place - 1] == ordered[place]]

    def invent_growth(self):
        outcomes = ["growth"] + [f"growth {code}" for code in ["total"] + [paper["code"] for paper in self.papers]]
        return [(outcome, {"priors": ", ".join(self.some(self.prior_columns, 1, 2))})
                for outcome in self.some(outcomes, 0, 2)]

    def totals(self):
        """What each candidate has at most on the exam's total, in hundredths, by student_id."""
        sums = {}
        for paper in self.papers:
            if "in_total" not in paper["ini"]:
                for row in paper["rows"]:
                    sums[row["student_id"]] = sums.get(row["student_id"], 0) + row["units"]
        return sums

    def total_section(self, totals):
        keys = {}
        if self.chance(0.3):
            full = max(totals) + self.rng.choice([0, 0, 33, 50, 100, 500])
            keys["full_mark"] = decimal_text(Fraction(full or 100, 100))
        if self.chance(0.4):
            keys["segment"] = self.rng.choice(["7.5", "20", "12.34"])
        if self.chance(0.8):
            keys["absent"] = self.rng.choice(["exclude", "zero"])
        return [("total", keys)] if keys else []

    def invent_line(self, totals):
        if self.chance(0.5):
            return {"share": self.rng.choice(self.treacherous_shares() or ["0.2", "0.5", "1", "0.01", "0.333", "0.75"])}
        score = self.rng.choice([self.rng.choice(totals), max(totals) // 2, max(totals), max(totals) + 1])
        return {"score": decimal_text(Fraction(score or 100, 100))}

    def treacherous_shares(self):
        """Shares of one province's candidates that are a whole number of them, but not in doubles."""
        n = sum(student["province"] == self.students[0]["province"] and not student["guest"] for student in self.students)
        return [decimal_text(Fraction(share, 1000)) for share in range(1, 1000)
                if share * n % 1000 == 0 and math.ceil(share / 1000 * n) != share * n // 1000]

    # ---- onto disk ----

    def write(self, folder):
        write_ini(self.rng, folder, self.invent_sections())
        left_out = {column for column, has in self.has.items() if not has}
        left_out |= {"province"} if self.province_in_ini else set()
        left_out |= {"city"} if self.city_in_ini else set()
        students = [{column: value for column, value in student.items() if column not in left_out}
                    for student in self.students]
        write_csv(self.rng, folder, "students.csv", reading.STUDENT_COLUMNS, students, self.attributes)
        for paper in self.papers:
            write_csv(self.rng, folder, f"papers/{paper['code']}.items.csv", reading.ITEM_COLUMNS, paper["items"],
                      shuffled=False)
            self.write_scores(folder, paper)
            if paper.get("options"):
                id_column = {"student_id": reading.STUDENT_COLUMNS["student_id"]}
                write_csv(self.rng, folder, f"papers/{paper['code']}.options.csv", id_column, paper["options"],
                          paper["option columns"])
            if paper.get("markings"):
                write_csv(self.rng, folder, f"papers/{paper['code']}.marks.csv", reading.MARK_COLUMNS,
                          paper["markings"])
        if self.priors:
            write_csv(self.rng, folder, "priors.csv", reading.PRIOR_COLUMNS, self.priors, self.prior_columns)

    def write_scores(self, folder, paper):
        columns = [item.get("column", item["item"]) for item in paper["items"]]
        records = [{**row, **dict(zip(columns, row["marks"]))} for row in paper["rows"]]
        if self.chance(0.2):
            name = self.rng.choice(sorted(reading.SUMMARY_ROWS))
            records.append({"student_id": name, **{column: "3.14159" for column in columns}})
        if self.chance(0.2):
            columns.append("unheard of")
        write_csv(self.rng, folder, f"papers/{paper['code']}.scores.csv", reading.SCORE_COLUMNS, records, columns)


def main(folder, seeds):
    for seed in seeds:
        World(int(seed)).make(os.path.join(folder, seed))


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2:])
