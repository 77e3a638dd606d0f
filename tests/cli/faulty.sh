#!/bin/sh
# Every kind of fault a package can have, one package each: check and run end with exit status 4, standard error has the
# expected line, and nothing is written. The good package they are made from passes.
. "$(dirname "$0")/harness"
sh "$(dirname "$0")/faulty/make-faulty.sh" "$T/faulty" || exit 1

wuji 0 check "$T/faulty/good"
wuji 0 run "$T/faulty/good" --db none --out "$T/good-out"
is "the good package gives tables" test -s "$T/good-out/paper_stat.csv"

cases=0
for expected in "$T"/faulty/*.expected; do
  package=${expected%.expected}
  line=$(cat "$expected")
  cases=$((cases + 1))
  wuji 4 check "$package"
  is "check $(basename "$package"): $line" grep -qxF -e "$line" "$T/err"
  wuji 4 run "$package" --db none --out "$T/out-$cases"
  is "run $(basename "$package"): $line" grep -qxF -e "$line" "$T/err"
  is "run $(basename "$package") writes nothing" test -z "$(ls -A "$T/out-$cases" 2>/dev/null)"
done
is "there are at least 30 faulty packages" test "$cases" -ge 30
finish
