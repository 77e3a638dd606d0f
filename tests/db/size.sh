#!/bin/sh
# A larger exam: what its marks take on disk, that packed values stay in their page, and that exports, which are read
# piece by piece here (engine/store/read.c), are the bytes of run --out.
set -u
here=$(cd "$(dirname "$0")" && pwd)
: "${WUJI:?is the path of the built wuji}"
[ "${WUJI_TEST_DB:-}" ] || exec "$here/with-cluster" sh "$0"
package=$(mktemp -d /tmp/wuji-size-XXXXXX)
trap 'rm -rf "$package"' EXIT
misses=0
ask() { psql -X -q -A -t -c "$1" "$WUJI_TEST_DB"; }
holds() { [ "$(ask "select $2")" = t ] || { misses=$((misses + 1)); echo "MISS: $1: $(ask "select $3")"; }; }

"$WUJI" gen --sf 0.02 --no-growth "$package/p" || exit 1
"$WUJI" run "$package/p" --quiet --items --out "$package/out" >/dev/null || exit 1
for file in "$package"/out/*.csv; do
  table=$(basename "$file" .csv)
  "$WUJI" export gen-sf0.02-seed1 "$table" >"$package/export" || exit 1
  [ "$table" = exam ] || cmp "$file" "$package/export" || { misses=$((misses + 1)); echo "MISS: export $table"; }
done
marks="(select count(*) from wuji_store.candidate) * (select count(*) from wuji_store.item)"
bytes="pg_total_relation_size('wuji_store.marks')"
holds "at most 1.6 bytes a mark, index included" "$bytes <= 1.6 * $marks" "$bytes / ($marks)::numeric"
for table in marks item_stat paper_stat candidate node; do
  toast="(select pg_relation_size(reltoastrelid) from pg_class where oid = 'wuji_store.$table'::regclass)"
  holds "no value of $table leaves its page" "coalesce($toast, 0) = 0" "$toast"
done
holds "no mark is compressed" \
  "not exists (select from wuji_store.marks where pg_column_compression(marks) is not null)" "'some are'"
holds "a page of marks is full: one chunk a page" \
  "(select count(*) from wuji_store.marks) >= pg_relation_size('wuji_store.marks') / 8192 - 6" \
  "pg_relation_size('wuji_store.marks') / 8192"
[ "$misses" = 0 ]
