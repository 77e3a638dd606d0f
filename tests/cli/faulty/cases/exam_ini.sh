# exam.ini. Sourced by make-faulty.sh.
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
# value LINE TEXT EXPECTED: line LINE is TEXT.
value() {
  fault "value-$(echo "$2" | tr -c 'a-z0-9\n' -)" "exam.ini:$1: $3" <<EDIT
sed -i '$1s/.*/$2/' exam.ini
EDIT
}
value 8 'segment = 0' 'segment is 0, not a number above 0'
value 8 'segment = 1e1' 'segment is 1e1, not a number above 0'
value 8 'in_total = perhaps' 'in_total is perhaps, not yes or no'
value 8 'takers = some' 'takers is some, not rows or all'
value 10 'absent = half' 'absent is half, not zero or exclude'
value 12 'score = nan' 'score is nan, not a mark'
value 12 'share = 1.5' 'share is 1.5, not a share above 0 and at most 1'
value 14 'total = 3, 3' 'total is 3, 3, not a list of different ranks'
value 14 'total = 0' 'total is 0, not a list of different ranks'
value 14 'total = 2147483648' 'total is 2147483648, not a list of different ranks'
value 16 'priors = a, ' 'priors is a,, not a list of different priors'
value 16 'method = best' 'method is best, not reml or ml'
value 2 'code =' 'code is empty, not a text'
fault rate-of-zero 'exam.ini:18: pass is 0, not a share above 0 and at most 1' <<'EDIT'
printf '[rates]\npass = 0\n' >>exam.ini
EDIT
fault rank-of-nobody 'exam.ini:18: rank is all, not own, band or none' <<'EDIT'
printf '[privacy]\nrank = all\n' >>exam.ini
EDIT
fault cell-of-nobody 'exam.ini:18: min_cell is 0, not a whole number above 0' <<'EDIT'
printf '[privacy]\nmin_cell = 0\n' >>exam.ini
EDIT
fault key-above-every-section 'exam.ini:1: no section stands above the key code' <<'EDIT'
sed -i 1d exam.ini
EDIT
fault section-again 'exam.ini:17: duplicate section total' <<'EDIT'
printf '[total]\nsegment = 5\n' >>exam.ini
EDIT
fault segments-beyond-sense 'exam.ini:7: the segment of 数学 makes more than 10000 segments' <<'EDIT'
sed -i '8s/.*/segment = 0.001/' exam.ini
EDIT
fault line-beyond-sense 'exam.ini:3: the line is too long' <<'EDIT'
sed -i "3s/\$/$(head -c 70000 /dev/zero | tr '\0' x)/" exam.ini
EDIT
fault exam-ini-beyond-sense 'exam.ini: the file is too long' <<'EDIT'
yes '# on and on' | head -n 100000 >>exam.ini
EDIT
fault exam-ini-empty 'exam.ini: the file is empty' <<'EDIT'
: >exam.ini
EDIT
fault exam-ini-of-bad-bytes 'exam.ini:3: undecodable bytes' <<'EDIT'
printf 'name = \377\n' | sed -i -e '3{r /dev/stdin' -e 'd}' exam.ini
EDIT
fault exam-ini-with-nul 'exam.ini:3: a NUL character' <<'EDIT'
printf 'name = x\0y\n' | sed -i -e '3{r /dev/stdin' -e 'd}' exam.ini
EDIT
fault exam-ini-with-a-second-byte-order-mark 'exam.ini:1: neither [section] nor key = value' <<'EDIT'
sed -i "1s/^/$(printf '\357\273\277\357\273\277')/" exam.ini
EDIT
fault key-behind-a-byte-order-mark "exam.ini:2: unknown key $(printf '\357\273\277code')" <<'EDIT'
sed -i "2s/^/$(printf '\357\273\277')/" exam.ini
EDIT
