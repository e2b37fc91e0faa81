/* The members of a digest that say how to read its numbers. */
#include "model/digest_asked.h"

#include "base/date.h"
#include "base/limits.h"

static const char *const axes[] = {"commits", "churn", "surviving", "review",
				   "stewardship"};
#define AXES (sizeof axes / sizeof *axes)

static const char *const scopes[] = {"all", "runtime"};

unsigned digest_asked_axis(struct str name)
{
	for (size_t i = 0; i < AXES; i++)
		if (str_is(name, axes[i]))
			return 1u << i;
	return 0;
}

/* ---- writing ----------------------------------------------------------- */

static void write_since(const struct digest_asked *q, struct json_out *j)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	if (q->has_since)
		date_write(&b, q->since);
	json_out_kstr_or_null(j, "since", strbuf_str(&b));
	strbuf_release(&b);
}

static void write_classes(const struct line_class_choices *c,
			  struct json_out *j)
{
	json_out_key(j, "classes");
	json_out_array(j);
	for (size_t i = 0; i < c->list.n; i++) {
		json_out_array(j);
		json_out_str(j, str_c(line_class_name(c->list.v[i].class)));
		json_out_str(j, c->list.v[i].paths);
		json_out_array_end(j);
	}
	json_out_array_end(j);
}

static void write_limit(const char *key, uint64_t limit, struct json_out *j)
{
	json_out_ki64_or_null(j, key, limit ? (int64_t)limit : -1);
}

/* Only where it was asked for: few digests are of such a part. */
static void write_beyond(const struct digest_asked *q, struct json_out *j)
{
	if (!q->beyond.n)
		return;
	json_out_key(j, "beyond");
	json_out_array(j);
	for (size_t i = 0; i < q->beyond.n; i++)
		json_out_str(j, q->beyond.v[i]);
	json_out_array_end(j);
}

static void write_asked(const struct digest_asked *q, struct json_out *j)
{
	json_out_key(j, "asked");
	json_out_object(j);
	write_since(q, j);
	json_out_kstr(j, "scope", str_c(scopes[q->scope]));
	json_out_key(j, "paths");
	json_out_array(j);
	for (size_t i = 0; i < q->paths.n; i++)
		json_out_str(j, q->paths.v[i]);
	json_out_array_end(j);
	write_classes(&q->classes, j);
	write_limit("max_commits", q->max_commits, j);
	write_limit("max_seconds", q->max_seconds, j);
	write_beyond(q, j);
	json_out_object_end(j);
}

void digest_asked_write(const struct digest *d, struct json_out *j)
{
	json_out_key(j, "engine");
	json_out_object(j);
	json_out_ki64(j, "counts", (int64_t)d->engine);
	json_out_ki64(j, "classes", (int64_t)d->class_table);
	json_out_object_end(j);
	write_asked(&d->asked, j);
	json_out_key(j, "incomplete");
	json_out_array(j);
	for (size_t i = 0; i < AXES; i++)
		if (d->incomplete & 1u << i)
			json_out_str(j, str_c(axes[i]));
	json_out_array_end(j);
}

/* ---- reading ----------------------------------------------------------- */

const char *digest_asked_read_engine(struct digest_reading *r,
				     struct json_raw raw)
{
	static const char *const keys[] = {"counts", "classes"};
	struct json_raw of[2];
	const char *why = digest_part_members(
		r, raw, (struct digest_keys){keys, 2, 2}, of);
	struct digest *d = r->d;

	if (why)
		return why;
	return digest_part_count(of[0], &d->engine) && d->engine &&
	       digest_part_count(of[1], &d->class_table)
		? NULL : "the engine is not two numbers";
}

static bool is_short(struct json_raw raw)
{
	return raw.type == JSON_STRING && raw.text.n <= LIMIT_NAME_BYTES;
}

static bool read_since(struct json_raw raw, struct arena *a,
		       struct digest_asked *q)
{
	q->has_since = raw.type != JSON_NULL;
	return !q->has_since ||
	       (raw.type == JSON_STRING &&
		!date_parse(json_raw_str(raw, a), &q->since));
}

