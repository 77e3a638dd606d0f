#include "pg/migrate.h"

#include <inttypes.h>
#include <stdio.h>

static const char migrations[] = "migrations/";
static const char live[] = "live/";

static bool is_of(const wuji_pg_script *script, const char *folder) {
  return strncmp(script->name, folder, strlen(folder)) == 0;
}

/* Names and texts of the live scripts, folded into one number: has anything changed? Not a matter of
 * security. */
static void live_hash(const wuji_pg_script *scripts, char hash[17]) {
  uint64_t h = 0;
  for (; scripts->name != NULL; scripts++) {
    if (!is_of(scripts, live)) continue;
    h = h * UINT64_C(0x9E3779B97F4A7C15) + wuji_str_hash(wuji_str_of(scripts->name));
    h = h * UINT64_C(0x9E3779B97F4A7C15) + wuji_str_hash(wuji_str_of(scripts->text));
  }
  (void)snprintf(hash, 17, "%016" PRIx64, h);
}

static const wuji_pg_script *find(const wuji_pg_script *scripts, wuji_str name) {
  for (; scripts->name != NULL; scripts++) {
    if (wuji_str_is(name, scripts->name)) return scripts;
  }
  return NULL;
}

/* What the database has, against what we have. */
typedef struct schema_gap {
  bool books;    /* the bookkeeping tables are there */
  bool complete; /* all migrations are applied */
  bool fresh;    /* the live scripts are those of this program */
} schema_gap;

static wuji_status applied_here(wuji_pg *pg, const wuji_pg_script *scripts, bool *complete,
                                wuji_error *error) {
  wuji_pg_rows *rows;
  wuji_status status = wuji_pg_query(pg, "select name from wuji_store.migration", 0, NULL, &rows, error);
  if (status != WUJI_OK) return status;
  uint32_t known = 0;
  for (uint32_t r = 0; r < wuji_pg_row_count(rows) && status == WUJI_OK; r++) {
    wuji_str name = wuji_pg_text(rows, r, 0);
    known++;
    if (find(scripts, name) == NULL) {
      status =
          wuji_fail(error, WUJI_DATABASE, "database: its schema is newer than this program: it has had %.*s",
                    (int)name.len, name.ptr);
    }
  }
  wuji_pg_rows_free(rows);
  uint32_t ours = 0;
  for (; scripts->name != NULL; scripts++) ours += is_of(scripts, migrations);
  *complete = known == ours;
  return status;
}

static wuji_status measure(wuji_pg *pg, const wuji_pg_script *scripts, const char *hash, schema_gap *gap,
                           wuji_error *error) {
  wuji_pg_rows *rows = NULL;
  wuji_status status;
  *gap = (schema_gap){0};
  WUJI_TRY(wuji_pg_query(pg, "select to_regclass('wuji_store.live') is not null", 0, NULL, &rows, error));
  gap->books = wuji_pg_integer(rows, 0, 0) == 1;
  if (gap->books) {
    wuji_pg_rows_free(rows);
    rows = NULL;
    WUJI_TRY(applied_here(pg, scripts, &gap->complete, error));
    WUJI_TRY(wuji_pg_query(pg, "select exists (select from wuji_store.live where hash = $1)", 1,
                           &(wuji_str){hash, 16}, &rows, error));
    gap->fresh = wuji_pg_integer(rows, 0, 0) == 1;
  }
done:
  wuji_pg_rows_free(rows);
  return status;
}

static wuji_status make_books(wuji_pg *pg, wuji_error *error) {
  return wuji_pg_run(pg,
                     "begin;"
                     "create schema wuji_store;"
                     "create table wuji_store.migration ("
                     "  name text collate \"C\" primary key, applied_at timestamptz not null default now());"
                     "create table wuji_store.live ("
                     "  one boolean primary key default true check (one), hash text not null, applied_at "
                     "timestamptz not null default now());"
                     "commit",
                     error);
}

