/* Messages in the language of wuji_set_language(). They stand in the code in English; wuji_fail() and
 * wuji_note_problem() look each format up here, so nobody else has to, but for words that go into one as an
 * argument. messages_zh.def has the Chinese, tools/check-messages demands it. */
#ifndef WUJI_BASE_LANGUAGE_H
#define WUJI_BASE_LANGUAGE_H

#include <wuji/wuji.h>

/** The text or printf format in the present language; `english` itself where that is English or nothing else
 * is known. Static where `english` is. */
const char *wuji_in_language(const char *english) __attribute__((format_arg(1)));

/** What the errno `number` means, in the present language; valid until the thread's next call. */
const char *wuji_reason(int number);

#endif
