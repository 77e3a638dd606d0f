# What candidates chose. Sourced by make-faulty.sh.
# chosen NAME ROW EXPECTED: the row of 0002 is ROW.
chosen() {
  fault "chosen-$1" "papers/数学.options.csv:3: $3" <<EDIT
sed -i '3s/.*/$2/' papers/数学.options.csv
EDIT
}
chosen no-letter '0002,A,√' '3: option √ is not made of letters and digits'
chosen with-a-separator '0002,A;B,C' '2: option A;B is not made of letters and digits'
chosen twice '0002,A,CAc' '3: option CAc names one twice'
chosen beyond-the-options '0002,E,C' '2: option E is not among the options ABCD of item 1'
chosen by-nobody ',A,C' '1: the student_id is empty'
chosen by-a-stranger '2,A,C' '1: student_id 2 is not in students.csv'
chosen by-a-damaged-id '3.3E+19,A,C' '1: student_id 3.3E+19 was damaged by a spreadsheet, its digits are lost'
chosen again '0001 ,A,C' '1: student_id 0001 stands in line 2 already'
chosen in-too-few-cells '0002,A' 'the row has 2 cells, the header 3'
chosen in-bad-quotes '0002,A",C' 'unbalanced quotes'
chosen behind-a-byte-order-mark "0002,A,$(printf '\357\273\277C')" "3: option $(printf '\357\273\277C') is not made of letters and digits"
fault options-of-an-item-missing 'papers/数学.options.csv:1: the column of the objective item 2 is missing' <<'EDIT'
sed -i '1s/,2/,二/' papers/数学.options.csv
EDIT
fault options-of-an-item-twice 'papers/数学.options.csv:1: 3: column 1 stands twice' <<'EDIT'
sed -i '1s/,2/,1/' papers/数学.options.csv
EDIT
fault options-without-id 'papers/数学.options.csv:1: the column student_id is missing' <<'EDIT'
sed -i '1s/准考证号/谁/' papers/数学.options.csv
EDIT
fault options-of-bad-bytes 'papers/数学.options.csv:4: 3: undecodable bytes' <<'EDIT'
LC_ALL=C sed -i "4s/\$/$(printf '\322')/" papers/数学.options.csv
EDIT
fault options-empty 'papers/数学.options.csv: the file is empty' <<'EDIT'
: >papers/数学.options.csv
EDIT
fault options-plain-and-gzip 'papers/数学.options.csv: both .csv and .csv.gz are there' <<'EDIT'
gzip -nk papers/数学.options.csv
EDIT
