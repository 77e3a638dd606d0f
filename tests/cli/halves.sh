#!/bin/sh
# labels: db
# The two halves of run: what is ingested is seen by nobody until it is analysed, and then gives the bytes of run; content
# that is there already; what has changed in between; withdrawal; one run of an exam at a time.
. "$(dirname "$0")/harness"

ask() { psql -X -q -A -t -v ON_ERROR_STOP=1 -c "$1" "$("$WUJI" db uri)"; }
# same WHAT DIR DIR: the tables in both folders are the same bytes, but for the exam's run and time.
same() { rm -f "$2/exam.csv" "$3/exam.csv"; is "$1" diff -r "$2" "$3"; }
rows_left() { ask "select count(*) from wuji_store.candidate join wuji_store.run using (run) where exam = '$1'"; }

wuji 0 gen --sf 0.002 --seed 1 "$T/a"
wuji 0 gen --sf 0.002 --seed 2 "$T/b"
sed -i 's/^code *=.*/code = halves/' "$T/a/exam.ini" "$T/b/exam.ini"
wuji 0 run "$T/a" --db none --items --out "$T/files-a"
wuji 0 run "$T/b" --db none --items --out "$T/files-b"

# Ingested: kept, and seen by nobody.
wuji 4 analyze halves
wuji 0 ingest "$T/a" --json
json '.status == "ingested"'
kept=$(jq .run "$T/out")
is "readers see no exam" test "$(ask 'select count(*) from wuji.exam')" = 0
is "nor a student" test "$(ask 'select count(*) from wuji.student')" = 0
wuji 4 export halves paper_stat
wuji 0 ingest "$T/a" --json
json '.status == "unchanged"'
wuji 0 gen --sf 0.001 "$T/other"
wuji 0 run "$T/other"
is "another exam's run leaves what is kept" test "$(rows_left halves)" -gt 0

# Analysed: the bytes of run.
wuji 0 analyze halves --items --out "$T/tables-a" --json
json ".status == \"published\" and .run == $kept"
first=$(jq .run "$T/out")
same "analyze gives the bytes of run" "$T/files-a" "$T/tables-a"
is "what was kept has gone" test "$(ask 'select count(*) from wuji_store.ingested')" = 0
is "and its rows" test "$(ask "select count(distinct run) from wuji_store.run where exam = 'halves'")" = 1
for table in student_score item_score paper_stat item_stat; do
  wuji 0 export halves "$table"
  is "the database has the $table of run" cmp "$T/files-a/$table.csv" "$T/out"
done

# The same content, by every way, in whatever order its rows stand: nothing is done.
(head -n 1 "$T/a/students.csv"; tail -n +2 "$T/a/students.csv" | sort -r) >"$T/students" && cp "$T/students" "$T/a/students.csv"
printf '; a comment\n' >>"$T/a/exam.ini"
for papers in "$T"/a/papers/*.scores.csv; do gzip "$papers"; done
for way in "run $T/a" "run $T/a --replace" "ingest $T/a" "ingest $T/a --replace" "analyze halves"; do
  wuji 0 $way --json
  json ".status == \"unchanged\" and .run == $first"
done

# Other content: a conflict, then both halves replace it; readers keep the old tables until the second.
wuji 5 run "$T/b"
wuji 5 ingest "$T/b"
wuji 0 ingest "$T/b" --replace
wuji 0 export halves paper_stat
is "ingesting changes nothing for readers" cmp "$T/files-a/paper_stat.csv" "$T/out"
# Whoever ingests what is published wants that.
wuji 0 ingest "$T/a" --json
json ".status == \"unchanged\" and .run == $first"
wuji 0 analyze halves --json
json ".status == \"unchanged\" and .run == $first"
wuji 0 ingest "$T/b" --replace
wuji 0 analyze halves --out "$T/tables-b" --items
same "the new content's tables" "$T/files-b" "$T/tables-b"
wuji 0 export halves item_score
is "and readers see them" cmp "$T/files-b/item_score.csv" "$T/out"

# A version of the statistics before ours has published: the same content is published anew.
ask "update wuji_store.run set statistics = 0 where exam = 'halves'"
wuji 5 run "$T/b"
wuji 0 analyze halves --json
json '.status == "published"'
wuji 0 run "$T/b" --json
json '.status == "unchanged"'
# What was published before content was kept can't be read back, and says so.
ask "update wuji_store.run set content = null where exam = 'halves'"
wuji 4 analyze halves
says err "without its content"
wuji 0 run "$T/b" --replace
# Content that is not what was stored is never analysed.
ask "update wuji_store.candidate set name = 'another' where student_id = (select min(student_id) from wuji.student where exam = 'halves')"
wuji 3 analyze halves
says err "is not what was stored"
ask "delete from wuji_store.candidate where student_id = (select min(student_id) from wuji.student where exam = 'halves')"
wuji 3 analyze halves
says err "damaged: table wuji_store.candidate"

# One run of an exam at a time; another exam's goes by.
psql -X -q "$("$WUJI" db uri)" -c "select pg_advisory_lock(hashtextextended('wuji exam halves', 0)); select pg_sleep(60)" \
  >"$T/holder.log" 2>&1 &
holder=$!
i=0
while [ "$(ask "select count(*) from pg_locks where locktype = 'advisory'")" = 0 ] && [ $i -lt 100 ]; do sleep 0.1; i=$((i + 1)); done
wuji 5 run "$T/a" --replace
says err "another run of halves is under way"
wuji 5 ingest "$T/a" --replace
wuji 5 withdraw halves
cp -r "$T/a" "$T/c"
sed -i 's/^code *=.*/code = beside/' "$T/c/exam.ini"
wuji 0 run "$T/c"
ask "select count(pg_terminate_backend(pid)) from pg_locks where locktype = 'advisory'" >/dev/null
wait "$holder"
# Side by side.
for n in 1 2 3; do
  cp -r "$T/a" "$T/side$n"
  sed -i "s/^code *=.*/code = side$n/" "$T/side$n/exam.ini"
