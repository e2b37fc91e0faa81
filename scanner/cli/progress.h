/* One line of progress on standard error, only on a terminal. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "history/history.h"

/* Shows what is being done, in place of what was shown before. */
void progress_show(bool quiet, const char *what, struct str of);
/* Shows how far a history is, how fast, and how long it will take; NULL where
 * nobody would see it. */
const struct history_watch *progress_watch(bool quiet);
/* Takes the line away. */
void progress_end(bool quiet);

#endif
