/*
 * What a digest was asked for, by which engine it was counted, and which axes
 * are incomplete: what a reader must know before a number means anything.
 */
#ifndef MODEL_DIGEST_ASKED_H
#define MODEL_DIGEST_ASKED_H

#include "base/json_in.h"
#include "base/json_out.h"
#include "model/digest.h"

/* The bit of "commits" ... "stewardship"; 0 for a name that is no axis of a
 * digest. */
unsigned digest_asked_axis(struct str name);
/* The members "engine", "asked" and "incomplete". */
void digest_asked_write(const struct digest *d, struct json_out *j);
/* Read them, texts go to `a`; what is wrong and, in *line, where.  The axes
 * must be known when "incomplete" is read. */
const char *digest_asked_read_engine(struct digest *d, struct json_raw raw,
				     unsigned *line);
const char *digest_asked_read(struct digest *d, struct json_raw raw,
			      struct arena *a, unsigned *line);
const char *digest_asked_read_incomplete(struct digest *d,
					 struct json_raw raw,
					 unsigned *line);

#endif
