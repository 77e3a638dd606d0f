#!/bin/sh
# make-faulty.sh DIR: from one good package DIR/good makes a faulty one DIR/NAME for each case below, and beside it
# DIR/NAME.expected, the line that standard error has to have. A case is an edit of the good package, run inside it.
set -eu
dir=$1
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
题号,满分,题型,答案,知识点
1,5,客观题,A,集合
2,5,客观题,C,函数；导数
3,12,主观题,,函数
4,12.5,主观题,,数列
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
0002,A,b
0003,AC,-
0005,Ａ,C
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
  good "$dir/$1"
  printf '%s\n' "$2" >"$dir/$1.expected"
  cat >"$dir/edit.sh"
  (cd "$dir/$1" && sh -eu "../edit.sh")
  ! diff -r "$dir/good" "$dir/$1" >/dev/null || { echo "case $1 changes nothing" >&2; exit 2; }
  rm "$dir/edit.sh"
}

good "$dir/good"

# Marks
fault mark-not-a-number 'papers/数学.scores.csv:3: 5: mark x is not a number' <<'EDIT'
sed -i 's/^0002,,5,0,7,/0002,,5,0,x,/' papers/数学.scores.csv
EDIT
fault mark-nan 'papers/数学.scores.csv:3: 5: mark nan is not a number' <<'EDIT'
sed -i 's/^0002,,5,0,7,/0002,,5,0,nan,/' papers/数学.scores.csv
EDIT
fault mark-exponent 'papers/数学.scores.csv:3: 5: mark 1e1 is not a number' <<'EDIT'
sed -i 's/^0002,,5,0,7,/0002,,5,0,1e1,/' papers/数学.scores.csv
EDIT
fault mark-plus 'papers/数学.scores.csv:3: 5: mark +5 is not a number' <<'EDIT'
sed -i 's/^0002,,5,0,7,/0002,,5,0,+5,/' papers/数学.scores.csv
EDIT
fault mark-no-digit-before-point 'papers/数学.scores.csv:3: 5: mark .5 is not a number' <<'EDIT'
sed -i 's/^0002,,5,0,7,/0002,,5,0,.5,/' papers/数学.scores.csv
EDIT
fault mark-no-digit-behind-point 'papers/数学.scores.csv:3: 5: mark 5. is not a number' <<'EDIT'
sed -i 's/^0002,,5,0,7,/0002,,5,0,5.,/' papers/数学.scores.csv
EDIT
fault mark-with-inner-blank 'papers/数学.scores.csv:3: 5: mark 1 1 is not a number' <<'EDIT'
sed -i 's/^0002,,5,0,7,/0002,,5,0,1 1,/' papers/数学.scores.csv
EDIT
fault mark-negative 'papers/数学.scores.csv:3: 5: mark -3 is negative' <<'EDIT'
sed -i 's/^0002,,5,0,7,/0002,,5,0,-3,/' papers/数学.scores.csv
EDIT
fault mark-decimals 'papers/数学.scores.csv:3: 5: mark 1.500 has more than two decimals' <<'EDIT'
sed -i 's/^0002,,5,0,7,/0002,,5,0,1.500,/' papers/数学.scores.csv
EDIT
fault mark-above-maximum "papers/数学.scores.csv:3: 5: mark 13 is above the item's maximum 12" <<'EDIT'
sed -i 's/^0002,,5,0,7,/0002,,5,0,13,/' papers/数学.scores.csv
EDIT
fault mark-a-hundredth-above "papers/数学.scores.csv:3: 6: mark 12.51 is above the item's maximum 12.5" <<'EDIT'
sed -i 's/^0002,,5,0,7,3.5,/0002,,5,0,7,12.51,/' papers/数学.scores.csv
EDIT
fault mark-huge "papers/数学.scores.csv:3: 3: mark 99999999999999999999 is above the item's maximum 5" <<'EDIT'
sed -i 's/^0002,,5,/0002,,99999999999999999999,/' papers/数学.scores.csv
EDIT
fault total-not-the-sum 'papers/数学.scores.csv:3: 7: total 15.4 is not the sum 15.5 of the items' <<'EDIT'
sed -i 's/,15.5$/,15.4/' papers/数学.scores.csv
EDIT
fault total-not-a-mark 'papers/数学.scores.csv:3: 7: total high is not a mark' <<'EDIT'
sed -i 's/,15.5$/,high/' papers/数学.scores.csv
EDIT

