#!/bin/sh
# One exam in every disguise: encoding × line end × delimiter in full, gzip, the headers' language and the order of rows and
# columns each against each. All of them give the same tables, byte for byte.
. "$(dirname "$0")/harness"
python3 "$(dirname "$0")/disguises/disguise.py" "$T/packages" || exit 1

wuji 0 run "$T/packages/plain" --db none --out "$T/expected" --items
is "the plain package gives tables" test -s "$T/expected/item_score.csv"
wuji 0 check "$T/packages/plain" --json
cp "$T/out" "$T/warnings"

disguises=0
for package in "$T"/packages/*; do
  disguises=$((disguises + 1))
  wuji 0 run "$package" --db none --out "$T/tables" --items
  is "$(basename "$package"): the same tables" diff -rq "$T/expected" "$T/tables"
  wuji 0 check "$package" --json
  is "$(basename "$package"): the same warnings" cmp "$T/warnings" "$T/out"
  rm -rf "$T/tables"
done
is "there are 46 disguises" test "$disguises" = 46
finish
