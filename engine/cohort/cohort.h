/* The exam as a matrix, the region tree an ordering of its rows.
 *
 * Candidates ("rows") are sorted once by province, city, county, school, class (bytes of the unescaped
 * names), then by student_id by bytes. Every node is then one contiguous slice of rows. Nodes are numbered in
 * preorder, siblings by the bytes of their names: a parent comes before its children, a node's subtree is the
 * interval [id, end).
 *
 * The struct is open to the rooms above, which read it; only ingest (from a package) and store (from the
 * database) fill it, through the functions below. */
#ifndef WUJI_COHORT_COHORT_H
#define WUJI_COHORT_COHORT_H

#include "base/arena.h"
#include "cohort/plan.h"

enum { WUJI_PROVINCE, WUJI_CITY, WUJI_COUNTY, WUJI_SCHOOL, WUJI_CLASS, WUJI_LEVELS };

/** province, city, county, school, class. */
extern const char *const wuji_level_names[WUJI_LEVELS];

/* Limits that keep every sum of the statistics inside 64 bits (Σt² < 2^20·2^20·2^23 = 2^63); more is refused.
 */
enum {
  WUJI_MOST_ROWS = 1 << 23,  /* candidates */
  WUJI_MOST_UNITS = 1 << 20, /* full mark of a paper or of the total, in units of its step */
  WUJI_MOST_PAPERS = 63,     /* besides the total */
  WUJI_MOST_ITEMS = 1000     /* a paper */
};

typedef struct wuji_slice {
  uint32_t row0, row1; /* half-open */
} wuji_slice;

typedef struct wuji_node {
  uint8_t level;
  bool own;            /* lies on some candidate's own path; false: a mere teaching class */
  int32_t parent;      /* -1 at a root */
  int32_t root;        /* itself at a root */
  int32_t end;         /* one past the last node of its subtree */
  wuji_str name;       /* unescaped */
  wuji_str path;       /* names from the province joined by '/', '/' and '\' in a name escaped by '\' */
  wuji_slice rows;     /* in matrix order, by own class; empty for a mere teaching class */
  uint32_t candidates; /* counted ones among them */
} wuji_node;

typedef enum { WUJI_KIND_NONE, WUJI_OBJECTIVE, WUJI_SUBJECTIVE } wuji_kind;

typedef struct wuji_item {
  wuji_str name;
  uint32_t max; /* units */
  wuji_kind kind;
  wuji_str key, points /* joined by ';' */, ability; /* null where not given */
  wuji_str options; /* symbols 0-9 A-Z that can be chosen, ascending, each once; null: not given, or none */
  wuji_decimal planned_difficulty; /* den 0: not given */
} wuji_item;

/** One option of an objective item, or a set of them chosen together. */
typedef struct wuji_option {
  wuji_str text; /* symbols 0-9 A-Z, ascending, each once, e.g. AC; empty (never null): none chosen */
  bool is_key;
  bool listed; /* has rows of its own: none chosen, named by the package, the key, or chosen by a counted
                  present candidate. By wuji_cohort_seal() */
} wuji_option;

/** What can be chosen on an item: `options` by code, ascending by bytes of their text, so code 0 is none. */
typedef struct wuji_choice {
  uint32_t item; /* of the paper */
  uint32_t option_count;
  wuji_option *options;
} wuji_choice;

/** What a marker gave a candidate on an item. */
typedef struct wuji_marking {
  uint32_t row;
  uint16_t item;
  uint8_t round;    /* 1, 2, 3 (arbitration) */
  uint32_t marker;  /* of the paper's markers */
  uint32_t mark;    /* hundredths of a mark */
  uint32_t seconds; /* hundredths of a second, UINT32_MAX: not given */
} wuji_marking;

/** A candidate's status on a paper, and on the total. */
typedef enum { WUJI_NOT_TAKEN, WUJI_PRESENT, WUJI_ABSENT, WUJI_VOID } wuji_attendance;