# Absent and void
fault zero-beside-absent 'papers/数学.scores.csv:5: 3: mark 0 stands beside 缺考' <<'EDIT'
sed -i 's/^0004,缺考,,,,,0/0004,缺考,0,0,0,0,0/' papers/数学.scores.csv
EDIT
fault absent-in-a-cell-beside-a-mark 'papers/英语.scores.csv:3: 3: mark 2 stands beside absent' <<'EDIT'
sed -i 's/^0002,1,2/0002,absent,2/' papers/英语.scores.csv
EDIT
fault total-beside-absent 'papers/数学.scores.csv:5: 7: total 34 stands beside 缺考' <<'EDIT'
sed -i 's/^0004,缺考,,,,,0/0004,缺考,,,,,34/' papers/数学.scores.csv
EDIT
fault absent-and-void 'papers/数学.scores.csv:5: 4: absent and void in one row' <<'EDIT'
sed -i 's/^0004,缺考,,,,,0/0004,缺考,,违纪,,,0/' papers/数学.scores.csv
EDIT
fault unknown-status 'papers/数学.scores.csv:5: 2: unknown status 迟到' <<'EDIT'
sed -i 's/^0004,缺考,,,,,0/0004,迟到,1,1,1,1,4/' papers/数学.scores.csv
EDIT

