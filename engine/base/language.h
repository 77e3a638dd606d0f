/* Messages in the language of wuji_set_language(). They stand in the code in English; wuji_fail() and
 * wuji_note_problem() look each format up here, so nobody else has to. */
#ifndef WUJI_BASE_LANGUAGE_H
#define WUJI_BASE_LANGUAGE_H

#include <wuji/wuji.h>

/** The text or printf format in the present language; `english` itself where that is English or nothing else
 * is known. Static. */
const char *wuji_in_language(const char *english);

#endif
