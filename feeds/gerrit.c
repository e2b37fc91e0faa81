/*
 * Gerrit's REST API, of any instance, asked anonymously: which projects it
 * has, and who reviewed and submitted the changes of those that targets name,
 * for histories that come without Gerrit's notes (refs/notes/review).  Of
 * accounts nothing is kept but the hosts of their addresses.  What is kept of
 * changes is in gerrit_change.c, what becomes of it in gerrit_digest.c.
 */
#include "feeds/feed.h"

#include "feeds/gerrit_change.h"
#include "feeds/gerrit_digest.h"
#include "base/date.h"
#include "model/address.h"
#include "model/component.h"
#include "model/facts_index.h"
#include "store/review_store.h"

#define MOST_PROJECTS 200
#define MOST_CHANGES 20000  /* of one project */
#define OTHERS "gerrit.onap.org/r gerrit.fd.io/r review.opendev.org"
#define AT_ONCE 100         /* changes of one answer */
#define ALL_AGAIN (30 * 24 * 60 * 60) /* seconds until all are read again */
#define PROJECTS_AT_ONCE 500
#define MOST_LISTED 20000   /* projects of one instance */

struct feed_own {
	struct map wanted;  /* keys of addresses, which are: */
	VEC(struct str) keys;
	struct gerrit_digest digest; /* while answers are published */
};

static void begin(struct feed_run *r)
{
	r->own = arena_alloc(&r->arena, sizeof *r->own);
	*r->own = (struct feed_own){.digest.run = r};
}

static void release(struct feed_run *r)
{
	map_release(&r->own->wanted);
	vec_release(&r->own->keys);
	gerrit_digest_release(&r->own->digest);
}

/* --- what is kept --------------------------------------------------------- */

/* Names of projects; "" for another shape. */
static struct str keep_projects(struct feed_run *r, struct json_raw root,
				struct str body)
{
	struct json_raw one;
	struct json_out j;
	struct json_walk w;
	struct strbuf b;
	struct str key, kept;
	bool is = root.type == JSON_OBJECT, has_more = false;

	feed_keep_begin(&j, &b, body);
	json_out_key(&j, "projects");
	json_out_array(&j);
	json_walk_begin(&w, root);
	while (is && json_walk_next(&w, &key, &one)) {
		is = one.type == JSON_OBJECT &&
		     json_raw_get(one, "id").type == JSON_STRING;
		json_out_str(&j, key);
		has_more = str_is(json_raw_get(one, "_more_projects").text,
				  "true");
	}
	json_out_array_end(&j);
	json_out_kbool(&j, "more", has_more);
	kept = feed_keep_end(r, &j, &b);
	return is ? kept : STR("");
}

/* The branch of HEAD. */
static struct str keep_head(struct feed_run *r, struct json_raw root,
			    struct str body)
{
	struct str head = json_raw_str(root, &r->arena);
	struct json_out j;
	struct strbuf b;

	if (!str_has_prefix(head, STR("refs/heads/")))
		return STR("");
	feed_keep_begin(&j, &b, body);
	json_out_kstr(&j, "branch", str_from(head, 11));
	return feed_keep_end(r, &j, &b);
}

/* What follows the place in a key: "list 000500", "head", "changes 000100",
 * "front", "since 000000", "since front". */
static struct str part_of(struct str key)
{
	return str_from(key, str_find_ch(key, ' ') + 1);
}

static struct str place_of(struct str key)
{
	return str_head(key, str_find_ch(key, ' '));
}

static struct str keep(struct feed_run *r, struct str key, struct str body)
{
	struct str part = part_of(key);
	struct json_raw root;

	if (!str_has_prefix(part, STR("list")) && !str_is(part, "head"))
		return gerrit_change_keep(r, body);
	if (json_scan(gerrit_change_body(body), &root, NULL) || root.cut)
		return STR("");
	return str_is(part, "head") ? keep_head(r, root, body)
				    : keep_projects(r, root, body);
}

/* --- where ---------------------------------------------------------------- */

static struct str site(const struct feed_run *r)
{
	return feed_setting(r, "site", "gerrit.o-ran-sc.org/r");
}

/* The instance that a place is below, and what follows it. */
static struct str instance_of(struct feed_run *r, struct str place,
			      struct str *ret_project)
{
	struct str all = feed_setting(r, "instances", OTHERS), word;
	struct str found = site(r);

	while (!str_has_prefix(place, arena_fmt(&r->arena, "%.*s/",
						STR_ARG(found))) &&
	       str_word(&all, &word))
		found = word;
	*ret_project = str_from(place, found.n + 1);
	return found;
}

