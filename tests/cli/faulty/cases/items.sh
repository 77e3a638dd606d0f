# Items and columns. Sourced by make-faulty.sh.
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
fault max-negative 'papers/数学.items.csv:4: 2: max -12 is not above 0' <<'EDIT'
sed -i 's/^3,12,/3,-12,/' papers/数学.items.csv
EDIT
fault max-empty 'papers/数学.items.csv:4: 2: max is not a number' <<'EDIT'
sed -i 's/^3,12,/3,,/' papers/数学.items.csv
EDIT
fault max-of-three-decimals 'papers/数学.items.csv:4: 2: max 12.125 has more than two decimals' <<'EDIT'
sed -i 's/^3,12,/3,12.125,/' papers/数学.items.csv
EDIT
fault no-items 'papers/英语.items.csv: there are no items' <<'EDIT'
sed -i 2,3d papers/英语.items.csv
EDIT
fault too-many-items 'papers/英语.items.csv: there are more than 1000 items' <<'EDIT'
seq 1001 | sed 's/$/,1/' >>papers/英语.items.csv
EDIT
fault full-mark-beyond-the-bound 'papers/英语.items.csv: the full mark is 199999800 steps of 1/100, more than 1048576' <<'EDIT'
{ echo item,max; seq 200 | sed 's/$/,9999.99/'; } >papers/英语.items.csv
{ seq 200 | tr '\n' ,; echo student_id; seq 200 | sed s/.*/1/ | tr '\n' ,; echo 0001; } >papers/英语.scores.csv
EDIT
fault planned-difficulty-above-one 'papers/英语.items.csv:3: 3: planned difficulty 65 is no number from 0 to 1' <<'EDIT'
sed -i '1s/$/,预设难度/; 2s/$/,0.8/; 3s/$/,65/' papers/英语.items.csv
EDIT
fault two-items-of-one-column 'papers/英语.items.csv:3: 3: column x is that of item a already' <<'EDIT'
sed -i '1s/$/,column/; 2s/$/,x/; 3s/$/,x/' papers/英语.items.csv
EDIT
fault header-with-a-second-byte-order-mark 'papers/英语.items.csv:1: the column item is missing' <<'EDIT'
sed -i "1s/^/$(printf '\357\273\277\357\273\277')/" papers/英语.items.csv
EDIT
