/* The header of a table: which column is what. */
#ifndef WUJI_INGEST_HEADER_H
#define WUJI_INGEST_HEADER_H

#include "ingest/notes.h"
#include "text/csv.h"

typedef enum { WUJI_STUDENTS, WUJI_ITEMS, WUJI_SCORES, WUJI_OPTIONS, WUJI_MARKS, WUJI_PRIORS } wuji_table_of;

/* Roles of the tables' columns; one enum, for some tables share them. */
typedef enum wuji_role {
  WUJI_ROLE_STUDENT_ID,
  WUJI_ROLE_PERSON_ID,
  WUJI_ROLE_NAME,
  WUJI_ROLE_SEX,
  WUJI_ROLE_PROVINCE, /* the levels in the order of wuji_level_names */
  WUJI_ROLE_CITY,
  WUJI_ROLE_COUNTY,
  WUJI_ROLE_SCHOOL,
  WUJI_ROLE_CLASS,
  WUJI_ROLE_COUNTED,
  WUJI_ROLE_ITEM,
  WUJI_ROLE_MAX,
  WUJI_ROLE_KIND,
  WUJI_ROLE_KEY,
  WUJI_ROLE_OPTIONS,
  WUJI_ROLE_POINTS,
  WUJI_ROLE_ABILITY,
  WUJI_ROLE_DIFFICULTY,
  WUJI_ROLE_COLUMN,
  WUJI_ROLE_STATUS,
  WUJI_ROLE_TEACHER,
  WUJI_ROLE_TOTAL,
  WUJI_ROLE_ROUND,
  WUJI_ROLE_MARKER,
  WUJI_ROLE_MARK,
  WUJI_ROLE_SECONDS,
  WUJI_ROLES
} wuji_role;

#define WUJI_NO_COLUMN UINT32_MAX

typedef struct wuji_header {
  uint64_t line;
  uint32_t column_count;
  wuji_str *names;             /* as written, trimmed */
  wuji_str *folded;            /* NFKC, trimmed */
  wuji_str *plain;             /* wuji_fold_name() */
  wuji_role *role;             /* WUJI_ROLES: none of the table's */
  uint32_t column[WUJI_ROLES]; /* first column of a role, WUJI_NO_COLUMN */
} wuji_header;

/** Reads the header record; text goes to `arena`. Roles that two columns claim are noted. */
WUJI_CHECKED wuji_status wuji_header_read(wuji_header *header, wuji_table_of table, const wuji_csv *csv,
                                          const wuji_record *record, uint32_t file, wuji_arena *arena,
                                          wuji_notes *notes, wuji_error *error);

/** The column whose header is `name`: as NFKC gives both, else without regard to the case of ASCII letters;
 *  WUJI_NO_COLUMN if there is none. `folded` is wuji_fold() of the name. */
uint32_t wuji_header_find(const wuji_header *header, wuji_str folded);

/** Notes that a column of the role is missing; false then. */
bool wuji_header_require(const wuji_header *header, wuji_role role, const char *name, uint32_t file,
                         wuji_notes *notes);

#endif
