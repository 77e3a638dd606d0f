/* Everything a node's statistics on a sheet are finished from: one exact, mergeable state
 * (merge(absorb(a), absorb(b)) == absorb(a then b), to the bit). */
#ifndef WUJI_STATS_STATE_H
#define WUJI_STATS_STATE_H

#include "stats/aspect_sums.h"
#include "stats/item_bins.h"
#include "stats/item_sums.h"
#include "stats/option_bins.h"
#include "stats/parts.h"

/** Candidates present and counted, as the kernels take them. Borrowed. */
typedef struct wuji_present {
  const uint32_t *rows;
  const uint32_t *totals; /* units */
  uint32_t count;
} wuji_present;

typedef struct wuji_state wuji_state;
struct wuji_state {
  uint32_t absent, void_count; /* counted candidates */
  wuji_histogram histogram;
  wuji_item_sums items;
  wuji_item_bins bins;
  wuji_option_bins options;
  wuji_aspect_sums aspects;
  wuji_mark_counts marks;
  wuji_parts parts; /* the total's only */
  wuji_state *next; /* for whoever keeps states in a list */
};

/** Bins of more bytes than this (of items, half as many) are not held; what is made of them is then summed
 * from the rows once more. */
enum { WUJI_MOST_BIN_BYTES = 32 << 20 };

/** Whether the sheet's states hold item bins, and option bins. */
bool wuji_sheet_has_bins(const wuji_sheet *sheet);
bool wuji_sheet_has_option_bins(const wuji_sheet *sheet);

/** An empty state in `arena`; false when memory is out. A class (`binned` false) holds neither histogram nor
 * bins nor counts of marks: it is its list. */
bool wuji_state_init(wuji_state *state, const wuji_sheet *sheet, bool binned, wuji_arena *arena);
void wuji_state_clear(wuji_state *state);

/** Adds candidates; histogram, bins and counts of marks only where the state is binned. */
void wuji_state_absorb(wuji_state *state, const wuji_sheet *sheet, const wuji_present *present);
/** Adds a class: its sums from `class_state`, its totals, bins and counts of marks from the list it was made
 * of. Not its options: they are added to `into->options` where the class is finished. */
void wuji_state_absorb_class(wuji_state *into, const wuji_sheet *sheet, const wuji_state *class_state,
                             const wuji_present *present);
/** Both binned. */
void wuji_state_merge(wuji_state *into, const wuji_sheet *sheet, const wuji_state *from);

#endif
