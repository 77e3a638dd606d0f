#include "text/ini.h"

#include "text_maker.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

/* Entries as "line[section]key=value", faults as "line!name", all joined by spaces. */
static void reads(const char *text, size_t len, const char *expected) {
  wuji_arena arena = {0};
  wuji_ini ini;
  char all[4096] = "";
  size_t at = 0;
  cr_assert_eq(wuji_ini_read((wuji_str){text, (uint32_t)len}, &arena, &ini, NULL), WUJI_OK);
  for (uint32_t e = 0; e < ini.entry_count; e++) {
    const wuji_ini_entry *entry = &ini.entries[e];
    at += (size_t)snprintf(all + at, sizeof all - at, "%s%llu[%.*s]", at == 0 ? "" : " ",
                           (unsigned long long)entry->line, (int)entry->section.len, entry->section.ptr);
    if (entry->key.ptr == NULL) continue;
    at += (size_t)snprintf(all + at, sizeof all - at, "%.*s=%.*s", (int)entry->key.len, entry->key.ptr,
                           (int)entry->value.len, entry->value.ptr);
  }
  for (uint32_t f = 0; f < ini.fault_count; f++) {
    at += (size_t)snprintf(all + at, sizeof all - at, "%s%llu!%s", at == 0 ? "" : " ",
                           (unsigned long long)ini.faults[f].line, fault_name(ini.faults[f].kind));
  }
  cr_expect_str_eq(all, expected, "%s: <%s>, not <%s>", text, all, expected);
  wuji_arena_dispose(&arena);
}

static void reads_text(const char *text, const char *expected) {
  reads(text, strlen(text), expected);
}

Test(ini, sections_and_keys_are_told_with_their_lines) {
  reads_text("[exam]\ncode = m1\n\n[paper 数学]\nname=数学",
             "1[exam] 2[exam]code=m1 4[paper 数学] 5[paper 数学]name=数学");
}

Test(ini, a_section_without_keys_is_told_too) {
  reads_text("[a]\n[b]\n", "1[a] 2[b]");
}

Test(ini, comments_begin_a_line_or_follow_a_blank) {
  reads_text("; one\n# two\n[a] ; three\nk = v ; four\nu = a;b\nn = 5 # no\n",
             "3[a] 4[a]k=v 5[a]u=a;b 6[a]n=5 # no");
}

Test(ini, crlf_is_good) {
  reads_text("[a]\r\nk = v\r\n", "1[a] 2[a]k=v");
}

Test(ini, a_byte_order_mark_is_a_character_of_a_key) {
  reads_text("\xEF\xBB\xBFk = v\n[a]\n", "1[]\xEF\xBB\xBFk=v 2[a]");
  reads_text("[a]\n\xEF\xBB\xBFk = v\n", "1[a] 2[a]\xEF\xBB\xBFk=v");
}

Test(ini, an_indented_key_is_a_key) {
  reads_text("[a]\n  k = v\n\tl = w\n", "1[a] 2[a]k=v 3[a]l=w");
}

Test(ini, a_value_may_hold_colons_and_equals_signs) {
  reads_text("[a]\nk = EXAM:PAPER = x\n", "1[a] 2[a]k=EXAM:PAPER = x");
}

Test(ini, long_names_and_values_are_whole) {
  char text[3000];
  char expected[6000];
  char name[1001];
  memset(name, 'n', 1000);
  name[1000] = '\0';
  (void)snprintf(text, sizeof text, "[line %s]\nk = %s", name, name);
  (void)snprintf(expected, sizeof expected, "1[line %s] 2[line %s]k=%s", name, name, name);
  reads_text(text, expected);
}

Test(ini, broken_lines_are_faults_and_the_rest_is_read) {
  reads_text("[a\nx\n= 5\n[]\n[b] y\n[c]\nk = v\n",
             "6[c] 7[c]k=v 1!syntax 2!syntax 3!syntax 4!syntax 5!syntax");
}

Test(ini, a_section_or_key_again_is_a_fault) {
  reads_text("[a]\nk = 1\nk = 2\n[b]\nk = 3\n[a]\nl = 4\n",
             "1[a] 2[a]k=1 3[a]k=2 4[b] 5[b]k=3 6[a] 7[a]l=4 3!duplicate 6!duplicate");
}

Test(ini, undecodable_bytes_and_nul_are_faults) {
  reads("[a]\nk = \xD6\xD0\nl = \0\nm = 1", 22, "1[a] 4[a]m=1 2!undecodable 3!nul");
}
