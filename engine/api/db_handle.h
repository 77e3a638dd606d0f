/* What a wuji_db holds, shared inside the room. */
#ifndef WUJI_API_DB_HANDLE_H
#define WUJI_API_DB_HANDLE_H

#include "api/exam_handle.h"
#include "store/store.h"

struct wuji_db {
  wuji_store *store;
};

/** The claim by which `exam` is stored. `statistics`: whether with its tables. Borrows from the exam. */
WUJI_CHECKED wuji_status wuji_exam_claim(const wuji_db *db, const wuji_exam *exam, bool statistics,
                                         bool replace, wuji_claim *claim, wuji_error *error);

#endif
