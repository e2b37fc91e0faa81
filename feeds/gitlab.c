/*
 * GitLab's REST API, version 4, of any instance: where a project is now, what
 * it was forked from, and which group owns it.  `url` is one instance (and
 * `site` its name in addresses of repositories); others are those of `hosts`,
 * which never see the token.  Users are persons: nothing of them is kept.
 */
#include "feeds/forge_rows.h"

static struct str site(const struct feed_run *r)
{
	return feed_setting(r, "site", "gitlab.com");
}

static struct str keep(struct feed_run *r, struct str key, struct str body)
{
	struct json_raw root, owner;
	struct json_out j;
	struct strbuf b;
	bool is_group;

	(void)key;
	if (json_scan(body, &root, NULL) || root.cut ||
	    json_raw_get(root, "path_with_namespace").type != JSON_STRING)
		return STR("");
	owner = json_raw_get(root, "namespace");
	is_group = str_is(forge_rows_text(r, owner, "kind"), "group");
	feed_keep_begin(&j, &b, body);
	feed_keep(&j, root, "path_with_namespace archived", &r->arena);
	forge_rows_keep(&j, root, "forked_from_project",
			"path_with_namespace", &r->arena);
	forge_rows_keep(&j, root, "namespace", is_group
			? "kind full_path name" : "kind", &r->arena);
	return feed_keep_end(r, &j, &b);
}

/* --- asking --------------------------------------------------------------- */

static void ask_project(struct feed_run *r, struct str host, struct str path)
{
	struct feed_request q = {.may_be_unknown = true};
	struct strbuf url = {0};

	if (str_find_ch(path, '/') == SIZE_MAX)
		return;
	if (!str_eq(host, site(r)))
		strbuf_fmt(&url, "https://%.*s", STR_ARG(host));
	strbuf_cstr(&url, "/api/v4/projects/");
	origin_encode(&url, path);
	q.url = strbuf_str(&url);
	q.key = arena_lower(&r->arena, arena_fmt(
		&r->arena, "%.*s/%.*s", STR_ARG(host), STR_ARG(path)));
	feed_ask(r, &q);
	strbuf_release(&url);
}

static void ask(struct feed_run *r)
{
	struct str hosts = r->service.hosts, host;

	forge_rows_ask(r, site(r), ask_project);
	while (str_word(&hosts, &host))
		forge_rows_ask(r, host, ask_project);
}

/* --- rows ----------------------------------------------------------------- */

static void take_project(struct forge_rows *f, struct str host,
			 struct json_raw root)
{
	struct feed_run *r = f->run;
	struct json_raw owner = json_raw_get(root, "namespace");
	struct str now = forge_rows_text(r, root, "path_with_namespace");
	struct str of = forge_rows_text(r, json_raw_get(
		root, "forked_from_project"), "path_with_namespace");
	struct str path = forge_rows_text(r, owner, "full_path");
	struct arena *a = &r->arena;

	forge_rows_moved(f, arena_lower(a, arena_fmt(
		a, "%.*s/%.*s", STR_ARG(host), STR_ARG(now))));
	if (of.n)
		forge_rows_fork(f, arena_lower(a, arena_fmt(
			a, "%.*s/%.*s", STR_ARG(host), STR_ARG(of))));
	if (path.n)
		forge_rows_owner(f, arena_fmt(
			a, "%.*s/%.*s", STR_ARG(host), STR_ARG(path)),
			forge_rows_text(r, owner, "name"), STR(""));
}

static void take_answer(struct feed_run *r, struct str key,
			const struct answer *a)
{
	struct forge_rows f = {.run = r, .repository = key, .answer = a};
	struct json_raw root;

	if (a->status != 200 || feed_json(r, key, a->body, &root))
		return;
	f.source = feed_source(r, key, a, "GitLab, what was kept of its "
					  "answer");
	take_project(&f, str_head(key, str_find_ch(key, '/')), root);
}

static enum err publish(struct feed_run *r)
{
	return feed_publish_each(r, take_answer);
}

const struct feed feed_gitlab = {
	.name = "gitlab",
	.summary = "forks, moves and owners, from GitLab instances",
	.licence = "service-terms", .url = "https://gitlab.com",
	.hosts = "gitlab.eurecom.fr", .rate = "2/s",
	.token = "PRIVATE-TOKEN: ", .settings = "site",
	.flags = FEED_PER_TARGET | FEED_AFTER, .parallel = 2, .ask = ask,
	.publish = publish, .keep = keep,
};
