/* Invented packages: what candidates chose agrees with what they got for it, and everybody may have a past.
 */
#include "ingest_maker.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

static bool is_key(const wuji_choice *choice, uint32_t code) {
  return choice->options[code].is_key;
}

/* The right option gives the full mark and no other one does; none chosen is a blank. */
static void expect_agreement(const wuji_cohort *cohort, const wuji_paper *paper) {
  uint32_t blank = wuji_mark_code(paper->width, WUJI_CODE_BLANK);
  uint32_t odd = 0;
  uint32_t right = 0;
  for (uint32_t c = 0; c < paper->choice_count; c++) {
    const wuji_choice *choice = &paper->choices[c];
    for (uint32_t r = 0; r < cohort->row_count; r++) {
      if (paper->status[r] != WUJI_PRESENT) continue;
      uint32_t mark = wuji_paper_mark(paper, r, choice->item);
      uint32_t code = wuji_paper_chosen(paper, r, c);
      odd += is_key(choice, code) != (mark == paper->items[choice->item].max);
      odd += (code == 0) != (mark == blank);
      right += is_key(choice, code);
    }
  }
  cr_expect_eq(odd, 0, "%s: %u", paper->code.ptr, odd);
  cr_expect_gt(right, 0);
}

Test(invented, chosen_options_agree_with_marks_and_priors_are_found) {
  sample s = {.folder = test_folder_make()};
  wuji_error error = {0};
  char *folder = test_path(&s.folder, "gen");
  wuji_gen_options options = {.scale = "0.003", .seed = 5};
  cr_assert_eq(wuji_gen(folder, &options, &error), WUJI_OK, "%s", error.message);
  cr_assert_eq(wuji_ingest(folder, NULL, &s.cohort, &s.findings, &error), WUJI_OK, "%s", error.message);
  cr_expect_eq(s.findings.warning_count, 0);
  cr_expect(wuji_cohort_valid(s.cohort, &error), "%s", error.message);
  for (uint32_t p = 0; p < s.cohort->paper_count; p++) {
    cr_expect_gt(s.cohort->papers[p].choice_count, 0);
    expect_agreement(s.cohort, &s.cohort->papers[p]);
  }
  cr_expect_eq(s.cohort->prior_count, 4);
  uint32_t known = 0;
  for (uint32_t r = 0; r < s.cohort->row_count; r++) known += isnan(s.cohort->priors[r]) ? 0 : 1;
  cr_expect_gt(known, s.cohort->row_count / 2);
  free(folder);
  sample_dispose(&s);
}
