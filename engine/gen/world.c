#include "gen/world.h"

#include <stdio.h>

#include "gen/names.h"
#include "gen/random.h"

enum {
  CANDIDATES = 300000, /* at scale 1 */
  CITIES = 11,
  COUNTIES = 90,
  SCHOOLS = 400,
  MOST_CANDIDATES = 8000000,
  CLASS_TENTHS = 375 /* candidates a class, in tenths */
};

/** floor(√x) */
static uint64_t square_root(uint64_t x) {
  uint64_t root = 0;
  for (uint64_t bit = UINT64_C(1) << 31; bit > 0; bit >>= 1) {
    if ((root + bit) * (root + bit) <= x) root += bit;
  }
  return root;
}

typedef struct sizes {
  uint32_t candidates, cities, counties, schools;
} sizes;

/** `unit`·scale, rounded. */
static uint64_t scaled(uint64_t unit, wuji_decimal scale) {
  return (unit * (uint64_t)scale.num + (uint64_t)scale.den / 2) / (uint64_t)scale.den;
}

static uint32_t within(uint64_t value, uint64_t least, uint64_t most) {
  if (value > most) value = most;
  if (value < least) value = least;
  return (uint32_t)value;
}

static wuji_status size_world(const char *scale, sizes *size, wuji_error *error) {
  wuji_decimal factor;
  if (scale == NULL) scale = "";
  if (!wuji_decimal_read(wuji_str_of(scale), &factor)) {
    return wuji_fail(error, WUJI_USAGE, "the scale must be a decimal such as 0.01 or 1 (%s)", scale);
  }
  uint64_t most_num = (uint64_t)factor.den * (MOST_CANDIDATES / CANDIDATES + 1);
  uint64_t candidates = (uint64_t)factor.num > most_num ? MOST_CANDIDATES + 1 : scaled(CANDIDATES, factor);
  if (candidates == 0) return wuji_fail(error, WUJI_USAGE, "scale %s makes no candidate", scale);
  if (candidates > MOST_CANDIDATES) {
    return wuji_fail(error, WUJI_USAGE, "scale %s makes more than %d candidates", scale, MOST_CANDIDATES);
  }
  uint64_t square = 100; /* hundredfold, so that small scales round well */
  uint32_t schools = within(scaled(SCHOOLS, factor), 2, MOST_CANDIDATES);
  uint32_t counties =
      within(square_root(scaled(square * COUNTIES * COUNTIES, factor)) / 10, 2, (schools + 1) / 2);
  uint32_t cities = within(square_root(scaled(square * CITIES * CITIES, factor)) / 10, 1, (counties + 1) / 2);
  *size = (sizes){(uint32_t)candidates, cities, counties, schools};
  return WUJI_OK;
}

/** Where part `i` of `parts` begins when `whole` is dealt out evenly. */
static uint32_t share_begin(uint32_t whole, uint32_t i, uint32_t parts) {
  return (uint32_t)((uint64_t)whole * i / parts);
}

static const char *keep(wuji_gen_world *world, const char *name) {
  return wuji_arena_copy(&world->arena, wuji_str_of(name)).ptr;
}

/** Names and effects of one county's schools [first, last). */
static bool found_county(wuji_gen_world *world, uint32_t county, const wuji_gen_school *like, uint32_t first,
                         uint32_t last) {
  char stem[WUJI_GEN_NAME];
  char name[WUJI_GEN_NAME];
  uint64_t place = wuji_gen_place(world->seed, WUJI_DRAW_COUNTY, county);
  wuji_gen_county_stem(world->seed, county, stem);
  wuji_gen_county_name(stem, wuji_gen_bits(place, 100), name);
  const char *county_name = keep(world, name);
  if (county_name == NULL) return false;
  int32_t county_intake = like->intake + wuji_fx_times(wuji_gen_normal(place, 0), wuji_fx(20));
  for (uint32_t s = first; s < last; s++) {
    uint64_t at = wuji_gen_place(world->seed, WUJI_DRAW_SCHOOL, s);
    wuji_gen_school_name(stem, s - first, wuji_gen_bits(at, 100), name);
    wuji_gen_school *school = &world->schools[s];
    *school = *like;
    school->county = county_name;
    school->name = keep(world, name);
    if (school->name == NULL) return false;
    school->number = s - first + 1;
    school->index = s;
    /* The county's first school takes the best of its middle schools. */
    int32_t selection = wuji_gen_normal(at, 0) + (s == first ? wuji_fx(100) : -wuji_fx(20));
    school->urban = (s - first) % 2 == 0 || wuji_gen_below(wuji_gen_bits(at, 101), 3) == 0;
    school->intake =
        county_intake + wuji_fx_times(selection, wuji_fx(36)) + (school->urban ? wuji_fx(5) : -wuji_fx(10));
    school->gain = wuji_fx_times(wuji_gen_normal(at, 1), wuji_fx(18));
  }
  return true;
}

