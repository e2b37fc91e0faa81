/*
 * Counts per host and month: adds up what commits give, in any order, and
 * writes it into a digest, sorted.
 */
#ifndef HISTORY_TALLY_H
#define HISTORY_TALLY_H

#include "base/map.h"
#include "history/review.h"
#include "model/digest.h"

/*
 * Counts the commits of a walk that are in its range, and reviews of them:
 * fills hosts, months, totals, merges and contributors of *ret.  Texts go to
 * `a`.
 */
void tally_walk(const struct walk *w, const struct reviews *r,
		struct arena *a, struct digest *ret);
/* Is a commit counted in `commits`? */
bool tally_is_counted(const struct walk *w, size_t at);
/* Adds what one that is gives the host of its author: the author's share. */
void tally_add_own(const struct walk *w, size_t at,
		   struct digest_counts *to);
/* And what it gives each of its co-authors. */
void tally_add_co_author(const struct walk *w, size_t at,
			 struct digest_counts *to);
/* Counts as tally_walk does, for each of `n` parts, of[commit] being the part
 * of a commit; ret has room for n digests. */
void tally_parts(const struct walk *w, const struct reviews *r,
		 const uint32_t *of, size_t n, struct arena *a,
		 struct digest *ret);

#endif
