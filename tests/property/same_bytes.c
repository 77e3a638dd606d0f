/* Results depend on what the package says, not on the order of its rows, its line ends or the number of
 * threads. */
#include "outcome.h"
#include "random_exam.h"

#include <criterion/criterion.h>

static void expect_same_files(const char *package_a, uint32_t threads_a, const char *package_b,
                              uint32_t threads_b, const char *what) {
  char difference[1024] = "";
  test_folder a = outcome_files(package_a, threads_a);
  test_folder b = outcome_files(package_b, threads_b);
  cr_expect(test_same_folders(a.path, b.path, difference, sizeof difference), "%s: %s", what, difference);
  test_folder_remove(&a);
  test_folder_remove(&b);
}

static test_folder generated(const char *scale, uint64_t seed) {
  test_folder folder = test_folder_make();
  wuji_error error = {0};
  wuji_gen_options options = {.scale = scale, .seed = seed};
  cr_assert_eq(wuji_gen(folder.path, &options, &error), WUJI_OK, "%s", error.message);
  return folder;
}

Test(same_bytes, one_to_eight_threads_write_the_same_files, .timeout = 600) {
  test_folder package = generated("0.005", 1);
  for (uint32_t threads = 2; threads <= 8; threads++)
    expect_same_files(package.path, 1, package.path, threads, "threads");
  test_folder_remove(&package);
}

Test(same_bytes, the_order_of_rows_and_columns_is_of_no_account, .timeout = 600) {
  for (uint64_t seed = 1; seed <= 12; seed++) {
    random_exam *exam = random_exam_make(seed);
    test_folder plain = test_folder_make();
    random_exam_write(exam, &(dress){0}, &plain);
    for (uint64_t order = 1; order <= 3; order++) {
      test_folder shuffled = test_folder_make();
      random_exam_write(exam, &(dress){.order = seed * 100 + order}, &shuffled);
      expect_same_files(plain.path, 1, shuffled.path, (uint32_t)(order + seed) % 8 + 1, "order");
      test_folder_remove(&shuffled);
    }
    test_folder_remove(&plain);
    random_exam_free(exam);
  }
}

Test(same_bytes, a_byte_order_mark_and_carriage_returns_are_of_no_account) {
  random_exam *exam = random_exam_make(77);
  test_folder plain = test_folder_make();
  test_folder windows = test_folder_make();
  random_exam_write(exam, &(dress){0}, &plain);
  random_exam_write(exam, &(dress){.windows = true}, &windows);
  expect_same_files(plain.path, 2, windows.path, 2, "line ends");
  test_folder_remove(&plain);
  test_folder_remove(&windows);
  random_exam_free(exam);
}
