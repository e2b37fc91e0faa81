/* One line of progress on standard error, only on a terminal. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "history/history.h"
#include "model/scan.h"

/* Shows what is being done, in place of what was shown before. */
void progress_show(bool quiet, const char *what, struct str of);
/* Shows how far a history is, how fast, and how long it will take; NULL where
 * nobody would see it. */
const struct history_watch *progress_watch(bool quiet);
/* A line that stays, for who asked for more (-v): "OF: WHATDETAIL". */
void progress_say(struct str of, const char *what, struct str detail);

/* Watches the files of a target: how many are read, and, if that is told,
 * which by what. */
struct progress_files {
	struct scan_watch watch;
	uint64_t began, next; /* milliseconds */
	bool is_shown, is_told;
};

/* Begins to watch; `ret` stays where it is. */
void progress_begin_files(bool quiet, bool is_told,
			  struct progress_files *ret);
/* Would anybody see such a line? */
bool progress_is_seen(bool quiet);
/* Takes the line away. */
void progress_end(bool quiet);

#endif
