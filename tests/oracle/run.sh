#!/bin/sh
# Invented packages through the engine, on one thread and on three, and through the oracle: the files of both runs must
# be the same bytes and hold what the oracle computes.
#   WUJI              the command line to test
#   PYTHON            the interpreter (python3)
#   ORACLE_PACKAGES   how many packages (40)
#   ORACLE_FIRST_SEED the seed of the first (1)
set -u
here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-python3}
seed=${ORACLE_FIRST_SEED:-1}
end=$((seed + ${ORACLE_PACKAGES:-40}))
: "${WUJI:?the path of the wuji command line}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
# Leaves no __pycache__ beside the sources.
export PYTHONDONTWRITEBYTECODE=1

"$python" "$here/self_test.py" || exit 1

# holds SEED: one package is accepted, gives the same bytes on any number of threads, and the tables of the oracle.
holds() {
  "$python" "$here/make_packages.py" "$work" "$1" &&
    "$WUJI" run "$work/$1" --quiet --db none --items --out "$work/one" --threads 1 >/dev/null &&
    "$WUJI" run "$work/$1" --quiet --db none --items --out "$work/three" --threads 3 >/dev/null &&
    diff -rq "$work/one" "$work/three" &&
    "$python" "$here/oracle.py" "$work/$1" "$work/one" &&
    "$python" "$here/growth.py" "$work/$1" "$work/one"
}

failed=""
while [ "$seed" -lt "$end" ]; do
  holds "$seed" || failed="$failed $seed"
  rm -rf "${work:?}/$seed" "$work/one" "$work/three"
  seed=$((seed + 1))
done
[ -z "$failed" ] || { echo "differences with seed$failed (make_packages.py DIR SEED makes one again)"; exit 1; }
