/*
 * What rows of links and of authorship are parts of: the counts of a host in a
 * month.  They begin with both.
 */
#ifndef MODEL_DIGEST_WHOLE_H
#define MODEL_DIGEST_WHOLE_H

#include "base/json_in.h"
#include "base/json_out.h"
#include "model/digest.h"

struct digest_whole { struct str host; int32_t month; };

/* By host, then month. */
int digest_whole_compare(struct digest_whole a, struct digest_whole b);
/* The host of this name in a digest, or NULL. */
const struct digest_host *digest_whole_host(const struct digest *d,
					    struct str host);
/* The month, or NULL. */
const struct digest_month *digest_whole_find(const struct digest *d,
					     struct digest_whole of);
/* Is a part not more than the whole, in any column? */
bool digest_whole_holds(const struct digest_counts *whole,
			const struct digest_counts *part);
/* The first two elements of a row; false when they are none. */
bool digest_whole_read(const struct json_raw of[2], struct arena *a,
		       struct digest_whole *ret);
void digest_whole_write(struct json_out *j, struct digest_whole of);

#endif
