/*
 * From pages of changes to a digest of reviews in the store: counts by host
 * and month, in the units of digests (docs/digest.md).  One project at a time;
 * pages of different moments must fit together, or nothing is made of them.
 */
#ifndef FEEDS_GERRIT_DIGEST_H
#define FEEDS_GERRIT_DIGEST_H

#include "feeds/gerrit_change.h"

/* How far pages were read. */
struct gerrit_pages {
	uint64_t next;         /* first change of the page that is to come */
	int64_t time;          /* of the page before; 0: there is none */
	bool is_ended, is_odd, has_front;
};

struct gerrit_digest {
	struct feed_run *run;
	struct str place;      /* of the project, "" = none yet */
	struct gerrit_changes all;
	struct gerrit_pages base, since; /* all of them; those touched since */
	int64_t began;         /* when the first of all was read */
};

/* Adds a page that begins with this change; pages come in their order. */
void gerrit_digest_add(struct gerrit_digest *d, struct str place,
		       uint64_t first, const struct answer *a);
/* What stood in front when all pages were read. */
void gerrit_digest_front(struct gerrit_digest *d, struct str place,
			 const struct answer *a);
/* The same of changes that were touched since; what is older than all pages is
 * of another time and left out. */
void gerrit_digest_since(struct gerrit_digest *d, struct str place,
			 uint64_t first, const struct answer *a);
void gerrit_digest_since_front(struct gerrit_digest *d, struct str place,
			       const struct answer *a);
/* No more follows: the last project is counted, too. */
void gerrit_digest_end(struct gerrit_digest *d);
void gerrit_digest_release(struct gerrit_digest *d);

#endif
