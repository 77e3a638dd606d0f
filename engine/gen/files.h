/* The files of a synthetic package, each written in one pass over the candidates. */
#ifndef WUJI_GEN_FILES_H
#define WUJI_GEN_FILES_H

#include "gen/file.h"
#include "gen/world.h"

/** Writes items, scores and options of paper `index` below `directory`/papers. */
WUJI_CHECKED wuji_status wuji_gen_paper_write(const wuji_gen_world *world, uint32_t index,
                                              const char *directory, wuji_error *error);
WUJI_CHECKED wuji_status wuji_gen_students_write(const wuji_gen_world *world, const char *directory,
                                                 wuji_error *error);
WUJI_CHECKED wuji_status wuji_gen_priors_write(const wuji_gen_world *world, const char *directory,
                                               wuji_error *error);

/** The candidate's number: 14 digits, the first one 0; city, county, school and a serial number inside it. */
void wuji_gen_put_student_id(wuji_gen_file *file, const wuji_gen_school *school, uint32_t index);
/** The candidate's 学籍号: G, county, date of birth, serial number. */
void wuji_gen_put_person_id(wuji_gen_file *file, const wuji_gen_world *world, const wuji_gen_school *school,
                            uint32_t index);

#endif
