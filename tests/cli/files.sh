#!/bin/sh
# check, and run without a database: which files come, what is said, and what is refused before anything is written.
. "$(dirname "$0")/harness"
tables=$(all_tables | sed "s/ item_score / /")

small_package "$T/p"
wuji 0 check "$T/p"
wuji 0 run "$T/p" --db none --out "$T/a"
is "the summary is on standard output" test -s "$T/out"
for table in $tables; do
  is "$table.csv is there" test -s "$T/a/$table.csv"
  is "$table.csv begins with a BOM and its key" grep -aq "^$(printf '\357\273\277')exam," "$T/a/$table.csv"
done
is "item_score.csv only with --items" test ! -e "$T/a/item_score.csv"
is "nothing else in the folder" test "$(ls "$T/a" | wc -l)" = "$(echo "$tables" | wc -w)"
wuji 0 run "$T/p" --db none --out "$T/i" --items --no-bom
is "item_score.csv with --items" test -s "$T/i/item_score.csv"
is "no BOM with --no-bom" grep -aq '^exam,' "$T/i/paper_stat.csv"
for table in $tables; do
  tail -c +4 "$T/a/$table.csv" >"$T/bare.csv"
  is "$table.csv is the same but for the BOM" cmp "$T/bare.csv" "$T/i/$table.csv"
done
# Five present on 数学 with three items, and 003's empty cell: a mark of null. Six on 英语 with two.
is "item_score has present candidates only" test "$(wc -l <"$T/i/item_score.csv")" = $((1 + 6 * 3 + 6 * 2))
is "a blank has no mark" grep -qx 'small,数学,2,003,,' "$T/i/item_score.csv"
is "once more into the same folder" "$WUJI" run "$T/p" --db none --out "$T/a" --quiet

# --quiet, --json
wuji 0 run "$T/p" --db none --out "$T/q" --quiet
is "nothing on standard error with --quiet" test ! -s "$T/err"
wuji 0 run "$T/p" --db none --out "$T/j" --json
json '.exam == "small" and .status == "files"'
json '.levels | map(.level) == ["province", "city", "county", "school", "class"]'
json '.levels | map(.nodes) == [1, 1, 2, 2, 3] and all(.candidates == 7)'
json '.papers | map(.paper) == ["数学", "英语", "total"]'
json '.papers[0] | .n == 6 and has("mean") and has("score_rate") and has("alpha") and has("discrimination")'
json '.papers[0].mean * 6 - 39.5 | fabs < 1e-9'
json '.papers[2] | .n == 7 and .alpha == null'
json '.warnings | type == "array" and all(has("code") and has("count"))'
json '.tables | type == "array" and index("paper_stat") != null'

# Refused before anything is written: an output that cannot be written is exit status 1.
echo "a file" >"$T/file"
wuji 1 run "$T/p" --db none --out "$T/file"
wuji 1 run "$T/p" --db none --out "$T/file/below"
wuji 1 run "$T/p" --db none --out "$T/no/such/folder"
is "the file is as it was" grep -qx "a file" "$T/file"
wuji 1 check "$T/p" --errors "$T/no/such/errors.csv"

# Rejected: the faults on standard error, all of them in --errors, nothing in --out.
small_package "$T/bad"
sed -i -e 's/^001,2,4,6/001,3,4,6/' -e 's/^007,2,4,3/008,2,4,3/' "$T/bad/papers/数学.scores.csv"
wuji 4 check "$T/bad" --errors "$T/errors.csv"
says err 'papers/数学.scores.csv:2: 2: '
says err 'papers/数学.scores.csv:8: 1: '
is "--errors has a header" grep -q 'file,line,column,code,message,value' "$T/errors.csv"
is "--errors has both" test "$(grep -c '^papers/' "$T/errors.csv")" = 2
wuji 4 run "$T/bad" --db none --out "$T/bad-out"
is "no table of a rejected package" test ! -e "$T/bad-out/paper_stat.csv"
wuji 4 run "$T/bad" --db none --out "$T/bad-out" --json
json '.exam == "small" and .status == "rejected" and .errors == 2'
json '.first | map(.file) == ["papers/数学.scores.csv", "papers/数学.scores.csv"] and map(.line) == [2, 8] and map(.column) == [2, 1]'
json '.first | all(has("code") and has("message") and has("value")) and map(.value) == ["3", "008"]'
# Only the first 20 on standard error, with a count of the rest; all of them in the file.
small_package "$T/many"
{ sed -n 1p "$T/p/papers/英语.scores.csv"; seq -f '9%03g,1,1' 1 30; } >"$T/many/papers/英语.scores.csv"
wuji 4 check "$T/many" --errors "$T/many.csv"
is "20 faults on standard error" test "$(grep -c '^papers/英语.scores.csv:' "$T/err")" = 20
is "and a count of the other 10" grep -q '10' "$T/err"
is "30 in the file" test "$(grep -c '^papers/' "$T/many.csv")" = 30
is "no private cluster was made" test ! -e "$WUJI_HOME"
finish
