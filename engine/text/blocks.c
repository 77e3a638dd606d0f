#include "text/blocks.h"

#include "text/scan.h"

#include <pthread.h>
#include <stdlib.h>

struct wuji_blocks {
  pthread_mutex_t lock; /* guards all below */
  wuji_decode *decode;
  bool ended;
  uint64_t line;  /* of the next block's first record */
  uint32_t index; /* of the next block */
  char *carry;    /* the begun record behind the last cut */
  size_t carry_len, carry_size;
};

wuji_status wuji_blocks_open(const char *path, wuji_blocks **blocks, wuji_fault *fault, wuji_error *error) {
  wuji_status status = WUJI_OK;
  *blocks = NULL;
  wuji_blocks *made = calloc(1, sizeof *made);
  if (made == NULL) return wuji_fail_memory(error);
  pthread_mutex_init(&made->lock, NULL);
  made->line = 1;
  WUJI_TRY(wuji_decode_open(path, &made->decode, fault, error));
  *blocks = made;
done:
  if (status != WUJI_OK) wuji_blocks_close(made);
  return status;
}

void wuji_blocks_close(wuji_blocks *blocks) {
  if (blocks == NULL) return;
  pthread_mutex_destroy(&blocks->lock);
  wuji_decode_close(blocks->decode);
  free(blocks->carry);
  free(blocks);
}

uint64_t wuji_blocks_consumed(wuji_blocks *blocks) {
  pthread_mutex_lock(&blocks->lock);
  uint64_t consumed = wuji_decode_consumed(blocks->decode);
  pthread_mutex_unlock(&blocks->lock);
  return consumed;
}

void wuji_block_dispose(wuji_block *block) {
  free(block->memory);
  *block = (wuji_block){0};
}

/* Room for `len` bytes and the padding, keeping what is there. */
static bool reserve(wuji_block *block, size_t len) {
  size_t size = len + (size_t)2 * WUJI_BLOCK_PADDING;
  if (size > block->memory_size) {
    char *memory = realloc(block->memory, size);
    if (memory == NULL) return false;
    block->memory = memory;
    block->memory_size = size;
    memset(memory, 0, WUJI_BLOCK_PADDING);
  }
  block->bytes = block->memory + WUJI_BLOCK_PADDING;
  return true;
}

static bool keep_carry(wuji_blocks *b, const char *bytes, size_t len) {
  if (len > b->carry_size) {
    char *carry = realloc(b->carry, len);
    if (carry == NULL) return false;
    b->carry = carry;
    b->carry_size = len;
  }
  if (len > 0) memcpy(b->carry, bytes, len);
  b->carry_len = len;
  return true;
}

/* Fills `block` up to the last record's end in the bytes read; reads on while not even one record is whole.
 */
static wuji_status fill(wuji_blocks *b, wuji_block *block, wuji_fault *fault, wuji_error *error) {
  wuji_status status = WUJI_OK;
  size_t bound = b->index == 0 ? WUJI_HEADER_BYTES : WUJI_RECORD_BYTES;
  size_t len = b->carry_len;
  size_t cut = 0;
  if (!reserve(block, len + WUJI_BLOCK_BYTES)) WUJI_TRY(wuji_fail_memory(error));
  if (len > 0) memcpy(block->bytes, b->carry, len);
  while (cut == 0 && !b->ended) {
    size_t got;
    if (!reserve(block, len + WUJI_BLOCK_BYTES)) WUJI_TRY(wuji_fail_memory(error));
    WUJI_TRY(wuji_decode_read(b->decode, block->bytes + len, WUJI_BLOCK_BYTES, &got, fault, error));
    len += got;
    b->ended = got < WUJI_BLOCK_BYTES;
    cut = wuji_scan_last_record(block->bytes, len, &block->quotes);
    if (b->ended) cut = len;
    if (cut == 0 && len > bound) { /* the likely reason is a quote that nothing closes */
      bool quote = memchr(block->bytes, '"', len) != NULL;
      WUJI_TRY(wuji_reject(fault, quote ? WUJI_FAULT_QUOTES : WUJI_FAULT_TOO_LONG, b->line, error,
                           quote ? "unbalanced quotes" : "the record is too long"));
    }
  }
  if (!keep_carry(b, block->bytes + cut, len - cut)) WUJI_TRY(wuji_fail_memory(error));
  memset(block->bytes + cut, 0, WUJI_BLOCK_PADDING);
  block->len = cut;
  block->line = b->line;
  block->index = b->index;
  b->line += wuji_scan_count(block->bytes, cut, '\n');
  b->index++;
done:
  return status;
}

wuji_status wuji_blocks_next(wuji_blocks *blocks, wuji_block *block, bool *more, wuji_fault *fault,
                             wuji_error *error) {
  wuji_status status = WUJI_OK;
  pthread_mutex_lock(&blocks->lock);
  *more = false;
  block->len = 0;
  if (!blocks->ended) {
    status = fill(blocks, block, fault, error);
    if (status != WUJI_OK)
      blocks->ended = true;
    else
      *more = block->len > 0;
  }
  pthread_mutex_unlock(&blocks->lock);
  return status;
}
