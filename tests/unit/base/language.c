#include "base/language.h"
#include "base/status.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <string.h>

Test(language, english_is_what_stands_in_the_code) {
  const char *text = "the file is empty";
  cr_assert_eq(wuji_in_language(text), text);
  cr_assert_eq(wuji_get_language(), WUJI_ENGLISH);
}

Test(language, a_message_is_said_in_chinese) {
  wuji_set_language(WUJI_CHINESE);
  cr_assert_str_eq(wuji_in_language("the file is empty"), "文件是空的");
  cr_assert_str_eq(wuji_status_text(WUJI_CONFLICT), "冲突");
  cr_assert_str_eq(wuji_reason(EACCES), "没有权限");
  wuji_set_language(WUJI_ENGLISH);
  cr_assert_str_eq(wuji_status_text(WUJI_CONFLICT), "conflict");
}

Test(language, a_failure_takes_its_arguments_in_the_places_of_the_translation) {
  wuji_error error;
  wuji_set_language(WUJI_CHINESE);
  (void)!wuji_fail(&error, WUJI_REJECTED, "total %s is not the sum %s of the items", "7", "8");
  cr_assert_str_eq(error.message, "总分 7 不等于各小题之和 8");
}

Test(language, what_nobody_has_translated_stays_english) {
  wuji_set_language(WUJI_CHINESE);
  const char *text = "a text that is in no catalogue";
  cr_assert_eq(wuji_in_language(text), text);
}
