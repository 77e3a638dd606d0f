"""Who sat what, and where: the tree of nodes, and for every paper and the exam's total a sitting for each taker."""

import math
from dataclasses import dataclass, field
from fractions import Fraction

from reading import LEVELS

TOTAL = "total"
STEPS = (100, 50, 25, 10, 5, 1)  # 1, 1/2, 1/4, 1/10, 1/20, 1/100 in hundredths, coarsest first


@dataclass
class Node:
    path: tuple
    own: bool = False  # of some candidate's own path; else a mere teaching class
    papers: set = field(default_factory=set)  # codes of the papers that name it as a teaching class

    @property
    def level(self):
        return LEVELS[len(self.path) - 1]

    @property
    def text(self):
        return "/".join(name.replace("\\", "\\\\").replace("/", "\\/") for name in self.path)

    @property
    def root(self):
        return self.path[:1]

    @property
    def parent(self):
        return self.path[:-1]

    def stands_on(self, code):
        return self.own or code in self.papers


@dataclass
class Sitting:
    """A taker of a paper. On the exam's total the marks are those of the papers that count into it, 0 for one not sat."""

    student: object
    status: str
    path: tuple  # the class, on this paper
    total: int = None
    marks: list = None
    teacher: str = None
    taken: frozenset = frozenset()  # on the exam's total: the papers that count into it and that he takes

    @property
    def enters(self):
        """Counts among the n of statistics."""
        return self.student.counted and self.status == "present"


@dataclass
class Sheet:
    """A paper, or the exam's total: all its sittings by student_id in the order of candidates."""

    code: str
    name: str
    in_total: bool
    full_mark: Fraction  # in marks
    segment: Fraction
    items: list
    step: int  # in hundredths
    sittings: dict
    bands: list
    chosen: dict = field(default_factory=dict)  # item with choices to {student_id: option}
    at_node: dict = field(default_factory=dict)  # node path to the sittings of counted candidates there

    def gather(self):
        for sitting in self.sittings.values():
            if sitting.student.counted:
                for depth in range(1, len(sitting.path) + 1):
                    self.at_node.setdefault(sitting.path[:depth], []).append(sitting)

    def counted(self, path):
        return self.at_node.get(path, [])

    def present(self, path):
        return [sitting for sitting in self.counted(path) if sitting.status == "present"]


@dataclass
class Cohort:
    package: object
    nodes: list  # depth first
    students: list  # by own class, then id
    papers: list
    total: Sheet

    @property
    def sheets(self):
        return self.papers + [self.total]

    @property
    def roots(self):
        return [node for node in self.nodes if node.level == LEVELS[0]]

    def nodes_on(self, sheet):
        return [node for node in self.nodes if node.stands_on(sheet.code)]


def path_key(path):
    """Depth first, siblings by the bytes of the name: a shorter path stands before the paths it begins."""
    return tuple(name.encode() for name in path)


def coarsest_step(values):
    return next(step for step in STEPS if all(value % step == 0 for value in values))


def plant_nodes(package):
    nodes = {}
    for student in package.students:
        for depth in range(1, len(LEVELS) + 1):
            nodes.setdefault(student.path[:depth], Node(student.path[:depth])).own = True
    schools = {student.id: student.path[:-1] for student in package.students}
    for paper in package.papers:
        for student_id, row in paper.rows.items():
            if row.teaching_class:
                path = schools[student_id] + (row.teaching_class,)
                nodes.setdefault(path, Node(path)).papers.add(paper.code)
    return sorted(nodes.values(), key=lambda node: path_key(node.path))


def sit_paper(paper, students):
    """The sheet of one paper."""
    sittings = {}
    for student in students:
        row = paper.rows.get(student.id)
        if row:
            path = student.path[:-1] + (row.teaching_class,) if row.teaching_class else student.path
            sittings[student.id] = Sitting(student, row.status, path, teacher=row.teacher)
            if row.status == "present":
                sittings[student.id].marks = row.marks
                sittings[student.id].total = sum(mark or 0 for mark in row.marks)
        elif paper.takers_all:
            sittings[student.id] = Sitting(student, "absent", student.path)
    maxima = [item.max for item in paper.items]
    marks = [mark for sitting in sittings.values() for mark in sitting.marks or [] if mark is not None]
    return Sheet(
        code=paper.code,
        name=paper.name,
        in_total=paper.in_total,
        full_mark=Fraction(sum(maxima), 100),
        segment=paper.segment,
        items=paper.items,
        step=coarsest_step(maxima + marks),
        sittings=sittings,
        bands=paper.bands,
        chosen=paper.chosen,
    )


def total_status(statuses, excludes_absent):
    """The status on the exam's total of one who has these on the papers that count into it."""
    missing = "void" if "void" in statuses else "absent"
    if "present" not in statuses or (excludes_absent and set(statuses) != {"present"}):
        return missing
    return "present"


def sit_total(package, papers, students):
    """The sheet of the exam's total over the papers that count into it."""
    papers = [sheet for sheet in papers if sheet.in_total]
    sittings = {}
    largest = 0
    for student in students:
        taken = [sheet for sheet in papers if student.id in sheet.sittings]
        if not taken:
            continue
        if student.counted:
            largest = max(largest, sum(sheet.full_mark for sheet in taken))
        status = total_status([sheet.sittings[student.id].status for sheet in taken], package.total_excludes_absent)
        sitting = Sitting(student, status, student.path, taken=frozenset(sheet.code for sheet in taken))
        if status == "present":
            sitting.marks = [(sheet.sittings[student.id].total or 0) if sheet in taken else 0 for sheet in papers]
            sitting.total = sum(sitting.marks)
        sittings[student.id] = sitting
    return Sheet(
        code=TOTAL,
        name=None,
        in_total=None,
        full_mark=package.total_full_mark if package.total_full_mark is not None else Fraction(largest),
        segment=package.total_segment,
        items=papers,
        step=coarsest_step([sheet.step for sheet in papers]),
        sittings=sittings,
        bands=package.total_bands,
    )


def build_cohort(package):
    students = sorted(package.students, key=lambda student: (path_key(student.path), student.id.encode()))
    papers = [sit_paper(paper, students) for paper in package.papers]
    total = sit_total(package, papers, students)
    for sheet in papers + [total]:
        sheet.gather()
    return Cohort(package, plant_nodes(package), students, papers, total)


def share_mark(totals, share):
    """The total of the ceil(share·N)-th of N candidates, None where there is no such candidate."""
    place = math.ceil(share * len(totals))
    return sorted(totals, reverse=True)[place - 1] if totals else None


def line_mark(cohort, line, root):
    """The mark of a line in one root, in marks."""
    if line.score is not None:
        return line.score
    mark = share_mark([sitting.total for sitting in cohort.total.present(root)], line.share)
    return None if mark is None else Fraction(mark, 100)