/* One transaction; a failure names the file. */
static wuji_status apply(wuji_pg *pg, const wuji_pg_script *script, wuji_error *error) {
  wuji_error why = {0};
  wuji_status status = wuji_pg_run(pg, script->text, &why);
  return status == WUJI_OK ? status : wuji_fail(error, status, "sql/%s: %s", script->name, why.message);
}

static wuji_status apply_migration(wuji_pg *pg, const wuji_pg_script *script, wuji_error *error) {
  wuji_status status;
  wuji_pg_rows *rows = NULL;
  wuji_str name = wuji_str_of(script->name);
  bool there = false;
  WUJI_TRY(wuji_pg_query(pg, "select exists (select from wuji_store.migration where name = $1)", 1, &name,
                         &rows, error));
  there = wuji_pg_integer(rows, 0, 0) == 1;
  if (!there) {
    WUJI_TRY(wuji_pg_run(pg, "begin", error));
    WUJI_TRY(apply(pg, script, error));
    WUJI_TRY(wuji_pg_query(pg, "insert into wuji_store.migration (name) values ($1)", 1, &name, NULL, error));
    WUJI_TRY(wuji_pg_run(pg, "commit", error));
  }
done:
  wuji_pg_rows_free(rows);
  return status;
}

static wuji_status apply_live(wuji_pg *pg, const wuji_pg_script *scripts, const char *hash,
                              wuji_error *error) {
  wuji_status status;
  WUJI_TRY(wuji_pg_run(pg, "begin", error));
  for (const wuji_pg_script *script = scripts; script->name != NULL; script++) {
    if (is_of(script, live)) WUJI_TRY(apply(pg, script, error));
  }
  WUJI_TRY(wuji_pg_query(pg,
                         "insert into wuji_store.live (hash) values ($1)"
                         " on conflict (one) do update set hash = excluded.hash, applied_at = now()",
                         1, &(wuji_str){hash, 16}, NULL, error));
  WUJI_TRY(wuji_pg_run(pg, "commit", error));
done:
  return status;
}

static wuji_status must_write(wuji_pg *pg, wuji_error *error) {
  bool read_only = false;
  wuji_status status = wuji_pg_is_read_only(pg, &read_only, error);
  if (status != WUJI_OK || !read_only) return status;
  return wuji_fail(
      error, WUJI_DATABASE,
      "database: it can only be read, and its schema is not this program's: run wuji db migrate where it "
      "can be written");
}

/* The lock is the session's, not a transaction's, since there are several of those; its key is "wujimigr". */
wuji_status wuji_pg_migrate(wuji_pg *pg, const wuji_pg_script *scripts, wuji_error *error) {
  char hash[17];
  schema_gap gap;
  bool locked = false;
  live_hash(scripts, hash);
  wuji_status status;
  WUJI_TRY(measure(pg, scripts, hash, &gap, error));
  if (!gap.books || !gap.complete || !gap.fresh) {
    WUJI_TRY(must_write(pg, error));
    WUJI_TRY(wuji_pg_run(pg, "select pg_advisory_lock(x'77756a696d696772'::bigint)", error));
    locked = true;
    WUJI_TRY(measure(pg, scripts, hash, &gap, error)); /* another may have done it meanwhile */
    if (!gap.books) WUJI_TRY(make_books(pg, error));
    for (const wuji_pg_script *script = scripts; script->name != NULL; script++) {
      if (is_of(script, migrations)) WUJI_TRY(apply_migration(pg, script, error));
    }
    if (!gap.fresh) WUJI_TRY(apply_live(pg, scripts, hash, error));
  }
done:
  if (locked) {
    /* What failed inside a transaction has left it open. Neither can make the outcome better or worse. */
    wuji_error ignored;
    if (status != WUJI_OK && wuji_pg_run(pg, "rollback", &ignored) != WUJI_OK) return status;
    wuji_status unlocked =
        wuji_pg_run(pg, "select pg_advisory_unlock(x'77756a696d696772'::bigint)", &ignored);
    (void)unlocked;
  }
  return status;
}