/* An address at an instance. */
static struct str url_at(struct feed_run *r, struct str instance,
			 struct str path)
{
	return str_eq(instance, site(r)) ? path : arena_fmt(
		&r->arena, "https://%.*s%.*s", STR_ARG(instance),
		STR_ARG(path));
}

static struct str key_of(struct feed_run *r, struct str address)
{
	return address_key(r->facts, date_of_seconds(r->now), address,
			   &r->arena);
}

static struct str encoded(struct feed_run *r, struct str s)
{
	struct strbuf b = {0};
	struct str e;

	origin_encode(&b, s);
	e = arena_dup(&r->arena, strbuf_str(&b));
	strbuf_release(&b);
	return e;
}

/* --- changes -------------------------------------------------------------- */

/* The number at the end of a key: the changes or projects before the page. */
static uint64_t first_of(struct str key)
{
	uint64_t n = 0;

	return str_to_u64(str_from(key, str_rfind_ch(key, ' ') + 1), &n) ? n
									 : 0;
}

static void take_changes(struct feed_run *r, struct str key,
			 const struct answer *a);

/* Pages of all changes ("changes"), or of those that were touched since then
 * ("since"): keys, and from which day on. */
struct series {
	struct str place;
	const char *name, *front;
	struct str after;  /* "" = all */
};

static struct str page_key(struct feed_run *r, const struct series *s,
			   uint64_t first)
{
	return arena_fmt(&r->arena, "%.*s %s %06llu", STR_ARG(s->place),
			 s->name, (unsigned long long)first);
}

static struct str front_key(struct feed_run *r, const struct series *s)
{
	return arena_fmt(&r->arena, "%.*s %s", STR_ARG(s->place), s->front);
}

static struct series all_of(struct str place)
{
	return (struct series){place, "changes", "front", STR("")};
}

/* Those since the day before all were read; it is said in UTC. */
static struct series since_all_of(struct feed_run *r, struct str place)
{
	const struct series all = all_of(place);
	int64_t time = answer_time(r->store, STR("gerrit"),
				   page_key(r, &all, 0));

	return (struct series){place, "since", "since front",
			       feed_day(r, time - 24 * 60 * 60)};
}

/* That of a key of a page; the place stays with the run. */
static struct series series_of(struct feed_run *r, struct str key)
{
	struct str place = arena_dup(&r->arena, place_of(key));

	return str_has_prefix(part_of(key), STR("since"))
		? since_all_of(r, place) : all_of(place);
}

/* Is an answer at hand that is not older than one that came before it? */
static bool has_since(struct feed_run *r, struct str key, int64_t time)
{
	int64_t there = answer_time(r->store, STR("gerrit"), key);

	return there && there >= time;
}

static struct str branch_of(struct feed_run *r, struct str place)
{
	struct json_raw root;
	struct answer head;

	if (feed_answer(r, arena_fmt(&r->arena, "%.*s head", STR_ARG(place)),
			&r->arena, &head) ||
	    json_scan(head.body, &root, NULL))
		return STR("");
	return json_raw_str(json_raw_get(root, "branch"), &r->arena);
}

static struct str changes_url(struct feed_run *r, const struct series *s,
			      uint64_t first)
{
	struct str project, instance = instance_of(r, s->place, &project);
	struct str branch = branch_of(r, s->place);
	struct str query = arena_fmt(
		&r->arena, "project:%.*s branch:%.*s status:merged%s%.*s",
		STR_ARG(project), STR_ARG(branch), s->after.n ? " after:" : "",
		STR_ARG(s->after));

	return url_at(r, instance, arena_fmt(
		&r->arena, "/changes/?q=%.*s&o=DETAILED_LABELS"
		"&o=DETAILED_ACCOUNTS&o=CURRENT_REVISION&o=CURRENT_COMMIT"
		"&n=%d&S=%llu", STR_ARG(encoded(r, query)), AT_ONCE,
		(unsigned long long)first));
}

/* A page; `since`: when the one in front of it was read.  What is at hand of
 * an earlier time would leave a gap. */
static void ask_page(struct feed_run *r, const struct series *s,
		     uint64_t first, int64_t since)
{
	struct feed_request q = {.key = page_key(r, s, first),
				 .then = take_changes};

	q.is_always = r->fetch && first && !has_since(r, q.key, since);
	q.url = changes_url(r, s, first);
	feed_ask(r, &q);
}

/* Changes that move while pages are read move to the front. */
static void ask_front(struct feed_run *r, const struct series *s,
		      int64_t since)
{
	struct feed_request q = {.key = front_key(r, s), .is_always = true};

	if (r->fetch && !has_since(r, q.key, since)) {
		q.url = changes_url(r, s, 0);
		feed_ask(r, &q);
	}
}

