/* The tree of a synthetic exam: cities, counties and schools, how many candidates each school has and how
 * good it is. */
#ifndef WUJI_GEN_WORLD_H
#define WUJI_GEN_WORLD_H

#include "base/arena.h"
#include "base/decimal.h"

typedef struct wuji_gen_school {
  const char *city, *county, *name;
  uint32_t city_number, county_number; /* from 1: the city, the county in its city */
  uint32_t number;                     /* from 1: the school in its county */
  uint32_t index;                      /* from 0 in the whole world */
  uint32_t first, candidates;          /* its candidates are first … first + candidates */
  uint32_t classes;
  bool urban;
  int32_t intake; /* fx: what city, county and school add to what candidates bring along */
  int32_t gain;   /* fx: what the school adds by its own work, the value-added */
} wuji_gen_school;

typedef struct wuji_gen_world {
  uint64_t seed;
  uint32_t candidates;
  uint32_t school_count;
  wuji_gen_school *schools; /* city by city, county by county */
  wuji_arena arena;
} wuji_gen_world;

/** Lays out the world of that scale. Scale 1: 300,000 candidates, 11 cities, 90 counties, 400 schools;
 * schools and candidates grow with the scale, cities and counties with its square root. WUJI_USAGE: no
 * candidate, or more than 8,000,000. */
WUJI_CHECKED wuji_status wuji_gen_world_init(wuji_gen_world *world, const char *scale, uint64_t seed,
                                             wuji_error *error);
void wuji_gen_world_dispose(wuji_gen_world *world);

/** A candidate as he walks into every paper. */
typedef struct wuji_gen_candidate {
  uint32_t index;
  uint32_t class_number; /* from 1 */
  bool counted;
  bool absent;    /* from all papers */
  int32_t intake; /* fx, sd about 0.78: what he brought along, what priors measure */
  int32_t gain;   /* fx, sd about 0.63: what came since; the general ability is the sum */
} wuji_gen_candidate;

/** Candidate `index` of `school`. */
wuji_gen_candidate wuji_gen_candidate_at(const wuji_gen_world *world, const wuji_gen_school *school,
                                         uint32_t index);

/** The candidate's ability in the subject of a paper (fx, about standard normal), `*own` what is particular
 * to it. */
int32_t wuji_gen_ability(const wuji_gen_world *world, const wuji_gen_candidate *candidate, uint32_t paper,
                         int32_t *own);

#endif
