#!/bin/sh
# labels: db
# Value-added growth: priors of the package and of an exam stored before, options in the place of exam.ini's, what counts
# as unchanged, and the same tables from the files and from the database.
. "$(dirname "$0")/harness"

# state DIR CODE SEED: eight schools of two classes, a paper M; half the students go by a person_id.
state() {
  mkdir -p "$1/papers"
  printf '[exam]\ncode = %s\nprovince = P\ncity = C\n' "$2" >"$1/exam.ini"
  awk -v seed="$3" -v dir="$1" 'BEGIN {
    srand(seed)
    print "student_id,person_id,school,class,county,track" >(dir "/students.csv")
    print "student_id,1" >(dir "/papers/M.scores.csv")
    print "person_id,before" >(dir "/priors.csv")
    for (s = 1; s <= 8; s++) for (c = 1; c <= 2; c++) for (i = 1; i <= 7 + (s + c) % 3; i++) {
      id = sprintf("%s%d%d%02d", seed, s, c, i)
      person = sprintf("p%d%d%02d", s, c, i)
      base = 100 + 60 * ((s * 37 + c * 11 + i * 53) % 97) / 97
      printf "%s,%s,S%d,%d,D,%s\n", id, person, s, c, i % 2 ? "arts" : "science" >(dir "/students.csv")
      printf "%s,%d\n", id, base + 4 * s + 30 * rand() >(dir "/papers/M.scores.csv")
      printf "%s,%d\n", person, base + 20 * rand() >(dir "/priors.csv")
    }
  }'
  printf 'item,max\n1,300\n' >"$1/papers/M.items.csv"
}
term() { awk -F, -v k="$2" -v term="$3" '$3 == "M" && $4 == k && $6 == term { print $7 }' "$1"; }

# Priors of the package.
state "$T/now" now 2
printf '[growth M]\npriors = before\n' >>"$T/now/exam.ini"
wuji 0 run "$T/now" --db none --out "$T/files"
for table in node_growth growth_fit growth_check student_growth; do
  is "$table has rows" test "$(wc -l <"$T/files/$table.csv")" -gt 1
done
is "the schools are a random level" test -n "$(term "$T/files/growth_fit.csv" hlm school)"
is "fewer than three priors are told" grep -q 'fewer than three priors' "$T/files/growth_check.csv"
wuji 0 run "$T/now"
for table in node_growth growth_fit growth_check student_growth; do
  wuji 0 export now "$table"
  is "the database has the $table of run" cmp "$T/files/$table.csv" "$T/out"
done
wuji 0 export now student_growth --paper M --node P/C/D/S1/1 --no-bom
is "a class of it" test "$(wc -l <"$T/out")" -gt 5
wuji 0 run "$T/now" --json
json '.status == "unchanged" and (.tables | index("node_growth") != null)'

# Options in the place of what exam.ini says; the same once more changes nothing; run puts exam.ini's back.
wuji 0 growth now --random class --covariates track --ml --out "$T/other" --json
json '.status == "published"'
is "classes alone" test -z "$(term "$T/other/growth_fit.csv" hlm school)"
is "the factor is a column" test -n "$(term "$T/other/growth_fit.csv" hlm trackscience)"
wuji 0 growth now --random class --covariates track --ml --json
json '.status == "unchanged"'
wuji 0 growth now --random class --covariates track --json
json '.status == "published"'
# A slope that varies by school, and covariates, said by the package and by options: one and the same figures.
wuji 0 growth now --covariates track --slope before:school --out "$T/sloped"
is "the slope has a variance" test -n "$(term "$T/sloped/growth_fit.csv" hlm 'school: before')"
is "and a covariance with the intercept" grep -qF '"school: (Intercept), before"' "$T/sloped/growth_fit.csv"
for table in node_growth growth_fit growth_check student_growth; do
  wuji 0 export now "$table"
  is "the database has the $table with a slope" cmp "$T/sloped/$table.csv" "$T/out"
done
cp -r "$T/now" "$T/says"
printf 'covariates = track\nslope = before:school\n' >>"$T/says/exam.ini"
wuji 0 run "$T/says" --db none --out "$T/said"
for table in node_growth growth_fit growth_check student_growth; do
  is "exam.ini gives the $table that options give" cmp "$T/said/$table.csv" "$T/sloped/$table.csv"
done
wuji 0 run "$T/now" --json
json '.status == "published"'
wuji 0 export now node_growth
is "as it was" cmp "$T/files/node_growth.csv" "$T/out"
wuji 2 growth now --random village
says err "village"
wuji 4 growth now --priors nothing
says err "nothing"
wuji 4 growth nowhere
wuji 2 growth now --db none

# Priors of an exam stored before, matched by person_id.
state "$T/then" then 1
sed -i '/^11101,/s/,.*/,缺考/' "$T/then/papers/M.scores.csv"
wuji 0 run "$T/then"
wuji 4 growth then
says err "--priors"
sed -i 's/^priors = .*/priors = then:M, before/' "$T/now/exam.ini"
wuji 4 run "$T/now" --db none --out "$T/none"
wuji 0 run "$T/now" --replace --out "$T/matched"
says err "absent, void or not counted"
all=$(($(wc -l <"$T/now/students.csv") - 1))
is "all but the one have a prior" test "$(grep -c ',M,' "$T/matched/student_growth.csv")" = $((all - 1))
is "its term is named as it is written" test -n "$(term "$T/matched/growth_fit.csv" hlm then:M)"
wuji 0 run "$T/now" --json
json '.status == "unchanged"'
# Other marks there are another growth here, of the same content.
sed -i '/^11102,/s/,.*/,7/' "$T/then/papers/M.scores.csv"
wuji 0 run "$T/then" --replace
wuji 0 run "$T/now" --json
json '.status == "published"'
wuji 0 growth then --priors before
wuji 4 growth now --priors now:M
says err "this very exam"
finish
