"""The rows of every table, in order, from a cohort. Each function yields lists of values in the order of columns.py."""

import math
from fractions import Fraction

import measures
from cohort import line_mark
from reading import LEVELS


def in_marks(hundredths):
    return None if hundredths is None else Fraction(hundredths) / 100


def less(a, b):
    return None if a is None or b is None else a - b


def share_of(sittings, holds):
    """The share of the sittings for which holds() is true, None where there are none."""
    return measures.ratio(sum(map(holds, sittings)), len(sittings))


def exam_rows(cohort):
    package = cohort.package
    yield [package.name, package.date, sum(student.counted for student in cohort.students), None, None]


def paper_rows(cohort):
    for sheet in cohort.sheets:
        items = None if sheet is cohort.total else len(sheet.items)
        yield [sheet.code, sheet.name, sheet.full_mark, sheet.in_total, in_marks(sheet.step), items]


def item_rows(cohort):
    for sheet in cohort.papers:
        for ordinal, item in enumerate(sheet.items, 1):
            yield [sheet.code, item.name, ordinal, in_marks(item.max), item.kind, item.key, ";".join(item.points),
                   item.ability, item.planned_difficulty]


def line_rows(cohort):
    for root in cohort.roots:
        for line in cohort.package.lines:
            yield [root.text, line.name, line.score, line.share, line_mark(cohort, line, root.path)]


def student_rows(cohort):
    own_class = {node.path: node.text for node in cohort.nodes}
    for student in cohort.students:
        yield [student.id, student.person, student.name, student.sex, own_class[student.path], student.counted,
               student.attributes or None]


def node_rows(cohort):
    own = [student.path for student in cohort.students if student.counted]
    text = {node.path: node.text for node in cohort.nodes}
    for node in cohort.nodes:
        candidates = sum(path[:len(node.path)] == node.path for path in own)
        yield [node.level, node.text, text.get(node.parent), node.path[-1], candidates]


def standing(sheet, node, peers):
    """Rank of the node's mean among the peers with n > 0, and how many those are."""
    means = [measures.mean([sitting.total for sitting in sheet.present(peer.path)]) for peer in peers]
    means = sorted(value for value in means if value is not None)
    own = measures.mean([sitting.total for sitting in sheet.present(node.path)])
    return [None if own is None else measures.rank(own, means), len(means)]


def score_rate(sheet, path):
    mean = measures.mean([sitting.total for sitting in sheet.present(path)])
    return measures.ratio(in_marks(mean), sheet.full_mark)


def reliability(cohort, sheet, present):
    """α and the split half at a node."""
    totals = [sitting.total for sitting in present]
    if sheet is cohort.total and len({sitting.taken for sitting in present}) > 1:
        return None, None
    alpha = measures.alpha(list(zip(*(sitting.marks for sitting in present))), totals) if sheet is cohort.total else \
        measures.alpha(item_columns(sheet, present), totals)
    if sheet is cohort.total:
        return alpha, None
    odd = [sum(mark or 0 for mark in sitting.marks[0::2]) for sitting in present]
    even = [sum(mark or 0 for mark in sitting.marks[1::2]) for sitting in present]
    return alpha, measures.split_half(odd, even)


def item_columns(sheet, present):
    """For each item the marks of those present, a blank as 0."""
    return [[sitting.marks[index] or 0 for sitting in present] for index in range(len(sheet.items))]


def paper_stat_rows(cohort):
    rates = cohort.package.rates
    for sheet in cohort.sheets:
        nodes = cohort.nodes_on(sheet)
        for node in nodes:
            counted = sheet.counted(node.path)
            present = sheet.present(node.path)
            totals = [sitting.total for sitting in present]
            variance = measures.variance(totals)
            alpha, split_half = reliability(cohort, sheet, present)
            level = [peer for peer in nodes if peer.level == node.level and peer.root == node.root]
            parent_standing = [None, None]
            if node.parent:
                parent_standing = standing(sheet, node, [peer for peer in level if peer.parent == node.parent])
            yield [
                sheet.code, node.level, node.text,
                len(present),
                sum(sitting.status == "absent" for sitting in counted),
                sum(sitting.status == "void" for sitting in counted),
                sheet.full_mark,
                in_marks(measures.mean(totals)),
                in_marks(measures.root(variance)),
                in_marks(min(totals, default=None)),
                *(in_marks(measures.quantile(totals, Fraction(quarter, 4))) for quarter in (1, 2, 3)),
                in_marks(max(totals, default=None)),
                score_rate(sheet, node.path),
                *(share_of(totals, lambda total: in_marks(total) >= rates[rate] * sheet.full_mark)
                  for rate in ("excellent", "good", "pass")),
                share_of(totals, lambda total: in_marks(total) < rates["low"] * sheet.full_mark),
                measures.skewness(totals),
                measures.kurtosis(totals),
                alpha,
                split_half,
                None if alpha is None else math.sqrt(variance * (1 - alpha)) / 100,
                measures.ratio(in_marks(measures.discrimination(totals, totals)), sheet.full_mark),
                *standing(sheet, node, level),
                *parent_standing,
                less(score_rate(sheet, node.path), score_rate(sheet, node.parent)) if node.parent else None,
            ]


