/*
 * The configuration file: INI, with a section [fetch], one [store] and one
 * [feed NAME] per feed (docs/feeds.md lists the keys).  Read from --config or
 * ranwhence/config below XDG_CONFIG_HOME or ~/.config; never from a target.
 */
#ifndef FEEDS_CONFIG_H
#define FEEDS_CONFIG_H

#include "base/diag.h"
#include "feeds/feed.h"

struct config_setting { struct str key, value; };

/* What the user says of a feed; "" and 0 where nothing. */
struct config_feed {
	const struct feed *feed;
	struct str url, hosts, licence;
	struct pace_rate rate;
	struct str token;       /* the secret itself */
	bool is_enabled, is_disabled, is_private, may_shrink;
	unsigned hold;          /* percent, as of struct edition */
	VEC(struct config_setting) settings;
};

struct config {
	struct arena arena;
	struct fetch_options fetch;
	int64_t backoff;
	uint64_t seed;          /* of the jitter */
	const char *store;      /* NULL: not said */
	VEC(struct config_feed) feeds; /* in the order of the table */
};

/*
 * Reads a file; NULL: the usual one, if it is there.  ERR_CONFIG after
 * RW2001 or RW2002 for each thing that is wrong.  Release in any case.
 */
NODISCARD enum err config_load(const char *path, struct diags *ds,
			       struct config *ret);
/* The file that config_load reads, NULL when there is none. */
const char *config_path(const char *path, struct arena *a);
/*
 * The store that a file names (as config_load finds it), for commands that
 * only read one; NULL when it names none.  No token is read; what else is
 * wrong with the file is for `update` to tell.
 */
const char *config_store(const char *path, struct arena *a);
/* The same from text. */
NODISCARD enum err config_parse(struct str text, struct str path,
				struct diags *ds, struct config *ret);
void config_release(struct config *c);

#endif
