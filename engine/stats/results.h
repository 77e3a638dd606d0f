/* The finished statistics, laid open to report: by sheet (papers in order, then the total), then by node. */
#ifndef WUJI_STATS_RESULTS_H
#define WUJI_STATS_RESULTS_H

#include "stats/analysis.h"
#include "stats/item_result.h"
#include "stats/ladder.h"
#include "stats/option_bench.h"
#include "stats/paper_result.h"
#include "stats/sheet.h"

/** A line at one root: on the total the line itself, on a paper its effective score. In units an exact
 * rational. */
typedef struct wuji_line_mark {
  bool exists;       /* false: nobody to define it, nobody reaches it */
  __int128 num, den; /* units of the sheet, lowest terms */
  uint32_t least;    /* least total that reaches it; UINT32_MAX where it does not exist */
  double mark;       /* in marks, NaN where it does not exist */
} wuji_line_mark;

/** A line at a node, over those counted, present on the sheet and with a total. */
typedef struct wuji_line_count {
  uint32_t reached; /* the line on this sheet */
  uint32_t both;    /* this and the line on the total; 0 for the total */
  uint32_t passed;  /* the line on the total; 0 for the total */
} wuji_line_count;

/** The marks of a paper that have rows of their own, by place (see mark_counts.h). */
typedef struct wuji_mark_list {
  const uint32_t *place; /* count, ascending: item by item, by mark, a blank last */
  const uint32_t *first; /* item_count + 1: an item's are place[first[i]] … place[first[i + 1] - 1] */
  uint32_t count;
} wuji_mark_list;

/** What a node's candidates got on all items of an aspect's value. */
typedef struct wuji_aspect_sum {
  uint64_t sum, square; /* Σy, Σy², units */
} wuji_aspect_sum;

typedef struct wuji_sheet_result {
  wuji_sheet sheet;
  wuji_paper_result *nodes;   /* node_count */
  wuji_item_block *items;     /* node_count; NULL for the total */
  wuji_aspect_sum *aspects;   /* node_count × value of the sheet's aspects; NULL without values */
  wuji_option_block *options; /* node_count; NULL where the paper has no options */
  wuji_curves *curves;        /* node_count, all NULL for classes; NULL for the total */
  wuji_mark_tally *tallies;   /* node_count, filled from the school up; NULL for the total */
  wuji_mark_list marks;       /* empty for the total */
  uint32_t *segments;         /* node_count × sheet.segment_count: how many in each */
  wuji_ladder *ladders;       /* node_count: see wuji_sheet_place() */
  uint32_t band_count;        /* 0: the plan has no rank bands for this sheet */
  const uint32_t *band_tops;  /* band_count, ascending */
  uint32_t *bands; /* node_count × band_count: candidates whose rank in the root is at most the top */
  /* NULL for papers that do not count into the total: */
  wuji_line_mark *line_marks;   /* line × root */
  wuji_line_count *line_counts; /* node_count × line */
  uint32_t *line_n;             /* node_count */
} wuji_sheet_result;

struct wuji_analysis {
  wuji_arena arena; /* owns everything below */
  const wuji_cohort *cohort;
  uint32_t sheet_count; /* papers, then the total */
  wuji_sheet_result *sheets;
  uint32_t root_count;
  int32_t *roots;         /* nodes, ascending */
  uint32_t *root_of_node; /* node_count: index into roots */
};

/** The place of `row` in `node`, in which he is on this sheet; both 0 where he is not counted or not present.
 */
static inline wuji_standing wuji_sheet_place(const wuji_sheet_result *result, int32_t node, uint32_t row) {
  if (!wuji_sheet_present(&result->sheet, row)) return (wuji_standing){0, 0};
  return wuji_ladder_place(&result->ladders[node], (uint32_t)result->sheet.raw[row]);
}

/** The total's sheet. */
static inline const wuji_sheet_result *wuji_analysis_total(const wuji_analysis *analysis) {
  return &analysis->sheets[analysis->sheet_count - 1];
}

#endif
