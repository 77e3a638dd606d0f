"""The statistics, straight from their definitions.

Every value is an integer or a Fraction until a square root has to be taken; a value that does not exist is None.
"""

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from fractions import Fraction


def mean(values):
    return Fraction(sum(values), len(values)) if values else None


def co_deviation(xs, ys):
    """n times the sum of products of deviations: Σ over i of n·(x − mean x)(y − mean y), an integer for integers."""
    return len(xs) * sum(x * y for x, y in zip(xs, ys)) - sum(xs) * sum(ys)


def variance(values):
    """With n − 1; None for n < 2."""
    n = len(values)
    return Fraction(co_deviation(values, values), n * (n - 1)) if n > 1 else None


def root(square):
    return None if square is None else math.sqrt(square)


def quantile(values, p):
    """Type 7: linear between the order statistics around (n − 1)·p."""
    if not values:
        return None
    ordered = sorted(values)
    place = (len(ordered) - 1) * Fraction(p)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def central_moment(values, power):
    centre = mean(values)
    return mean([(value - centre) ** power for value in values])


def skewness(values):
    if not variance(values):
        return None
    return float(central_moment(values, 3)) / float(central_moment(values, 2)) ** 1.5


def kurtosis(values):
    if not variance(values):
        return None
    return central_moment(values, 4) / central_moment(values, 2) ** 2 - 3


def alpha(columns, totals):
    """Cronbach's α over the columns that vary."""
    variances = [v for v in map(variance, columns) if v]
    k = len(variances)
    if k < 2 or not variance(totals):
        return None
    return Fraction(k, k - 1) * (1 - sum(variances) / variance(totals))


def correlation(xs, ys):
    if not variance(xs) or not variance(ys):
        return None
    cross = co_deviation(xs, ys)
    size = math.sqrt(Fraction(cross * cross, co_deviation(xs, xs) * co_deviation(ys, ys)))
    return size if cross >= 0 else -size


def split_half(odd, even):
    """2r/(1 + r) = 2c/(√(vw) + c) for the co-deviations c, v, w; √(vw) + c is written (vw − c²)/(√(vw) − c) where c is
    negative, so that r near −1 loses no digits."""
    if not variance(odd) or not variance(even):
        return None
    c = co_deviation(odd, even)
    vw = co_deviation(odd, odd) * co_deviation(even, even)
    if c >= 0:
        return 2 * c / (math.sqrt(vw) + c)
    if vw == c * c:
        return None
    return 2 * c * (math.sqrt(vw) - c) / (vw - c * c)


def top_weights(totals):
    """Each candidate's weight in the top 27 % by total, and the group's weight k. Those beyond the boundary total count
    1, those at it share what is left of k."""
    n = len(totals)
    k = (27 * n + 50) // 100
    boundary = sorted(totals, reverse=True)[k - 1]
    beyond = sum(total > boundary for total in totals)
    at = sum(total == boundary for total in totals)
    shared = Fraction(k - beyond, at)
    return [1 if total > boundary else shared if total == boundary else 0 for total in totals], k


def discrimination(values, totals):
    """Mean of the top group less the mean of the bottom group; None for n < 4."""
    if len(totals) < 4:
        return None
    top, k = top_weights(totals)
    bottom, _ = top_weights([-total for total in totals])
    return sum((t - b) * value for t, b, value in zip(top, bottom, values)) / Fraction(k)


def group_shares(values, totals):
    """Weighted means of the values in the top and in the bottom group; None for n < 4."""
    if len(totals) < 4:
        return None, None
    return tuple(sum(weight * value for weight, value in zip(weights, values)) / Fraction(k)
                 for weights, k in (top_weights(totals), top_weights([-total for total in totals])))


def fifths(totals):
    """For each of the five, the lowest first, the weight of a candidate with each total: n/5 in all, and those who tie
    share equally. None for n < 10."""
    n = len(totals)
    if n < 10:
        return None
    counts = Counter(totals)
    shares = [{} for _ in range(5)]
    below = 0
    for total in sorted(counts):
        above = below + counts[total]
        # Laid end to end, those with this total fill [below, above), and each fifth an interval of n/5.
        for fifth, weights in enumerate(shares):
            common = min(5 * above, (fifth + 1) * n) - max(5 * below, fifth * n)
            if common > 0:
                weights[total] = Fraction(common, 5 * counts[total])
        below = above
    return shares


def weighted_mean(values, totals, weights):
    """Of the candidates' values, each weighing what the candidate's total weighs."""
    counts = Counter(totals)
    sums = Counter()
    for value, total in zip(values, totals):
        sums[total] += value
    whole = sum(weight * counts[total] for total, weight in weights.items())
    return sum(weight * sums[total] for total, weight in weights.items()) / whole


def rank(value, ascending):
    """1 = highest; ties share the better rank."""
    return 1 + len(ascending) - bisect_right(ascending, value)


def percentile(value, ascending):
    """100·(below + half of the equal ones, itself among them)/n."""
    below = bisect_left(ascending, value)
    equal = bisect_right(ascending, value) - below
    return 100 * (below + Fraction(equal, 2)) / len(ascending)


def ratio(part, whole):
    """None where there is no denominator, or no numerator to divide."""
    return None if part is None or not whole else Fraction(part) / Fraction(whole)
