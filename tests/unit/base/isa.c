/* The level of instructions in force. */
#include "base/isa.h"

#include <criterion/criterion.h>
#include <stdlib.h>

Test(isa, a_limit_lowers_the_level_and_never_raises_it_above_the_machine) {
  wuji_isa_level machine = wuji_isa_limit(WUJI_ISA_AVX512);
  for (int most = WUJI_ISA_BASELINE; most <= WUJI_ISA_AVX512; most++) {
    wuji_isa_level expected = most < (int)machine ? (wuji_isa_level)most : machine;
    cr_assert_eq(wuji_isa_limit((wuji_isa_level)most), expected);
    cr_assert_eq(wuji_isa(), expected);
    if (expected < WUJI_ISA_AVX512)
      cr_assert(!wuji_isa_has_vbmi() && !wuji_isa_has_vbmi2() && !wuji_isa_has_vnni());
  }
}

Test(isa, the_environment_lowers_the_level) {
  cr_assert_eq(setenv("WUJI_ISA", "baseline", 1), 0);
  cr_assert_eq(wuji_isa(), WUJI_ISA_BASELINE);
}
