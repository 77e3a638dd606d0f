#!/bin/sh
# bash completion offers what there is, knows the exams of a cluster that runs, and starts nothing.
# labels: db
. "$(dirname "$0")/harness"
completion=$(cd "$(dirname "$0")/../.." && pwd)/engine/cli/completion
command -v bash >/dev/null || { echo "SKIPPED: no bash"; finish; }

# offers WORD…: what is offered for the last word, on one line.
offers() {
  bash -c '. "$1"; shift; compopt() { :; }; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _wuji "$1"; echo "${COMPREPLY[*]}"' \
    _ "$completion/wuji.bash" "$WUJI" "$@"
}
# has EXPECTED WORD…: it is among what is offered for the last word.
has() {
  expected=$1; shift
  line=$(offers "$@")
  case " $line " in *" $expected "*) return 0 ;; esac
  echo "offered: $line"
  return 1
}

for command in check run ingest analyze export exams withdraw db fit gen; do is "the command $command" has "$command" ''; done
is "what begins so" test "$(offers ex | tr ' ' '\n' | sort | tr '\n' ' ')" = "exams export "
for option in --out --items --replace --threads --errors --no-bom --db --json --quiet --lang --help; do
  is "run takes $option" has "$option" run --
done
is "export does not take --replace" test -z "$(offers export --repl)"
is "tables" has paper_stat export small paper_s
is "every table" test "$(offers export small '' | wc -w)" -ge 12
is "formats" has json export small node --format ''
is "languages" has zh --lang ''
is "models" has hlm fit ''
is "verbs of db" has status db st
mkdir -p "$T/here/package"
is "folders" test "$(cd "$T/here" && offers run pa)" = package
is "no exam where no cluster runs" test -z "$(offers export '')"
is "none with --db none" test -z "$(offers export --db none '')"
is "nothing was made or started" test ! -e "$WUJI_HOME"

small_package "$T/p"
wuji 0 run "$T/p" --quiet
is "the exams of a cluster that runs" has small export ''
is "of a database that is given" has small withdraw --db "$("$WUJI" db uri)" ''
is "none of an environment that leads nowhere" test -z "$(PGHOST=/nonexistent && export PGHOST && offers export '')"
wuji 0 db stop
is "no exam of one that is stopped" test -z "$(offers export '')"
wuji 0 db status
says out stopped
finish