# Who is who
fault unknown-student 'papers/英语.scores.csv:4: 1: student_id 3 is not in students.csv' <<'EDIT'
sed -i 's/^0003,2,4/3,2,4/' papers/英语.scores.csv
EDIT
fault duplicate-row 'papers/英语.scores.csv:5: 1: student_id 0001 stands in line 2 already' <<'EDIT'
sed -i 's/^0005,0,0/0001,0,0/' papers/英语.scores.csv
EDIT
fault row-without-id 'papers/英语.scores.csv:5: 1: the student_id is empty' <<'EDIT'
sed -i 's/^0005,0,0/,0,0/' papers/英语.scores.csv
EDIT
fault damaged-id-in-scores 'papers/英语.scores.csv:5: 1: student_id 3.3E+19 was damaged by a spreadsheet, its digits are lost' <<'EDIT'
sed -i 's/^0005,0,0/3.3E+19,0,0/' papers/英语.scores.csv
EDIT
fault damaged-id 'students.csv:4: 1: student_id 3.3E+19 was damaged by a spreadsheet, its digits are lost' <<'EDIT'
sed -i 's/^0003,/3.3E+19,/' students.csv
sed -i '/^0003,/d' papers/*.scores.csv
EDIT
fault damaged-person 'students.csv:4: 2: person_id 3.30102E+17 was damaged by a spreadsheet, its digits are lost' <<'EDIT'
sed -i 's/,G3,/,3.30102E+17,/' students.csv
EDIT
fault duplicate-student 'students.csv:4: 1: student_id 0001 stands in line 2 already' <<'EDIT'
sed -i 's/^0003,/0001,/' students.csv
sed -i '/^0003,/d' papers/*.scores.csv
EDIT
fault duplicate-person 'students.csv:4: 2: person_id G1 stands in line 2 already' <<'EDIT'
sed -i 's/,G3,/,G1,/' students.csv
EDIT
fault student-without-id 'students.csv:4: 1: the student_id is empty' <<'EDIT'
sed -i 's/^0003,/,/' students.csv
sed -i '/^0003,/d' papers/*.scores.csv
EDIT
fault empty-school 'students.csv:4: 6: the school is empty' <<'EDIT'
sed -i 's/^\(0003.*\)第一中学/\1/' students.csv
EDIT
fault counted-neither 'students.csv:4: 8: counted is 也许, not yes or no' <<'EDIT'
sed -i 's/^\(0003.*瑞安市\),,/\1,也许,/' students.csv
EDIT
fault no-province 'students.csv:1: the column province is missing, and exam.ini does not say it under [exam]' <<'EDIT'
sed -i '/^province/d' exam.ini
EDIT
fault no-school-column 'students.csv:1: the column school is missing, and exam.ini does not say it under [exam]' <<'EDIT'
sed -i '1s/学校/备注/' students.csv
EDIT
fault no-candidates 'students.csv: there are no candidates' <<'EDIT'
sed -i '2,$d' students.csv
EDIT

# Items and columns
fault missing-item-column 'papers/数学.scores.csv:1: the column 3 of item 3 is missing' <<'EDIT'
sed -i '1s/,3,/,三,/' papers/数学.scores.csv
EDIT
fault item-column-twice 'papers/数学.scores.csv:1: 6: column 3 stands twice' <<'EDIT'
sed -i '1s/,3,4,/,3,3,/' papers/数学.scores.csv
sed -i '/^4,/d' papers/数学.items.csv
EDIT
fault no-id-column 'papers/英语.scores.csv:1: the column student_id is missing' <<'EDIT'
sed -i '1s/student_id/id/' papers/英语.scores.csv
EDIT
fault two-id-columns 'papers/英语.scores.csv:1: 3: column 考号 says what column student_id says already' <<'EDIT'
sed -i '1s/,b/,考号/' papers/英语.scores.csv
EDIT
fault duplicate-item 'papers/数学.items.csv:4: 1: item 2 stands in line 3 already' <<'EDIT'
sed -i 's/^3,12,/2,12,/' papers/数学.items.csv
EDIT
fault item-without-name 'papers/数学.items.csv:4: 1: the item is empty' <<'EDIT'
sed -i 's/^3,12,/,12,/' papers/数学.items.csv
EDIT
fault max-zero 'papers/数学.items.csv:4: 2: max 0 is not above 0' <<'EDIT'
sed -i 's/^3,12,/3,0,/' papers/数学.items.csv
EDIT
fault max-no-number 'papers/数学.items.csv:4: 2: max ten is not a number' <<'EDIT'
sed -i 's/^3,12,/3,ten,/' papers/数学.items.csv
EDIT
fault max-too-large 'papers/数学.items.csv:4: 2: max 10000 is above 9999.99' <<'EDIT'
sed -i 's/^3,12,/3,10000,/' papers/数学.items.csv
EDIT
fault unknown-kind 'papers/数学.items.csv:4: 3: kind 难题 is neither objective nor subjective' <<'EDIT'
sed -i 's/^3,12,主观题/3,12,难题/' papers/数学.items.csv
EDIT
fault no-max-column 'papers/英语.items.csv:1: the column max is missing' <<'EDIT'
sed -i '1s/max/maxx/' papers/英语.items.csv
EDIT

# Files and their bytes
fault too-few-cells 'papers/数学.scores.csv:3: the row has 6 cells, the header 7' <<'EDIT'
sed -i 's/^0002,,5,0,7,/0002,,5,0,/' papers/数学.scores.csv
EDIT
fault too-many-cells 'students.csv:3: the row has 10 cells, the header 9' <<'EDIT'
sed -i '3s/$/,/' students.csv
EDIT
fault quote-in-a-cell 'papers/数学.scores.csv:3: unbalanced quotes' <<'EDIT'
sed -i 's/^0002,,5,0,7,/0002,,5,0,7",/' papers/数学.scores.csv
EDIT
fault quote-never-closed 'students.csv:3: unbalanced quotes' <<'EDIT'
sed -i 's/^0002,G2,乙/0002,G2,"乙/' students.csv
EDIT
fault line-of-a-record-with-a-newline 'papers/英语.scores.csv:5: 2: mark 9 is above the item'"'"'s maximum 3' <<'EDIT'
sed -i 's/^0001,3,3/"0001","3\n","3"/; s/^0003,2,4/0003,9,4/' papers/英语.scores.csv
EDIT
fault undecodable-bytes 'students.csv:3: 3: undecodable bytes' <<'EDIT'
printf '准考证号,学籍号,姓名,性别,班级,学校,县,参与统计,户口\n0001,G1,甲,男,1班,第一中学,瑞安市,是,\n0002,G2,\322\322,,1班,第一中学,瑞安市,,\n' >students.csv
EDIT
fault nul-character 'papers/英语.scores.csv:3: 2: a NUL character' <<'EDIT'
printf 'student_id,a,b\n0001,3,3\n0002,1\000,2\n' >papers/英语.scores.csv
EDIT
fault utf16-of-an-odd-length 'students.csv:8: 1: undecodable bytes' <<'EDIT'
{ printf '\377\376'; iconv -f UTF-8 -t UTF-16LE students.csv; printf x; } >wide
mv wide students.csv
EDIT
fault gzip-cut-off 'papers/英语.scores.csv.gz: the gzip file is cut off' <<'EDIT'
gzip papers/英语.scores.csv
head -c 40 papers/英语.scores.csv.gz >cut
mv cut papers/英语.scores.csv.gz
EDIT
fault gzip-in-name-only 'papers/英语.scores.csv.gz: the file is named .gz but is no gzip file' <<'EDIT'
mv papers/英语.scores.csv papers/英语.scores.csv.gz
EDIT
fault plain-and-gzip 'papers/英语.scores.csv: both .csv and .csv.gz are there' <<'EDIT'
gzip -k papers/英语.scores.csv
EDIT
fault xlsx 'papers/英语.scores.xlsx: xlsx input is not supported yet' <<'EDIT'
mv papers/英语.scores.csv papers/英语.scores.xlsx
EDIT
fault empty-file 'papers/英语.scores.csv: the file is empty' <<'EDIT'
: >papers/英语.scores.csv
EDIT
fault blank-lines-only 'papers/英语.items.csv: the file is empty' <<'EDIT'
printf '\n\n   \n' >papers/英语.items.csv
EDIT
fault folder-for-a-file 'students.csv: a folder stands in place of the file' <<'EDIT'
rm students.csv
mkdir students.csv
EDIT
fault no-students 'students.csv: the file is missing' <<'EDIT'
rm students.csv
EDIT
fault no-exam-ini 'exam.ini: the file is missing' <<'EDIT'
rm exam.ini
EDIT
fault no-papers 'papers: there are no papers' <<'EDIT'
rm papers/*
sed -i '/^\[paper/,/^segment/d' exam.ini
EDIT
fault items-without-scores 'papers/英语.items.csv: paper 英语 has items but no scores' <<'EDIT'
rm papers/英语.scores.csv
EDIT
fault scores-without-items 'papers/英语.scores.csv: paper 英语 has scores but no items' <<'EDIT'
rm papers/英语.items.csv
EDIT
fault paper-named-total 'papers/total.items.csv: a paper is named total' <<'EDIT'
mv papers/英语.items.csv papers/total.items.csv
mv papers/英语.scores.csv papers/total.scores.csv
EDIT

# exam.ini
fault unknown-section 'exam.ini:8: unknown section papers' <<'EDIT'
sed -i '8s/.*/[papers]/; 7s/.*/# &/' exam.ini
EDIT
fault unknown-key 'exam.ini:8: unknown key segments' <<'EDIT'
sed -i '8s/segment/segments/' exam.ini
EDIT
fault duplicate-key 'exam.ini:4: duplicate key name' <<'EDIT'
sed -i '4s/.*/name = again/' exam.ini
EDIT
fault duplicate-line-name 'exam.ini:13: duplicate section line 一段' <<'EDIT'
sed -i '12s/$/\n[line 一段]\nscore = 20/' exam.ini
EDIT
fault key-without-value 'exam.ini:4: neither [section] nor key = value' <<'EDIT'
sed -i '4s/.*/date/' exam.ini
EDIT
fault no-code 'exam.ini:1: [exam] has no code' <<'EDIT'
sed -i '/^code/d' exam.ini
EDIT
fault no-such-date 'exam.ini:4: date is 2026-02-29, not a date YYYY-MM-DD' <<'EDIT'
sed -i '4s/.*/date = 2026-02-29/' exam.ini
EDIT
fault share-zero 'exam.ini:12: share is 0, not a share above 0 and at most 1' <<'EDIT'
sed -i '12s/.*/share = 0/' exam.ini
EDIT
fault share-above-one 'exam.ini:12: share is 20, not a share above 0 and at most 1' <<'EDIT'
sed -i '12s/.*/share = 20/' exam.ini
EDIT
fault line-with-both 'exam.ini:11: both score and share are given for line 一段' <<'EDIT'
sed -i '12s/$/\nscore = 20/' exam.ini
EDIT
fault line-with-neither 'exam.ini:11: neither score nor share is given for line 一段' <<'EDIT'
sed -i '12d' exam.ini
EDIT
fault paper-without-files 'exam.ini:7: [paper 语文] has no files in papers/' <<'EDIT'
sed -i '7s/数学/语文/' exam.ini
EDIT
fault band-of-unknown-paper 'exam.ini:14: unknown paper 语文' <<'EDIT'
sed -i '14s/total/语文/' exam.ini
EDIT
fault growth-of-unknown-paper 'exam.ini:15: unknown paper 语文' <<'EDIT'
sed -i '15s/.*/[growth 语文]/' exam.ini
EDIT
fault total-full-mark-too-small 'exam.ini:10: full_mark 40 is below the total 40.5 of candidate 0001' <<'EDIT'
sed -i '10s/50/40/' exam.ini
EDIT

