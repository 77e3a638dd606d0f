#!/bin/sh
# The example of README.zh-CN.md is a package that runs, and its fault is told as the README tells it.
. "$(dirname "$0")/harness"
readme=$(cd "$(dirname "$0")/../.." && pwd)/README.zh-CN.md

# block FIRST-LINE: the indented block that begins with this line.
block() {
  awk -v first="    $1" '
    $0 == first { on = 1 }
    on && !/^    / && !/^$/ { exit }
    on { sub(/^    /, ""); text = text $0 "\n" }
    END { sub(/\n+$/, "\n", text); printf "%s", text }' "$readme"
}

mkdir -p "$T/p/papers"
block '[exam]' >"$T/p/exam.ini"
block '准考证号,姓名,班级,学校,县' >"$T/p/students.csv"
block '题号,满分,题型,知识点' >"$T/p/papers/数学.items.csv"
block '准考证号,1,2,3' >"$T/p/papers/数学.scores.csv"
wuji 0 check "$T/p"
wuji 0 run "$T/p" --db none --out "$T/out-dir" --json
json '.exam == "mock1" and (.papers | map(.n) == [4, 4]) and (.levels | map(.nodes) == [1, 1, 2, 2, 3])'
sed -i 's/^26010001,5,5,12/26010001,5,5,13/' "$T/p/papers/数学.scores.csv"
wuji 4 check "$T/p" --lang zh
says err "$(grep -o "papers/.*超过该题满分 12" "$readme")"
wuji 4 check "$T/p"
says err "$(grep -o "papers/.*above the item's maximum 12" "${readme%.zh-CN.md}.md")"
finish
