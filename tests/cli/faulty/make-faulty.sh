#!/bin/sh
# make-faulty.sh DIR [good]: from one good package DIR/good makes a faulty one DIR/NAME for each case below, and beside it
# DIR/NAME.expected, the line that standard error has to have. A case is an edit of the good package, run inside it.
# With `good`, only that one is made.
set -eu
export LC_ALL=C.UTF-8
dir=$1
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$dir"
[ -z "$(ls -A "$dir")" ] || { echo "$dir is not empty" >&2; exit 2; }

good() {
  mkdir -p "$1/papers"
  cat >"$1/exam.ini" <<'INI'
[exam]
code = faulty
name = 一次考试
date = 2026-01-12
province = 浙江省
city = 温州市
[paper 数学]
segment = 5
[total]
full_mark = 50     ; the largest total is 41
[line 一段]
share = 0.20
[bands]
total = 3, 5
[growth]
priors = 中考总分
INI
  cat >"$1/students.csv" <<'CSV'
准考证号,学籍号,姓名,性别,班级,学校,县,参与统计,户口
0001,G1,甲,男,1班,第一中学,瑞安市,是,城镇
0002,G2,乙,女,1班,第一中学,瑞安市,是,农村
0003,G3,丙,女,2班,第一中学,瑞安市,,城镇
0004,G4,丁,男,2班,第一中学,瑞安市,是,
0005,G5,戊,男,1班,第一中学,平阳县,是,城镇
0006,G6,己,女,1班,第一中学,平阳县,否,城镇
CSV
  cat >"$1/papers/数学.items.csv" <<'CSV'
题号,满分,题型,答案,知识点,选项
1,5,客观题,A,集合,ABCD
2,5,客观题,C,函数；导数,
3,12,主观题,,函数,
4,12.5,主观题,,数列,
CSV
  cat >"$1/papers/数学.scores.csv" <<'CSV'
准考证号,状态,1,2,3,4,总分
0001,,5,5,12,12.5,34.5
0002,,5,0,7,3.5,15.5
0003,,0,,11,-,11
0004,缺考,,,,,0
0005,,5,5,0,1,11
0006,违纪,5,5,12,12,
CSV
  cat >"$1/papers/数学.options.csv" <<'CSV'
准考证号,1,2
0001,A,C
0002,ａ,D
0003,,BA
0005,-,未作答
CSV
  cat >"$1/papers/数学.marks.csv" <<'CSV'
准考证号,题号,评次,阅卷员,给分,用时
0001,3,1,W1,12,10.5
0001,3,2,W2,11.5,9
0002,3,1,W1,7,
0002,4,1,W3,3.5,22
CSV
  cat >"$1/priors.csv" <<'CSV'
学籍号,中考总分
G1,651.5
G2,600
G3,
G0,512
CSV
  cat >"$1/papers/英语.items.csv" <<'CSV'
item,max
a,3
b,4
CSV
  cat >"$1/papers/英语.scores.csv" <<'CSV'
student_id,a,b
0001,3,3
0002,1,2
0003,2,4
0005,0,0
CSV
}

# fault NAME EXPECTED <<EDIT
fault() {
  [ ! -e "$dir/$1" ] || { echo "case $1 stands twice" >&2; exit 2; }
  cp -r "$dir/good" "$dir/$1"
  printf '%s\n' "$2" >"$dir/$1.expected"
  cat >"$dir/edit.sh"
  (cd "$dir/$1" && sh -eu "../edit.sh")
  ! diff -r --no-dereference "$dir/good" "$dir/$1" >/dev/null || { echo "case $1 changes nothing" >&2; exit 2; }
  rm "$dir/edit.sh"
}

good "$dir/good"
[ "${2:-}" != good ] || exit 0

for cases in "$here"/cases/*.sh; do . "$cases"; done
