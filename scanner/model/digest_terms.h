/*
 * The terms of a digest: since when and until when seats were held, counted by
 * role, host and company, as the editions of INFO.yaml tell.
 */
#ifndef MODEL_DIGEST_TERMS_H
#define MODEL_DIGEST_TERMS_H

#include "model/digest.h"
#include "model/digest_part.h"
#include "model/digest_seats.h"

/* The seats of one edition. */
struct digest_edition {
	const struct digest *seats;
	int32_t month;  /* from which on it holds */
	bool is_whole;  /* else seats may stand in it that were not read */
};
/*
 * Adds an edition; they come in their order.  Texts are copied to `a`.  False
 * when there are too many terms: it is left out.
 */
bool digest_terms_add(struct digest *d, const struct digest_edition *e,
		      struct arena *a);
/* When all editions are added: sorts, and joins terms that meet. */
void digest_terms_end(struct digest *d);
/* For publishing: hosts and companies that are not listed become "(unlisted)"
 * and "", whoever held them. */
void digest_terms_fold(struct digest *d, const struct digest_listed *l);

/* The member "terms": null, or its rows. */
void digest_terms_write(const struct digest *d, struct json_out *j);
/* One of them. */
void digest_terms_write_one(const struct digest_term *t, struct json_out *j);
/* The same back, texts to `a`; what is wrong, or NULL. */
const char *digest_terms_read_one(struct json_raw raw, struct arena *a,
				  struct digest_term *ret);
/* Reads it; what is wrong, or NULL. */
const char *digest_terms_read(struct digest_reading *r, struct json_raw raw);

#endif
