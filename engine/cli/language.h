/* The command line's own texts in the language of wuji_set_language(). They stand in the code in English and
 * are looked up in messages_zh.def; the library looks after its own. */
#ifndef WUJI_CLI_LANGUAGE_H
#define WUJI_CLI_LANGUAGE_H

#include <stdio.h>

/** The text or printf format in the present language; `english` itself where nothing else is known. Static.
 */
const char *say(const char *english) __attribute__((format_arg(1)));

/** Chinese where the locale of messages begins with zh (the first of LC_ALL, LC_MESSAGES and LANG that is not
 * empty), else English. */
void language_of_locale(void);

/** Prints `text` and blanks up to `width` columns of a terminal, in which a Chinese character takes two;
 * `width` negative: the blanks first. */
void put_padded(FILE *file, const char *text, int width);

#endif
