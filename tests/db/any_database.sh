#!/bin/sh
# Databases of others: a role with CREATE and nothing else, a server too old, a schema too new, one that can only be read (by
# its setting, and a real standby), a dump restored, migrations killed at any moment.
set -u
here=$(cd "$(dirname "$0")" && pwd)
: "${WUJI:?is the path of the built wuji}"
[ "${WUJI_TEST_DB:-}" ] || exec "$here/with-cluster" sh "$0"
T=$(mktemp -d /tmp/wuji-any-XXXXXX)
chmod 755 "$T"
misses=0
clean_up() {
  [ ! -f "$T/standby/postmaster.pid" ] || as_server "$bin/pg_ctl" -D "$T/standby" -m immediate -s stop
  [ -z "${old:-}" ] || kill "$old" 2>/dev/null
  rm -rf "$T"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

miss() { misses=$((misses + 1)); echo "MISS: $1"; }
# wuji STATUS ARGUMENT…
wuji() {
  expected=$1; shift
  "$WUJI" "$@" >"$T/out" 2>"$T/err" </dev/null
  status=$?
  [ $status = "$expected" ] || { miss "wuji $*: exit status $status, not $expected"; sed 's/^/    /' "$T/err" | head -n 5; }
}
says() { grep -qF -e "$1" "$T/err" || { miss "it does not say: $1"; sed 's/^/    /' "$T/err" | head -n 5; }; }
ask() { psql -X -q -A -t -v ON_ERROR_STOP=1 -c "$1" "$WUJI_TEST_DB"; }
# The private cluster's URI with another database, user or setting.
at() { echo "$WUJI_TEST_DB" | sed "s|/wuji?|/$1?|; s|postgres@|${2:-postgres}@|"; }
bin=$(dirname "$(ls -d /usr/lib/postgresql/*/bin/pg_ctl 2>/dev/null | sort -V | tail -n 1)")
[ -x "$bin/pg_ctl" ] || bin=$(pg_config --bindir)
as_server() {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi
}
# export_all URI FOLDER: every table of the exam `any`, as run --out has named them.
export_all() {
  mkdir -p "$2"
  for file in "$T"/files/*.csv; do
    wuji 0 export any "$(basename "$file" .csv)" --db "$1"
    mv "$T/out" "$2/$(basename "$file")"
  done
}

wuji 0 gen --sf 0.002 "$T/p"
wuji 0 gen --sf 0.002 --seed 2 "$T/q"
sed -i 's/^code *=.*/code = any/' "$T/p/exam.ini" "$T/q/exam.ini"

# A role with CREATE on the database, and nothing else.
ask "create role office login"
ask "create database office"
ask "revoke all on database office from public"
ask "grant connect, create on database office to office"
office=$(at office office)
wuji 0 db migrate --db "$office"
wuji 0 run "$T/p" --db "$office" --items --out "$T/files"
wuji 0 export any paper_stat --db "$office"
cmp -s "$T/out" "$T/files/paper_stat.csv" || miss "the office's export"
wuji 0 ingest "$T/q" --replace --db "$office"
wuji 0 analyze any --db "$office"
wuji 0 run "$T/p" --replace --db "$office"
export_all "$office" "$T/whole"
for file in "$T"/files/*.csv; do # but for exam: another run, another time
  table=$(basename "$file")
  [ "$table" = exam.csv ] || cmp -s "$T/whole/$table" "$file" || miss "the office's $table is not that of --out"
done

# Dumped, restored into a new database (here by another role), migrated: the same bytes.
as_dump() { psql -X -q "$(at "$1")" -v ON_ERROR_STOP=1; }
ask "create database restored"
"$bin/pg_dump" "$(at office)" --no-owner --no-privileges 2>"$T/dump.log" | as_dump restored >"$T/restore.log" 2>&1 ||
  { miss "restoring"; head -n 5 "$T/restore.log"; }
wuji 0 db migrate --db "$(at restored)"
export_all "$(at restored)" "$T/again"
diff -rq "$T/whole" "$T/again" || miss "a restored database exports other bytes"
wuji 0 run "$T/p" --db "$(at restored)" --json
grep -q '"unchanged"' "$T/out" || miss "a restored database does not know its content"
wuji 0 run "$T/q" --replace --db "$(at restored)"

# One that can only be read: by its setting …
ask "alter database restored set default_transaction_read_only = on"
wuji 0 export any paper_stat --db "$(at restored)"
wuji 0 exams --db "$(at restored)"
for way in "run $T/p --replace" "ingest $T/p --replace" "analyze any" "withdraw any"; do
  wuji 3 $way --db "$(at restored)"
  says "it can only be read"
done
ask "create database empty"
ask "alter database empty set default_transaction_read_only = on"
wuji 3 run "$T/p" --db "$(at empty)"
says "run wuji db migrate where it can be written"

# … and a standby.
sockets=$(ask 'show unix_socket_directories')
echo "local replication all trust" >>"$(ask 'show hba_file')" # the private cluster lets nobody copy it
ask "select pg_reload_conf()" >/dev/null
mkdir "$T/standby" && { [ "$(id -u)" != 0 ] || chown postgres: "$T/standby"; }
chmod 700 "$T/standby"
if as_server "$bin/pg_basebackup" -h "$sockets" -p 5432 -U postgres -D "$T/standby" -R -X stream -c fast 2>"$T/base.log"; then
  as_server "$bin/pg_ctl" -D "$T/standby" -o "-p 5433 -k $sockets" -l "$T/standby/log" -w -s start || miss "the standby does not start"
  standby=$(at office | sed 's/port=5432/port=5433/')
  export_all "$standby" "$T/standing"
  diff -rq "$T/whole" "$T/standing" || miss "a standby exports other bytes"
  wuji 3 run "$T/q" --replace --db "$standby"
  says "it can only be read"
  wuji 3 analyze any --db "$standby"
  wuji 3 withdraw any --db "$standby"
  wuji 0 exams --db "$standby"
  as_server "$bin/pg_ctl" -D "$T/standby" -m immediate -s stop
else
  miss "no standby: $(head -n 1 "$T/base.log")"
fi

# A server that is too old, and a schema that is too new.
python3 "$here/old_server.py" "$T/port" & old=$!
i=0
while [ ! -s "$T/port" ] && [ $i -lt 100 ]; do sleep 0.1; i=$((i + 1)); done
wuji 3 run "$T/p" --db "host=127.0.0.1 port=$(cat "$T/port") dbname=x user=x sslmode=disable gssencmode=disable"
says "the server is PostgreSQL 13.9, and Wuji needs 15 or later"
psql -X -q "$(at office)" -c "insert into wuji_store.migration (name) values ('migrations/9999_later.sql')"
for way in "run $T/p" "export any paper_stat" "db migrate" "withdraw any"; do
  wuji 3 $way --db "$(at office)"
  says "schema is newer than this program"
done

# Migrating is killed at any moment, and resumes: the schema is the same as one made in one go.
schema_of() { "$bin/pg_dump" --schema-only "$(at "$1")" | grep -v '^\\'; }
ask "create database whole"
begun=$(date +%s%N)
wuji 0 db migrate --db "$(at whole)"
took_ms=$((($(date +%s%N) - begun) / 1000000))
schema_of whole >"$T/whole.sql"
for round in 1 2 3 4 5; do
  ask "drop database if exists killed" 2>/dev/null
  ask "create database killed"
  for again in 1 2 3; do
    "$WUJI" db migrate --db "$(at killed)" >/dev/null 2>&1 & pid=$!
    sleep "$(awk -v round=$round -v again=$again -v took=$took_ms 'BEGIN { printf "%.3f", took * (round * 3 + again) / 20 / 1000 }')"
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
  done
  wuji 0 db migrate --db "$(at killed)"
  schema_of killed >"$T/killed.sql"
  cmp -s "$T/whole.sql" "$T/killed.sql" || { miss "round $round: another schema"; diff "$T/whole.sql" "$T/killed.sql" | head -n 5; }
done
[ "$misses" = 0 ]
