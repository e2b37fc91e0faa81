/*
 * What a digest was asked for, by which engine it was counted, and which axes
 * are incomplete: what a reader must know before a number means anything.
 */
#ifndef MODEL_DIGEST_ASKED_H
#define MODEL_DIGEST_ASKED_H

#include "model/digest.h"
#include "model/digest_part.h"

/* The bit of "commits" ... "stewardship"; 0 for a name that is no axis of a
 * digest. */
unsigned digest_asked_axis(struct str name);
/* The members "engine", "asked" and "incomplete". */
void digest_asked_write(const struct digest *d, struct json_out *j);
/* Read them; what is wrong, or NULL.  The axes must be known when
 * "incomplete" is read. */
const char *digest_asked_read_engine(struct digest_reading *r,
				     struct json_raw raw);
const char *digest_asked_read(struct digest_reading *r, struct json_raw raw);
const char *digest_asked_read_incomplete(struct digest_reading *r,
					 struct json_raw raw);

#endif
