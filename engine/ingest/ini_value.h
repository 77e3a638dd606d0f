/* The kinds of value that keys of exam.ini have. */
#ifndef WUJI_INGEST_INI_VALUE_H
#define WUJI_INGEST_INI_VALUE_H

#include "ingest/notes.h"
#include "text/ini.h"

/** Where a value is read and what may be noted about it. */
typedef struct wuji_ini_place {
  wuji_arena *arena;
  wuji_notes *notes;
  bool out_of_memory;
} wuji_ini_place;

/** Reads the value of `entry` into `target`, whose type is that of the field; notes what is wrong with it. */
typedef void (*wuji_value_reader)(wuji_ini_place *place, const wuji_ini_entry *entry, void *target);

void wuji_value_text(wuji_ini_place *place, const wuji_ini_entry *entry,
                     void *target); /* wuji_str, not empty */
void wuji_value_date(wuji_ini_place *place, const wuji_ini_entry *entry,
                     void *target); /* wuji_str YYYY-MM-DD */
void wuji_value_share(wuji_ini_place *place, const wuji_ini_entry *entry,
                      void *target); /* wuji_decimal (0, 1] */
void wuji_value_positive(wuji_ini_place *place, const wuji_ini_entry *entry,
                         void *target);                                                 /* wuji_decimal > 0 */
void wuji_value_mark(wuji_ini_place *place, const wuji_ini_entry *entry, void *target); /* wuji_decimal ≥ 0 */
void wuji_value_yes(wuji_ini_place *place, const wuji_ini_entry *entry, void *target);    /* bool */
void wuji_value_takers(wuji_ini_place *place, const wuji_ini_entry *entry, void *target); /* bool: all */
void wuji_value_absent(wuji_ini_place *place, const wuji_ini_entry *entry,
                       void *target);                                                   /* wuji_absent_rule */
void wuji_value_rank(wuji_ini_place *place, const wuji_ini_entry *entry, void *target); /* wuji_str */
void wuji_value_method(wuji_ini_place *place, const wuji_ini_entry *entry, void *target); /* wuji_str */
void wuji_value_count(wuji_ini_place *place, const wuji_ini_entry *entry, void *target);  /* uint32_t ≥ 1 */
void wuji_value_tops(wuji_ini_place *place, const wuji_ini_entry *entry, void *target);   /* wuji_band_plan */

/* Keys of a growth section; the target of each is its wuji_growth_plan. */
void wuji_value_priors(wuji_ini_place *place, const wuji_ini_entry *entry, void *target);
void wuji_value_covariates(wuji_ini_place *place, const wuji_ini_entry *entry, void *target);
void wuji_value_random(wuji_ini_place *place, const wuji_ini_entry *entry, void *target);
void wuji_value_slope(wuji_ini_place *place, const wuji_ini_entry *entry, void *target);

/** The next piece of a list separated by commas (also the full-width one), trimmed; false at the end. */
bool wuji_value_next(wuji_str *rest, wuji_str *piece);
/** How many pieces a list has. */
uint32_t wuji_value_pieces(wuji_str list);

/** Notes that the value is not what it should be: "KEY is VALUE, not EXPECTED". */
void wuji_value_bad(wuji_ini_place *place, const wuji_ini_entry *entry, wuji_problem_kind kind,
                    const char *expected);

#endif