static void drop(struct feed_run *r, struct str place, const char *name,
		 int64_t before)
{
	if (answer_drop(r->store, STR("gerrit"), arena_fmt(
		&r->arena, "%.*s %s", STR_ARG(place), name), before))
		(void)feed_fail(r, place, "the store does not let go of what "
					  "is past");
}

/* All pages are read, the last one at `time`: what is of a time before the
 * first of them is past. */
static void end_pages(struct feed_run *r, const struct series *s,
		      uint64_t last, int64_t time)
{
	int64_t began = answer_time(r->store, STR("gerrit"),
				    page_key(r, s, 0));

	if (!s->after.n && r->fetch) {
		drop(r, s->place, "changes ", began);
		drop(r, s->place, "front", began);
		drop(r, s->place, "since ", began);
	}
	if (last)
		ask_front(r, s, time);
}

static void take_changes(struct feed_run *r, struct str key,
			 const struct answer *a)
{
	struct series s = series_of(r, key);
	uint64_t next = first_of(key), most = MOST_CHANGES, n;
	bool has_more;

	str_to_u64(feed_setting(r, "changes", "20000"), &most);
	if (a->status != 200 || gerrit_change_count(a->body, &n, &has_more))
		(void)feed_fail(r, key, "is no page of changes");
	else if (!has_more)
		end_pages(r, &s, next, a->time);
	else if (next + n >= most || !n)
		(void)feed_fail(r, s.place, "has more than %llu changes "
				"(setting: changes)",
				(unsigned long long)most);
	else
		ask_page(r, &s, next + n, a->time);
}

/* Were all changes of this branch asked for at this address, not too long
 * ago? */
static bool is_recent(struct feed_run *r, const struct series *s,
		      const struct answer *first)
{
	return r->now - first->time < ALL_AGAIN &&
	       str_eq(first->url, feed_url(r, changes_url(r, s, 0)));
}

/* Are all of them at hand, each page read after the one in front of it? */
static bool has_all(struct feed_run *r, struct str place)
{
	const struct series s = all_of(place);
	struct arena scratch = {0};
	struct answer a;
	uint64_t next = 0, n = 0;
	int64_t time = 0;
	bool is = true, has_more = true;

	while (is && has_more) {
		is = !feed_answer(r, page_key(r, &s, next), &scratch, &a) &&
		     a.status == 200 && a.time >= time &&
		     (next || is_recent(r, &s, &a)) &&
		     !gerrit_change_count(a.body, &n, &has_more) &&
		     (n || !has_more);
		time = a.time;
		next += has_more ? n : 0;
		arena_release(&scratch);
	}
	return is && (!next || has_since(r, front_key(r, &s), time));
}

static void take_head(struct feed_run *r, struct str key,
		      const struct answer *a)
{
	struct str place = arena_dup(&r->arena, place_of(key));
	struct series s = all_of(place);

	if (a->status != 200)
		return;
	/* what is young enough is at hand, and nothing else is asked */
	if (r->fetch && r->now - answer_time(r->store, STR("gerrit"),
				 page_key(r, &s, 0)) >= r->max_age &&
	    has_all(r, place))
		s = since_all_of(r, place);
	ask_page(r, &s, 0, 0);
}

/* --- projects ------------------------------------------------------------- */

/* Letters that mean nothing else in a query or a key. */
static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) &&
		    str_find_ch(STR("/._-~+"), s.p[i]) == SIZE_MAX)
			return false;
	return s.n && s.n < 300;
}

static void ask_project(struct feed_run *r, struct str instance,
			struct str project)
{
	struct str place = arena_fmt(&r->arena, "%.*s/%.*s",
				     STR_ARG(instance), STR_ARG(project));
	struct feed_request q = {.may_be_unknown = true, .then = take_head};

	if (!is_plain(project) ||
	    !map_get(&r->own->wanted, key_of(r, place)) ||
	    !feed_once(r, place))
		return;
	if (r->once.n > MOST_PROJECTS) {
		(void)feed_fail(r, place, "is one of more than %d projects",
				MOST_PROJECTS);
		return;
	}
	q.key = arena_fmt(&r->arena, "%.*s head", STR_ARG(place));
	q.url = url_at(r, instance, arena_fmt(
		&r->arena, "/projects/%.*s/HEAD",
		STR_ARG(encoded(r, project))));
	feed_ask(r, &q);
}

static void take_projects(struct feed_run *r, struct str key,
			  const struct answer *a);

static void ask_list(struct feed_run *r, struct str instance, uint64_t first)
{
	struct feed_request q = {.then = take_projects};

	q.key = arena_fmt(&r->arena, "%.*s list %06llu", STR_ARG(instance),
			  (unsigned long long)first);
	q.url = url_at(r, instance, arena_fmt(
		&r->arena, "/projects/?d&n=%d&S=%llu", PROJECTS_AT_ONCE,
		(unsigned long long)first));
	feed_ask(r, &q);
}

