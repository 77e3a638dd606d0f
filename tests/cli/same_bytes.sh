#!/bin/sh
# labels: thread
# The same bytes from every number of threads, every level of the processor's instructions, every order of the
# rows, and compressed files.
. "$(dirname "$0")/harness"

# shuffled FILE: the records after the header in an order that depends on nothing but the seed.
shuffled() {
  head -n 1 "$1"
  tail -n +2 "$1" | awk 'BEGIN { srand(11) } { print rand() "\t" $0 }' | LC_ALL=C sort | cut -f 2-
}

wuji 0 gen --sf 0.004 --seed 3 "$T/p"
wuji 0 run "$T/p" --db none --items --out "$T/one" --threads 1
for threads in 2 3 8; do
  wuji 0 run "$T/p" --db none --items --out "$T/more" --threads "$threads"
  is "--threads $threads gives the bytes of one" diff -r "$T/one" "$T/more"
done

for level in baseline avx2 avx512; do
  WUJI_ISA=$level
  export WUJI_ISA
  wuji 0 run "$T/p" --db none --items --out "$T/level" --threads 2
  is "WUJI_ISA=$level gives the same bytes" diff -r "$T/one" "$T/level"
done
unset WUJI_ISA

cp -r "$T/p" "$T/s"
for file in "$T/p/students.csv" "$T/p/papers"/*.scores.csv; do
  shuffled "$file" >"$T/s/${file#"$T/p/"}"
done
is_not "the rows are in another order" cmp -s "$T/p/students.csv" "$T/s/students.csv"
wuji 0 run "$T/s" --db none --items --out "$T/shuffled" --threads 2
is "another order of the rows gives the same bytes" diff -r "$T/one" "$T/shuffled"

gzip "$T/s/students.csv" "$T/s/papers"/*.csv
wuji 0 run "$T/s" --db none --items --out "$T/gz" --threads 2
is "gzip gives the same bytes" diff -r "$T/one" "$T/gz"
finish
