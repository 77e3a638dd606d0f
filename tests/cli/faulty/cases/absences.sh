# Absent and void. Sourced by make-faulty.sh.
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
