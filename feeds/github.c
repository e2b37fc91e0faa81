/*
 * GitHub's REST API: where a repository is now, what it is a fork or a mirror
 * of, and which organisation owns it.  Users are persons: of them nothing is
 * asked, and nothing is kept but the path that the address has anyway.
 */
#include "feeds/forge_rows.h"

#define SITE "github.com"
#define ACCEPT STR("application/vnd.github+json")

/* --- what is kept --------------------------------------------------------- */

static struct str keep_repository(struct feed_run *r, struct str body)
{
	struct json_raw root;
	struct json_out j;
	struct strbuf b;

	if (json_scan(body, &root, NULL) || root.cut ||
	    json_raw_get(root, "full_name").type != JSON_STRING ||
	    json_raw_get(root, "fork").type != JSON_BOOL)
		return STR("");
	feed_keep_begin(&j, &b, body);
	feed_keep(&j, root, "full_name fork archived mirror_url", &r->arena);
	forge_rows_keep(&j, root, "parent", "full_name", &r->arena);
	forge_rows_keep(&j, root, "source", "full_name", &r->arena);
	forge_rows_keep(&j, root, "owner", "type", &r->arena);
	return feed_keep_end(r, &j, &b);
}

static struct str keep_owner(struct feed_run *r, struct str body)
{
	struct json_raw root;
	struct json_out j;
	struct strbuf b;

	if (json_scan(body, &root, NULL) || root.cut ||
	    json_raw_get(root, "login").type != JSON_STRING)
		return STR("");
	feed_keep_begin(&j, &b, body);
	feed_keep(&j, root, "login name blog is_verified", &r->arena);
	return feed_keep_end(r, &j, &b);
}

static struct str keep(struct feed_run *r, struct str key, struct str body)
{
	return str_has_prefix(key, STR("orgs/")) ? keep_owner(r, body)
						 : keep_repository(r, body);
}

/* --- asking --------------------------------------------------------------- */

/* "owner" of "owner/name". */
static struct str owner_of(struct str path)
{
	return str_head(path, str_find_ch(path, '/'));
}

static void ask_owner(struct feed_run *r, struct str key,
		      const struct answer *a)
{
	struct feed_request q = {.accept = ACCEPT, .may_be_unknown = true};
	struct strbuf url = {0};
	struct json_raw root;
	struct str owner;

	if (a->status != 200 || feed_json(r, key, a->body, &root) ||
	    !str_is(forge_rows_text(r, json_raw_get(root, "owner"), "type"),
		    "Organization"))
		return;
	owner = arena_lower(&r->arena, owner_of(
		forge_rows_text(r, root, "full_name")));
	q.key = arena_fmt(&r->arena, "orgs/%.*s", STR_ARG(owner));
	if (!feed_once(r, q.key))
		return;
	strbuf_cstr(&url, "/orgs/");
	origin_encode(&url, owner);
	q.url = strbuf_str(&url);
	feed_ask(r, &q);
	strbuf_release(&url);
}

static void ask_repository(struct feed_run *r, struct str host,
			   struct str path)
{
	struct feed_request q = {.accept = ACCEPT, .may_be_unknown = true,
				 .then = ask_owner};
	struct strbuf url = {0};
	struct str owner, name;

	(void)host;
	if (!str_cut(path, '/', &owner, &name) ||
	    str_find_ch(name, '/') != SIZE_MAX)
		return;
	strbuf_cstr(&url, "/repos/");
	origin_encode(&url, owner);
	strbuf_ch(&url, '/');
	origin_encode(&url, name);
	q.url = strbuf_str(&url);
	q.key = arena_lower(&r->arena, arena_fmt(
		&r->arena, "repos/%.*s", STR_ARG(path)));
	feed_ask(r, &q);
	strbuf_release(&url);
}

static void ask(struct feed_run *r)
{
	forge_rows_ask(r, STR(SITE), ask_repository);
}

/* --- rows ----------------------------------------------------------------- */

static struct str address_of(struct feed_run *r, struct str full_name)
{
	return full_name.n ? arena_lower(&r->arena, arena_fmt(
		&r->arena, SITE "/%.*s", STR_ARG(full_name))) : STR("");
}

static void take_repository(struct forge_rows *f, struct json_raw root)
{
	struct feed_run *r = f->run;
	struct str now = address_of(r, forge_rows_text(r, root, "full_name"));
	struct str of = forge_rows_text(r, json_raw_get(root, "source"),
					"full_name");
	struct str mirror = forge_rows_text(r, root, "mirror_url");

	if (!of.n)
		of = forge_rows_text(r, json_raw_get(root, "parent"),
				     "full_name");
	forge_rows_moved(f, now);
	f->repository = now;
	if (str_is(json_raw_get(root, "fork").text, "true"))
		forge_rows_fork(f, address_of(r, of));
	else if (mirror.n)
		forge_rows_fork(f, feed_repository(r, mirror));
}

static void take_answer(struct feed_run *r, struct str key,
			const struct answer *a)
{
	struct forge_rows f = {.run = r, .answer = a};
	struct json_raw root;

	if (a->status != 200 || feed_json(r, key, a->body, &root))
		return;
	f.source = feed_source(r, key, a, "GitHub, what was kept of its "
					  "answer");
	if (str_has_prefix(key, STR("repos/"))) {
		f.repository = address_of(r, str_from(key, 6));
		take_repository(&f, root);
	} else {
		forge_rows_owner(&f, address_of(r, str_from(key, 5)),
				 forge_rows_text(r, root, "name"),
				 forge_rows_text(r, root, "blog"));
	}
}

static enum err publish(struct feed_run *r)
{
	return feed_publish_each(r, take_answer);
}

const struct feed feed_github = {
	.name = "github",
	.summary = "forks, mirrors, moves and owners, from GitHub",
	.licence = "service-terms", .url = "https://api.github.com",
	.hosts = "", .rate = "2/s 5000/h", .token = "", .settings = "",
	.flags = FEED_PER_TARGET | FEED_AFTER, .parallel = 2, .ask = ask,
	.publish = publish, .keep = keep,
};
