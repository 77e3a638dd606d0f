/* How column headers and other names of a form are compared. */
#ifndef WUJI_TEXT_FOLD_H
#define WUJI_TEXT_FOLD_H

#include "base/arena.h"

/** `text` (well-formed UTF-8) in NFKC, so that full-width forms become the usual ones, and trimmed; in
 * `arena`. `ptr` is NULL when memory is out. */
wuji_str wuji_fold(wuji_arena *arena, wuji_str text);

/** wuji_fold() with ASCII letters lowered and blanks, '_' and '-' left out: "Student ID" and student_id are
 * one name. */
wuji_str wuji_fold_name(wuji_arena *arena, wuji_str text);

/** Equal but for the case of ASCII letters. */
bool wuji_same_ascii(wuji_str a, const char *lower);

#endif
