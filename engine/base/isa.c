#include "base/isa.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Level and flags in one word, so that whoever finds it set finds it whole. Two threads that ask first both
 * write the same. */
enum { LEVEL = 3, VBMI = 4, VNNI = 8, VBMI2 = 16, ASKED = 32 };

static _Atomic unsigned in_force;

static unsigned of_machine(void) {
#if defined __x86_64__ && (defined __GNUC__ || defined __clang__)
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi2") || !__builtin_cpu_supports("popcnt"))
    return WUJI_ISA_BASELINE;
  if (!__builtin_cpu_supports("avx512f") || !__builtin_cpu_supports("avx512bw") ||
      !__builtin_cpu_supports("avx512dq") || !__builtin_cpu_supports("avx512vl"))
    return WUJI_ISA_AVX2;
  unsigned found = WUJI_ISA_AVX512;
  if (__builtin_cpu_supports("avx512vbmi")) found |= VBMI;
  if (__builtin_cpu_supports("avx512vbmi2")) found |= VBMI2;
  if (__builtin_cpu_supports("avx512vnni")) found |= VNNI;
  return found;
#else
  return WUJI_ISA_BASELINE;
#endif
}

static unsigned limited(unsigned found, wuji_isa_level most) {
  return (found & LEVEL) <= (unsigned)most ? found : (unsigned)most;
}

static wuji_isa_level of_environment(void) {
  const char *name = getenv("WUJI_ISA");
  if (name != NULL && strcmp(name, "baseline") == 0) return WUJI_ISA_BASELINE;
  if (name != NULL && strcmp(name, "avx2") == 0) return WUJI_ISA_AVX2;
  return WUJI_ISA_AVX512;
}

static unsigned look(void) {
  unsigned found = atomic_load_explicit(&in_force, memory_order_relaxed);
  if (found == 0) {
    found = limited(of_machine(), of_environment()) | ASKED;
    atomic_store_explicit(&in_force, found, memory_order_relaxed);
  }
  return found;
}

wuji_isa_level wuji_isa(void) {
  return (wuji_isa_level)(look() & LEVEL);
}

bool wuji_isa_has_vbmi(void) {
  return (look() & VBMI) != 0;
}

bool wuji_isa_has_vbmi2(void) {
  return (look() & VBMI2) != 0;
}

bool wuji_isa_has_vnni(void) {
  return (look() & VNNI) != 0;
}

wuji_isa_level wuji_isa_limit(wuji_isa_level most) {
  atomic_store_explicit(&in_force, limited(of_machine(), most) | ASKED, memory_order_relaxed);
  return wuji_isa();
}
