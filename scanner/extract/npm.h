/* What package.json and the locks of npm, yarn and pnpm have in common. */
#ifndef EXTRACT_NPM_H
#define EXTRACT_NPM_H

#include "base/json_in.h"
#include "extract/package.h"

/* One entry of a list of dependencies. */
struct npm_need {
	struct str name, spec;
	enum scope scope;
	bool is_optional;
	unsigned line;
};

struct npm_needs { VEC(struct npm_need) list; };

/* Adds what an object in the form of package.json needs; RW1301, RW1103 for
 * what is not sound.  Texts are in x->scratch. */
void npm_read_needs(struct npm_needs *n, struct extraction *x,
		    struct json_raw object);
void npm_needs_release(struct npm_needs *n);
/* The same of the package.json beside the file, in silence. */
void npm_read_manifest(struct npm_needs *n, struct extraction *x);

/*
 * Fills version, repository or download of a package from what stands for a
 * version: "1.2.3", a range, an address, "npm:other@1.0".  False when it is
 * a folder.
 */
bool npm_read_spec(struct package *p, struct str spec, struct arena *a);
/* "sha512-<base64>" as "sha512:<hex>"; "" when it is not one. */
struct str npm_hash(struct str integrity, struct arena *a);
/* Walks the members of an object; of anything else there are none. */
struct json_walk npm_members(struct json_raw of);

#endif
