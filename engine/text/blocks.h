/* A text file cut into blocks of whole records. Workers pull: reading, inflating and finding the cut happen
 * under a lock, one block after the other; what is in a block is the puller's to parse, outside of it. The
 * cuts depend on the bytes alone, never on the number of workers. */
#ifndef WUJI_TEXT_BLOCKS_H
#define WUJI_TEXT_BLOCKS_H

#include "text/decode.h"
#include "text/fault.h"
#include "text/sizes.h"

enum { WUJI_BLOCK_PADDING = 64 /* zeroed bytes readable before and behind a block */ };

/** A piece of the file: whole records. All zero is good to start with; the same block is used for one pull
 * after the other and disposed by its owner. */
typedef struct wuji_block {
  char *bytes; /* owned, writable, padded on both sides; valid until the next pull into this block */
  size_t len;
  uint64_t line;  /* of the first record, from 1 */
  uint32_t index; /* 0, 1, … in the order of the file */
  bool quotes;    /* there is a '"' in it */
  char *memory;   /* the buffer with its padding */
  size_t memory_size;
} wuji_block;

typedef struct wuji_blocks wuji_blocks;

WUJI_CHECKED wuji_status wuji_blocks_open(const char *path, wuji_blocks **blocks, wuji_fault *fault,
                                          wuji_error *error);
void wuji_blocks_close(wuji_blocks *blocks); /* NULL is good */

/** Pulls the next block into `block`; `*more` is false where there is none. From any thread. WUJI_REJECTED:
 * the stream is broken here, `fault` says where; whoever pulls afterwards is told that there is no more. */
WUJI_CHECKED wuji_status wuji_blocks_next(wuji_blocks *blocks, wuji_block *block, bool *more,
                                          wuji_fault *fault, wuji_error *error);

/** Bytes of the file read so far, as they lie on disk. From any thread. */
uint64_t wuji_blocks_consumed(wuji_blocks *blocks);

void wuji_block_dispose(wuji_block *block);

#endif
