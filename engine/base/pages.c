#include "base/pages.h"

#include <stdint.h>
#include <sys/mman.h>

enum { HUGE_PAGE = 1 << 21 };

/* Whole ones, so that the end of an array is no row of ordinary pages. */
size_t wuji_pages_room(size_t size) {
  return size > SIZE_MAX / 2 ? 0 : (size + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
}

void *wuji_pages_take(size_t size) {
  size_t bytes = wuji_pages_room(size);
  if (bytes == 0) return NULL;
  size_t mapped = bytes + HUGE_PAGE; /* some of it has to go again, for the alignment */
  char *map = mmap(NULL, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (map == MAP_FAILED) return NULL;
  size_t before = (HUGE_PAGE - (uintptr_t)map % HUGE_PAGE) % HUGE_PAGE;
  size_t behind = mapped - before - bytes;
  if (before > 0) (void)munmap(map, before);
  if (behind > 0) (void)munmap(map + before + bytes, behind);
#ifdef MADV_HUGEPAGE
  (void)madvise(map + before, bytes, MADV_HUGEPAGE); /* refused: ordinary pages are slower, not wrong */
#endif
  return map + before;
}

void wuji_pages_give(void *pages, size_t size) {
  if (pages != NULL) (void)munmap(pages, wuji_pages_room(size));
}