# Chosen options
fault option-no-letter 'papers/数学.options.csv:3: 2: option A/B is not made of letters and digits' <<'EDIT'
sed -i 's|^0002,A,|0002,A/B,|' papers/数学.options.csv
EDIT
fault option-twice 'papers/数学.options.csv:3: 2: option ABa names one twice' <<'EDIT'
sed -i 's/^0002,A,/0002,ABa,/' papers/数学.options.csv
EDIT
fault option-not-offered 'papers/数学.options.csv:4: 2: option AC is not among the options AB of item 1' <<'EDIT'
sed -i '1s/$/,选项/; 2s/$/,A B/; 3,$s/$/,/' papers/数学.items.csv
EDIT
fault options-without-an-objective-item 'papers/数学.options.csv:1: the column of the objective item 2 is missing' <<'EDIT'
sed -i '1s/,2/,3/' papers/数学.options.csv
EDIT
fault options-of-a-stranger 'papers/数学.options.csv:3: 1: student_id 2 is not in students.csv' <<'EDIT'
sed -i 's/^0002,/2,/' papers/数学.options.csv
EDIT
fault options-twice 'papers/数学.options.csv:5: 1: student_id 0001 stands in line 2 already' <<'EDIT'
sed -i 's/^0005,/0001,/' papers/数学.options.csv
EDIT

