#!/bin/sh
# tools/check-rooms catches what it is there to catch, and says where.
. "$(dirname "$0")/harness"
script=$(cd "$(dirname "$0")/../.." && pwd)/tools/check-rooms

# house DIR: a small tree that keeps to its map.
house() {
  mkdir -p "$1/engine/base" "$1/engine/table" "$1/engine/pg" "$1/engine/cli" "$1/include/wuji"
  cat >"$1/engine/ROOMS" <<'MAP'
# a comment
base:
table: base
pg: base
cli:
! libpq-fe.h: pg
MAP
  for room in base table pg cli; do echo "# $room" >"$1/engine/$room/README.md"; done
  printf '#include <stdint.h>\n#include <wuji/wuji.h>\n' >"$1/engine/base/status.h"
  printf '#include "table/table.h"\n#include "base/status.h"\n' >"$1/engine/table/table.c"
  printf '#include "base/status.h"\n' >"$1/engine/table/table.h"
  printf '#include <libpq-fe.h>\n#include "base/status.h"\n' >"$1/engine/pg/connection.c"
  printf '#include "cli/args.h"\n#include <wuji/wuji.h>\n#include <stdio.h>\n' >"$1/engine/cli/main.c"
  printf '#include <wuji/status.def>\n#include <stddef.h>\n' >"$1/include/wuji/wuji.h"
}
# caught WHERE WHY: after a change to $T/h, the script fails and says so; the next case starts anew.
caught() {
  checks=$((checks + 1))
  if "$script" "$T/h" 2>"$T/err"; then miss "not caught: $2"
  elif ! grep -F -e "$1" "$T/err" | grep -qF -e "$2"; then miss "not said: $1: $2"; sed 's/^/    /' "$T/err"; fi
  rm -rf "$T/h"
  house "$T/h"
}

house "$T/h"
is "a house that keeps to its map" "$script" "$T/h"
is "this house" "$script"

echo '#include "table/table.h"' >>"$T/h/engine/base/status.h"
caught engine/base/status.h:3: "room base may not include from room table"
echo '  #  include "pg/connection.h"' >>"$T/h/engine/table/table.c"
caught engine/table/table.c:3: "room table may not include from room pg"
echo '#include "base/status.h"' >>"$T/h/engine/cli/main.c"
caught engine/cli/main.c:4: "room cli may not include from room base"
echo '#include <wuji/status.def>' >>"$T/h/engine/cli/main.c"
caught engine/cli/main.c:4: "cli may include only <wuji/wuji.h>"
echo '#include <libpq-fe.h>' >>"$T/h/engine/table/table.c"
caught engine/table/table.c:3: "<libpq-fe.h> is fenced"
echo '#include "libpq-fe.h"' >>"$T/h/engine/cli/main.c"
caught engine/cli/main.c:4: "<libpq-fe.h> is fenced"
echo '#include "attic/box.h"' >>"$T/h/engine/pg/connection.c"
caught engine/pg/connection.c:3: "there is no room attic"
echo '#include "status.h"' >>"$T/h/engine/base/status.h"
caught engine/base/status.h:3: "does not say its room"
echo '#include SOMETHING' >>"$T/h/engine/base/status.h"
caught engine/base/status.h:3: "cannot be checked"
echo '#include "base/status.h"' >>"$T/h/include/wuji/wuji.h"
caught include/wuji/wuji.h:3: "room include may not include from room base"
mkdir "$T/h/engine/attic" && echo >"$T/h/engine/attic/README.md"
caught engine/attic "not in engine/ROOMS"
rm "$T/h/engine/pg/README.md"
caught engine/pg/README.md "README.md"
rm -r "$T/h/engine/pg"
caught engine/ROOMS:4 "room pg is not in engine/"
echo 'base2: pg attic' >>"$T/h/engine/ROOMS"
caught engine/ROOMS:7 "which is not above it"
echo 'int x;' >"$T/h/engine/loose.c"
caught engine/loose.c "lies in no room"
rm "$T/h/engine/ROOMS"
caught engine/ROOMS "no map"
finish
