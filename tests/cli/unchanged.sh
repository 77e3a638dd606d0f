#!/bin/sh
# labels: db
# Content that the database has already is recognised in any clothes, and told; what ingest, analyze and withdraw say.
. "$(dirname "$0")/harness"
tables=$(all_tables | sed "s/^ *exam / /")

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

# What the halves and withdraw say.
small_package "$T/h" halves
wuji 0 ingest "$T/h"
says out "wuji analyze halves"
wuji 0 exams
is_not "readers do not see what is only ingested" grep -q halves "$T/out"
wuji 0 ingest "$T/h" --json
json '.exam == "halves" and .status == "unchanged" and .warnings == []'
wuji 0 analyze halves --json
json '.exam == "halves" and .status == "published" and (.papers | length == 3)'
small_package "$T/bad" bad
sed -i 's/^001,2,4,6/001,2,4,7/' "$T/bad/papers/数学.scores.csv"
wuji 4 ingest "$T/bad" --json
json '.status == "rejected" and .errors == 1'
wuji 4 analyze bad
says err bad
wuji 0 withdraw halves --json
json '. == {"exam": "halves", "status": "withdrawn"}'
wuji 0 withdraw small
says out withdrawn
wuji 4 withdraw small --lang zh
says err 没有
finish
