/*
 * OpenSSF Scorecard: the score of a repository's practices, with its date and
 * commit, kept as a source row that a reader can look up.  It says nothing of
 * who wrote anything, and nothing is concluded from it.
 */
#include "feeds/forge_rows.h"

static struct str keep(struct feed_run *r, struct str key, struct str body)
{
	struct json_raw root, score;
	struct json_out j;
	struct strbuf b;

	(void)key;
	if (json_scan(body, &root, NULL) || root.cut)
		return STR("");
	score = json_raw_get(root, "score");
	if (score.type != JSON_NUMBER || score.text.n > 20 ||
	    json_raw_get(root, "repo").type != JSON_OBJECT)
		return STR("");
	feed_keep_begin(&j, &b, body);
	feed_keep(&j, root, "date", &r->arena);
	json_out_kstr(&j, "score", score.text);
	feed_keep(&j, json_raw_get(root, "repo"), "name commit", &r->arena);
	return feed_keep_end(r, &j, &b);
}

static void ask_repository(struct feed_run *r, struct str host,
			   struct str path)
{
	struct feed_request q = {.may_be_unknown = true};

	q.key = arena_fmt(&r->arena, "%.*s/%.*s", STR_ARG(host),
			  STR_ARG(path));
	q.url = arena_fmt(&r->arena, "/projects/%.*s", STR_ARG(q.key));
	if (str_find_ch(path, '?') == SIZE_MAX &&
	    str_find_ch(path, '#') == SIZE_MAX)
		feed_ask(r, &q);
}

static void ask(struct feed_run *r)
{
	forge_rows_ask(r, STR("github.com"), ask_repository);
	forge_rows_ask(r, STR("gitlab.com"), ask_repository);
}

static void take_answer(struct feed_run *r, struct str key,
			const struct answer *a)
{
	struct json_raw root;
	struct str score, date;

	if (a->status != 200 || feed_json(r, key, a->body, &root))
		return;
	score = forge_rows_text(r, root, "score");
	date = forge_rows_text(r, root, "date");
	/* -1: it could not be told */
	feed_source(r, key, a, arena_fmt(
		&r->arena, "%.*s of 10 on %.*s: practices of %.*s",
		STR_ARG(score), STR_ARG(str_head(date, 10)),
		STR_ARG(key)).p);
}

static enum err publish(struct feed_run *r)
{
	return feed_publish_each(r, take_answer);
}

const struct feed feed_scorecard = {
	.name = "scorecard",
	.summary = "scores of practices, from OpenSSF Scorecard",
	.licence = "CDLA-Permissive-2.0",
	.url = "https://api.scorecard.dev", .hosts = "", .rate = "2/s",
	.token = "", .settings = "", .flags = FEED_PER_TARGET | FEED_AFTER,
	.parallel = 2, .ask = ask, .publish = publish, .keep = keep,
};
