#!/usr/bin/env python3
"""The oracle held to values worked out by hand, small enough to check on paper."""

import math
import random
import unittest
from fractions import Fraction

import measures
from cohort import Node, build_cohort, coarsest_step, path_key, share_mark, total_status
from columns import TABLES, kind_of
from compare import agrees
from packaging import encode
from reading import Item, Package, Paper, Row, Student, decode, read_bands, read_choice, read_key, read_row
from tables import rows_of


class Measures(unittest.TestCase):
    def test_quantiles_are_linear_between_order_statistics(self):
        self.assertEqual(measures.quantile([4, 1, 3, 2], Fraction(1, 4)), Fraction(7, 4))
        self.assertEqual(measures.quantile([4, 1, 3, 2], Fraction(1, 2)), Fraction(5, 2))
        self.assertEqual(measures.quantile([9], Fraction(3, 4)), 9)
        self.assertIsNone(measures.quantile([], Fraction(1, 2)))

    def test_variance_is_over_n_less_one(self):
        self.assertEqual(measures.variance([1, 2, 3, 6]), Fraction(14, 3))
        self.assertIsNone(measures.variance([5]))

    def test_shape_has_moments_over_n(self):
        # 0, 0, 0, 4: deviations −1, −1, −1, 3; m2 = 3, m3 = 6, m4 = 21
        self.assertAlmostEqual(measures.skewness([0, 0, 0, 4]), 6 / 3 ** 1.5, places=15)
        self.assertEqual(measures.kurtosis([0, 0, 0, 4]), Fraction(21, 9) - 3)
        self.assertIsNone(measures.skewness([2, 2]))
        self.assertIsNone(measures.kurtosis([2]))

    def test_alpha_leaves_out_items_without_variance(self):
        # Variances 1/3 and 1/3 of three candidates, totals 2, 1, 0 with variance 1.
        columns = [[1, 1, 0], [1, 0, 0]]
        self.assertEqual(measures.alpha(columns, [2, 1, 0]), 2 * (1 - Fraction(2, 3)))
        self.assertEqual(measures.alpha(columns + [[5, 5, 5]], [7, 6, 5]), 2 * (1 - Fraction(2, 3)))
        self.assertIsNone(measures.alpha([[1, 1, 0], [0, 0, 0]], [1, 1, 0]))
        self.assertIsNone(measures.alpha([[1, 0], [0, 1]], [1, 1]))

    def test_correlation(self):
        self.assertEqual(measures.correlation([1, 2, 3], [2, 4, 6]), 1)
        self.assertEqual(measures.correlation([1, 2, 3], [3, 2, 1]), -1)
        self.assertAlmostEqual(measures.correlation([1, 2, 3], [1, 3, 2]), 0.5, places=15)
        self.assertIsNone(measures.correlation([1, 1], [1, 2]))

    def test_split_half_is_stepped_up(self):
        self.assertAlmostEqual(measures.split_half([1, 2, 3], [1, 3, 2]), 2 * 0.5 / 1.5, places=15)
        self.assertAlmostEqual(measures.split_half([1, 2, 3], [3, 1, 2]), 2 * -0.5 / 0.5, places=14)
        self.assertIsNone(measures.split_half([1, 2, 3], [3, 2, 1]))

    def test_groups_share_the_boundary(self):
        # n = 6: k = floor(2.12) = 2; one is beyond the boundary 8, three share the one place left.
        weights, k = measures.top_weights([9, 8, 8, 8, 1, 0])
        self.assertEqual((weights, k), ([1, Fraction(1, 3), Fraction(1, 3), Fraction(1, 3), 0, 0], 2))
        self.assertEqual(measures.discrimination([1, 1, 0, 0, 1, 0], [9, 8, 8, 8, 1, 0]),
                         Fraction(2, 3) - Fraction(1, 2))
        self.assertIsNone(measures.discrimination([1, 2, 3], [1, 2, 3]))

    def test_group_shares_are_the_two_means(self):
        self.assertEqual(measures.group_shares([1, 1, 0, 0, 1, 0], [9, 8, 8, 8, 1, 0]),
                         (Fraction(2, 3), Fraction(1, 2)))
        self.assertEqual(measures.group_shares([1, 0, 0], [1, 2, 3]), (None, None))

    def test_fifths_share_the_boundaries(self):
        # n = 10: two whole places each; the three at 1 fill the lowest and one place of the second.
        shares = measures.fifths([1, 1, 1, 2, 3, 4, 5, 6, 7, 8])
        third = Fraction(1, 3)
        self.assertEqual(shares, [{1: 2 * third}, {1: third, 2: 1}, {3: 1, 4: 1}, {5: 1, 6: 1}, {7: 1, 8: 1}])
        # n = 12: 2.4 places each.
        self.assertEqual(measures.fifths(list(range(12)))[:2],
                         [{0: 1, 1: 1, 2: Fraction(2, 5)}, {2: Fraction(3, 5), 3: 1, 4: Fraction(4, 5)}])
        self.assertEqual(measures.fifths([7] * 11), [{7: Fraction(1, 5)}] * 5)
        self.assertIsNone(measures.fifths(list(range(9))))

    def test_weighted_means(self):
        totals = [1, 1, 1, 2, 3, 4, 5, 6, 7, 8]
        second = measures.fifths(totals)[1]
        self.assertEqual(measures.weighted_mean(totals, totals, second), Fraction(3, 2))
        self.assertEqual(measures.weighted_mean([1] + [0] * 9, totals, second), Fraction(1, 6))

    def test_ranks_and_percentiles_share_ties(self):
        self.assertEqual(measures.rank(7, [1, 7, 7, 9]), 2)
        self.assertEqual(measures.percentile(7, [1, 7, 7, 9]), 50)
        self.assertEqual(measures.percentile(3, [3]), 50)


