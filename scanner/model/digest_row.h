/*
 * The counts of a digest as the columns of its format: one table says what
 * there is, which axis it belongs to and how deep it goes.
 */
#ifndef MODEL_DIGEST_ROW_H
#define MODEL_DIGEST_ROW_H

#include "model/digest.h"
#include "model/digest_part.h"

/* Columns of totals, of hosts, and of months (without its name). */
enum digest_row_in { ROW_IN_TOTALS, ROW_IN_HOSTS, ROW_IN_MONTHS };

#define DIGEST_ROW_MOST 15 /* columns of totals */

/* The counts of one of them; what goes less deep stays 0. */
struct digest_row {
	struct digest_counts counts;
	struct digest_rest rest;
	uint64_t merges;
};

/* How many columns there are, and their keys. */
size_t digest_row_keys(enum digest_row_in in, const char **ret);
/* Adds the columns: with their keys, but for months. */
void digest_row_write(const struct digest_row *r, unsigned axes,
		      enum digest_row_in in, struct json_out *j);
/* The columns of months, as members of an object. */
void digest_row_write_counts(const struct digest_counts *c, unsigned axes,
			     struct json_out *j);
/* Reads values in the order of the keys; what is wrong, or NULL. */
const char *digest_row_read(const struct json_raw *of, unsigned axes,
			    enum digest_row_in in, struct digest_row *ret);
/* The axes of totals, which are those that are not null. */
unsigned digest_row_axes(const struct json_raw *of);

/* The member "lines": a row for each class, or null. */
void digest_row_write_lines(const struct digest_rest *r, unsigned axes,
			    struct json_out *j);
const char *digest_row_read_lines(struct digest_reading *r,
				  struct json_raw raw,
				  struct digest_rest *ret);
/* Do the lines of all classes add up to those of the counts? */
bool digest_row_adds_up(const struct digest_row *r);

#endif
