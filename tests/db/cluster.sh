#!/bin/sh
# Private clusters: made, started from several processes at once, stopped, restarted after a crash, refused with a reason.
set -u
: "${WUJI:?is the path of the built wuji}"
unset PGHOST PGPORT PGSERVICE PGDATABASE PGUSER PGPASSWORD WUJI_PG_BIN XDG_RUNTIME_DIR 2>/dev/null || :
export LC_ALL=C.UTF-8
T=$(mktemp -d /tmp/wuji-cluster-XXXXXX)
chmod 755 "$T"
export WUJI_HOME="$T/home"
misses=0
clean_up() {
  [ ! -d "$T/home/data" ] || "$WUJI" db stop >/dev/null 2>&1
  rm -rf "$T"
}
trap clean_up EXIT
trap 'exit 130' INT TERM
is() {
  what=$1; shift
  "$@" >"$T/log" 2>&1 || { misses=$((misses + 1)); echo "MISS: $what"; sed 's/^/    /' "$T/log" | head -n 10; }
}
ask() { psql -X -q -A -t -c "$1" "$("$WUJI" db uri)"; }
server() { head -n 1 "$WUJI_HOME/data/postmaster.pid" 2>/dev/null; }
status() { "$WUJI" db status | cut -d ' ' -f 1; }

# Nothing is started by asking.
is "stopped before it is made" test "$(status)" = stopped
is "there is a uri before it is made" test -n "$("$WUJI" db uri)"
is "asking makes nothing" test ! -e "$WUJI_HOME/data"
is "stopping what is not there is good" "$WUJI" db stop

# Whoever captures the output of a start does not wait for the server to end.
begun=$(date +%s)
said=$(timeout 120 "$WUJI" db start 2>&1) || { misses=$((misses + 1)); echo "MISS: start: $said"; }
is "a captured start ends" test $(($(date +%s) - begun)) -lt 100
is "it runs" test "$(status)" = running
is "it listens on no address" test "$(ask 'show listen_addresses')" = ""
is "pages have checksums" test "$(ask 'show data_checksums')" = on
is "commits are durable" test "$(ask 'show fsync')$(ask 'show full_page_writes')$(ask 'show synchronous_commit')" = ononon
is "the encoding is UTF-8" test "$(ask 'show server_encoding')" = UTF8
sockets=$(ask 'show unix_socket_directories')
is "nobody else may enter the folder of the socket" test "$(stat -c %a "$sockets")" = 700
is "PGPORT does not matter" env PGPORT=1 psql -X -c 'select 1' "$("$WUJI" db uri)"

# Stopped means stopped.
first=$(server)
is "stop" "$WUJI" db stop
is "the server has gone" test ! -e "/proc/$first/cwd"
is "and says so" test "$(status)" = stopped

# Several at once: one of them starts it, all of them find it.
for n in 1 2 3 4; do (PGPORT=1 "$WUJI" db start >"$T/start$n" 2>&1; echo $? >>"$T/start$n") & done
wait
is "every start of four is good" test "$(cat "$T"/start[1-4] | tr -d '\n')" = 0000
is "one server" test "$(ask 'select 1')" = 1

# A crash leaves the pid file; its number may be another process's by now.
kill -9 "$(server)"
i=0
while [ -e "/proc/$(server)/cwd" ] && [ $i -lt 100 ]; do sleep 0.1; i=$((i + 1)); done
sed -i "1s/.*/$$/" "$WUJI_HOME/data/postmaster.pid"
is "a stale pid file is not a server" test "$(status)" = stopped
# Its children hold the memory of the dead server for a moment.
is "it starts after a crash" "$WUJI" db start
is "and answers" test "$(ask 'select 1')" = 1
is "stop again" "$WUJI" db stop

# An initdb that was killed half-way is made anew.
mkdir "$WUJI_HOME/data.new" && echo rubbish >"$WUJI_HOME/data.new/rubbish"
mv "$WUJI_HOME/data" "$T/kept"
is "it is made where only a half-made one is" "$WUJI" db start
is "and answers" test "$(ask 'select 1')" = 1
is "stop the new one" "$WUJI" db stop

# Programs that are not there, and a place the server's user cannot reach.
WUJI_PG_BIN="$T" "$WUJI" db start >"$T/out" 2>&1 && { misses=$((misses + 1)); echo "MISS: start without programs"; }
is "a wrong WUJI_PG_BIN is named" grep -q "WUJI_PG_BIN=$T" "$T/out"
if [ "$(id -u)" = 0 ]; then
  mkdir -m 700 "$T/closed"
  WUJI_HOME="$T/closed/a/b" "$WUJI" db start >"$T/out" 2>&1 && { misses=$((misses + 1)); echo "MISS: start in a closed folder"; }
  is "the folder that is closed to postgres is named" grep -q "$T/closed: the user postgres" "$T/out"

  # As an ordinary user, with a home of his own.
  mkdir "$T/nobody" && chown 65534:65534 "$T/nobody" && cp "$WUJI" "$T/wuji"
  libraries=$(dirname "$WUJI")/engine
  as_nobody() {
    setpriv --reuid=65534 --regid=65534 --clear-groups env -u WUJI_HOME HOME="$T/nobody" LD_LIBRARY_PATH="$libraries" "$@"
  }
  if as_nobody test -r "$libraries/libwuji.so.0"; then
    is "an ordinary user starts one" as_nobody "$T/wuji" db start
    is "in his home" test -d "$T/nobody/.local/share/wuji/data"
    is "and reaches it" as_nobody sh -c "psql -X -c 'select 1' \"\$('$T/wuji' db uri)\""
    # The folder of a login session comes and goes; the server that runs is found nevertheless.
    mkdir -m 700 "$T/runtime" && chown 65534:65534 "$T/runtime"
    is "whatever XDG_RUNTIME_DIR says" as_nobody env XDG_RUNTIME_DIR="$T/runtime" sh -c "psql -X -c 'select 1' \"\$('$T/wuji' db uri)\""
    is "and stops it" as_nobody "$T/wuji" db stop
    as_nobody env XDG_RUNTIME_DIR="$T/runtime" "$T/wuji" db start
    is "a session's folder is used where there is one" test -S "$T"/runtime/wuji-*/.s.PGSQL.5432
    is "stop it there" as_nobody "$T/wuji" db stop
  fi
fi
[ "$misses" = 0 ]