class Cohort(unittest.TestCase):
    def test_status_of_the_total(self):
        for statuses, zero, exclude in (
            (["present", "present"], "present", "present"),
            (["present", "absent"], "present", "absent"),
            (["present", "absent", "void"], "present", "void"),
            (["absent", "void"], "void", "void"),
            (["absent"], "absent", "absent"),
        ):
            self.assertEqual(total_status(statuses, False), zero)
            self.assertEqual(total_status(statuses, True), exclude)

    def test_steps(self):
        self.assertEqual([coarsest_step(values) for values in ([300], [350], [325], [310], [325, 310], [301], [])],
                         [100, 50, 25, 10, 5, 1, 100])

    def test_a_share_is_rounded_up_to_a_candidate(self):
        self.assertEqual(share_mark([10, 20, 30, 40, 50], Fraction(1, 5)), 50)
        self.assertEqual(share_mark([10, 20, 30, 40, 50], Fraction(21, 100)), 40)
        self.assertEqual(share_mark([10], Fraction(1, 100)), 10)
        self.assertIsNone(share_mark([], Fraction(1, 2)))

    def test_siblings_stand_by_bytes_of_the_name_with_their_children(self):
        paths = [("a",), ("a", "x"), ("a!",), ("a!", "x"), ("a0",), ("é",)]
        self.assertEqual(sorted(reversed(paths), key=path_key), paths)

    def test_separators_in_names_are_escaped(self):
        self.assertEqual(Node(("a/b", "c\\d")).text, "a\\/b/c\\\\d")


class Reading(unittest.TestCase):
    def test_rows(self):
        self.assertEqual(read_row(["1", "2.5"], "").marks, [100, 250])
        self.assertEqual(read_row(["-", "未作答"], "").marks, [None, None])
        self.assertEqual(read_row(["", "-"], "").status, "present")
        self.assertEqual(read_row(["", ""], "").status, "absent")
        self.assertEqual(read_row(["", ""], "正常").status, "present")
        self.assertEqual(read_row(["缺考", ""], "").status, "absent")
        self.assertEqual(read_row(["", ""], "absent").status, "absent")
        self.assertEqual(read_row(["3", "违纪"], "").status, "void")

    def test_choices_are_sorted_in_half_width_capitals(self):
        for cell in ("", " ", "-", "未作答"):
            self.assertIsNone(read_choice(cell, ""))
        for cell, choice in ((" b ", "B"), ("Ｃａ", "AC"), ("２1", "12")):
            self.assertEqual(read_choice(cell, ""), choice)
        for wrong in ("AA", "aA", "A,B", "é", "甲"):
            self.assertRaises(AssertionError, read_choice, wrong, "")
        self.assertRaises(AssertionError, read_choice, "E", "ABCD")

    def test_a_key_in_words_is_none(self):
        self.assertEqual([read_key(key) for key in ("dB", "Ｃ", "42", "", "3.14", "A或B")],
                         ["BD", "C", "24", None, None, None])

    def test_bands_ascend(self):
        self.assertEqual(read_bands({"bands": {"total": "100, 5 ,20"}}, "total"), [5, 20, 100])
        self.assertEqual(read_bands({"bands": {"total": "100"}}, "数学"), [])

    def test_encodings_are_told_apart(self):
        chance = random.Random(1)
        for text in ("准考证号,语文\r\n1,😀é\n", "plain", ""):
            for _ in range(50):
                self.assertEqual(decode(encode(chance, text)), text)