# Priors
fault prior-no-number 'priors.csv:3: 2: prior 缺考 is not a number' <<'EDIT'
sed -i 's/600/缺考/' priors.csv
EDIT
fault prior-of-nobody 'priors.csv:1: there is neither a column student_id nor one person_id' <<'EDIT'
sed -i '1s/学籍号/姓名/' priors.csv
EDIT
fault prior-person-twice 'priors.csv:5: 1: person_id G1 stands in line 2 already' <<'EDIT'
sed -i 's/^G0/G1/' priors.csv
EDIT
fault prior-of-unknown-student 'priors.csv:5: 1: student_id 0009 is not in students.csv' <<'EDIT'
sed -i 's/学籍号/考号/; s/^G/000/; s/^0000/0009/' priors.csv
EDIT
fault unknown-prior 'exam.ini:16: unknown prior 高一期末' <<'EDIT'
sed -i '16s/$/, 高一期末/' exam.ini
EDIT
fault prior-without-a-file 'exam.ini:16: unknown prior 中考总分' <<'EDIT'
rm priors.csv
EDIT

# Markers' marks
fault marking-above-maximum "papers/数学.marks.csv:3: 5: mark 12.25 is above the item's maximum 12" <<'EDIT'
sed -i 's/11.5/12.25/' papers/数学.marks.csv
EDIT
fault marking-of-unknown-item 'papers/数学.marks.csv:5: 2: item 5 is not in the paper' <<'EDIT'
sed -i 's/^0002,4,/0002,5,/' papers/数学.marks.csv
EDIT
fault marking-round 'papers/数学.marks.csv:5: 3: round 仲裁 is not 1, 2 or 3' <<'EDIT'
sed -i 's/^0002,4,1,/0002,4,仲裁,/' papers/数学.marks.csv
EDIT
fault marking-without-marker 'papers/数学.marks.csv:5: 4: the marker is empty' <<'EDIT'
sed -i 's/,W3,/,,/' papers/数学.marks.csv
EDIT
fault marking-twice 'papers/数学.marks.csv:3: 1: student_id 0001, item 3, round 1 stand in line 2 already' <<'EDIT'
sed -i 's/^0001,3,2,/0001,3,1,/' papers/数学.marks.csv
EDIT
fault marking-seconds 'papers/数学.marks.csv:5: 6: seconds 22s is no number from 0 with at most two decimals' <<'EDIT'
sed -i 's/,22$/,22s/' papers/数学.marks.csv
EDIT
fault marking-of-a-stranger 'papers/数学.marks.csv:4: 1: student_id 2 is not in students.csv' <<'EDIT'
sed -i 's/^0002,3,/2,3,/' papers/数学.marks.csv
EDIT
