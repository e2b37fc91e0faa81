/*
 * What a feed answered, kept with the request, the time and the digest of the
 * body: the evidence of a claim, and what a conditional request needs.
 */
#ifndef STORE_ANSWER_H
#define STORE_ANSWER_H

#include "base/sha256.h"
#include "store/store.h"

struct answer {
	struct str url, etag, last_modified;
	struct str next;          /* address of the page after it, or "" */
	int64_t time;             /* seconds since 1970 */
	int64_t status;           /* of HTTP */
	unsigned char sha256[SHA256_BYTES]; /* of the body; set by the store */
	struct str body;          /* at most LIMIT_ANSWER_BYTES */
};

/* Keeps an answer, in the place of an earlier one for the same request.
 * ERR_LIMIT when the body is too large. */
NODISCARD enum err answer_put(struct store *s, struct str feed,
			      struct str key, const struct answer *a);
/* The answer to a request; texts go to `arena`.  ERR_NOTFOUND: there is none,
 * or its body is not what was kept (RW1820). */
NODISCARD enum err answer_get(struct store *s, struct str feed,
			      struct str key, struct arena *arena,
			      struct answer *ret);
/* The keys of all answers of a feed, ascending; texts go to `arena`. */
struct answer_keys { VEC(struct str) list; };
NODISCARD enum err answer_list(struct store *s, struct str feed,
			       struct arena *arena, struct answer_keys *ret);
/* When a request was answered last, in seconds since 1970; 0: never. */
int64_t answer_time(struct store *s, struct str feed, struct str key);
/* The same was answered again (304): renews the time only. */
NODISCARD enum err answer_renew(struct store *s, struct str feed,
				struct str key, int64_t time);

/* Forgets the answers of a feed whose keys begin like this and that are older
 * than `before`. */
NODISCARD enum err answer_drop(struct store *s, struct str feed,
			       struct str prefix, int64_t before);

#endif
