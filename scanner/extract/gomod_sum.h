/* go.sum: the hashes of the modules that a go.mod needs. */
#ifndef EXTRACT_GOMOD_SUM_H
#define EXTRACT_GOMOD_SUM_H

#include "base/map.h"
#include "extract/extract.h"

struct gomod_sum {
	struct str path;           /* of the file */
	struct map lines;          /* "module version" -> entries */
	VEC(struct gomod_hash) hashes;
};

struct gomod_hash {
	struct str hash; /* "h1:..." */
	unsigned line;
};

/* Reads the go.sum beside the file; there may be none. */
void gomod_sum_read(struct gomod_sum *s, struct extraction *x);
void gomod_sum_release(struct gomod_sum *s);
/* Adds hash and place to the component of a module that stands there. */
void gomod_sum_confirm(struct gomod_sum *s, struct extraction *x,
		       struct component *c, struct str version);

#endif
