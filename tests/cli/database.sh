#!/bin/sh
# labels: db
# The main job into the private cluster: publish, conflict, replace, export, and what leaves the database as it was.
. "$(dirname "$0")/harness"
tables=$(all_tables | sed "s/^ *exam / /")

# ask SQL: one value from the private cluster.
ask() { psql -X -q -A -t -v ON_ERROR_STOP=1 -c "$1" "$("$WUJI" db uri)"; }

small_package "$T/p"
wuji 0 run "$T/p" --db none --items --out "$T/files"

# An output that cannot be written is found before anything is stored.
echo "a file" >"$T/file"
wuji 1 run "$T/p" --out "$T/file"
wuji 0 exams --json
json '. == [] or .exams == []'

wuji 0 run "$T/p" --items --out "$T/tables" --json
json '.exam == "small" and .status == "published" and (.run | type == "number")'
first=$(jq .run "$T/out")
wuji 0 exams
says out small
wuji 0 db status
wuji 0 db uri
is "psql reaches it by the uri" test "$(ask 'select count(*) from wuji.student')" = 7
for table in $tables; do
  is "run --out writes the $table of --db none" cmp "$T/files/$table.csv" "$T/tables/$table.csv"
  wuji 0 export small "$table"
  is "export $table gives the bytes of run --out" cmp "$T/files/$table.csv" "$T/out"
  wuji 0 export small "$table" --format json
  rows=$(($(wc -l <"$T/files/$table.csv") - 1))
  is "export $table --format json has its rows" jq -e "length == $rows" "$T/out"
  [ "$rows" = 0 ] || is "export $table --format json has its columns" test \
    "$(jq -r '.[0] // {} | keys_unsorted | join(",")' "$T/out")" = "$(head -n 1 "$T/files/$table.csv" | tail -c +4)"
done
wuji 0 export small exam --format json
json '.[0] | .exam == "small" and .candidates == 7 and .published_at != null and .date == "2026-01-12"'

# Parts of a table, and files.
wuji 0 export small student_score --no-bom --paper 数学 --node 浙江省/温州市/平阳县
is "the node and all below, one paper" test "$(tail -n +2 "$T/out" | cut -d , -f 2,3 | tr '\n' ' ')" = "数学,005 数学,006 数学,007 "
wuji 0 export small paper_stat --node 浙江省/温州市/瑞安市/第一中学 --paper total --no-bom
is "a school and its classes" test "$(tail -n +2 "$T/out" | cut -d , -f 3 | tr '\n' ' ')" = "school class class "
wuji 0 export small paper_stat --out "$T/ps.csv"
is "nothing on standard output with --out" test ! -s "$T/out"
is "--out writes the same" cmp "$T/files/paper_stat.csv" "$T/ps.csv"
wuji 1 export small paper_stat --out "$T/no/such/file.csv"
wuji 4 export no-such-exam paper_stat
says err no-such-exam
wuji 4 export small paper_stat --node 浙江省/杭州市
wuji 4 export small paper_stat --paper 物理
wuji 2 export small no_such_table

# The same content again changes nothing, whether or not it is to replace; other content is a conflict, unless it is to
# replace: readers then see the new tables.
sum=$(ask "select md5(string_agg(s::text, '' order by paper, node)) from wuji.paper_stat s")
wuji 0 run "$T/p" --json
json ".status == \"unchanged\" and .run == $first"
wuji 0 run "$T/p" --replace --json
json ".status == \"unchanged\" and .run == $first"
small_package "$T/bad"
sed -i 's/^001,2,4,6/001,2,4,7/' "$T/bad/papers/数学.scores.csv"
wuji 4 run "$T/bad" --replace
sed 's/^007,2,4,3/007,2,4,4/' "$T/p/papers/数学.scores.csv" >"$T/new.csv" && mv "$T/new.csv" "$T/p/papers/数学.scores.csv"
wuji 5 run "$T/p"
is "refused and rejected runs change nothing" test \
  "$sum" = "$(ask "select md5(string_agg(s::text, '' order by paper, node)) from wuji.paper_stat s")"
is "the published run is still the first" test "$(ask "select run from wuji.exam where exam = 'small'")" = "$first"
wuji 0 run "$T/p" --replace --json --items --out "$T/second"
json '.status == "published"'
is "another run is published" test "$(jq .run "$T/out")" != "$first"
wuji 0 export small item_score
is "its marks are the new ones" cmp "$T/second/item_score.csv" "$T/out"
is_not "and not the old ones" cmp -s "$T/files/item_score.csv" "$T/out"
is "the replaced run has left no row" test "$(ask 'select count(distinct run) from wuji_store.candidate')" = 1

# A second exam beside it; then a server that is not there, and the cluster stopped and started.
small_package "$T/q" other
wuji 0 run "$T/q"
wuji 0 exams --json
is "both are listed" grep -q other "$T/out"
wuji 3 run "$T/q" --replace --db 'host=/nonexistent dbname=x'
wuji 3 exams --db 'host=127.0.0.1 port=1 dbname=x connect_timeout=2'
wuji 0 exams --db "$("$WUJI" db uri)"
says out other
wuji 0 db stop
wuji 0 db stop
wuji 0 export other node
is "the cluster starts when it is needed" test -s "$T/out"
finish
