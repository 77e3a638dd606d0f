# Markers' marks. Sourced by make-faulty.sh.
# marking NAME ROW EXPECTED: the second row is ROW.
marking() {
  fault "marking-$1" "papers/数学.marks.csv:3: $3" <<EDIT
sed -i '3s/.*/$2/' papers/数学.marks.csv
EDIT
}
marking above-maximum 0001,3,2,W2,12.25,9 "5: mark 12.25 is above the item's maximum 12"
marking nan 0001,3,2,W2,nan,9 '5: mark nan is not a number'
marking in-full-width 0001,3,2,W2,１１,9 '5: mark １１ is not a number'
marking negative 0001,3,2,W2,-1,9 '5: mark -1 is negative'
marking of-three-decimals 0001,3,2,W2,1.125,9 '5: mark 1.125 has more than two decimals'
marking empty 0001,3,2,W2,,9 '5: the mark is empty'
marking of-unknown-item 0001,5,2,W2,1,9 '2: item 5 is not in the paper'
marking round 0001,3,仲裁,W2,1,9 '3: round 仲裁 is not 1, 2 or 3'
marking round-zero 0001,3,0,W2,1,9 '3: round 0 is not 1, 2 or 3'
marking without-marker '0001,3,2, ,1,9' '4: the marker is empty'
marking twice 0001,3,1,W2,1,9 '1: student_id 0001, item 3, round 1 stand in line 2 already'
marking of-a-stranger 1,3,2,W2,1,9 '1: student_id 1 is not in students.csv'
marking of-a-damaged-id 3.3E+19,3,2,W2,1,9 '1: student_id 3.3E+19 was damaged by a spreadsheet, its digits are lost'
marking of-nobody ,3,2,W2,1,9 '1: the student_id is empty'
marking seconds 0001,3,2,W2,1,9s '6: seconds 9s is no number from 0 with at most two decimals'
marking seconds-negative 0001,3,2,W2,1,-9 '6: seconds -9 is no number from 0 with at most two decimals'
marking of-too-few-cells 0001,3,2,W2,1 'the row has 5 cells, the header 6'
marking in-bad-quotes '0001,3,2,W2",1,9' 'unbalanced quotes'
fault markings-without-a-column 'papers/数学.marks.csv:1: the column marker is missing' <<'EDIT'
sed -i '1s/阅卷员/谁/' papers/数学.marks.csv
EDIT
fault markings-of-bad-bytes 'papers/数学.marks.csv:5: 6: undecodable bytes' <<'EDIT'
LC_ALL=C sed -i "5s/\$/$(printf '\322')/" papers/数学.marks.csv
EDIT
fault markings-cut-off 'papers/数学.marks.csv.gz: the gzip file is cut off' <<'EDIT'
gzip -n papers/数学.marks.csv
truncate -s -9 papers/数学.marks.csv.gz
EDIT
