/* students.csv and priors.csv. */
#include "gen/files.h"
#include "gen/names.h"
#include "gen/paper.h"
#include "gen/random.h"

void wuji_gen_put_student_id(wuji_gen_file *file, const wuji_gen_school *school, uint32_t index) {
  wuji_gen_put_byte(file, '0');
  wuji_gen_put_digits(file, school->city_number, 2);
  wuji_gen_put_digits(file, school->county_number, 2);
  wuji_gen_put_digits(file, school->number, 3);
  wuji_gen_put_digits(file, index - school->first + 1, 6);
}

void wuji_gen_put_person_id(wuji_gen_file *file, const wuji_gen_world *world, const wuji_gen_school *school,
                            uint32_t index) {
  uint64_t bits = wuji_gen_bits(wuji_gen_place(world->seed, WUJI_DRAW_PERSON, index), 1);
  uint32_t month = (uint32_t)(bits & 0xFFFF) % 12;
  uint32_t day = (uint32_t)(bits >> 16 & 0xFFFF) % 28 + 1;
  wuji_gen_put(file, "G33");
  wuji_gen_put_digits(file, school->city_number, 2);
  wuji_gen_put_digits(file, school->county_number, 2);
  wuji_gen_put_digits(file, month < 8 ? 2008 : 2007, 4);
  wuji_gen_put_digits(file, month + 1, 2);
  wuji_gen_put_digits(file, day, 2);
  wuji_gen_put_digits(file, index + 1, 7);
}

static void put_student(wuji_gen_file *file, const wuji_gen_world *world, const wuji_gen_school *school,
                        uint32_t index) {
  wuji_gen_candidate candidate = wuji_gen_candidate_at(world, school, index);
  uint64_t place = wuji_gen_place(world->seed, WUJI_DRAW_PERSON, index);
  uint64_t bits = wuji_gen_bits(place, 0);
  bool female = (bits & 1) != 0;
  bool boards = (bits >> 8 & 0xFF) < (school->urban ? 90 : 205);
  uint32_t track = (uint32_t)(bits >> 16 & 0xFF);
  char name[WUJI_GEN_NAME];
  wuji_gen_person_name(wuji_gen_bits(place, 2), female, name);
  wuji_gen_put_student_id(file, school, index);
  wuji_gen_put_byte(file, ',');
  wuji_gen_put_person_id(file, world, school, index);
  wuji_gen_put_byte(file, ',');
  wuji_gen_put(file, name);
  wuji_gen_put(file, female ? ",女,高三" : ",男,高三");
  wuji_gen_put_number(file, candidate.class_number);
  wuji_gen_put(file, "班,");
  wuji_gen_put(file, school->name);
  wuji_gen_put_byte(file, ',');
  wuji_gen_put(file, school->county);
  wuji_gen_put_byte(file, ',');
  wuji_gen_put(file, school->city);
  wuji_gen_put(file, candidate.counted ? ",是," : ",否,");
  wuji_gen_put(file, school->urban ? "城区," : "乡镇,");
  wuji_gen_put(file, boards ? "住宿," : "走读,");
  wuji_gen_put(file, track < 230 ? "普通\n" : track < 246 ? "艺术\n" : "体育\n");
}

/** Marks of an earlier exam of `full` marks for a standing (fx, about standard normal). */
static uint32_t earlier_marks(int32_t standing, int32_t full) {
  int32_t marks = full * 66 / 100 + (int32_t)((int64_t)standing * full * 14 / 100 / WUJI_FX_ONE);
  return marks < 0 ? 0 : (uint32_t)(marks > full ? full : marks);
}

/** 中考 measured what candidates brought along, subject by subject, with an error of its own: the total comes
 * to a correlation of about 0.7 with the total of the exam. */
static void put_prior(wuji_gen_file *file, const wuji_gen_world *world, const wuji_gen_school *school,
                      uint32_t index) {
  wuji_gen_candidate candidate = wuji_gen_candidate_at(world, school, index);
  uint64_t place = wuji_gen_place(world->seed, WUJI_DRAW_PRIOR, index);
  if (wuji_gen_below(wuji_gen_bits(place, 100), 100) == 0) return; /* 1 % came from elsewhere */
  uint32_t marks[3];
  int32_t intake = wuji_fx_times(candidate.intake, wuji_fx(128)); /* to an sd of 1 */
  for (uint32_t paper = 0; paper < 3; paper++) {
    int32_t own;
    (void)wuji_gen_ability(world, &candidate, paper, &own);
    int32_t standing = wuji_fx_times(intake, wuji_fx(72)) + wuji_fx_times(own, wuji_fx(40)) +
                       wuji_fx_times(wuji_gen_normal(place, paper), wuji_fx(57));
    marks[paper] = earlier_marks(standing, 120);
  }
  int32_t rest = wuji_fx_times(intake, wuji_fx(85)) + wuji_fx_times(wuji_gen_normal(place, 3), wuji_fx(53));
  wuji_gen_put_person_id(file, world, school, index);
  wuji_gen_put_byte(file, ',');
  wuji_gen_put_number(file, marks[0] + marks[1] + marks[2] + earlier_marks(rest, 290));
  for (uint32_t paper = 0; paper < 3; paper++) {
    wuji_gen_put_byte(file, ',');
    wuji_gen_put_number(file, marks[paper]);
  }
  wuji_gen_put_byte(file, '\n');
}

typedef void (*put_row)(wuji_gen_file *, const wuji_gen_world *, const wuji_gen_school *, uint32_t);

static wuji_status write_rows(const wuji_gen_world *world, const char *directory, const char *name,
                              const char *header, put_row put, wuji_error *error) {
  wuji_gen_file file;
  wuji_status status = wuji_gen_file_open(&file, directory, name, error);
  if (status != WUJI_OK) return status;
  wuji_gen_put(&file, header);
  for (uint32_t s = 0; s < world->school_count; s++) {
    const wuji_gen_school *school = &world->schools[s];
    for (uint32_t i = school->first; i < school->first + school->candidates; i++) {
      WUJI_TRY(wuji_gen_file_room(&file, error));
      put(&file, world, school, i);
    }
  }
done:
  return wuji_gen_file_close(&file, status, error);
}

wuji_status wuji_gen_students_write(const wuji_gen_world *world, const char *directory, wuji_error *error) {
  return write_rows(world, directory, "students.csv",
                    "准考证号,学籍号,姓名,性别,班级,学校,县（市、区）,市,参与统计,城乡,住宿,类别\n",
                    put_student, error);
}

wuji_status wuji_gen_priors_write(const wuji_gen_world *world, const char *directory, wuji_error *error) {
  return write_rows(world, directory, "priors.csv", "学籍号,中考总分,中考语文,中考数学,中考英语\n", put_prior,
                    error);
}
