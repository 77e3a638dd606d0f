#!/bin/sh
# Every kind of fault a package can have, one package each: check and run end with exit status 4, standard error has the
# expected line, and nothing is written. The good package they are made from passes. Every code is met, and those that are
# not about bytes in every encoding: with the same file, line, column and value.
. "$(dirname "$0")/harness"
here=$(dirname "$0")
sh "$here/faulty/make-faulty.sh" "$T/faulty" || exit 1

wuji 0 check "$T/faulty/good"
wuji 0 run "$T/faulty/good" --db none --out "$T/good-out"
is "the good package gives tables" test -s "$T/good-out/paper_stat.csv"

cases=0
for expected in "$T"/faulty/*.expected; do
  package=${expected%.expected}
  line=$(cat "$expected")
  cases=$((cases + 1))
  wuji 4 check "$package" --errors "$package.errors"
  is "check $(basename "$package"): $line" grep -qxF -e "$line" "$T/err"
  wuji 4 run "$package" --db none --out "$T/out-$cases"
  is "run $(basename "$package"): $line" grep -qxF -e "$line" "$T/err"
  is "run $(basename "$package") writes nothing" test -z "$(ls -A "$T/out-$cases" 2>/dev/null)"
done
is "there are at least 100 faulty packages" test "$cases" -ge 100

# Codes that would take millions of rows are left to other tests.
sed -n 's/^PROBLEM([A-Z_]*, "\(.*\)")$/\1/p' engine/ingest/problems.def |
  grep -vxE 'student-count|option-count|too-many-problems' | LC_ALL=C sort >"$T/codes"
cat "$T"/faulty/*.errors | cut -d, -f4 | LC_ALL=C sort -u >"$T/met"
is "every code is met" sh -c 'missing=$(LC_ALL=C comm -23 "$1" "$2"); echo "$missing"; [ -z "$missing" ]' - "$T/codes" "$T/met"

python3 "$here/faulty/reencode.py" "$T/faulty" || exit 1
others=0
for package in "$T"/faulty/*@*; do
  others=$((others + 1))
  case $package in
    */good@*) wuji 0 check "$package"; continue ;;
  esac
  wuji 4 check "$package" --errors "$T/errors"
  is "$(basename "$package"): the same faults" cmp "${package%@*}.errors" "$T/errors"
done
is "at least 160 packages are in other encodings" test "$others" -ge 160
finish