typedef struct wuji_paper {
  wuji_str code, name;
  bool in_total;
  wuji_decimal segment; /* width of a score segment, marks */
  uint32_t units;       /* units a mark: 1, 2, 4, 10, 20 or 100; the paper's step is 1/units */
  uint32_t full;        /* sum of the items' maxima, units */
  uint32_t item_count;
  wuji_item *items;
  uint8_t width;        /* bytes a mark in `marks`: 1, 2 or 4 */
  uint8_t chosen_width; /* bytes a code in `chosen`: 1 or 2 */
  void *marks; /* row_count × item_count unsigned integers of `width` bytes, row-major, matrix order, units;
                  the four topmost values of the width are codes, see wuji_mark_code() */
  uint8_t *status; /* row_count × wuji_attendance */
  int32_t
      *raw; /* row_count, sum of the marks in units (blank is 0); 0 unless present. By wuji_cohort_seal() */
  wuji_str *teacher;   /* row_count, or NULL: none named */
  int32_t *class_node; /* row_count, the class node on this paper; NULL: everyone in his own class */
  /* Where class_node is given, wuji_cohort_seal() orders the paper's rows by it inside each school: */
  uint32_t *order; /* position → row; NULL: identity */
  wuji_slice *
      node_slice; /* node_count, positions; NULL: the node's own rows. From the school up both are the same */

  /* Chosen options; choice_count 0: the package has none for this paper. */
  uint32_t choice_count;
  wuji_choice *choices; /* in the items' order */
  void *chosen; /* row_count × choice_count codes of `chosen_width` bytes, row-major, matrix order; 0 for rows
                   that are not present */

  /* What the markers gave; marking_count 0: the package does not say. */
  size_t marking_count;
  wuji_marking *markings; /* ascending by row, item, round; each at most once */
  uint32_t marker_count;
  wuji_str *markers; /* ascending by bytes, each once */
} wuji_paper;

/** The exam's total, as tables.md defines it; made by wuji_cohort_seal(). */
typedef struct wuji_total {
  uint32_t units; /* coarsest common step of the in_total papers: units a mark */
  wuji_decimal
      full;        /* the full mark in marks, given or the largest sum of maxima (0 when no one takes any) */
  uint8_t *status; /* row_count × wuji_attendance */
  int32_t *raw;    /* row_count, units of the total; 0 unless present */
} wuji_total;

typedef struct wuji_cohort {
  wuji_arena arena; /* owns everything below */
  wuji_plan plan;

  uint32_t row_count;
  wuji_str *student_id;
  wuji_str *person_id;  /* equals student_id where not given */
  wuji_str *name, *sex; /* null where empty */
  wuji_str
      *attributes; /* a JSON object of the further columns (empty cells left out), null where there is none */
  uint8_t *counted;   /* 0 or 1 */
  int32_t *own_class; /* class node */
  uint32_t counted_count;

  int32_t node_count;
  wuji_node *nodes;

  uint32_t paper_count;
  wuji_paper *papers; /* in the package's order */
  wuji_total total;

  uint32_t prior_count;
  wuji_str *prior_names; /* in the file's order */
  double *priors; /* prior_count × row_count, one prior after the other, matrix order; NaN: not given */
} wuji_cohort;

/** The codes of a mark of `width` bytes for what is no mark: a present candidate's blank, and whole rows of
 * absent, void or not taken. They are the type's largest value and the three below it, in this order. */
typedef enum { WUJI_CODE_BLANK, WUJI_CODE_ABSENT, WUJI_CODE_VOID, WUJI_CODE_NOT_TAKEN } wuji_code;
static inline uint32_t wuji_mark_code(uint8_t width, wuji_code code) {
  return (width == 4 ? UINT32_MAX : (UINT32_C(1) << (8 * width)) - 1) - (uint32_t)code;
}

/** The narrowest width whose codes lie above `max` units. */
uint8_t wuji_mark_width(uint32_t max);

/** Mark of `row` on `item` in units or as a code. */
uint32_t wuji_paper_mark(const wuji_paper *paper, uint32_t row, uint32_t item);

/** Code of what `row` chose on choice `choice` of the paper. */
uint32_t wuji_paper_chosen(const wuji_paper *paper, uint32_t row, uint32_t choice);