def item_stat_rows(cohort):
    for sheet in cohort.papers:
        for index, item in enumerate(sheet.items):
            for node in cohort.nodes_on(sheet):
                present = sheet.present(node.path)
                totals = [sitting.total for sitting in present]
                columns = item_columns(sheet, present)
                marks = columns[index]
                rest = [total - mark for total, mark in zip(totals, marks)]
                given = [sitting.marks[index] for sitting in present]
                yield [
                    sheet.code, item.name, node.level, node.text,
                    len(present),
                    in_marks(item.max),
                    in_marks(measures.mean(marks)),
                    in_marks(measures.root(measures.variance(marks))),
                    measures.ratio(measures.mean(marks), item.max),
                    measures.ratio(measures.discrimination(marks, totals), item.max),
                    measures.correlation(marks, totals),
                    measures.correlation(marks, rest),
                    measures.alpha(columns[:index] + columns[index + 1:], rest),
                    share_of(given, lambda mark: mark == item.max),
                    share_of(given, lambda mark: mark == 0),
                    share_of(given, lambda mark: mark is None),
                ]


def options_of(sheet, item):
    """The options that have rows: none chosen, the symbols to choose among, the key, and what those who count chose."""
    chosen = sheet.chosen[item.name]
    counted = {chosen[student] for student, sitting in sheet.sittings.items() if sitting.enters and student in chosen}
    return sorted({"", *item.options, *counted} | ({item.answer} if item.answer else set()), key=str.encode)


def choices(sheet, item, option, present):
    """1 for those who chose this option, 0 for the others."""
    chosen = sheet.chosen[item.name]
    return [int(chosen.get(sitting.student.id, "") == option) for sitting in present]


def option_stat_rows(cohort):
    for sheet in cohort.papers:
        for item in sheet.items:
            if item.name not in sheet.chosen:
                continue
            for option in options_of(sheet, item):
                for node in cohort.nodes_on(sheet):
                    present = sheet.present(node.path)
                    totals = [sitting.total for sitting in present]
                    chose = choices(sheet, item, option, present)
                    yield [
                        sheet.code, item.name, option, node.level, node.text,
                        option == item.answer,
                        len(present),
                        sum(chose),
                        measures.ratio(sum(chose), len(present)),
                        *measures.group_shares(chose, totals),
                        measures.correlation(chose, totals),
                        in_marks(measures.mean([total for total, one in zip(totals, chose) if one])),
                    ]


def school_and_above(cohort, sheet):
    return [node for node in cohort.nodes_on(sheet) if node.level != LEVELS[-1]]


def mark_stat_rows(cohort):
    for sheet in cohort.papers:
        for index, item in enumerate(sheet.items):
            got = {sitting.marks[index] for sitting in sheet.sittings.values() if sitting.enters}
            marks = sorted(got - {None}) + ([None] if None in got else [])
            for node in school_and_above(cohort, sheet):
                given = [sitting.marks[index] for sitting in sheet.present(node.path)]
                for mark in marks:
                    n = given.count(mark)
                    yield [sheet.code, item.name, node.level, node.text, in_marks(mark), n,
                           measures.ratio(n, len(given))]


