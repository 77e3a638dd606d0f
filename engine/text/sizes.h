/* How much of a file is held at once. The fuzzer's builds (WUJI_FUZZING) hold so little that short inputs
 * come to every border. */
#ifndef WUJI_TEXT_SIZES_H
#define WUJI_TEXT_SIZES_H

#ifndef WUJI_FUZZING
enum { WUJI_SIZES_SHIFT = 0 };
#else
enum { WUJI_SIZES_SHIFT = 8 };
#endif

enum {
  WUJI_RAW_BYTES = (1 << 18) >> WUJI_SIZES_SHIFT, /* of a compressed file, read at a time */
  /* From the first byte that is not ASCII on; tells the encoding of a file without a byte order mark: */
  WUJI_DECODE_WINDOW = (1 << 16) >> WUJI_SIZES_SHIFT,
  WUJI_BLOCK_BYTES = (1 << 18) >> WUJI_SIZES_SHIFT,  /* of text, read at a time */
  WUJI_RECORD_BYTES = (1 << 20) >> WUJI_SIZES_SHIFT, /* bound of a record ... */
  WUJI_HEADER_BYTES = (4 << 20) >> WUJI_SIZES_SHIFT  /* ... and of the first one */
};

#endif
