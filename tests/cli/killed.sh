#!/bin/sh
# labels: db slow
# kill -9 of `wuji run` at ten random moments: the exam is whole or absent, old or new, never mixed; the next run gives
# the same bytes and removes what the killed ones left.
. "$(dirname "$0")/harness"
kept="student paper_stat item_stat student_score item_score"

ask() { psql -X -q -A -t -v ON_ERROR_STOP=1 -c "$1" "$("$WUJI" db uri)"; }

# Two contents of one exam: the same code, other marks.
wuji 0 gen --sf 0.01 --seed 1 "$T/a"
wuji 0 gen --sf 0.01 --seed 2 "$T/b"
sed -i 's/^code *=.*/code = killed/' "$T/a/exam.ini" "$T/b/exam.ini"
wuji 0 run "$T/a" --db none --items --out "$T/files-a"
wuji 0 run "$T/b" --db none --items --out "$T/files-b"

# export_into DIR: what a reader sees; empty if the exam is absent (exit status 4).
export_into() {
  rm -rf "$1"; mkdir "$1"
  for table in $kept; do
    "$WUJI" export killed "$table" --out "$1/$table.csv" >"$T/export.log" 2>&1
    status=$?
    [ "$status" = 4 ] && { rm -rf "$1"; mkdir "$1"; return; }
    [ "$status" = 0 ] || miss "export $table: exit status $status: $(cat "$T/export.log")"
  done
}
# is_content NAME: the export in $T/seen is that of package NAME.
is_content() { for table in $kept; do cmp -s "$T/seen/$table.csv" "$T/files-$1/$table.csv" || return 1; done; }

# How long a run takes from its start to its end, measured on another exam so that this one is absent at first.
cp -r "$T/a" "$T/c"
cp -r "$T/b" "$T/d"
sed -i 's/^code *=.*/code = measured/' "$T/c/exam.ini" "$T/d/exam.ini"
wuji 0 run "$T/c"
begun=$(date +%s%N)
wuji 0 run "$T/d" --replace
took_ms=$((($(date +%s%N) - begun) / 1000000))
seed=$(date +%s)
echo "a run takes $took_ms ms; seed of the moments: $seed"

killed=0
last=absent
for round in 1 2 3 4 5 6 7 8 9 10; do
  # Other content than what is published, for the same would change nothing.
  package=a; [ "$last" = a ] && package=b
  # Spread over the whole run, a tenth for each, so that every stage is met.
  delay=$(awk -v seed="$seed" -v round="$round" -v took="$took_ms" \
    'BEGIN { srand(seed + round); printf "%.3f", took * ((round - 1) * 7 % 10 + rand()) / 10 / 1000 }')
  "$WUJI" run "$T/$package" --replace --quiet >/dev/null 2>&1 </dev/null &
  pid=$!
  sleep "$delay"
  kill -9 "$pid" 2>/dev/null
  wait "$pid" 2>/dev/null
  [ $? = 137 ] && killed=$((killed + 1))
  export_into "$T/seen"
  checks=$((checks + 1))
  now=mixed
  if [ -z "$(ls "$T/seen")" ]; then now=absent
  elif is_content a; then now=a
  elif is_content b; then now=b
  fi
  echo "round $round: $package killed after $delay s: $now"
  case "$last $now" in
    "absent absent" | "$last $last" | *" $package") ;;
    *) miss "round $round: $now after $last, while $package was running" ;;
  esac
  last=$now
  # From here on an old exam stands behind every kill.
  [ $round = 5 ] && wuji 0 run "$T/b" --replace && last=b
done
is "at least five were killed before their end ($killed)" test "$killed" -ge 5

wuji 0 run "$T/a" --replace
export_into "$T/seen"
is "the next run gives the same bytes" is_content a
# The second half alone: what is kept stays so, readers keep the old tables, and the next analysis gives those of run.
wuji 0 ingest "$T/b" --replace
for round in 1 2 3; do
  delay=$(awk -v round="$round" -v took="$took_ms" 'BEGIN { printf "%.3f", took * (2 * round - 1) / 8 / 1000 }')
  "$WUJI" analyze killed --quiet >/dev/null 2>&1 </dev/null &
  pid=$!
  sleep "$delay"
  kill -9 "$pid" 2>/dev/null
  wait "$pid" 2>/dev/null
  export_into "$T/seen"
  if is_content b; then break; fi
  is "an analysis killed after $delay s changes nothing" is_content a
done
wuji 0 analyze killed
export_into "$T/seen"
is "the next analysis gives the bytes of run" is_content b

for table in candidate marks paper_stat item_stat node; do
  is "$table: two exams, two runs, nothing left of the killed" test "$(ask "select count(distinct run) from wuji_store.$table")" = 2
done
finish
