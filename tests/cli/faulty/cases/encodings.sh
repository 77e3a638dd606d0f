# Bytes that are no text. Sourced by make-faulty.sh.
# recoded ENCODING MARK FILE: the good file in another encoding, behind its mark (a printf format).
cat >"$dir/recoded" <<'EOF'
{ printf "$2"; iconv -f UTF-8 -t "$1" "$3"; } >recoded
mv recoded "$3"
EOF
fault utf8-cut-off 'students.csv:7: 9: undecodable bytes' <<'EDIT'
truncate -s -2 students.csv
EDIT
fault utf8-overlong 'students.csv:3: 3: undecodable bytes' <<'EDIT'
sed -i "3s/乙/$(printf '\300\200')/" students.csv
EDIT
fault utf8-surrogate 'students.csv:3: 3: undecodable bytes' <<'EDIT'
sed -i "3s/乙/$(printf '\355\240\200')/" students.csv
EDIT
fault utf8-behind-its-mark 'students.csv:3: 3: undecodable bytes' <<'EDIT'
{ printf '\357\273\277'; cat students.csv; } | sed "3s/乙/$(printf '\322\322')/" >marked
mv marked students.csv
EDIT
fault nul-in-the-header 'papers/英语.scores.csv:1: 2: a NUL character' <<'EDIT'
printf 'student_id,a\000,b\n0001,3,3\n' >papers/英语.scores.csv
EDIT
fault nul-in-quotes 'papers/英语.scores.csv:2: 2: a NUL character' <<'EDIT'
printf 'student_id,a,b\n0001,"3\000",3\n' >papers/英语.scores.csv
EDIT
fault gb18030-with-a-bad-byte 'students.csv:3: 3: undecodable bytes' <<'EDIT'
sh ../recoded GB18030 '' students.csv
LC_ALL=C sed -i "3s/G2,../G2,$(printf '\377\377')/" students.csv
EDIT
fault gb18030-lead-before-a-delimiter 'students.csv:3: 3: undecodable bytes' <<'EDIT'
sh ../recoded GB18030 '' students.csv
LC_ALL=C sed -i "3s/G2,../G2,$(printf '\322')/" students.csv
EDIT
fault gb18030-lead-before-a-line-end 'students.csv:3: 9: undecodable bytes' <<'EDIT'
sh ../recoded GB18030 '' students.csv
LC_ALL=C sed -i "3s/\$/$(printf '\322')/" students.csv
EDIT
fault gb18030-cut-off 'students.csv:7: 9: undecodable bytes' <<'EDIT'
sh ../recoded GB18030 '' students.csv
truncate -s -2 students.csv
EDIT
fault gb18030-with-nul 'students.csv:3: 3: a NUL character' <<'EDIT'
sed -i '3s/乙/乙NUL/' students.csv
sh ../recoded GB18030 '' students.csv
LC_ALL=C sed -i '3s/NUL/\x00/' students.csv
EDIT
fault utf16-with-half-a-pair 'students.csv:3: 3: undecodable bytes' <<'EDIT'
sed -i '3s/乙/XX/' students.csv
sh ../recoded UTF-16LE '\377\376' students.csv
LC_ALL=C sed -i 's/X\x00X\x00/\x00\xd8X\x00/' students.csv
EDIT
fault utf16be-with-the-other-half 'students.csv:3: 3: undecodable bytes' <<'EDIT'
sed -i '3s/乙/XX/' students.csv
sh ../recoded UTF-16BE '\376\377' students.csv
LC_ALL=C sed -i 's/\x00X\x00X/\xdc\x00\x00X/' students.csv
EDIT
fault utf16-with-nul 'students.csv:3: 3: a NUL character' <<'EDIT'
sed -i '3s/乙/XX/' students.csv
sh ../recoded UTF-16LE '\377\376' students.csv
LC_ALL=C sed -i 's/X\x00X\x00/X\x00\x00\x00/' students.csv
EDIT
fault utf16-without-a-mark 'papers/英语.scores.csv:1: 1: a NUL character' <<'EDIT'
sh ../recoded UTF-16LE '' papers/英语.scores.csv
EDIT
fault utf32 'papers/英语.scores.csv:1: 1: a NUL character' <<'EDIT'
sh ../recoded UTF-32LE '\377\376\000\000' papers/英语.scores.csv
EDIT
fault workbook-by-another-name 'papers/英语.items.csv:1: 1: a NUL character' <<'EDIT'
printf '\320\317\021\340\241\261\032\341\000\000\000\000' >papers/英语.items.csv
EDIT