def cohort_of(items, candidates, bands=()):
    """One paper, P. A candidate is an id, a school, whether counted, marks in hundredths and the choices by item."""
    students = [Student(name, name, "", "", ("p", "c", "k", school, "1"), counted, {})
                for name, school, counted, _, _ in candidates]
    chosen = {item.name: {name: choices[item.name] for name, _, _, _, choices in candidates if item.name in choices}
              for item in items if item.kind == "objective"}
    rows = {name: Row("present", marks) for name, _, _, marks, _ in candidates}
    paper = Paper("P", "P", True, Fraction(10), False, items, rows, chosen, list(bands))
    rates = dict.fromkeys(("excellent", "good", "pass", "low"), Fraction(1, 2))
    return build_cohort(Package("E", "E", "", rates, [paper], None, Fraction(10), list(bands), False, [], students))


def item_of(name, maximum, kind=None, answer=None, options="", points=(), ability=""):
    return Item(name, maximum, kind, "", answer, options, list(points), ability, None, name)


ITEMS = [item_of("x", 200, "objective", "B", "AB", ["p"]),
         item_of("y", 300, "subjective", points=["q", "p"], ability="z")]
# Totals 5, 0, 1 and 3; the guest's 2.5 and his A enter nothing.
FOUR = [
    ("a", "S1", True, [200, 300], {"x": "B"}),
    ("b", "S1", True, [0, None], {}),
    ("c", "S2", True, [0, 100], {"x": "AB"}),
    ("d", "S2", True, [200, 100], {"x": "B"}),
    ("g", "S2", False, [0, 250], {"x": "A"}),
]


