/*
 * Which files of a history were asked for: by patterns of their paths, and
 * whether they are part of what runs.
 */
#ifndef HISTORY_SELECT_H
#define HISTORY_SELECT_H

#include "history/paths.h"
#include "history/walk.h"

struct select_what {
	const struct str *patterns; /* of whole paths; none: all */
	size_t n;
	enum digest_scope scope;
};

struct select {
	bool *files; /* of each path; NULL: all are wanted */
};

/* Looks at all paths there are. */
void select_init(struct select *s, const struct paths *p,
		 const struct select_what *what);
void select_release(struct select *s);
bool select_has(const struct select *s, uint32_t path);
/*
 * Marks the commits of the walk that change none of the wanted files against
 * their first parent.  Where that cannot be told, the commit stays, and a
 * diagnostic says so.
 */
void select_commits(struct walk *w, const struct select_what *what,
		    struct diags *ds);

#endif
