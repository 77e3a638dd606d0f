#!/usr/bin/env python3
"""oracle.py PACKAGE DIR: computes the tables of PACKAGE from their definitions and compares them to the files that
`wuji run PACKAGE --db none --out DIR --items` made. Prints every difference (the first ten a table); exit status 1 if
there is any.

A second, slow reading of the contract that shares nothing with the engine: standard library only, exact arithmetic, no
state that is merged, every node's figures computed anew from its candidates.
"""

import os
import sys

from cohort import build_cohort
from columns import TABLES
from compare import report
from reading import read_package
from tables import rows_of


def main(package, folder):
    cohort = build_cohort(read_package(package))
    found = sum(report(table, rows_of(table.name, cohort), os.path.join(folder, f"{table.name}.csv"))
                for table in TABLES)
    if found:
        print(f"{package}: {found} differences")
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
