/*
 * The store: one SQLite file of what feeds brought, each edition with its
 * source and date, of what they answered, and of digests that were computed.
 * Only `update` and `store` fill it; a scan reads it and works without.
 *
 * What is wrong goes into the diagnostics given at store_open (RW182x).
 * A struct store belongs to one thread.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/diag.h"
#include "store/db.h"

struct store {
	struct db *db;
	struct str path;
	struct diags *diags;
	struct edition_stage *stage; /* the edition that is being filled */
	int64_t oldest;        /* what is older is left out; 0: nothing */
	struct arena arena;
};

/*
 * Where the store is: `given` (--store) if not NULL, else RANWHENCE_STORE,
 * else ranwhence/store.db below XDG_DATA_HOME or ~/.local/share; NULL when
 * none of these is set.
 */
const char *store_path(const char *given, struct arena *a);
/*
 * Opens a store.  DB_READ: ERR_NOTFOUND when there is none, or an empty one
 * (no diagnostic); DB_WRITE makes the file and its folders.  Otherwise an
 * error after RW1820 (not usable) or RW1821 (of another version).
 */
NODISCARD enum err store_open(const char *path, enum db_mode mode,
			      struct diags *ds, struct store **ret);
void store_close(struct store *s);
/* The failure that sticks to the database, if any, as a diagnostic (RW1820),
 * and forgets it: what follows may succeed. */
NODISCARD enum err store_settle(struct store *s);

/* --- feeds ---------------------------------------------------------------- */

/* What the store knows of a feed. */
struct store_feed {
	struct str name;
	/* The edition that readers see; rows is 0 and the texts are "" when
	 * there is none yet. */
	struct str edition, speaks_for, licence, url;
	struct str sha256;        /* of the rows, in hex */
	uint64_t rows;
	int64_t fetched;          /* seconds since 1970; 0 = never */
	int64_t checked;          /* last time it was found to be current */
	struct str error;         /* of the last try; "" = it succeeded */
	int64_t error_at;
};
struct store_feeds { VEC(struct store_feed) list; };

/* All feeds that the store knows, by name; texts go to `a`. */
NODISCARD enum err store_list_feeds(struct store *s, struct arena *a,
				    struct store_feeds *ret);
/*
 * Readers see nothing more that is older than so many days, counted from
 * `day`, or from the newest edition where that is later: a clock that was set
 * back makes nothing young.  An edition is as old as the last time it was found
 * to be current.  Each feed that loses something is told (RW1828).  For a
 * store that is open to be read, once.
 */
NODISCARD enum err store_leave_out_older(struct store *s, int32_t day,
					 int32_t days);
/* Notes that a try failed; the edition stays as it is. */
NODISCARD enum err store_feed_failed(struct store *s, struct str feed,
				     struct str error, int64_t now);
/* Notes that the edition at hand was found to be current (304). */
NODISCARD enum err store_feed_checked(struct store *s, struct str feed,
				      int64_t now);

#endif