static bool found_schools(wuji_gen_world *world, const sizes *size) {
  for (uint32_t city = 0; city < size->cities; city++) {
    char name[WUJI_GEN_NAME];
    wuji_gen_city_name(world->seed, city, name);
    wuji_gen_school like = {.city = keep(world, name), .city_number = city + 1};
    if (like.city == NULL) return false;
    like.intake =
        wuji_fx_times(wuji_gen_normal(wuji_gen_place(world->seed, WUJI_DRAW_CITY, city), 0), wuji_fx(15));
    uint32_t end = share_begin(size->counties, city + 1, size->cities);
    for (uint32_t county = share_begin(size->counties, city, size->cities); county < end; county++) {
      like.county_number++;
      uint32_t first = share_begin(size->schools, county, size->counties);
      uint32_t last = share_begin(size->schools, county + 1, size->counties);
      if (!found_county(world, county, &like, first, last)) return false;
    }
  }
  return true;
}

/** Candidates over schools by weight: the largest has six times those of the smallest. */
static void seat_candidates(wuji_gen_world *world) {
  uint64_t all = 0;
  for (int pass = 0; pass < 2; pass++) {
    uint64_t before = 0;
    for (uint32_t s = 0; s < world->school_count; s++) {
      wuji_gen_school *school = &world->schools[s];
      uint64_t bits = wuji_gen_bits(wuji_gen_place(world->seed, WUJI_DRAW_SCHOOL, s), 102);
      uint64_t weight = 20 + wuji_gen_below(bits, 80) + (school->number == 1 ? 20 : 0);
      if (pass == 1) {
        school->first = (uint32_t)(world->candidates * before / all);
        school->candidates = (uint32_t)(world->candidates * (before + weight) / all) - school->first;
        uint32_t classes = (school->candidates * 10 + CLASS_TENTHS / 2) / CLASS_TENTHS;
        school->classes = classes == 0 ? 1 : classes;
      }
      before += weight;
    }
    all = before;
  }
}

wuji_status wuji_gen_world_init(wuji_gen_world *world, const char *scale, uint64_t seed, wuji_error *error) {
  *world = (wuji_gen_world){.seed = seed};
  wuji_status status = WUJI_OK;
  sizes size = {0};
  WUJI_TRY(size_world(scale, &size, error));
  world->candidates = size.candidates;
  world->school_count = size.schools;
  world->schools = wuji_arena_array(&world->arena, size.schools, sizeof *world->schools);
  if (world->schools == NULL || !found_schools(world, &size)) {
    wuji_gen_world_dispose(world);
    WUJI_TRY(wuji_fail_memory(error));
  }
  seat_candidates(world);
done:
  return status;
}

void wuji_gen_world_dispose(wuji_gen_world *world) {
  wuji_arena_dispose(&world->arena);
  world->school_count = 0;
}

wuji_gen_candidate wuji_gen_candidate_at(const wuji_gen_world *world, const wuji_gen_school *school,
                                         uint32_t index) {
  uint64_t place = wuji_gen_place(world->seed, WUJI_DRAW_ABILITY, index);
  uint64_t bits = wuji_gen_bits(place, 100);
  uint32_t class = (uint32_t)((uint64_t)(index - school->first) * school->classes / school->candidates);
  uint64_t room = wuji_gen_place(world->seed, WUJI_DRAW_CLASS, (uint64_t)school->index << 16 | class);
  int32_t class_gain = wuji_fx_times(wuji_gen_normal(room, 0), wuji_fx(15));
  return (wuji_gen_candidate){
      .index = index,
      .class_number = class + 1,
      .counted = (bits & 0xFFFF) >= 200,     /* 0.3 % are guests and re-sitters */
      .absent = (bits >> 16 & 0xFFFF) < 260, /* 0.4 % never came; as many more miss a paper */
      .intake = school->intake + wuji_fx_times(wuji_gen_normal(place, 0), wuji_fx(62)),
      .gain = school->gain + class_gain + wuji_fx_times(wuji_gen_normal(place, 1), wuji_fx(58)),
  };
}

int32_t wuji_gen_ability(const wuji_gen_world *world, const wuji_gen_candidate *candidate, uint32_t paper,
                         int32_t *own) {
  uint64_t place = wuji_gen_place(world->seed, WUJI_DRAW_SUBJECT + paper, candidate->index);
  *own = wuji_gen_normal(place, 0);
  return wuji_fx_times(candidate->intake + candidate->gain, wuji_fx(85)) + wuji_fx_times(*own, wuji_fx(53));
}
