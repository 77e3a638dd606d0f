/* Which instructions loops may use: the one place where the processor is asked.
 *
 * A loop that has faster forms looks here at every call (a load and a compare) and falls back to its plain
 * form. Elsewhere than on x86-64 there is the plain form only. */
#ifndef WUJI_BASE_ISA_H
#define WUJI_BASE_ISA_H

#include <stdbool.h>

/** Each has all of those before it. */
typedef enum wuji_isa_level {
  WUJI_ISA_BASELINE, /* what the compiler takes for granted: SSE2 on x86-64 */
  WUJI_ISA_AVX2,     /* with popcnt and bmi2 */
  WUJI_ISA_AVX512    /* f, bw, dq, vl */
} wuji_isa_level;

/** The level in force: the machine's, or the lower one that the environment's WUJI_ISA (baseline, avx2,
 * avx512; anything else is as if unset) or wuji_isa_limit() allows. The machine and the environment are asked
 * once, at the first call; any thread. */
wuji_isa_level wuji_isa(void);

/** Whether single bytes can be permuted across a vector (avx512 with vbmi). Only at WUJI_ISA_AVX512. */
bool wuji_isa_has_vbmi(void);

/** Whether chosen bytes of a vector can be packed (avx512 with vbmi2). Only at WUJI_ISA_AVX512. */
bool wuji_isa_has_vbmi2(void);

/** Whether products of bytes can be added up in 32 bits at once (avx512 with vnni). Only at WUJI_ISA_AVX512.
 */
bool wuji_isa_has_vnni(void);

/** For tests, to hold the forms of a loop against each other: from here on no more than `most`, nor than the
 * machine has. Returns what is then in force. Not while other threads compute. */
wuji_isa_level wuji_isa_limit(wuji_isa_level most);

#endif
