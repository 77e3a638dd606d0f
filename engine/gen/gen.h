/* Synthetic packages of realistic structure: same options, same bytes, on any machine. Public as wuji_gen().
 */
#ifndef WUJI_GEN_GEN_H
#define WUJI_GEN_GEN_H

#include "base/status.h"

#endif
