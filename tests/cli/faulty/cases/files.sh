# Files and their bytes. Sourced by make-faulty.sh.
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
fault quote-behind-a-quoted-cell 'papers/数学.scores.csv:3: unbalanced quotes' <<'EDIT'
sed -i 's/^0002,,5,0,7,/0002,,5,0,"7"7,/' papers/数学.scores.csv
EDIT
fault quote-in-the-header 'papers/英语.scores.csv:1: unbalanced quotes' <<'EDIT'
sed -i '1s/a/"a/' papers/英语.scores.csv
EDIT
fault gzip-empty 'papers/英语.scores.csv.gz: the file is empty' <<'EDIT'
rm papers/英语.scores.csv
: >papers/英语.scores.csv.gz
EDIT
fault gzip-of-nothing 'papers/英语.scores.csv.gz: the file is empty' <<'EDIT'
rm papers/英语.scores.csv
gzip -n </dev/null >papers/英语.scores.csv.gz
EDIT
fault gzip-corrupt 'papers/英语.scores.csv.gz: the gzip file is corrupt' <<'EDIT'
gzip -n papers/英语.scores.csv
{ head -c -8 papers/英语.scores.csv.gz; printf 12345678; } >other
mv other papers/英语.scores.csv.gz
EDIT
fault gzip-and-more 'papers/英语.scores.csv.gz: bytes that are no gzip follow the compressed data' <<'EDIT'
gzip -n papers/英语.scores.csv
echo more >>papers/英语.scores.csv.gz
EDIT
fault items-plain-and-gzip 'papers/英语.items.csv: both .csv and .csv.gz are there' <<'EDIT'
gzip -nk papers/英语.items.csv
EDIT
fault folder-for-scores 'papers/英语.scores.csv: a folder stands in place of the file' <<'EDIT'
rm papers/英语.scores.csv
mkdir papers/英语.scores.csv
EDIT
fault folder-for-exam-ini 'exam.ini: a folder stands in place of the file' <<'EDIT'
rm exam.ini
mkdir exam.ini
EDIT
fault pipe-for-a-file 'students.csv: this is no plain file' <<'EDIT'
rm students.csv
mkfifo students.csv
EDIT
fault link-to-nothing 'students.csv: the file is missing' <<'EDIT'
rm students.csv
ln -s nowhere students.csv
EDIT
fault file-for-the-folder 'papers: the folder cannot be read' <<'EDIT'
rm -r papers
sed -i '/^\[paper/,/^segment/d' exam.ini
: >papers
EDIT
fault name-of-other-bytes 'papers/?.items.csv: the file'"'"'s name is not UTF-8' <<'EDIT'
cp papers/英语.items.csv "papers/$(printf '\322').items.csv"
EDIT
fault empty-students 'students.csv: the file is empty' <<'EDIT'
: >students.csv
EDIT
fault mark-and-nothing 'students.csv: the file is empty' <<'EDIT'
printf '\377\376' >students.csv
EDIT
fault too-many-papers 'papers: 65 papers are more than 63' <<'EDIT'
for p in $(seq 63); do
  cp papers/英语.items.csv papers/$p.items.csv
  cp papers/英语.scores.csv papers/$p.scores.csv
done
EDIT
fault xlsx-beside-csv 'students.xlsx: xlsx input is not supported yet' <<'EDIT'
cp students.csv students.xlsx
EDIT
fault hundred-thousand-columns 'papers/英语.scores.csv:1: 100003 columns are more than 20000' <<'EDIT'
sed -i "1s/\$/$(head -c 100000 /dev/zero | tr '\0' ,)/" papers/英语.scores.csv
EDIT
fault hundred-thousand-cells 'papers/英语.scores.csv:3: the row has 100003 cells, the header 3' <<'EDIT'
sed -i "3s/\$/$(head -c 100000 /dev/zero | tr '\0' ,)/" papers/英语.scores.csv
EDIT
