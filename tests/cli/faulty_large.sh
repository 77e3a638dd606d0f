#!/bin/sh
# Faulty packages of tens of megabytes, or of gigabytes once inflated: told with their line, in bounded memory and time, and
# nothing is written.
. "$(dirname "$0")/harness"
here=$(dirname "$0")
mkdir "$T/small" "$T/large"
sh "$here/faulty/make-faulty.sh" "$T/small" good || exit 1
python3 "$here/faulty/large.py" "$T/small/good" "$T/large" || exit 1

# A sanitizer keeps memory of its own.
most=200
! ldd "$WUJI" | grep -q libasan || most=0

for expected in "$T"/large/*.expected; do
  package=${expected%.expected}
  name=$(basename "$package")
  line=$(cat "$expected")
  is "$name: exit status 4 in bounded time and memory" sh -c '
    python3 "$1/faulty/bounded.py" 120 "$2" "$WUJI" run "$3" --db none --out "$4/out" --quiet 2>"$4/err"
    status=$?
    tail -n 2 "$4/err"
    [ $status = 4 ]' - "$here" "$most" "$package" "$T"
  is "$name: $line" grep -qxF -e "$line" "$T/err"
  is "$name writes nothing" test -z "$(ls -A "$T/out" 2>/dev/null)"
  rm -rf "$package"
done
finish
