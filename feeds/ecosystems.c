/*
 * ecosyste.ms: from a package to the repository that its register names, to
 * what that repository is a fork of, and to the organisation that owns it.
 * All of it is a copy of what others say, so each row is B.  Of an answer only
 * these members are kept: the rest tells of maintainers.
 */
#include "feeds/feed.h"

#include "model/purl.h"

/* Types that are an address, and those that no register has. */
static bool is_asked(struct str purl)
{
	static const char *const others[] = {
		"pkg:bitbucket/", "pkg:generic/", "pkg:git/", "pkg:github/",
		"pkg:gitlab/", "pkg:huggingface/", "pkg:oci/", "pkg:swid/"};

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (str_has_prefix(purl, str_c(others[i])))
			return false;
	return true;
}

/* --- what is kept --------------------------------------------------------- */

static void keep_owner(struct json_out *j, struct json_raw owner,
		       struct arena *a)
{
	struct str kind = json_raw_str(json_raw_get(owner, "kind"), a);

	json_out_key(j, "owner");
	json_out_object(j);
	/* of a person nothing is kept */
	if (str_is(kind, "organization"))
		feed_keep(j, owner, "login name website", a);
	json_out_object_end(j);
}

static void keep_package(struct json_out *j, struct json_raw of,
			 struct arena *a)
{
	struct json_raw meta = json_raw_get(of, "repo_metadata");

	json_out_object(j);
	feed_keep(j, of, "purl ecosystem repository_url status", a);
	json_out_key(j, "repo_metadata");
	json_out_object(j);
	feed_keep(j, meta, "full_name fork source_name mirror_url archived",
		  a);
	keep_owner(j, json_raw_get(meta, "owner_record"), a);
	json_out_object_end(j);
	json_out_object_end(j);
}

static struct str keep(struct feed_run *r, struct str key, struct str body)
{
	struct json_raw root, one;
	struct json_walk w;
	struct json_out j;
	struct strbuf b;

	(void)key;
	if (json_scan(body, &root, NULL) || root.cut ||
	    root.type != JSON_ARRAY)
		return STR("");
	feed_keep_begin(&j, &b, body);
	json_out_key(&j, "packages");
	json_out_array(&j);
	json_walk_begin(&w, root);
	while (json_walk_next(&w, NULL, &one))
		if (one.type == JSON_OBJECT)
			keep_package(&j, one, &r->arena);
	json_out_array_end(&j);
	return feed_keep_end(r, &j, &b);
}

/* --- asking --------------------------------------------------------------- */

static void ask(struct feed_run *r)
{
	struct str last = STR("");

	for (size_t i = 0; i < r->wants->packages.n; i++) {
		struct str purl = r->wants->packages.v[i].purl;
		struct feed_request q = {.key = purl, .may_be_unknown = true};
		struct strbuf url = {0};

		if (str_eq(purl, last) || !is_asked(purl))
			continue;
		last = purl;
		strbuf_cstr(&url, "/api/v1/packages/lookup?purl=");
		origin_encode(&url, purl);
		q.url = strbuf_str(&url);
		feed_ask(r, &q);
		strbuf_release(&url);
	}
}

/* --- rows ----------------------------------------------------------------- */

/* An answer while its rows are written. */
struct reading {
	struct feed_run *run;
	struct str source;
	const struct answer *answer;
};

static void say(struct reading *g, const char *kind, struct str subject,
		struct str object)
{
	struct feed_said row = {.kind = kind, .subject = subject,
				.object = object, .confidence = "B"};

	if (subject.n && object.n && !str_eq(subject, object))
		feed_say(g->run, &row, g->source, g->answer);
}

static struct str text_of(struct reading *g, struct json_raw of,
			  const char *key)
{
	return json_raw_str(json_raw_get(of, key), &g->run->arena);
}

/* What a repository is a fork or a mirror of. */
static void take_origin(struct reading *g, struct str repository,
			struct json_raw meta)
{
	bool is_fork = str_is(json_raw_get(meta, "fork").text, "true");
	struct str host = str_head(repository, str_find_ch(repository, '/'));
	struct str from = text_of(g, meta, "source_name");
	struct str mirror = text_of(g, meta, "mirror_url");

	if (is_fork && from.n)
		say(g, "fork", repository, feed_repository(
			g->run, arena_fmt(&g->run->arena, "%.*s/%.*s",
					  STR_ARG(host), STR_ARG(from))));
	else if (mirror.n)
		say(g, "fork", repository, feed_repository(g->run, mirror));
}

static void take_owner(struct reading *g, struct str repository,
		       struct json_raw owner)
{
	struct str name = text_of(g, owner, "name");
	struct str host = str_head(repository, str_find_ch(repository, '/'));
	struct str login = arena_lower(&g->run->arena,
				       text_of(g, owner, "login"));

	if (login.n)
		say(g, "publishes", arena_fmt(
			&g->run->arena, "%.*s/%.*s", STR_ARG(host),
			STR_ARG(login)), feed_known_name(g->run, name));
}

/* The rows of one package; does it name a repository? */
static bool take_package(struct reading *g, struct str package,
			 struct json_raw of)
{
	struct str repository = feed_repository(
		g->run, text_of(g, of, "repository_url"));
	struct json_raw meta = json_raw_get(of, "repo_metadata");

	if (!repository.n)
		return false;
	say(g, "package", package, repository);
	take_origin(g, repository, meta);
	take_owner(g, repository, json_raw_get(meta, "owner"));
	return true;
}

static void take_answer(struct feed_run *r, struct str key,
			const struct answer *a)
{
	struct reading g = {r, feed_source(r, key, a, "ecosyste.ms, the "
					   "answer of this digest"), a};
	struct feed_said none = {.kind = "package", .confidence = "B"};
	struct json_raw root, one;
	struct json_walk w;
	bool any = false, found = false;

	none.subject = arena_lower(&r->arena, key);
	none.value = STR("unknown");
	if (a->status == 200) {
		if (feed_json(r, key, a->body, &root))
			return;
		json_walk_begin(&w, json_raw_get(root, "packages"));
		while (json_walk_next(&w, NULL, &one)) {
			any = true;
			found = take_package(&g, none.subject, one) || found;
		}
	}
	if (any)
		none.value = STR("no-source");
	if (!found)
		feed_say(r, &none, g.source, a);
}

static enum err publish(struct feed_run *r)
{
	return feed_publish_each(r, take_answer);
}

const struct feed feed_ecosystems = {
	.name = "ecosystems",
	.summary = "repositories and owners of packages, from ecosyste.ms",
	.licence = "CC-BY-SA-4.0", .url = "https://packages.ecosyste.ms",
	.hosts = "", .rate = "2/s 5000/h", .token = "", .settings = "",
	.flags = FEED_PER_TARGET, .parallel = 2, .ask = ask,
	.publish = publish, .keep = keep,
};
