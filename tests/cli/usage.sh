#!/bin/sh
# How the command line is called, and what it says when it is called wrongly (cli.md: usage is exit status 2).
. "$(dirname "$0")/harness"

wuji 0 --help
for command in check run export exams db gen; do says out "$command"; done
is "no message beside the help" test ! -s "$T/err"
for command in check run export exams db gen; do
  wuji 0 "$command" --help
  for option in --db --json --quiet --help; do says out "$option"; done
done
wuji 0 run --help
for option in --out --items --replace --threads --errors --no-bom; do says out "$option"; done
wuji 0 --version
is "the version is a number" grep -Eq '[0-9]+\.[0-9]+\.[0-9]+' "$T/out"

wuji 2
is "without a command: told on standard error" test -s "$T/err"
is "without a command: nothing on standard output" test ! -s "$T/out"
wuji 2 frobnicate
says err frobnicate
wuji 2 check
wuji 2 run
wuji 2 check a b
wuji 2 check --frobnicate a
says err --frobnicate
wuji 2 run a --threads x
wuji 2 run a --threads -1
wuji 2 run a --threads
wuji 2 export
wuji 2 export exam
wuji 2 export exam no_such_table
says err no_such_table
wuji 2 export exam paper_stat --format yaml
wuji 2 export exam paper_stat --db none
wuji 2 db
wuji 2 db frobnicate
wuji 2 gen "$T/gen"
wuji 2 gen --sf x "$T/gen"
wuji 2 gen --sf 0 "$T/gen"
wuji 2 gen --sf -1 "$T/gen"
wuji 2 gen --sf 0.01 --seed x "$T/gen"
is "a refused gen makes nothing" test ! -e "$T/gen"
wuji 4 check "$T/nothing"
says err nothing
wuji 4 run "$T/nothing" --db none --out "$T/out-dir"
wuji 2 run "$T/nothing" --db none
is "nothing was started" test ! -e "$WUJI_HOME"

small_package "$T/p"
NO_COLOR=1 "$WUJI" check "$T/p" >"$T/out" 2>"$T/err"
is_not "no escape sequence where NO_COLOR is set" grep -q "$(printf '\033')" "$T/out" "$T/err"
wuji 0 check "$T/p"
is_not "no escape sequence into a file" grep -q "$(printf '\033')" "$T/out" "$T/err"
finish
