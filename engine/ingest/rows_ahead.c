#include "ingest/rows_ahead.h"

/* So many that the wait for memory is shared by all, so few that they stay in the nearest cache. */
enum { LINES = 32 };

/* The text of column `column` in the line, as it stands. */
static wuji_str cell_of(const char *line, const char *end, uint32_t column, char delimiter) {
  const char *behind = memchr(line, delimiter, (size_t)(end - line));
  for (; column > 0 && behind != NULL; column--) {
    line = behind + 1;
    behind = memchr(line, delimiter, (size_t)(end - line));
  }
  return (wuji_str){line, (uint32_t)((behind == NULL ? end : behind) - line)};
}

/* Each loop asks for what the next one needs, for all lines at once. */
static void fetch(const wuji_row_owners *owners, const uint64_t *hashes, uint32_t count) {
  const wuji_roster *roster = owners->roster;
  const wuji_row_room *room = &owners->room;
  uint32_t seats[LINES];
  uint32_t known = 0;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t seat = wuji_id_index_guess(&roster->index, hashes[i]);
    if (seat == WUJI_NO_ID) continue;
    seats[known++] = seat;
    __builtin_prefetch(&roster->seats[seat]);
    __builtin_prefetch(&owners->claims.line_of_seat[seat], 1);
    if (room->row_of_seat != NULL) __builtin_prefetch(&room->row_of_seat[seat]);
  }
  for (uint32_t i = 0; i < known; i++) {
    __builtin_prefetch(roster->seats[seats[i]].student_id.ptr);
    if (room->row_of_seat == NULL) continue;
    uint32_t row = room->row_of_seat[seats[i]];
    const char *marks = room->marks + row * room->row_bytes;
    __builtin_prefetch(marks, 1);
    __builtin_prefetch(marks + room->row_bytes - 1, 1);
    __builtin_prefetch(&room->status[row], 1);
  }
}

uint32_t wuji_rows_look_ahead(const wuji_row_owners *owners, const wuji_pull *pull, uint32_t at) {
  uint64_t hashes[LINES];
  uint32_t count = 0;
  const uint32_t len = pull->csv.len;
  for (; count < LINES && at < len; count++) {
    const char *line = pull->csv.bytes + at;
    const char *end = memchr(line, '\n', len - at);
    if (end == NULL) end = pull->csv.bytes + len;
    hashes[count] = wuji_id_index_approach(&owners->roster->index,
                                           cell_of(line, end, owners->id_column, pull->csv.delimiter));
    at += (uint32_t)(end - line) + 1;
  }
  fetch(owners, hashes, count);
  return at;
}
