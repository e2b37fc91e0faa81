/*
 * Software Heritage: which repositories of a target it has archived, and when
 * last.  Two addresses whose last visit found the same snapshot had the same
 * branches and commits: one is a mirror of the other (A).  The identifier of
 * the snapshot is a hash over all of them.
 */
#include "feeds/feed.h"

/* Of a repository without any branch. */
#define EMPTY "1a8893e6a86f444e8be8e7bda6cb34fb1735a00e"

static void ask(struct feed_run *r)
{
	for (size_t i = 0; i < r->wants->repositories.n; i++) {
		struct str url = r->wants->repositories.v[i];
		struct feed_request q = {.key = url, .may_be_unknown = true};
		struct strbuf b = {0};

		strbuf_cstr(&b, "/api/1/origin/");
		strbuf_add(&b, url);
		strbuf_cstr(&b, "/visit/latest/?require_snapshot=true");
		q.url = strbuf_str(&b);
		if (str_find_ch(url, '?') == SIZE_MAX &&
		    str_find_ch(url, '#') == SIZE_MAX)
			feed_ask(r, &q);
		strbuf_release(&b);
	}
}

/* --- rows ----------------------------------------------------------------- */

static bool is_snapshot(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_hex(s.p[i]))
			return false;
	return s.n == 40 && !str_is(s, EMPTY);
}

/* Snapshots that were seen, and the first address of each. */
struct feed_own {
	struct map snapshots;
	VEC(struct str) first;
};

/* The first address with a snapshot leads; those after it are its mirrors. */
static void take_snapshot(struct feed_run *r, struct str key,
			  const struct answer *a, struct str snapshot)
{
	struct feed_said row = {.kind = "mirror", .value = STR("same"),
				.confidence = "A",
				.subject = feed_repository(r, key),
				.note = arena_fmt(&r->arena, "swh:1:snp:%.*s",
						  STR_ARG(snapshot))};
	struct str source = feed_source(r, key, a, "Software Heritage, the "
						   "last visit");
	struct feed_own *seen = r->own;
	size_t *first;
	bool is_new;

	if (!is_snapshot(snapshot) || !row.subject.n)
		return;
	first = map_put(&seen->snapshots, snapshot, seen->first.n, &is_new);
	if (is_new)
		vec_push(&seen->first, row.subject);
	row.object = seen->first.v[*first];
	if (!str_eq(row.subject, row.object))
		feed_say(r, &row, source, a);
}

static void take_answer(struct feed_run *r, struct str key,
			const struct answer *a)
{
	struct json_raw root, snapshot;

	if (a->status != 200 || feed_json(r, key, a->body, &root))
		return;
	snapshot = json_raw_get(root, "snapshot");
	if (json_raw_get(root, "origin").type != JSON_STRING ||
	    (snapshot.type != JSON_STRING && snapshot.type != JSON_NULL)) {
		(void)feed_fail(r, key, "not the shape of a visit");
		return;
	}
	take_snapshot(r, key, a, json_raw_str(snapshot, &r->arena));
}

static enum err publish(struct feed_run *r)
{
	struct feed_own seen = {0};
	enum err e;

	r->own = &seen;
	e = feed_publish_each(r, take_answer);
	r->own = NULL;
	map_release(&seen.snapshots);
	vec_release(&seen.first);
	return e;
}

const struct feed feed_softwareheritage = {
	.name = "softwareheritage",
	.summary = "mirrors by equal snapshots, from Software Heritage",
	.licence = "service-terms",
	.url = "https://archive.softwareheritage.org", .hosts = "",
	.rate = "1/s 120/h", .token = "", .settings = "",
	.flags = FEED_PER_TARGET | FEED_AFTER, .parallel = 1, .ask = ask,
	.publish = publish,
};
