/*
 * From what the user named to a filled scan: decides what each target is,
 * opens it with the stage that can, and runs the extractors and the history
 * over it.  Reads only; nothing is written below a target.
 */
#ifndef CLI_TARGET_H
#define CLI_TARGET_H

#include "cli/cached.h"
#include "model/scan.h"

struct joint_items; /* cli/joint.h */

struct target_options {
	const struct facts *facts; /* bot rows for the history; may be NULL */
	const struct author_keys *keys; /* may be NULL */
	bool with_history;         /* walk repositories into digests */
	unsigned axes;             /* of the history: enum digest_axes */
	enum digest_scope scope;   /* the same: paths that count */
	unsigned threads;          /* 0 = one per processor */
	bool quiet;
	bool verbose;              /* tell which files are read by what */
	const struct cached *cache; /* of digests; NULL: none.  Where it has
				       a plan, nothing is read, only noted */
	struct joint_items *once;  /* what is to count once; may be NULL */
	struct store *store;       /* of SBOMs that a forge exports, or NULL */
};

/*
 * Adds one target: a repository, folder, SBOM, stack file, or a package URL;
 * "-", /dev/stdin and /dev/fd/N are an SBOM that comes by a pipe.  A plan of
 * shards stands for its targets, where there are parts (ERR_CONFIG, RW1833,
 * where it does not fit).
 * What was sound is kept and the rest is in the diagnostics.  ERR_NOTFOUND
 * (RW1001), ERR_UNSUPPORTED (RW1006), ERR_CONFIG (a bad stack file) are the
 * user's to mend; any other failure is OK here and lowers coverage.
 */
NODISCARD enum err target_add(struct scan *s, const char *name,
			      const struct target_options *o);

#endif
