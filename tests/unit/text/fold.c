#include "text/fold.h"

#include <criterion/criterion.h>

static void folds(const char *text, const char *folded, const char *name) {
  wuji_arena arena = {0};
  wuji_str a = wuji_fold(&arena, wuji_str_of(text));
  wuji_str b = wuji_fold_name(&arena, wuji_str_of(text));
  cr_expect(wuji_str_is(a, folded), "%s: <%.*s>", text, (int)a.len, a.ptr);
  cr_expect(wuji_str_is(b, name), "%s: <%.*s>", text, (int)b.len, b.ptr);
  wuji_arena_dispose(&arena);
}

Test(fold, full_width_forms_become_the_usual_ones) {
  folds("ＳＴＵＤＥＮＴ＿ＩＤ", "STUDENT_ID", "studentid");
  folds("县（市、区）", "县(市、区)", "县(市、区)");
  folds("第１题", "第1题", "第1题");
}

Test(fold, blanks_and_case_do_not_matter_in_a_name) {
  folds("  Student ID　", "Student ID", "studentid");
  folds("student-id", "student-id", "studentid");
  folds("", "", "");
}

Test(fold, ascii_case_is_told_from_other_letters) {
  cr_expect(wuji_same_ascii(wuji_str_of("ABSENT"), "absent"));
  cr_expect_not(wuji_same_ascii(wuji_str_of("absen"), "absent"));
  cr_expect_not(wuji_same_ascii(wuji_str_of("absents"), "absent"));
  cr_expect_not(wuji_same_ascii(WUJI_NO_STR, "absent"));
}