static bool read_scope(struct json_raw raw, struct arena *a,
		       enum digest_scope *ret)
{
	struct str name = json_raw_str(raw, a);

	for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++)
		if (str_is(name, scopes[i])) {
			*ret = (enum digest_scope)i;
			return true;
		}
	return false;
}

static bool read_paths(struct json_raw raw, struct arena *a,
		       struct digest_asked *q)
{
	struct json_raw one;
	struct json_walk w;

	if (raw.type != JSON_ARRAY)
		return false;
	json_walk_begin(&w, raw);
	while (json_walk_next(&w, NULL, &one)) {
		if (!is_short(one))
			return false;
		vec_push(&q->paths, json_raw_str(one, a));
	}
	return true;
}

/* ["vendored", "lib/ext?"] */
static bool read_class(struct json_raw raw, struct arena *a,
		       struct digest_asked *q)
{
	struct line_class_choice c = {0};
	struct json_raw of[2];

	if (!json_walk_take(raw, of, 2) || !is_short(of[1]) ||
	    !line_class_find(json_raw_str(of[0], a), &c.class))
		return false;
	c.paths = json_raw_str(of[1], a);
	vec_push(&q->classes.list, c);
	return true;
}

static bool read_classes(struct json_raw raw, struct arena *a,
			 struct digest_asked *q)
{
	struct json_raw one;
	struct json_walk w;

	if (raw.type != JSON_ARRAY)
		return false;
	json_walk_begin(&w, raw);
	while (json_walk_next(&w, NULL, &one))
		if (!read_class(one, a, q))
			return false;
	return true;
}

/* Ids, ascending; the member may be missing. */
static bool read_beyond(struct json_raw raw, struct arena *a,
			struct digest_asked *q)
{
	struct json_raw one;
	struct json_walk w;

	if (raw.type == JSON_ABSENT)
		return true;
	if (raw.type != JSON_ARRAY)
		return false;
	json_walk_begin(&w, raw);
	while (json_walk_next(&w, NULL, &one)) {
		struct str id = json_raw_str(one, a);

		if (!digest_part_is_id(id) ||
		    (q->beyond.n &&
		     str_cmp(q->beyond.v[q->beyond.n - 1], id) >= 0))
			return false;
		vec_push(&q->beyond, id);
	}
	return q->beyond.n != 0;
}

static bool read_limit(struct json_raw raw, uint64_t *ret)
{
	return raw.type == JSON_NULL ||
	       (digest_part_count(raw, ret) && *ret != 0);
}

const char *digest_asked_read(struct digest_reading *r, struct json_raw raw)
{
	static const char *const keys[] = {"since", "scope", "paths",
					   "classes", "max_commits",
					   "max_seconds", "beyond"};
	struct digest_asked *q = &r->d->asked;
	struct json_raw of[7];
	const char *why = digest_part_members(
		r, raw, (struct digest_keys){keys, 7, 6}, of);

	if (why)
		return why;
	return read_since(of[0], r->a, q) &&
	       read_scope(of[1], r->a, &q->scope) &&
	       read_paths(of[2], r->a, q) && read_classes(of[3], r->a, q) &&
	       read_limit(of[4], &q->max_commits) &&
	       read_limit(of[5], &q->max_seconds) &&
	       read_beyond(of[6], r->a, q)
		? NULL : "what was asked is not written as the format wants";
}

static const char *read_axis(struct digest_reading *r, struct json_raw raw)
{
	unsigned axis = digest_asked_axis(str_unquote(raw.text));
	unsigned *to = &r->d->incomplete;

	if (raw.type != JSON_STRING || !(axis & r->d->axes & ~*to) ||
	    axis <= *to)
		return "an axis that is incomplete is not one that was "
		       "counted, or out of order";
	*to |= axis;
	return NULL;
}

const char *digest_asked_read_incomplete(struct digest_reading *r,
					 struct json_raw raw)
{
	r->line = raw.line;
	return raw.type == JSON_ARRAY ? digest_part_rows(r, raw, read_axis)
				      : "incomplete is not an array";
}
