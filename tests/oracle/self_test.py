#!/usr/bin/env python3
"""The oracle held to values worked out by hand, small enough to check on paper."""

import math
import unittest
from fractions import Fraction

import measures
from cohort import Node, coarsest_step, path_key, share_mark, total_status
from columns import TABLES, kind_of
from compare import agrees
from reading import read_row


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
