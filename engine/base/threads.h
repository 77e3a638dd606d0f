/* Work shared out over threads. Tasks are taken from one counter, so that uneven tasks even out. */
#ifndef WUJI_BASE_THREADS_H
#define WUJI_BASE_THREADS_H

#include "base/status.h"

/** One task: `task` in [0, tasks), `worker` in [0, threads). May run beside any other task. */
typedef wuji_status (*wuji_task)(void *context, uint32_t task, uint32_t worker, wuji_error *error);

/** Runs all tasks on `threads` threads (the caller is one of them). After a failure no new task begins; the
 * error returned is that of the lowest failing task among those that ran. */
WUJI_CHECKED wuji_status wuji_parallel(uint32_t threads, uint32_t tasks, wuji_task run, void *context,
                                       wuji_error *error);

/** Usable processors, at least 1, at most 256. */
uint32_t wuji_processors(void);

#endif
