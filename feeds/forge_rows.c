/* Rows about repositories on forges. */
#include "feeds/forge_rows.h"

void forge_rows_ask(struct feed_run *r, struct str host,
		    void (*each)(struct feed_run *r, struct str host,
				 struct str path))
{
	struct str begin = arena_fmt(&r->arena, "https://%.*s/",
				     STR_ARG(host));

	for (size_t i = 0; i < r->wants->repositories.n; i++) {
		struct str url = r->wants->repositories.v[i];

		if (str_has_prefix_nocase(url, begin) && url.n > begin.n)
			each(r, host, str_from(url, begin.n));
	}
}

static void say(const struct forge_rows *f, struct feed_said row)
{
	if (row.subject.n && row.object.n && !str_eq(row.subject, row.object))
		feed_say(f->run, &row, f->source, f->answer);
}

void forge_rows_moved(const struct forge_rows *f, struct str now)
{
	say(f, (struct feed_said){
		.kind = "mirror", .subject = f->repository, .object = now,
		.value = STR("same"), .confidence = "A",
		.note = STR("the forge leads the old address to this one")});
}

void forge_rows_fork(const struct forge_rows *f, struct str of)
{
	say(f, (struct feed_said){
		.kind = "fork", .subject = f->repository, .object = of,
		.confidence = "A"});
}

/* The host of a web site as somebody wrote it. */
static struct str host_of(struct feed_run *r, struct str site)
{
	struct arena *a = &r->arena;
	struct origin o;

	if (str_find(site, STR("://")) == SIZE_MAX)
		site = arena_fmt(a, "https://%.*s", STR_ARG(site));
	if (origin_parse(site, a, &o))
		return STR("");
	return str_has_prefix(o.host, STR("www.")) ? str_from(o.host, 4)
						   : o.host;
}

void forge_rows_owner(const struct forge_rows *f, struct str namespace,
		      struct str name, struct str site)
{
	struct str org = feed_known_name(f->run, name);
	struct str by_site = site.n
		? feed_known_host(f->run, host_of(f->run, site)) : STR("");

	/* two names that mean two organisations mean none */
	if (org.n && by_site.n && !str_eq(org, by_site))
		return;
	say(f, (struct feed_said){
		.kind = "publishes", .confidence = "B",
		.subject = arena_lower(&f->run->arena, namespace),
		.object = org.n ? org : by_site,
		.note = org.n ? STR("by the name of the owner")
			      : STR("by the web site of the owner")});
}

struct str forge_rows_text(struct feed_run *r, struct json_raw of,
			   const char *key)
{
	return json_raw_str(json_raw_get(of, key), &r->arena);
}

void forge_rows_keep(struct json_out *j, struct json_raw of, const char *key,
		     const char *names, struct arena *a)
{
	json_out_key(j, key);
	json_out_object(j);
	feed_keep(j, json_raw_get(of, key), names, a);
	json_out_object_end(j);
}
