# Marks. Sourced by make-faulty.sh.
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
# mark NAME CELL SHOWN WHAT: 0002's third item in 数学 is CELL (a printf format).
mark() {
  fault "mark-$1" "papers/数学.scores.csv:3: 5: mark $3 $4" <<EDIT
sed -i "s/^0002,,5,0,7,/0002,,5,0,\$(printf -- '$2'),/" papers/数学.scores.csv
EDIT
}
mark full-width-digits '１１' '１１' 'is not a number'
mark full-width-point '1．5' '1．5' 'is not a number'
mark chinese-numeral '七' '七' 'is not a number'
mark beyond-every-double 1e400 1e400 'is not a number'
mark infinite inf inf 'is not a number'
mark hexadecimal 0x5 0x5 'is not a number'
mark two-points 1.2.3 1.2.3 'is not a number'
mark decimal-comma '"7,5"' '7,5' 'is not a number'
mark twice-negative --3 --3 'is not a number'
mark minus-zero -0 -0 'is negative'
mark of-twenty-digits 12345678901234567890 12345678901234567890 "is above the item's maximum 12"
mark of-twenty-decimals 1.12345678901234567890 1.12345678901234567890 'has more than two decimals'
mark behind-a-byte-order-mark '\357\273\2777' "$(printf '\357\273\2777')" 'is not a number'
mark with-a-zero-width-space '7\342\200\213' "$(printf '7\342\200\213')" 'is not a number'
fault total-in-full-width 'papers/数学.scores.csv:3: 7: total １５．５ is not a mark' <<'EDIT'
sed -i 's/,15.5$/,１５．５/' papers/数学.scores.csv
EDIT
fault total-negative 'papers/数学.scores.csv:3: 7: total -15.5 is not a mark' <<'EDIT'
sed -i 's/,15.5$/,-15.5/' papers/数学.scores.csv
EDIT
