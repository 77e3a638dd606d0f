/* Every school's mean on every paper of an exam, which comes from a package folder or from the database:
 *
 *     example PACKAGE              checks the folder and analyses it; needs no database
 *     example EXAM CONNINFO        an exam that `wuji ingest` or `wuji run` has stored */
#include <stdio.h>
#include <string.h>
#include <wuji/wuji.h>

/* The column of that name; its values are borrowed from the table, nothing is copied. */
static wuji_column_view column(const wuji_table *table, const char *name) {
  size_t c = 0;
  while (strcmp(wuji_table_column(table, c).name, name) != 0) c++;
  return wuji_table_column(table, c);
}

static void print_schools(const wuji_table *table) {
  const wuji_text_view *paper = column(table, "paper").text, *level = column(table, "level").text;
  const wuji_text_view *node = column(table, "node").text;
  const double *mean = column(table, "mean").real; /* NaN where nobody sat the paper */
  for (size_t r = 0; r < wuji_table_rows(table); r++) {
    if (level[r].len != 6 || memcmp(level[r].ptr, "school", 6) != 0) continue;
    printf("%.*s\t%.*s\t%.2f\n", (int)paper[r].len, paper[r].ptr, (int)node[r].len, node[r].ptr, mean[r]);
  }
}

int main(int argc, char **argv) {
  if (argc < 2) return 2;
  wuji_error error = {.status = WUJI_OK};
  wuji_exam *exam = NULL;
  wuji_db *db = NULL;
  wuji_table *table = NULL;
  wuji_status status = argc > 2 ? wuji_db_open(argv[2], &db, &error) : WUJI_OK;
  if (status == WUJI_OK)
    status = db != NULL ? wuji_exam_load(db, argv[1], NULL, &exam, &error)
                        : wuji_exam_open(argv[1], NULL, &exam, &error);
  if (status == WUJI_OK) status = wuji_exam_analyze(exam, &error);
  if (status == WUJI_OK) status = wuji_exam_table(exam, "paper_stat", &table, &error);
  if (status == WUJI_OK) print_schools(table);
  if (status != WUJI_OK) fprintf(stderr, "%s: %s\n", argv[1], error.message);
  wuji_table_close(table); /* before its exam; closing NULL does nothing */
  wuji_exam_close(exam);
  wuji_db_close(db);
  return wuji_status_exit(status);
}
