/* Memory of a megabyte and more: zeroed, in huge pages where the system grants them. The first touch of an
 * ordinary page costs as much as reading a thousand marks does, and a huge one stands for 512 of them. */
#ifndef WUJI_BASE_PAGES_H
#define WUJI_BASE_PAGES_H

#include <stddef.h>

/** From so many bytes on it pays; less is better taken from malloc. */
enum { WUJI_PAGES_LEAST = 1 << 20 };

/** `size` in whole huge pages: what wuji_pages_take(size) has room for. 0: there is no such size. */
size_t wuji_pages_room(size_t size);

/** At least `size` zeroed bytes, aligned to a page; NULL when memory is out. */
void *wuji_pages_take(size_t size);

/** Gives back what wuji_pages_take(size) returned; NULL is good. */
void wuji_pages_give(void *pages, size_t size);

#endif
