# Earlier results. Sourced by make-faulty.sh.
fault prior-no-number 'priors.csv:3: 2: prior 缺考 is not a number' <<'EDIT'
sed -i 's/600/缺考/' priors.csv
EDIT
fault prior-in-full-width 'priors.csv:3: 2: prior ６００ is not a number' <<'EDIT'
sed -i 's/600/６００/' priors.csv
EDIT
fault prior-nan 'priors.csv:3: 2: prior nan is not a number' <<'EDIT'
sed -i 's/600/nan/' priors.csv
EDIT
fault prior-infinite 'priors.csv:3: 2: prior -inf is not a number' <<'EDIT'
sed -i 's/600/-inf/' priors.csv
EDIT
fault prior-beyond-every-double 'priors.csv:3: 2: prior 1e400 is not a number' <<'EDIT'
sed -i 's/600/1e400/' priors.csv
EDIT
fault prior-hexadecimal 'priors.csv:3: 2: prior 0x10 is not a number' <<'EDIT'
sed -i 's/600/0x10/' priors.csv
EDIT
fault prior-of-nobody 'priors.csv:1: there is neither a column student_id nor one person_id' <<'EDIT'
sed -i '1s/学籍号/姓名/' priors.csv
EDIT
fault prior-column-twice 'priors.csv:1: 3: column 中考总分 stands twice' <<'EDIT'
sed -i '1s/$/,中考总分/; 2,$s/$/,1/' priors.csv
EDIT
fault prior-person-twice 'priors.csv:5: 1: person_id G1 stands in line 2 already' <<'EDIT'
sed -i 's/^G0/G1/' priors.csv
EDIT
fault prior-person-twice-but-for-blanks 'priors.csv:5: 1: person_id G1 stands in line 2 already' <<'EDIT'
sed -i 's/^G0/G1　/' priors.csv
EDIT
fault prior-of-unknown-student 'priors.csv:5: 1: student_id 0009 is not in students.csv' <<'EDIT'
sed -i 's/学籍号/考号/; s/^G/000/; s/^0000/0009/' priors.csv
EDIT
fault prior-of-a-damaged-person 'priors.csv:5: 1: person_id 3.3E+17 was damaged by a spreadsheet, its digits are lost' <<'EDIT'
sed -i 's/^G0/3.3E+17/' priors.csv
EDIT
fault prior-of-a-student-twice 'priors.csv:5: 1: student_id 0001 stands in line 2 already' <<'EDIT'
sed -i 's/学籍号/考号/; s/^G/000/; s/^0000/0001/' priors.csv
EDIT
fault unknown-prior 'exam.ini:16: unknown prior 高一期末' <<'EDIT'
sed -i '16s/$/, 高一期末/' exam.ini
EDIT
fault prior-without-a-file 'exam.ini:16: unknown prior 中考总分' <<'EDIT'
rm priors.csv
EDIT
fault priors-in-bad-quotes 'priors.csv:3: unbalanced quotes' <<'EDIT'
sed -i 's/600/6"00/' priors.csv
EDIT
fault priors-of-bad-bytes 'priors.csv:5: 2: undecodable bytes' <<'EDIT'
LC_ALL=C sed -i "5s/\$/$(printf '\322')/" priors.csv
EDIT
fault priors-plain-and-gzip 'priors.csv: both .csv and .csv.gz are there' <<'EDIT'
gzip -nk priors.csv
EDIT
