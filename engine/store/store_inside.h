/* What the sources of this room share. */
#ifndef WUJI_STORE_STORE_INSIDE_H
#define WUJI_STORE_STORE_INSIDE_H

#include "cohort/digest.h"
#include "pg/connection.h"
#include "pg/copy.h"
#include "store/store.h"

struct wuji_store {
  wuji_pg *pg;      /* everything but COPY; holds the locks of the run under way */
  char *conninfo;   /* for further connections */
  bool has_content; /* the run under way was kept to be analysed: it holds its content, and stays if it fails
                     */
};

struct wuji_store_lane {
  wuji_pg *pg;
  int32_t run;
  const wuji_table_def *def; /* of the COPY under way, as are the next two */
  wuji_pg_copy *copy;
  uint64_t rows; /* sent so far */
};

/** A further connection, which keeps a run from being taken for a killed one as long as it lives. */
WUJI_CHECKED wuji_status wuji_store_connect(const wuji_store *store, int32_t run, wuji_pg **pg,
                                            wuji_error *error);

/** What the database holds of the exam of a claim. Run 0: none. */
typedef struct wuji_held {
  int32_t published, kept; /* runs */
  bool published_same;     /* the content published is that of the claim */
  bool statistics_same;    /* it was published by the claim's version of the statistics */
  bool growth_same;        /* its growth rests on what the claim's does */
  bool kept_same;          /* the content kept to be analysed is that of the claim, */
  bool kept_fits;          /* and lies as the claim's program would write it */
  bool loaded_still;       /* the content that would be loaded is that which was */
} wuji_held;

/** Looks that up. */
WUJI_CHECKED wuji_status wuji_store_held(wuji_store *store, const wuji_claim *claim, wuji_held *held,
                                         wuji_error *error);
/** The run that holds the claim's content already, 0 if none does. */
int32_t wuji_held_unchanged(const wuji_held *held, const wuji_claim *claim);
/** WUJI_CONFLICT where the claim may not be stored. */
WUJI_CHECKED wuji_status wuji_held_allows(const wuji_held *held, const wuji_claim *claim, wuji_error *error);
/** WUJI_DATABASE where the database can only be read. */
WUJI_CHECKED wuji_status wuji_store_must_write(wuji_store *store, wuji_error *error);

/** A digest as the text of a parameter, for decode($n, 'hex'). */
typedef struct wuji_hex {
  char text[2 * WUJI_DIGEST_BYTES];
} wuji_hex;
/** Null for NULL. */
wuji_str wuji_hex_text(wuji_hex *hex, const uint8_t *digest);

/** Takes the exam's lock. WUJI_CONFLICT: another run of it is under way. */
WUJI_CHECKED wuji_status wuji_store_lock(wuji_store *store, const char *exam, wuji_error *error);
/** Lets all locks of the main connection go. */
void wuji_store_unlock(wuji_store *store);
/** Removes all rows of a run that nothing points to any more, as far as it can be done now: what stays is
 * removed by the next run. 0 is no run. */
void wuji_store_discard(wuji_store *store, int32_t run);
/** Ends a transaction that has failed. */
void wuji_store_rollback(wuji_pg *pg);

enum { WUJI_MARKING_BYTES = 17 }; /* a mark in wuji_store.marking */

#endif