class Tables(unittest.TestCase):
    def rows(self, table, cohort, **cells):
        """The rows that have these cells, without exam and paper."""
        columns = next(candidate.columns for candidate in TABLES if candidate.name == table)
        return [row[2:] for row in rows_of(table, cohort)
                if all(row[columns.index(column)] == cell for column, cell in cells.items())]

    def test_options(self):
        rows = self.rows("option_stat", cohort_of(ITEMS, FOUR), level="province")
        # k = 1: a on top, b at the bottom. For B: n·Σxt − Σx·Σt = 4·8 − 2·9 over √(4·59).
        self.assertEqual(rows, [
            ["x", "", "province", "p", False, 4, 1, Fraction(1, 4), 0, 1, -math.sqrt(Fraction(81, 3 * 59)), 0],
            ["x", "A", "province", "p", False, 4, 0, 0, 0, 0, None, None],
            ["x", "AB", "province", "p", False, 4, 1, Fraction(1, 4), 0, 0, -math.sqrt(Fraction(25, 3 * 59)), 1],
            ["x", "B", "province", "p", True, 4, 2, Fraction(1, 2), 1, 0, math.sqrt(Fraction(196, 4 * 59)), 4],
        ])
        self.assertEqual(self.rows("option_stat", cohort_of(ITEMS, FOUR), option="B", level="class")[1],
                         ["x", "B", "class", "p/c/k/S2/1", True, 2, 1, Fraction(1, 2), None, None, 1, 3])

    def test_options_of_guests_have_no_row_unless_the_package_names_them(self):
        item = item_of("x", 200, "objective", "D")
        rows = self.rows("option_stat", cohort_of([item, ITEMS[1]], FOUR), level="province")
        self.assertEqual([row[1] for row in rows], ["", "AB", "B", "D"])

    def test_marks(self):
        self.assertEqual(self.rows("mark_stat", cohort_of(ITEMS, FOUR), item="y", node="p/c/k/S2"), [
            ["y", "school", "p/c/k/S2", 1, 2, 1],
            ["y", "school", "p/c/k/S2", 3, 0, 0],
            ["y", "school", "p/c/k/S2", None, 0, 0],
        ])
        self.assertEqual(self.rows("mark_stat", cohort_of(ITEMS, FOUR), level="class"), [])

    def test_aspects(self):
        cohort = cohort_of(ITEMS, FOUR)
        self.assertEqual([row[:2] for row in self.rows("point_stat", cohort, level="province")],
                         [["point", "p"], ["point", "q"], ["ability", "z"], ["kind", "objective"],
                          ["kind", "subjective"]])
        *row, sd, gap = self.rows("point_stat", cohort, value="p", level="province")[0]
        self.assertEqual((row[4:], gap), ([4, 2, 5, Fraction(9, 4), Fraction(9, 20)], None))
        self.assertAlmostEqual(float(sd), math.sqrt(59 / 12), places=15)
        # Of S1 the marks at q are 3 and 0 of 3, at the county 3, 0, 1 and 1.
        *row, sd, gap = self.rows("point_stat", cohort, value="q", level="school")[0]
        self.assertEqual((row[4:], gap), ([2, 1, 3, Fraction(3, 2), Fraction(1, 2)], Fraction(1, 12)))
        self.assertAlmostEqual(float(sd), math.sqrt(4.5), places=15)

    def test_bands(self):
        self.assertEqual(self.rows("band_stat", cohort_of(ITEMS, FOUR, [1, 3]), paper="P", node="p/c/k/S2"),
                         [["school", "p/c/k/S2", 1, 0, 0], ["school", "p/c/k/S2", 3, 2, 1]])
        # With one more of 5 marks both have rank 1, and the next is third.
        tied = FOUR + [("e", "S2", True, [200, 300], {})]
        self.assertEqual(self.rows("band_stat", cohort_of(ITEMS, tied, [1, 2, 3]), paper="P", level="province"),
                         [["province", "p", 1, 2, Fraction(2, 5)], ["province", "p", 2, 2, Fraction(2, 5)],
                          ["province", "p", 3, 3, Fraction(3, 5)]])

    def test_curves(self):
        items = [item_of("x", 1000, "objective")]
        ten = [(f"{number}", "S", True, [100 * mark], {"x": "A"} if number == 0 else {})
               for number, mark in enumerate([1, 1, 1, 2, 3, 4, 5, 6, 7, 8])]
        cohort = cohort_of(items, ten)
        means = [1, Fraction(3, 2), Fraction(7, 2), Fraction(11, 2), Fraction(15, 2)]
        self.assertEqual([row[3:] for row in self.rows("item_curve", cohort, level="school")],
                         [[fifth, 2, mean, mean] for fifth, mean in enumerate(means, 1)])
        self.assertEqual([row[-1] for row in self.rows("option_curve", cohort, level="school", option="A")],
                         [Fraction(1, 3), Fraction(1, 6), 0, 0, 0])
        self.assertEqual(self.rows("item_curve", cohort_of(items, ten[1:]), level="province"),
                         [["x", "province", "p", fifth, None, None, None] for fifth in range(1, 6)])

    def test_a_mark_shows_what_was_chosen(self):
        self.assertEqual(self.rows("item_score", cohort_of(ITEMS, FOUR), item="x"),
                         [["x", "a", 2, "B"], ["x", "b", 0, None], ["x", "c", 0, "AB"], ["x", "d", 2, "B"]])


class Comparing(unittest.TestCase):
    def test_reals_have_a_tolerance_and_marks_none(self):
        self.assertTrue(agrees("real", Fraction(1, 3), "0.3333333333333333"))
        self.assertTrue(agrees("real", Fraction(1, 3), "0.33333333333"))
        self.assertFalse(agrees("real", Fraction(1, 3), "0.33333"))
        self.assertFalse(agrees("real", Fraction(1, 10), "0.10000000000000001"))  # not the shortest text
        self.assertTrue(agrees("exact", Fraction(15, 2), "7.5"))
        self.assertFalse(agrees("exact", Fraction(15, 2), "7.50000000001"))

    def test_null_is_not_zero(self):
        self.assertFalse(agrees("real", None, "0"))
        self.assertFalse(agrees("real", 0, ""))
        self.assertTrue(agrees("text", "", ""))
        self.assertFalse(agrees("real", math.inf, ""))

    def test_every_column_is_declared_once(self):
        for table in TABLES:
            self.assertEqual(len(set(table.columns)), len(table.columns))
            self.assertLessEqual(set(table.key), set(table.columns))
        self.assertEqual(kind_of("line", "share"), "exact")
        self.assertEqual(kind_of("segment_stat", "share"), "real")


if __name__ == "__main__":
    unittest.main()
