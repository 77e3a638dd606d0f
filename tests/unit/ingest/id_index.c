#include "ingest/id_index.h"

#include <criterion/criterion.h>
#include <stdio.h>

enum { IDS = 5000 };

Test(id_index, a_guess_by_the_hash_alone_is_the_place_of_an_id_that_is_there) {
  static char texts[IDS][16];
  static wuji_str ids[IDS];
  wuji_id_index index = {0};
  wuji_error error = {0};
  cr_assert_eq(wuji_id_index_init(&index, ids, sizeof *ids, IDS, &error), WUJI_OK);
  for (uint32_t i = 0; i < IDS; i++) {
    ids[i] = (wuji_str){texts[i], (uint32_t)snprintf(texts[i], sizeof texts[i], "2026%05u", 7 * i)};
    cr_assert_eq(wuji_id_index_add(&index, i), WUJI_NO_ID);
  }
  for (uint32_t i = 0; i < IDS; i++) {
    cr_expect_eq(wuji_id_index_guess(&index, wuji_id_index_approach(&index, ids[i])), i);
    cr_expect_eq(wuji_id_index_find(&index, ids[i]), i);
  }
  wuji_str stranger = wuji_str_of("nobody");
  cr_expect_eq(wuji_id_index_guess(&index, wuji_id_index_approach(&index, stranger)), WUJI_NO_ID);
  cr_expect_eq(wuji_id_index_find(&index, stranger), WUJI_NO_ID);
  wuji_id_index_dispose(&index);
}
