/* What the database holds already, and whether more may be stored. */
#include "store/store_inside.h"

wuji_str wuji_hex_text(wuji_hex *hex, const uint8_t *digest) {
  static const char digits[] = "0123456789abcdef";
  if (digest == NULL) return WUJI_NO_STR;
  for (uint32_t i = 0; i < WUJI_DIGEST_BYTES; i++) {
    hex->text[2 * i] = digits[digest[i] >> 4];
    hex->text[2 * i + 1] = digits[digest[i] & 15];
  }
  return (wuji_str){hex->text, sizeof hex->text};
}

wuji_status wuji_store_held(wuji_store *store, const wuji_claim *claim, wuji_held *held, wuji_error *error) {
  static const char look[] =
      "select coalesce(e.run, 0), coalesce(p.content = decode($2, 'hex'), false),"
      " coalesce(p.statistics = $3::integer, false),"
      " coalesce(i.run, 0), coalesce(k.content = decode($2, 'hex'), false),"
      " coalesce(k.chunk_rows = $5::integer, false),"
      " coalesce(case when i.run is null then p.content else k.content end = decode($4, 'hex'), false),"
      " p.growth is not distinct from decode($6, 'hex')"
      " from (values ($1)) as x (exam)"
      " left join wuji_store.exam as e on e.exam = x.exam"
      " left join wuji_store.run as p on p.run = e.run"
      " left join wuji_store.ingested as i on i.exam = x.exam"
      " left join wuji_store.run as k on k.run = i.run";
  wuji_hex content;
  wuji_hex loaded;
  wuji_hex growth;
  wuji_pg_number statistics;
  wuji_pg_number chunk_rows;
  wuji_str params[] = {wuji_str_of(claim->exam),
                       wuji_hex_text(&content, claim->content),
                       wuji_pg_number_text(&statistics, claim->statistics),
                       wuji_hex_text(&loaded, claim->loaded),
                       wuji_pg_number_text(&chunk_rows, claim->chunk_rows),
                       wuji_hex_text(&growth, claim->growth)};
  wuji_pg_rows *rows;
  wuji_status status = wuji_pg_query(store->pg, look, 6, params, &rows, error);
  if (status != WUJI_OK) return status;
  *held = (wuji_held){.published = (int32_t)wuji_pg_integer(rows, 0, 0),
                      .published_same = wuji_pg_integer(rows, 0, 1) == 1,
                      .statistics_same = wuji_pg_integer(rows, 0, 2) == 1,
                      .kept = (int32_t)wuji_pg_integer(rows, 0, 3),
                      .kept_same = wuji_pg_integer(rows, 0, 4) == 1,
                      .kept_fits = wuji_pg_integer(rows, 0, 5) == 1,
                      .loaded_still = wuji_pg_integer(rows, 0, 6) == 1,
                      .growth_same = wuji_pg_integer(rows, 0, 7) == 1};
  wuji_pg_rows_free(rows);
  return WUJI_OK;
}

int32_t wuji_held_unchanged(const wuji_held *held, const wuji_claim *claim) {
  bool content_only = claim->statistics == 0;
  if (content_only && held->kept_same) return held->kept;
  bool same = held->published_same && (content_only || (held->statistics_same && held->growth_same));
  return same ? held->published : 0;
}

wuji_status wuji_held_allows(const wuji_held *held, const wuji_claim *claim, wuji_error *error) {
  if (claim->loaded != NULL && !held->loaded_still) {
    return wuji_fail(error, WUJI_CONFLICT, "the stored content of %s has changed since it was read",
                     claim->exam);
  }
  if (held->published == 0 || claim->replace || wuji_held_unchanged(held, claim) != 0) return WUJI_OK;
  if (held->published_same && held->statistics_same) return WUJI_OK; /* what its priors were is other */
  return wuji_fail(
      error, WUJI_CONFLICT,
      "%s is published already with other content (run %d): --replace publishes this in its place",
      claim->exam, held->published);
}

wuji_status wuji_store_must_write(wuji_store *store, wuji_error *error) {
  bool read_only = false;
  wuji_status status = wuji_pg_is_read_only(store->pg, &read_only, error);
  if (status != WUJI_OK || !read_only) return status;
  return wuji_fail(
      error, WUJI_DATABASE,
      "database: it can only be read (a standby, or default_transaction_read_only): nothing was stored");
}

wuji_status wuji_store_may_publish(wuji_store *store, const wuji_claim *claim, wuji_error *error) {
  wuji_status status;
  wuji_held held;
  WUJI_TRY(wuji_store_must_write(store, error));
  WUJI_TRY(wuji_store_held(store, claim, &held, error));
  status = wuji_held_allows(&held, claim, error);
done:
  return status;
}

/* Both codes may have a colon in them: the whole name is compared. */
wuji_status wuji_store_has_paper(wuji_store *store, wuji_str name, bool *has, wuji_error *error) {
  static const char look[] =
      "select exists (select from wuji_store.exam as e join wuji_store.paper as p on p.run = e.run"
      " where e.exam || ':' || p.code = $1)";
  wuji_pg_rows *rows;
  wuji_status status = wuji_pg_query(store->pg, look, 1, &name, &rows, error);
  if (status == WUJI_OK) *has = wuji_pg_integer(rows, 0, 0) == 1;
  wuji_pg_rows_free(rows);
  return status;
}