static void take_projects(struct feed_run *r, struct str key,
			  const struct answer *a)
{
	struct str instance = arena_dup(&r->arena, place_of(key));
	struct json_raw root, one;
	struct json_walk w;
	uint64_t n = first_of(key);

	if (a->status != 200 || feed_json(r, key, a->body, &root))
		return;
	json_walk_begin(&w, json_raw_get(root, "projects"));
	for (; json_walk_next(&w, NULL, &one); n++)
		ask_project(r, instance, json_raw_str(one, &r->arena));
	if (!str_is(json_raw_get(root, "more").text, "true"))
		return;
	if (n >= MOST_LISTED || n == first_of(key))
		(void)feed_fail(r, key, "lists more than %d projects",
				MOST_LISTED);
	else
		ask_list(r, instance, n);
}

/* --- what is wanted ------------------------------------------------------- */

static void want(struct feed_run *r, struct str url, bool is_at_hand)
{
	struct str key = key_of(r, component_repository_url(url, &r->arena));
	bool is_new = false;

	if (key.n && !(is_at_hand && review_store_is_known(
			r->store, r->facts, date_of_seconds(r->now), url)))
		map_put(&r->own->wanted, key, 1, &is_new);
	if (is_new)
		vec_push(&r->own->keys, key);
}

/* Is something wanted below this address? */
static bool has_below(const struct feed_run *r, struct str address)
{
	for (size_t i = 0; i < r->own->keys.n; i++) {
		struct str key = r->own->keys.v[i];

		if (str_has_prefix(key, address) &&
		    str_has_prefix(str_from(key, address.n), STR("/")))
			return true;
	}
	return false;
}

/* May the instance have something that is wanted, there or elsewhere? */
static bool is_asked(const struct feed_run *r, struct str instance)
{
	struct facts_run run = facts_index_kind(r->facts, FACT_MIRROR);

	for (size_t i = run.first; i < run.first + run.n; i++) {
		const struct fact *f = &r->facts->rows.v[i];

		if (str_has_prefix(f->subject, instance) &&
		    has_below(r, f->object))
			return true;
	}
	return has_below(r, instance);
}

static void ask(struct feed_run *r)
{
	struct str all = feed_setting(r, "instances", OTHERS);
	struct str word;

	begin(r);
	for (size_t i = 0; i < r->wants->repositories.n; i++)
		want(r, r->wants->repositories.v[i], true);
	for (size_t i = 0; i < r->wants->histories.n; i++)
		want(r, r->wants->histories.v[i], false);
	if (is_asked(r, site(r)))
		ask_list(r, site(r), 0);
	while (str_word(&all, &word))
		if (!str_eq(word, site(r)) && is_asked(r, word))
			ask_list(r, word, 0);
}

/* --- publishing ----------------------------------------------------------- */

/* Answers come by key: all of one project, and their pages in order. */
static void take_answer(struct feed_run *r, struct str key,
			const struct answer *a)
{
	struct gerrit_digest *d = &r->own->digest;
	struct str part = part_of(key), place = place_of(key);

	if (a->status != 200)
		return;
	if (str_has_prefix(part, STR("changes ")))
		gerrit_digest_add(d, place, first_of(key), a);
	else if (str_is(part, "front"))
		gerrit_digest_front(d, place, a);
	else if (str_is(part, "since front"))
		gerrit_digest_since_front(d, place, a);
	else if (str_has_prefix(part, STR("since ")))
		gerrit_digest_since(d, place, first_of(key), a);
	else
		return;
	if (str_is(part, "changes 000000") || str_is(part, "since 000000"))
		(void)feed_source(r, key, a, "changes of a project, as Gerrit "
				  "tells them: hosts of who reviewed");
}

static enum err publish(struct feed_run *r)
{
	enum err e;

	if (!r->own)
		begin(r);
	e = feed_publish_each(r, take_answer);
	gerrit_digest_end(&r->own->digest);
	return e;
}

const struct feed feed_gerrit = {
	.name = "gerrit",
	.summary = "reviews of repositories that came without them, from "
		   "Gerrit instances",
	.licence = "facts about public histories",
	.url = "https://gerrit.o-ran-sc.org/r",
	.hosts = "gerrit.onap.org gerrit.fd.io review.opendev.org",
	.rate = "1/s", .token = "", .settings = "site instances changes",
	.flags = FEED_PER_TARGET | FEED_AFTER, .parallel = 1, .ask = ask,
	.publish = publish, .keep = keep, .release = release,
};
