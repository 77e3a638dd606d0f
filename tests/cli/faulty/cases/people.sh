# Who is who. Sourced by make-faulty.sh.
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
fault ids-that-differ-in-trailing-blanks 'students.csv:4: 1: student_id 0001 stands in line 2 already' <<'EDIT'
sed -i 's/^0003,/0001  ,/' students.csv
sed -i '/^0003,/d' papers/*.scores.csv
EDIT
fault ids-that-differ-in-wide-blanks 'students.csv:4: 1: student_id 0001 stands in line 2 already' <<'EDIT'
sed -i 's/^0003,/"　0001 ",/' students.csv
sed -i '/^0003,/d' papers/*.scores.csv
EDIT
fault rows-whose-ids-differ-in-blanks 'papers/英语.scores.csv:5: 1: student_id 0001 stands in line 2 already' <<'EDIT'
sed -i "s/^0005,0,0/\t0001 ,0,0/" papers/英语.scores.csv
EDIT
fault id-behind-a-byte-order-mark 'papers/英语.scores.csv:4: 1: student_id '"$(printf '\357\273\2770003')"' is not in students.csv' <<'EDIT'
sed -i "s/^0003/$(printf '\357\273\277')0003/" papers/英语.scores.csv
EDIT
fault id-in-full-width 'papers/英语.scores.csv:4: 1: student_id ０００３ is not in students.csv' <<'EDIT'
sed -i 's/^0003/０００３/' papers/英语.scores.csv
EDIT
fault empty-city 'students.csv:3: 8: the city is empty' <<'EDIT'
sed -i '/^city/d' exam.ini
sed -i '1s/参与统计/市/; 3s/,是,/,,/' students.csv
EDIT
