/* Criterion tells its runner of every assertion, passed or not, and the runner keeps them all. In loops over
 * thousands of values that costs more than what is tested: these tell failures only. */
#ifndef WUJI_TESTS_QUIET_H
#define WUJI_TESTS_QUIET_H

#include <criterion/criterion.h>

#define quiet_assert(condition, ...)                                                                         \
  do {                                                                                                       \
    if (!(condition)) cr_assert_fail(__VA_ARGS__);                                                           \
  } while (0)

#define quiet_expect(condition, ...)                                                                         \
  do {                                                                                                       \
    if (!(condition)) cr_expect_fail(__VA_ARGS__);                                                           \
  } while (0)

#endif
