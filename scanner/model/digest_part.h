/*
 * What the readers of a digest's parts share.  They are strict: a reason in
 * words is returned for what does not follow the format, NULL for what does.
 */
#ifndef MODEL_DIGEST_PART_H
#define MODEL_DIGEST_PART_H

#include "base/json_in.h"
#include "base/json_out.h"

struct digest;

/* The row of what is too small to be published by name, and how many persons
 * are not too few. */
#define DIGEST_UNLISTED "(unlisted)"
#define DIGEST_LOST "(lost)" /* of lines that could not be read */
#define DIGEST_ROBOTS "(robots)" /* of addresses that robots have */
#define DIGEST_FEWEST_PERSONS 3

/* Greater numbers lose digits in many readers of JSON. */
#define DIGEST_GREATEST (((uint64_t)1 << 53) - 1)

/* What is read. */
struct digest_reading {
	struct digest *d;
	struct arena *a; /* for its texts */
	unsigned line;   /* of what is being read, or is wrong */
};

struct digest_keys {
	const char *const *names;
	size_t n, needed; /* the first of them must be there */
};

/*
 * Collects the members of an object, which has no other keys and none twice.
 */
const char *digest_part_members(struct digest_reading *r,
				struct json_raw object,
				struct digest_keys keys,
				struct json_raw *ret);
/* Reads each element of an array by `read`; NULL also where it is none. */
const char *digest_part_rows(struct digest_reading *r, struct json_raw array,
			     const char *(*read)(struct digest_reading *r,
						 struct json_raw row));
/* A whole number from 0 to 2^53-1; false when it is not one. */
bool digest_part_count(struct json_raw raw, uint64_t *ret);
/* A month ("2026-01"), since 1970-01; false when it is not one. */
bool digest_part_month(struct json_raw raw, int32_t *ret);
void digest_part_write_month(struct json_out *j, int32_t month);
/* Is it a full object id in lower-case hex? */
bool digest_part_is_id(struct str s);
/* Is it a lower-case name without '@'?  More would publish a person. */
bool digest_part_is_host(struct str s);

#endif
