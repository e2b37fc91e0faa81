/*
 * What forges tell of repositories, as rows: where one is now, what it is a
 * fork or a mirror of, and who owns the namespace.  An owner is an
 * organisation at hand or nobody: names and hosts must be exactly known.
 */
#ifndef FEEDS_FORGE_ROWS_H
#define FEEDS_FORGE_ROWS_H

#include "feeds/feed.h"

/* An answer about a repository ("host/path" in lower case) while its rows are
 * written. */
struct forge_rows {
	struct feed_run *run;
	struct str repository; /* as it was asked for */
	struct str source;
	const struct answer *answer;
};

/* Asks `each` for all repositories that are wanted from one host; `path` is
 * what follows the host, as written. */
void forge_rows_ask(struct feed_run *r, struct str host,
		    void (*each)(struct feed_run *r, struct str host,
				 struct str path));
/* The forge says that the address leads to another one by now. */
void forge_rows_moved(const struct forge_rows *f, struct str now);
/* The forge says that it made this one from that one. */
void forge_rows_fork(const struct forge_rows *f, struct str of);
/*
 * Somebody of this name with this web site ("" where none is told) owns the
 * namespace: both are his own words, so B.
 */
void forge_rows_owner(const struct forge_rows *f, struct str namespace,
		      struct str name, struct str site);
/* Keeps members (words) of the object that is a member itself. */
void forge_rows_keep(struct json_out *j, struct json_raw of, const char *key,
		     const char *names, struct arena *a);
/* A text of an object, in the arena of the run. */
struct str forge_rows_text(struct feed_run *r, struct json_raw of,
			   const char *key);

#endif