done
"$WUJI" run "$T/side1" >/dev/null 2>&1 & one=$!
"$WUJI" run "$T/side2" >/dev/null 2>&1 & two=$!
wuji 0 run "$T/side3"
is "the run beside it is good" wait "$one"
is "and the third" wait "$two"
for n in 1 2 3; do
  wuji 0 export "side$n" paper_stat --no-bom
  is "side$n is whole" test "$(wc -l <"$T/out")" = "$(wc -l <"$T/files-a/paper_stat.csv")"
done

# An analysis that was killed leaves the content kept, and its statistics go with the next run of any exam. One whose
# server process is still at work is not waited for: the content is written once more.
statistics_left() { ask "select count(*) from wuji_store.band join wuji_store.ingested using (run) where exam = 'halves'"; }
half_analysed="update wuji_store.run set statistics = 1 where run in (select run from wuji_store.ingested where exam = 'halves');
  insert into wuji_store.band (run, paper, band, top) select run, 0, 0, 10 from wuji_store.ingested where exam = 'halves'"
wuji 0 ingest "$T/a" --replace
ask "$half_analysed"
wuji 0 run "$T/other" --replace
is "another run removes the statistics" test "$(statistics_left)" = 0
is "and leaves the content" test "$(rows_left halves)" -gt 0
ask "$half_analysed"
run=$(ask "select run from wuji_store.ingested where exam = 'halves'")
psql -X -q "$("$WUJI" db uri)" -c "select pg_advisory_lock_shared(2004183657, $run); select pg_sleep(60)" >"$T/holder.log" 2>&1 &
holder=$!
i=0
while [ "$(ask "select count(*) from pg_locks where locktype = 'advisory'")" = 0 ] && [ $i -lt 100 ]; do sleep 0.1; i=$((i + 1)); done
wuji 0 analyze halves --json
json ".status == \"published\" and .run > $run"
ask "select count(pg_terminate_backend(pid)) from pg_locks where locktype = 'advisory'" >/dev/null
wait "$holder"
wuji 0 export halves student_score
is "the tables are whole" cmp "$T/files-a/student_score.csv" "$T/out"
wuji 0 run "$T/b" --replace
is "and one run is left" test "$(ask "select count(distinct run) from wuji_store.run where exam = 'halves'")" = 1

# Withdrawn: gone, published or only kept.
wuji 0 withdraw halves
wuji 4 export halves paper_stat
wuji 4 analyze halves
wuji 4 withdraw halves
is "no row is left" test "$(rows_left halves)" = 0
wuji 0 ingest "$T/a"
wuji 0 withdraw halves
is "nor of what was kept" test "$(rows_left halves)" = 0
wuji 0 run "$T/a"

# Priors of a stored exam must be there.
small_package "$T/grown" grown
printf '[growth]\npriors = halves:total\n' >>"$T/grown/exam.ini"
wuji 0 run "$T/grown"
wuji 4 run "$T/grown" --db none --out "$T/none"
sed -i 's/^priors.*/priors = nowhere:total/' "$T/grown/exam.ini"
wuji 4 run "$T/grown" --replace
says err "nowhere:total"
wuji 2 ingest "$T/a" --db none
finish
