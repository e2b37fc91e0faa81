/*
 * What a report says of the histories that a run used: what they are, and by
 * which records their hosts are taken to be of organisations.  Short, where a
 * digest has a row for each host and month.
 */
#ifndef MODEL_USED_H
#define MODEL_USED_H

#include "base/vec.h"
#include "model/digest.h"

/* Of a host, what one record gives to one organisation. */
struct used_host {
	struct str host;     /* "" = no '@' in the address */
	size_t organisation; /* index into facts */
	size_t fact;         /* row; SIZE_MAX: none decided alone */
	uint64_t commits, churn, reviews;
	uint64_t shown[AUTHORSHIP_COUNT]; /* of a digest that has them */
};

/* What a tier of links settles. */
struct used_linked { uint64_t commits, weighed, surviving; };

struct used_digest {
	struct str repository, head;
	bool is_bundled, is_clone, is_incomplete;
	int32_t fetched; /* of a clone: the day; DATE_MIN: not known */
	uint64_t commits, merges, excluded, hosts;
	size_t first, n; /* in used.hosts */
	bool has_links, has_terms, has_authorship; /* they were looked for */
	struct used_linked linked[DIGEST_TIERS];
	size_t first_term, n_terms; /* in used.terms */
	uint64_t shown[AUTHORSHIP_COUNT]; /* commits by rung, all of them */
	struct str keys; /* of authorship: the SHA-256, or "" */
};

struct used {
	VEC(struct used_digest) digests; /* in the order of the scan's */
	/* By digest, host, organisation and row. */
	VEC(struct used_host) hosts;
	VEC(struct digest_term) terms; /* by digest, as in it */
};

/* Adds a digest that attribution went through. */
void used_add(struct used *u, const struct digest *d);
/* Frees the vectors; texts are those of the digests. */
void used_release(struct used *u);

#endif
