/* Columns by name, axis, depth and place in struct digest_row. */
#include "model/digest_row.h"

#include <string.h>

struct column {
	const char *key;
	unsigned axis;
	enum digest_row_in deepest; /* it stands there and above */
	size_t at;                  /* of a uint64_t in struct digest_row */
};

#define COUNT(key, axis, depth, member) \
	{key, DIGEST_##axis, ROW_IN_##depth, \
	 offsetof(struct digest_row, member)}

static const struct column columns[DIGEST_ROW_MOST] = {
	COUNT("commits", COMMITS, MONTHS, counts.commits),
	COUNT("credits", COMMITS, MONTHS, counts.credits),
	COUNT("merges", COMMITS, TOTALS, merges),
	COUNT("excluded", COMMITS, MONTHS, counts.excluded),
	COUNT("co_authored", COMMITS, HOSTS, rest.flags.co_authored),
	COUNT("squashed", COMMITS, HOSTS, rest.flags.squashed),
	COUNT("contributors", COMMITS, HOSTS, rest.contributors),
	COUNT("added", CHURN, MONTHS, counts.added),
	COUNT("deleted", CHURN, MONTHS, counts.deleted),
	COUNT("weighed", CHURN, MONTHS, counts.weighed),
	COUNT("imports", CHURN, HOSTS, rest.flags.imports),
	COUNT("surviving", SURVIVING, MONTHS, counts.surviving),
	COUNT("surviving_source", SURVIVING, MONTHS,
	      counts.surviving_source),
	COUNT("reviews", REVIEW, MONTHS, counts.reviews),
	COUNT("submits", REVIEW, MONTHS, counts.submits),
};

size_t digest_row_keys(enum digest_row_in in, const char **ret)
{
	size_t n = 0;

	for (size_t i = 0; i < DIGEST_ROW_MOST; i++)
		if (columns[i].deepest >= in)
			ret[n++] = columns[i].key;
	return n;
}

static void write_count(uint64_t n, bool is_counted, struct json_out *j)
{
	if (is_counted)
		json_out_i64(j, (int64_t)n);
	else
		json_out_null(j);
}

static void write_column(const struct digest_row *r, const struct column *c,
			 unsigned axes, struct json_out *j)
{
	uint64_t n;

	memcpy(&n, (const char *)r + c->at, sizeof n);
	write_count(n, axes & c->axis, j);
}

void digest_row_write(const struct digest_row *r, unsigned axes,
		      enum digest_row_in in, struct json_out *j)
{
	for (size_t i = 0; i < DIGEST_ROW_MOST; i++) {
		if (columns[i].deepest < in)
			continue;
		if (in != ROW_IN_MONTHS)
			json_out_key(j, columns[i].key);
		write_column(r, &columns[i], axes, j);
	}
}

void digest_row_write_counts(const struct digest_counts *c, unsigned axes,
			     struct json_out *j)
{
	struct digest_row r = {.counts = *c};

	for (size_t i = 0; i < DIGEST_ROW_MOST; i++)
		if (columns[i].deepest == ROW_IN_MONTHS) {
			json_out_key(j, columns[i].key);
			write_column(&r, &columns[i], axes, j);
		}
}

/* A count, or null where its axis was not computed. */
static bool read_count(struct json_raw raw, bool is_counted, uint64_t *ret)
{
	*ret = 0;
	return is_counted ? digest_part_count(raw, ret)
			  : raw.type == JSON_NULL;
}

const char *digest_row_read(const struct json_raw *of, unsigned axes,
			    enum digest_row_in in, struct digest_row *ret)
{
	*ret = (struct digest_row){0};
	for (size_t i = 0; i < DIGEST_ROW_MOST; i++) {
		uint64_t n;

		if (columns[i].deepest < in)
			continue;
		if (!read_count(*of++, axes & columns[i].axis, &n))
			return "a count is not a whole number from 0 to "
			       "2^53-1";
		memcpy((char *)ret + columns[i].at, &n, sizeof n);
	}
	return NULL;
}

unsigned digest_row_axes(const struct json_raw *of)
{
	unsigned axes = 0;

	for (size_t i = 0; i < DIGEST_ROW_MOST; i++)
		if (of[i].type != JSON_NULL)
			axes |= columns[i].axis;
	return axes;
}

/* ---- classes of lines -------------------------------------------------- */

void digest_row_write_lines(const struct digest_rest *r, unsigned axes,
			    struct json_out *j)
{
	json_out_key(j, "lines");
	if (!(axes & (DIGEST_CHURN | DIGEST_SURVIVING))) {
		json_out_null(j);
		return;
	}
	json_out_array(j);
	for (size_t i = 0; i < LINE_CLASS_COUNT; i++) {
		const struct digest_lines *l = &r->lines[i];

		json_out_array(j);
		j->compact = true;
		json_out_str(j, str_c(line_class_name((enum line_class)i)));
		write_count(l->added, axes & DIGEST_CHURN, j);
		write_count(l->deleted, axes & DIGEST_CHURN, j);
		write_count(l->surviving, axes & DIGEST_SURVIVING, j);
		json_out_array_end(j);
		j->compact = false;
	}
	json_out_array_end(j);
}

/* ["source", added, deleted, surviving] */
static bool read_lines(struct json_raw raw, unsigned axes, const char *name,
		       struct digest_lines *ret)
{
	struct json_raw of[4];

	return json_walk_take(raw, of, 4) &&
	       str_is(str_unquote(of[0].text), name) &&
	       read_count(of[1], axes & DIGEST_CHURN, &ret->added) &&
	       read_count(of[2], axes & DIGEST_CHURN, &ret->deleted) &&
	       read_count(of[3], axes & DIGEST_SURVIVING, &ret->surviving);
}

const char *digest_row_read_lines(struct digest_reading *r,
				  struct json_raw raw,
				  struct digest_rest *ret)
{
	unsigned axes = r->d->axes;
	bool is_counted = axes & (DIGEST_CHURN | DIGEST_SURVIVING);
	struct json_raw row;
	struct json_walk w;
	size_t n = 0;

	r->line = raw.line;
	if (raw.type != (is_counted ? JSON_ARRAY : JSON_NULL))
		return "lines are not rows of classes, or null";
	if (!is_counted)
		return NULL;
	json_walk_begin(&w, raw);
	while (json_walk_next(&w, NULL, &row)) {
		r->line = row.line;
		if (n == LINE_CLASS_COUNT ||
		    !read_lines(row, axes,
				line_class_name((enum line_class)n),
				&ret->lines[n]))
			return "a row of lines is not one of the format";
		n++;
	}
	return n == LINE_CLASS_COUNT ? NULL : "a class of lines is missing";
}

bool digest_row_adds_up(const struct digest_row *r)
{
	const struct digest_lines *l = r->rest.lines;
	uint64_t added = 0, deleted = 0, surviving = 0;

	for (size_t i = 0; i < LINE_CLASS_COUNT; i++) {
		added += l[i].added; /* each is below 2^53 */
		deleted += l[i].deleted;
		surviving += l[i].surviving;
	}
	return added == r->counts.added &&
	       deleted == r->counts.deleted &&
	       surviving == r->counts.surviving &&
	       l[LINE_SOURCE].surviving == r->counts.surviving_source;
}
