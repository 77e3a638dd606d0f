#!/bin/sh
# wuji gen: same seed, same bytes; a package that wuji takes without a fault.
. "$(dirname "$0")/harness"

wuji 0 gen --sf 0.002 --seed 7 "$T/a"
wuji 0 gen --sf 0.002 --seed 7 "$T/b"
wuji 0 gen --sf 0.002 --seed 8 "$T/c"
is "same seed, same bytes" diff -r "$T/a" "$T/b"
is_not "another seed, another exam" cmp -s "$T/a/students.csv" "$T/c/students.csv"
is "the code says how it was made" grep -q '^code *= *gen-sf0\.002-seed7$' "$T/a/exam.ini"
is "the name of a file is not the name of a machine" test "$(ls "$T/a/papers"/*.items.csv | wc -l)" = 6
is "priors are there" test -s "$T/a/priors.csv"
wuji 0 gen --sf 0.002 --seed 7 --no-growth "$T/n"
is "no priors with --no-growth" test ! -e "$T/n/priors.csv"
is_not "and no [growth]" grep -q '^\[growth' "$T/n/exam.ini"
wuji 0 check "$T/a"
wuji 0 check "$T/n"
wuji 1 gen --sf 0.002 --seed 8 "$T/a"
is "a folder that is not empty stays as it is" diff -r "$T/a" "$T/b"
echo "a file" >"$T/file"
wuji 1 gen --sf 0.002 "$T/file"
wuji 1 gen --sf 0.002 "$T/no/such/folder"
finish
