/* Names as they could stand in a Chinese province, made from syllables. No real place is meant. */
#ifndef WUJI_GEN_NAMES_H
#define WUJI_GEN_NAMES_H

#include <stddef.h>
#include <stdint.h>

enum { WUJI_GEN_NAME = 64 }; /* bytes that hold any of these names and a NUL */

/** City `number` (from 0); different numbers below 1,000 have different names. `seed` shuffles them. */
void wuji_gen_city_name(uint64_t seed, uint32_t number, char name[WUJI_GEN_NAME]);

/** The stem of a county's name (two syllables), likewise; and the whole name. */
void wuji_gen_county_stem(uint64_t seed, uint32_t number, char stem[WUJI_GEN_NAME]);
void wuji_gen_county_name(const char *stem, uint64_t bits, char name[WUJI_GEN_NAME]);

/** School `number` (from 0) of a county; the names of one county differ. Some carry no place at all, so that
 * several counties have a school of the same name. */
void wuji_gen_school_name(const char *stem, uint32_t number, uint64_t bits, char name[WUJI_GEN_NAME]);

/** A person's name of two or three characters. */
void wuji_gen_person_name(uint64_t bits, int female, char name[WUJI_GEN_NAME]);

#endif
