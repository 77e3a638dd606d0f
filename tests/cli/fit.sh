#!/bin/sh
# wuji fit: a mixed model on a plain table, from outside.
. "$(dirname "$0")/harness"

# Equal groups have a closed form (tests/unit/models): σ² = 2, τ² = 8, mean 5; a row without an outcome is left out.
cat >"$T/data.csv" <<'CSV'
学校;得分;kind;x
乙;4;a;1
甲;1;b;2
乙;6;b;1
甲;3;a;2
丙;9;b;3
丙;7;a;3
丙;NA;a;3
CSV
wuji 0 fit hlm "$T/data.csv" --y 得分 --group 学校 --out "$T/o" --no-bom
says out "REML"
says out "6 rows, 1 more left out"
is "fixed" sh -c "head -n 1 '$T/o/fixed.csv' | grep -qx term,estimate,se"
is "the mean" grep -Eq '^\(Intercept\),(5|4\.9999999|5\.0000000)' "$T/o/fixed.csv"
is "varcomp" sh -c "head -n 1 '$T/o/varcomp.csv' | grep -qx group,term,variance"
is "between" grep -Eq '^学校,\(Intercept\),(8$|8\.00000|7\.99999)' "$T/o/varcomp.csv"
is "within" grep -Eq '^Residual,,(2$|2\.00000|1\.99999)' "$T/o/varcomp.csv"
is "fit" sh -c "head -n 1 '$T/o/fit.csv' | grep -q ^loglik,n,"
is "effects, by bytes" sh -c "cut -d, -f1-3 '$T/o/effects.csv' | tr '\n' ' ' | grep -qx 'group,key,n 学校,丙,2 学校,乙,2 学校,甲,2 '"
is "the header of effects" sh -c "head -n 1 '$T/o/effects.csv' | grep -qx group,key,n,own,own_se,effect,se"
is "a student a row" sh -c "cut -d, -f1 '$T/o/students.csv' | tr '\n' ' ' | grep -qx 'row 1 2 3 4 5 6 '"

# The order of the rows and threads change no byte of what is about groups; encodings neither.
{ head -n 1 "$T/data.csv"; tail -n +2 "$T/data.csv" | sort; } | iconv -t GB18030 >"$T/shuffled.csv"
wuji 0 fit hlm "$T/shuffled.csv" --y 得分 --group 学校 --out "$T/p" --no-bom --threads 3 --quiet
is "nothing printed" test ! -s "$T/out"
for table in fixed varcomp fit effects; do is "$table: same bytes" cmp "$T/o/$table.csv" "$T/p/$table.csv"; done

# Text is dummy-coded, a collinear covariate left out and said to be; maximum likelihood; JSON.
wuji 0 fit hlm "$T/data.csv" --y 得分 --x kind,x --group 学校 --ml --json
json '.method == "ML" and .n == 6 and .dropped == 1'
json '[.fixed[].term] == ["(Intercept)", "kindb", "x"]'
json '.levels[0].groups == 3 and (.varcomp | length) == 2'
sed '1s/$/;y/; 2,$s/\(.*\);\(.*\)/\1;\2;1\2/' "$T/data.csv" >"$T/collinear.csv"
wuji 0 fit hlm "$T/collinear.csv" --y 得分 --x x,y
says out "left out"
wuji 0 --lang zh fit hlm "$T/data.csv" --y 得分 --group 学校
says out 组内相关

# Groups nest: the same name in another group of the level before is another group.
cat >"$T/nested.csv" <<'CSV'
y,lea,school
1,a,s
2,a,s
4,a,t
5,a,t
7,b,s
9,b,s
3,b,u/v
2,b,u/v
CSV
wuji 0 fit hlm "$T/nested.csv" --y y --group lea/school --out "$T/n" --no-bom
is "paths as keys" sh -c "cut -d, -f1-3 '$T/n/effects.csv' | tail -n +2 | tr '\n' ' ' | grep -qxF 'lea,a,4 lea,b,4 school,a/s,2 school,a/t,2 school,b/s,2 school,b/u\\/v,2 '"

wuji 2 fit
wuji 2 fit hlm
wuji 2 fit hlm "$T/data.csv"
says err --y
wuji 2 fit frob "$T/data.csv" --y x
wuji 2 fit hlm "$T/data.csv" --y 得分 --x x --group 学校 --slope x
wuji 2 fit hlm "$T/data.csv" --y 得分 --x x --group 学校 --slope kind:学校
wuji 2 fit hlm "$T/data.csv" --y 得分 --x x --group 学校 --slope x:kind
wuji 2 fit hlm "$T/data.csv" --y 得分 --x x,, --group 学校
wuji 4 fit hlm "$T/nothing.csv" --y 得分
wuji 4 fit hlm "$T/data.csv" --y nothing
says err nothing
wuji 4 fit hlm "$T/data.csv" --y kind
says err data.csv:2
printf 'y,x\n1,2\n3\n' >"$T/ragged.csv"
wuji 4 fit hlm "$T/ragged.csv" --y y
says err ragged.csv:3
: >"$T/empty.csv"
wuji 4 fit hlm "$T/empty.csv" --y y
printf 'y\n4\n4\n4\n' >"$T/constant.csv"
wuji 4 fit hlm "$T/constant.csv" --y y
wuji 1 fit hlm "$T/data.csv" --y 得分 --out "$T/data.csv/o"
finish
