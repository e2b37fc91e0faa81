/* One line of progress on standard error, only on a terminal. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "base/str.h"

/* Shows what is being done, in place of what was shown before. */
void progress_show(bool quiet, const char *what, struct str of);
/* Takes the line away. */
void progress_end(bool quiet);

#endif
