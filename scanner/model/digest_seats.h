/*
 * The seats of a digest: who may decide at the head, counted by role, host
 * and company; no person, no address.
 */
#ifndef MODEL_DIGEST_SEATS_H
#define MODEL_DIGEST_SEATS_H

#include "model/digest.h"
#include "model/digest_part.h"

/*
 * Counts the seats of a component into an own digest's.  Without any, they
 * stay not observed.  Texts are not copied.
 */
void digest_seats_count(struct digest *d, const struct parts *p,
			size_t component);

/* Which texts may be published: what a fact speaks of. */
struct digest_listed {
	bool (*host)(struct str host, void *with);
	bool (*company)(struct str company, void *with);
	void *with;
};

/*
 * For publishing: hosts and companies that are not listed and in which fewer
 * than three persons hold seats become "(unlisted)" and "".  The sums stay.
 */
void digest_seats_fold(struct digest *d, const struct digest_listed *l);

/* The member "seats" of a digest: null, or its rows. */
void digest_seats_write(const struct digest *d, struct json_out *j);
/* Reads it; what is wrong, or NULL. */
const char *digest_seats_read(struct digest_reading *r, struct json_raw raw);

#endif