/** Order of a paper's markings: by row, item, round. */
static inline int wuji_marking_compare(const wuji_marking *a, const wuji_marking *b) {
  if (a->row != b->row) return a->row < b->row ? -1 : 1;
  if (a->item != b->item) return a->item < b->item ? -1 : 1;
  return (a->round > b->round) - (a->round < b->round);
}

/** Rows of `node` on `paper` as positions in the paper's order (`paper` NULL: the total, own classes). */
static inline wuji_slice wuji_paper_slice(const wuji_cohort *cohort, const wuji_paper *paper, int32_t node) {
  return paper != NULL && paper->node_slice != NULL ? paper->node_slice[node] : cohort->nodes[node].rows;
}

/** The row at `position` of the paper's order. */
static inline uint32_t wuji_paper_row(const wuji_paper *paper, uint32_t position) {
  return paper != NULL && paper->order != NULL ? paper->order[position] : position;
}

/** Whether `node` has rows in the tables of `paper` (NULL: the total): every node but a mere teaching class
 * that the paper does not name. Valid after sealing. */
bool wuji_node_on_paper(const wuji_cohort *cohort, const wuji_paper *paper, int32_t node);

/** The class node of `row` on `paper` (NULL: the total, the own class). */
static inline int32_t wuji_class_on_paper(const wuji_cohort *cohort, const wuji_paper *paper, uint32_t row) {
  return paper != NULL && paper->class_node != NULL ? paper->class_node[row] : cohort->own_class[row];
}

enum { WUJI_STANDING_BYTES = 34 }; /* a candidate's standing on a paper, as it is stored */

/** Candidates a stored chunk holds, the same for every paper: as many as fill a database page (8 KiB) with
 * their marks on the widest paper, or with their standings where those are wider. At least 1. Row r lies in
 * chunk r / n at slot r % n. */
uint32_t wuji_cohort_chunk_rows(const wuji_cohort *cohort);

/** Empty cohort on the heap; NULL when memory is out. */
wuji_cohort *wuji_cohort_new(void);
void wuji_cohort_free(wuji_cohort *cohort); /* NULL is good */

/* Building the tree
 * -------------------------------------------------------------------------------------------- */

/** Unescaped names from the province to the class, none empty. */
typedef struct wuji_seat_path {
  wuji_str level[WUJI_LEVELS];
} wuji_seat_path;

/** A candidate as the roster names him, before rows exist. Everything borrowed until wuji_cohort_seat()
 * returns. */
typedef struct wuji_seat {
  wuji_str student_id;
  const wuji_seat_path *path; /* his own; neighbours may share it */
} wuji_seat;

/** A teaching class named by a paper: a class of the school of candidate `seat`. */
typedef struct wuji_teaching_class {
  uint32_t seat;
  wuji_str name;
  int32_t node; /* out: its node */
} wuji_teaching_class;

/** Sorts the seats into rows, makes all nodes (own paths and teaching classes) and fills row_count,
 * student_id, own_class, node_count and nodes (all but `candidates`). `row_of_seat` (seat_count) gets each
 * seat's row. Names and ids are copied into the arena. More than WUJI_MOST_ROWS seats: WUJI_REJECTED. */
WUJI_CHECKED wuji_status wuji_cohort_seat(wuji_cohort *cohort, const wuji_seat *seats, uint32_t seat_count,
                                          wuji_teaching_class *classes, uint32_t class_count,
                                          uint32_t *row_of_seat, wuji_error *error);

/** Last step of building, once everything else is filled: counts candidates, sums each paper's raw, orders
 * papers by teaching class, says which options are listed, makes the total. Where a candidate's total lies
 * above the given [total] full_mark, or a full mark is above WUJI_MOST_UNITS: WUJI_REJECTED with a message;
 * `*bad_row` (nullable) is the first such row or UINT32_MAX. */
WUJI_CHECKED wuji_status wuji_cohort_seal(wuji_cohort *cohort, uint32_t threads, uint32_t *bad_row,
                                          wuji_error *error);

/** Whether every invariant stated above holds; for tests. On false `error` says which does not. */
bool wuji_cohort_valid(const wuji_cohort *cohort, wuji_error *error);

#endif