def item_curve_rows(cohort):
    for sheet in cohort.papers:
        for index, item in enumerate(sheet.items):
            for node in school_and_above(cohort, sheet):
                present = sheet.present(node.path)
                totals = [sitting.total for sitting in present]
                marks = item_columns(sheet, present)[index]
                for fifth, weights in enumerate(measures.fifths(totals) or [None] * 5, 1):
                    curve = [None] * 3 if weights is None else [
                        Fraction(len(present), 5),
                        in_marks(measures.weighted_mean(totals, totals, weights)),
                        in_marks(measures.weighted_mean(marks, totals, weights)),
                    ]
                    yield [sheet.code, item.name, node.level, node.text, fifth, *curve]


def option_curve_rows(cohort):
    for sheet in cohort.papers:
        for item in sheet.items:
            if item.name not in sheet.chosen:
                continue
            for option in options_of(sheet, item):
                for node in school_and_above(cohort, sheet):
                    present = sheet.present(node.path)
                    totals = [sitting.total for sitting in present]
                    chose = choices(sheet, item, option, present)
                    for fifth, weights in enumerate(measures.fifths(totals) or [None] * 5, 1):
                        yield [sheet.code, item.name, option, node.level, node.text, fifth,
                               None if weights is None else measures.weighted_mean(chose, totals, weights)]


ASPECTS = {
    "point": lambda item: item.points,
    "ability": lambda item: [item.ability] if item.ability else [],
    "kind": lambda item: [item.kind] if item.kind else [],
}


def point_stat_rows(cohort):
    for sheet in cohort.papers:
        for aspect, values_of in ASPECTS.items():
            # In order of first appearance.
            for value in dict.fromkeys(value for item in sheet.items for value in values_of(item)):
                yield from aspect_on_paper(cohort, sheet, aspect, value,
                                           [value in values_of(item) for item in sheet.items])


def aspect_on_paper(cohort, sheet, aspect, value, holds):
    items = [item for item, belongs in zip(sheet.items, holds) if belongs]
    full = in_marks(sum(item.max for item in items))

    def marks_at(path):
        return [sum(mark or 0 for mark, belongs in zip(sitting.marks, holds) if belongs)
                for sitting in sheet.present(path)]

    def rate_at(path):
        return measures.ratio(in_marks(measures.mean(marks_at(path))), full)

    for node in cohort.nodes_on(sheet):
        marks = marks_at(node.path)
        yield [sheet.code, aspect, value, node.level, node.text, len(marks), len(items), full,
               in_marks(measures.mean(marks)), rate_at(node.path), in_marks(measures.root(measures.variance(marks))),
               less(rate_at(node.path), rate_at(node.parent)) if node.parent else None]


def segment_stat_rows(cohort):
    for sheet in cohort.sheets:
        width, full = sheet.segment, sheet.full_mark
        count = math.ceil(full / width)
        for node in cohort.nodes_on(sheet):
            marks = [in_marks(sitting.total) for sitting in sheet.present(node.path)]
            for segment in range(count):
                lo, hi = segment * width, min((segment + 1) * width, full)
                last = segment == count - 1
                n = sum(lo <= mark and (mark < hi or last) for mark in marks)
                yield [sheet.code, node.level, node.text, lo, hi, n, measures.ratio(n, len(marks)),
                       sum(mark >= lo for mark in marks)]


def band_stat_rows(cohort):
    for sheet in cohort.sheets:
        totals_at = {root.path: sorted(sitting.total for sitting in sheet.present(root.path)) for root in cohort.roots}
        for node in cohort.nodes_on(sheet):
            ranks = [measures.rank(sitting.total, totals_at[node.root]) for sitting in sheet.present(node.path)]
            for top in sheet.bands:
                n = sum(rank <= top for rank in ranks)
                yield [sheet.code, node.level, node.text, top, n, measures.ratio(n, len(ranks))]


def reached_line(cohort, path, mark):
    """Those of a node with a total at or above the line."""
    if mark is None:
        return []
    return [sitting for sitting in cohort.total.present(path) if in_marks(sitting.total) >= mark]


def with_total(cohort, sheet, path):
    """Those of a node present on the paper and with a total."""
    totals = cohort.total.sittings
    return [sitting for sitting in sheet.present(path) if totals[sitting.student.id].status == "present"]


