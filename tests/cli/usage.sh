#!/bin/sh
# How the command line is called, and what it says when it is called wrongly (cli.md: usage is exit status 2).
. "$(dirname "$0")/harness"

wuji 0 --help
for command in check run ingest analyze export exams withdraw db fit gen; do says out "$command"; done
is "no message beside the help" test ! -s "$T/err"
for command in check run ingest analyze export exams withdraw db fit gen; do
  wuji 0 "$command" --help
  for option in --db --json --quiet --lang --help; do says out "$option"; done
done
wuji 0 run --help
for option in --out --items --replace --threads --errors --no-bom; do says out "$option"; done
wuji 0 ingest --help
for option in --replace --threads --errors; do says out "$option"; done
wuji 0 analyze --help
for option in --out --items --no-bom --threads; do says out "$option"; done
is_not "analyze takes no --replace" grep -qF -e --replace "$T/out"
for page in wuji.1 wuji-package.5; do
  is "$page has no fault" sh -c "! command -v groff >/dev/null || test -z \"\$(groff -man -ww -z -Tutf8 -k '$(dirname "$0")/../../docs/man/$page' 2>&1)\""
done
manual=$(dirname "$0")/../../docs/man/wuji.1
page=$(dirname "$0")/../../docs/cli.md
words=$("$WUJI" --help | sed -n 's/^  \([a-z]\{1,\}\) .*/\1/p')
for word in $words; do
  is "wuji(1) tells of $word" grep -q "\b$word\b" "$manual"
  is "docs/cli.md tells of $word" grep -q "wuji $word" "$page"
done
for option in $(for word in $words; do "$WUJI" "$word" --help; done | grep -Eo '^ +--[a-z-]+' | sort -u); do
  is "wuji(1) tells of $option" grep -qF -e "$(echo "$option" | sed 's/-/\\-/g')" "$manual"
  is "docs/cli.md tells of $option" grep -qF -e "$option" "$page"
done
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
wuji 2 ingest
wuji 2 ingest a b
wuji 2 ingest "$T" --db none
wuji 2 analyze
wuji 2 analyze exam --db none
wuji 2 analyze exam --replace
says err --replace
wuji 2 withdraw
wuji 2 withdraw exam --db none
wuji 2 exams --db none
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

# Options may stand before the command as well.
small_package "$T/p"
wuji 0 --quiet check "$T/p"
is "--quiet before the command" test ! -s "$T/out"
wuji 0 --db none run --out "$T/o" "$T/p" --json
json '.status == "files"'
wuji 0 --threads 2 check --json "$T/p"
json '.status == "good"'
wuji 2 --replace check "$T/p"
says err --replace
wuji 2 --frobnicate check "$T/p"
says err --frobnicate
wuji 2 --db
wuji 0 --lang en --version
wuji 0 --quiet run --help

NO_COLOR=1 "$WUJI" check "$T/p" >"$T/out" 2>"$T/err"
is_not "no escape sequence where NO_COLOR is set" grep -q "$(printf '\033')" "$T/out" "$T/err"
wuji 0 check "$T/p"
is_not "no escape sequence into a file" grep -q "$(printf '\033')" "$T/out" "$T/err"
finish
