#!/bin/sh
# labels: db
# Content that the database has already is recognised; ingest and analyze do what run does; withdraw takes it back.
. "$(dirname "$0")/harness"
tables=$(all_tables | sed "s/^ *exam / /")

# same_tables CODE DIR: the exports of the exam are the files of the folder.
same_tables() {
  for table in $tables; do
    "$WUJI" export "$1" "$table" >"$T/one.csv" 2>"$T/one.err" || { cat "$T/one.err"; return 1; }
    cmp "$2/$table.csv" "$T/one.csv" || return 1
  done
}

small_package "$T/p"
wuji 0 run "$T/p" --db none --items --out "$T/files" --quiet
wuji 0 run "$T/p" --json
json '.status == "published"'
first=$(jq .run "$T/out")

# The same once more, also in other clothes.
wuji 0 run "$T/p" --json --out "$T/again" --items
json ".status == \"unchanged\" and .run == $first"
says err unchanged
wuji 0 run "$T/p" --lang zh
says err 未变
for table in $tables; do is "--out of an unchanged run writes $table" cmp "$T/files/$table.csv" "$T/again/$table.csv"; done
is "exam.csv tells the run" grep -q ",$first," "$T/again/exam.csv"
mkdir -p "$T/d/papers"
cp "$T/p/exam.ini" "$T/d/"
for file in students.csv papers/数学.items.csv papers/数学.scores.csv papers/英语.items.csv papers/英语.scores.csv; do
  sed 's/$/\r/' "$T/p/$file" | iconv -f UTF-8 -t GB18030 | gzip >"$T/d/$file.gz"
done
wuji 0 run "$T/d" --json
json ".status == \"unchanged\" and .run == $first"
wuji 0 run "$T/d" --replace --json
json ".status == \"unchanged\" and .run == $first"
wuji 0 ingest "$T/d" --json
json '.status == "unchanged"'

# The two halves of an exam that is new: nobody sees it before it is analysed.
small_package "$T/h" halves
wuji 0 ingest "$T/h" --json
json '.exam == "halves" and .status == "ingested" and .warnings == []'
wuji 0 exams
is_not "readers do not see what is only ingested" grep -q halves "$T/out"
wuji 4 export halves paper_stat
wuji 0 ingest "$T/h"
says err unchanged
wuji 0 run "$T/h" --db none --items --out "$T/h-files" --quiet
wuji 0 analyze halves --json --items --out "$T/h-out"
json '.exam == "halves" and .status == "published" and (.papers | length == 3)'
is "analyze publishes the tables of run" same_tables halves "$T/h-files"
for table in $tables; do is "analyze --out writes $table" cmp "$T/h-files/$table.csv" "$T/h-out/$table.csv"; done
wuji 0 analyze halves --json
json '.status == "unchanged"'
wuji 0 run "$T/h"
says err unchanged

# Other content: refused, or taken and then shown by analyze.
sed 's/^007,2,4,3/007,2,4,4/' "$T/h/papers/数学.scores.csv" >"$T/new.csv" && mv "$T/new.csv" "$T/h/papers/数学.scores.csv"
wuji 5 run "$T/h"
says err --replace
wuji 5 ingest "$T/h"
wuji 0 ingest "$T/h" --replace --json
json '.status == "ingested"'
is "readers see the old tables until then" same_tables halves "$T/h-files"
wuji 0 run "$T/h" --db none --items --out "$T/h-new" --quiet
wuji 0 analyze halves
is "then the new ones" same_tables halves "$T/h-new"
small_package "$T/bad" bad
sed -i 's/^001,2,4,6/001,2,4,7/' "$T/bad/papers/数学.scores.csv"
wuji 4 ingest "$T/bad" --json
json '.status == "rejected" and .errors == 1'
wuji 4 analyze bad
says err bad

# Priors of an exam that is stored: not without a database.
small_package "$T/g" grown
printf '[growth]\npriors = small:数学\n' >>"$T/g/exam.ini"
wuji 0 check "$T/g"
wuji 4 run "$T/g" --db none --out "$T/g-out"
says err "--db none"
wuji 0 run "$T/g" --quiet
sed -i 's/small:数学/nowhere:数学/' "$T/g/exam.ini"
wuji 4 run "$T/g" --replace

# Taken back.
wuji 0 withdraw halves --json
json '. == {"exam": "halves", "status": "withdrawn"}'
wuji 4 export halves paper_stat
wuji 4 analyze halves
wuji 4 withdraw halves
says err halves
wuji 0 exams
is_not "a withdrawn exam is not listed" grep -q halves "$T/out"
is "the others are" grep -q small "$T/out"
wuji 0 run "$T/h" --json
json '.status == "published"'
finish