def effective_score(cohort, sheet, root, mark):
    """c · (mean of the paper over its takers who reached the line), c = line/(mean total of all who reached it)."""
    reached = reached_line(cohort, root, mark)
    ids = {sitting.student.id for sitting in reached}
    takers = [sitting.total for sitting in with_total(cohort, sheet, root) if sitting.student.id in ids]
    mean_total = in_marks(measures.mean([sitting.total for sitting in reached]))
    if not takers or not mean_total:
        return None
    return mark / mean_total * in_marks(measures.mean(takers))


def line_stat_rows(cohort):
    for line in cohort.package.lines:
        marks = {root.path: line_mark(cohort, line, root.path) for root in cohort.roots}
        for sheet in cohort.papers:
            if sheet.in_total:
                yield from line_on_paper(cohort, line, marks, sheet)
        for node in cohort.nodes_on(cohort.total):
            mark = marks[node.root]
            n = len(cohort.total.present(node.path))
            reached = len(reached_line(cohort, node.path, mark))
            yield [line.name, cohort.total.code, node.level, node.text, mark, n, reached, measures.ratio(reached, n),
                   None, None, None]


def line_on_paper(cohort, line, marks, sheet):
    effective = {root: effective_score(cohort, sheet, root, mark) for root, mark in marks.items()}
    passed = {sitting.student.id for root, mark in marks.items() for sitting in reached_line(cohort, root, mark)}
    for node in cohort.nodes_on(sheet):
        score = effective[node.root]
        sat = with_total(cohort, sheet, node.path)
        reached = [sitting for sitting in sat if score is not None and in_marks(sitting.total) >= score]
        both = sum(sitting.student.id in passed for sitting in reached)
        on_line = sum(sitting.student.id in passed for sitting in sat)
        yield [line.name, sheet.code, node.level, node.text, score, len(sat), len(reached),
               measures.ratio(len(reached), len(sat)), both, measures.ratio(both, len(reached)),
               measures.ratio(both, on_line)]


def standard_score(total, mean, variance):
    return float(total - mean) / math.sqrt(variance) if variance else None


def student_score_rows(cohort):
    text = {node.path: node.text for node in cohort.nodes}
    nothing = [None] * len(LEVELS)
    for sheet in cohort.sheets:
        totals_at = {path: sorted(sitting.total for sitting in sheet.present(path)) for path in text}
        spread = {root.path: (measures.mean(totals_at[root.path]), measures.variance(totals_at[root.path]))
                  for root in cohort.roots}
        for sitting in sheet.sittings.values():
            ranks, percentiles, sizes, z = nothing, nothing, nothing, None
            # class first, province last
            above = [totals_at[sitting.path[:depth]] for depth in range(len(LEVELS), 0, -1)]
            if sitting.student.counted:
                sizes = [len(totals) for totals in above]
            if sitting.enters:
                ranks = [measures.rank(sitting.total, totals) for totals in above]
                percentiles = [measures.percentile(sitting.total, totals) for totals in above]
                z = standard_score(sitting.total, *spread[sitting.path[:1]])
            yield [sheet.code, sitting.student.id, text[sitting.path[:-1]], text[sitting.path], sitting.status,
                   in_marks(sitting.total), None, z, None if z is None else 50 + 10 * z, sitting.teacher,
                   *ranks, *percentiles, *sizes]


def item_score_rows(cohort):
    for sheet in cohort.papers:
        for index, item in enumerate(sheet.items):
            for sitting in sheet.sittings.values():
                if sitting.enters:
                    option = sheet.chosen.get(item.name, {}).get(sitting.student.id)
                    yield [sheet.code, item.name, sitting.student.id, in_marks(sitting.marks[index]), option]


ROWS = {
    "exam": exam_rows,
    "paper": paper_rows,
    "item": item_rows,
    "line": line_rows,
    "student": student_rows,
    "node": node_rows,
    "paper_stat": paper_stat_rows,
    "item_stat": item_stat_rows,
    "option_stat": option_stat_rows,
    "mark_stat": mark_stat_rows,
    "item_curve": item_curve_rows,
    "option_curve": option_curve_rows,
    "point_stat": point_stat_rows,
    "segment_stat": segment_stat_rows,
    "band_stat": band_stat_rows,
    "line_stat": line_stat_rows,
    "student_score": student_score_rows,
    "item_score": item_score_rows,
}


def rows_of(table, cohort):
    """The rows of the table by name, each with the exam's code in front."""
    return ([cohort.package.code, *row] for row in ROWS[table](cohort))
