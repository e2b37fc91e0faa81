/*
 * A repository's config file as data (git-config, "CONFIGURATION FILE").
 * Nothing in it is obeyed; includes are not followed.
 */
#ifndef HISTORY_GITCONFIG_H
#define HISTORY_GITCONFIG_H

#include "base/arena.h"
#include "base/vec.h"

struct gitconfig_entry {
	struct str key;   /* section[.subsection].name, section and name in
			     lower case */
	struct str value; /* unquoted; "true" where there is no '=' */
	unsigned line;    /* that it begins in */
};

struct gitconfig { VEC(struct gitconfig_entry) entries; };

/* Reads a config file; texts go to `a`.  Lines that are not understood are
 * skipped; the number of the first one is returned, else 0. */
unsigned gitconfig_parse(struct gitconfig *c, struct str text,
			 struct arena *a);
void gitconfig_release(struct gitconfig *c);
/* Does this key name another file that git would read, too? */
bool gitconfig_is_include(struct str key);
/* The last value of a key; "" when it is not set. */
struct str gitconfig_get(const struct gitconfig *c, const char *key);

#endif
