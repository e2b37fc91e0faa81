/* Who ends this process: a command with its verdict, or a library. */
#ifndef CLI_ENDING_H
#define CLI_ENDING_H

#include "base/err.h"

/* From now on exit() gives EXIT_INTERNAL, whatever it is called with, unless
 * ending_with() was there first.  An error where this cannot be had. */
NODISCARD enum err ending_guard(void);
/* What to exit with after a command gave this code: standard output is
 * written out, and what cannot be is told. */
int ending_with(int code);

#endif
