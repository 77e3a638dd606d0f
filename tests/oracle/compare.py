"""Holding a TABLE.csv against the expected rows.

Reals may differ by 1e-9 relative: the engine finishes in doubles, where each step costs some 1e-16 and a subtraction of
near-equal values (1 − α, r near −1, a mean near another) multiplies that by what the small packages here can cancel,
while a wrong definition (n for n − 1, a tie broken by order) moves a value by far more. 1e-12 absolute, because a value
that is 0 exactly (z at the mean, a gap between equals) has no relative error to speak of. Everything that is a mark, a
count or a name has no tolerance.
"""

import csv
import json
import os
from collections import Counter
from decimal import Decimal
from fractions import Fraction

from columns import kind_of

RELATIVE = 1e-9
ABSOLUTE = 1e-12
SHOWN = 10


def read_table(path):
    with open(path, encoding="utf-8", newline="") as file:
        assert file.read(1) == "\ufeff", f"{path} does not begin with a byte order mark"
        records = list(csv.reader(file, strict=True))
    return records[0], records[1:]


def as_text(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        return repr(float(value))
    return str(value)


def is_shortest(text):
    """No text with fewer digits reads back the same double."""
    return Decimal(text) == Decimal(repr(float(text)))


def agrees(kind, expected, cell):
    if kind == "unset" or expected is None or expected == "":
        return cell == ""
    if cell == "":
        return False
    if kind == "json":
        return json.loads(cell) == expected
    if kind == "exact":
        return Fraction(cell) == expected
    if kind == "real":
        value = float(expected)
        return is_shortest(cell) and abs(float(cell) - value) <= max(RELATIVE * abs(value), ABSOLUTE)
    return as_text(expected) == cell


def differences(table, expected, path):
    """Sentences that say what differs, all of them."""
    if not os.path.exists(path):
        yield "the file is missing"
        return
    header, records = read_table(path)
    if header != table.columns:
        yield f"header: expected {','.join(table.columns)}, actual {','.join(header)}"
        return
    key_at = [table.columns.index(column) for column in table.key]

    def key(row):
        return tuple(as_text(row[index]) for index in key_at)

    def number(row):
        # lo and mark are numbers of the key: 7.5 and 7.50 are one segment.
        return tuple(float(cell) if column in ("lo", "mark") and cell else cell
                     for column, cell in zip(table.key, key(row)))

    expected = list(expected)
    if len(records) != len(expected):
        yield f"rows: expected {len(expected)}, actual {len(records)}"
    keys = [number(row) for row in records]
    wanted = [number(row) for row in expected]
    for missing in set(wanted) - set(keys):
        yield f"{missing}: the row is missing"
    for extra in set(keys) - set(wanted):
        yield f"{extra}: a row too many"
    if Counter(keys) == Counter(wanted) and keys != wanted:
        place = next(index for index in range(len(keys)) if keys[index] != wanted[index])
        yield f"order: row {place + 1} should be {wanted[place]}, is {keys[place]}"
    actual = dict(zip(keys, records))
    for row, row_key in zip(expected, wanted):
        if row_key in actual:
            for column, value, cell in zip(table.columns, row, actual[row_key]):
                if not agrees(kind_of(table.name, column), value, cell):
                    yield f"{row_key[1:]} {column}: expected {as_text(value) or 'null'}, actual {cell or 'null'}"


def report(table, expected, path):
    """Prints the first differences of a table; says how many there are."""
    count = 0
    for sentence in differences(table, expected, path):
        count += 1
        if count <= SHOWN:
            print(f"{table.name}: {sentence}")
    if count > SHOWN:
        print(f"{table.name}: {count - SHOWN} more differences")
    return count
