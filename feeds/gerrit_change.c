/* Changes as Gerrit tells them, with their labels and accounts. */
#include "feeds/gerrit_change.h"

#include "base/date.h"
#include "model/digest_part.h"

#define MAGIC STR(")]}'")
#define VOTES_MOST 1000 /* of one change */

/* An account of an answer, while it is read. */
struct account {
	struct str id, address; /* in lower case; may be "" */
	bool is_bot;
};
struct accounts { VEC(struct account) list; };

struct str gerrit_change_body(struct str body)
{
	if (!str_has_prefix(body, MAGIC))
		return STR("");
	return str_trim(str_from(body, MAGIC.n));
}

/* --- whom ----------------------------------------------------------------- */

static bool has_tag(struct json_raw of, const char *tag, struct arena *a)
{
	struct json_raw one;
	struct json_walk w;
	bool has = false;

	json_walk_begin(&w, json_raw_get(of, "tags"));
	while (!has && json_walk_next(&w, NULL, &one))
		has = str_is(json_raw_str(one, a), tag);
	return has;
}

static struct account account_of(struct feed_run *r, struct json_raw of,
				 struct arena *a)
{
	struct account it = {.id = json_raw_get(of, "_account_id").text};

	it.address = arena_lower(a, str_trim(
		json_raw_str(json_raw_get(of, "email"), a)));
	it.is_bot = has_tag(of, "SERVICE_USER", a) ||
		    (it.address.n && feed_is_bot(r, it.address));
	return it;
}

static int by_id(const void *va, const void *vb)
{
	const struct account *a = va, *b = vb;

	return str_cmp(a->id, b->id);
}

/* --- keeping -------------------------------------------------------------- */

/* A change while it is read. */
struct reading {
	struct feed_run *run;
	struct arena *a;
	struct account owner;
	struct str author;  /* the address in its commit */
	struct accounts voters;
};

static bool is_number(struct json_raw v)
{
	uint64_t n;

	return v.type == JSON_NUMBER && str_to_u64(v.text, &n) &&
	       n <= DIGEST_GREATEST;
}

/* Who is somebody other than the owner and the author, and no bot. */
static bool is_other(const struct reading *c, const struct account *who)
{
	return !who->is_bot && !str_eq(who->id, c->owner.id) &&
	       !(who->address.n && str_eq(who->address, c->author));
}

/* Adds who voted on a label; false for another shape. */
static bool read_label(struct reading *c, struct json_raw label)
{
	struct json_raw all = json_raw_get(label, "all"), one;
	struct json_walk w;

	json_walk_begin(&w, all);
	while (json_walk_next(&w, NULL, &one)) {
		struct json_raw value = json_raw_get(one, "value");
		struct account who = account_of(c->run, one, c->a);

		/* without a value it is somebody who may vote */
		if (value.type != JSON_NUMBER || str_is(value.text, "0"))
			continue;
		if (!is_number(json_raw_get(one, "_account_id")) ||
		    c->voters.list.n == VOTES_MOST)
			return false;
		if (is_other(c, &who))
			vec_push(&c->voters.list, who);
	}
	return all.type == JSON_ARRAY || all.type == JSON_ABSENT;
}

static bool read_labels(struct reading *c, struct json_raw of)
{
	struct json_raw label;
	struct json_walk w;
	struct str key;
	bool is = of.type == JSON_OBJECT;

	json_walk_begin(&w, of);
	while (is && json_walk_next(&w, &key, &label))
		is = read_label(c, label);
	return is;
}

static void keep_voters(struct reading *c, struct json_out *j)
{
	struct accounts *v = &c->voters;

	vec_sort(&v->list, by_id);
	for (size_t i = 0; i < v->list.n; i++)
		if (!i || !str_eq(v->list.v[i].id, v->list.v[i - 1].id))
			json_out_str(j, feed_mail_host(v->list.v[i].address));
}

static void keep_submitter(struct reading *c, struct json_raw of,
			   struct json_out *j)
{
	struct account who = account_of(c->run, of, c->a);

	if (of.type == JSON_OBJECT && is_other(c, &who))
		json_out_str(j, feed_mail_host(who.address));
	else
		json_out_null(j);
}

static bool is_id(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_hex(s.p[i]))
			return false;
	return s.n == 40;
}

/* "YYYY-MM" of when it was written; "" where that is no date. */
static struct str month_of(struct json_raw change, struct json_raw author,
			   struct arena *a)
{
	struct str when = json_raw_str(json_raw_get(author, "date"), a);
	int32_t day;

	if (!when.n)
		when = json_raw_str(json_raw_get(change, "created"), a);
	return date_parse(str_head(when, 10), &day) ? STR("")
						    : str_head(when, 7);
}

/* Did the account upload it that has the author's address? */
static bool is_by_account(const struct reading *c, struct json_raw revision)
{
	struct json_raw uploader = json_raw_get(
		json_raw_get(revision, "uploader"), "_account_id");

	return c->author.n && str_eq(c->owner.address, c->author) &&
	       str_eq(uploader.text, c->owner.id);
}

static bool keep_change(struct reading *c, struct json_raw change,
			struct json_out *j)
{
	struct arena *a = c->a;
	struct json_raw owner = json_raw_get(change, "owner"), author;
	struct json_raw revision;
	struct str id = json_raw_str(
		json_raw_get(change, "current_revision"), a);
	struct str month;

	revision = json_raw_get(json_raw_get(change, "revisions"),
				arena_cstr(a, id));
	author = json_raw_get(json_raw_get(revision, "commit"), "author");
	c->owner = account_of(c->run, owner, a);
	c->author = arena_lower(a, str_trim(json_raw_str(
		json_raw_get(author, "email"), a)));
	month = month_of(change, author, a);
	if (!month.n || !is_number(json_raw_get(change, "_number")) ||
	    !is_number(json_raw_get(owner, "_account_id")) ||
	    json_raw_get(change, "updated").type != JSON_STRING ||
	    !read_labels(c, json_raw_get(change, "labels")))
		return false;
	json_out_array(j);
	json_out_str(j, json_raw_get(change, "_number").text);
	json_out_str(j, str_head(json_raw_str(
		json_raw_get(change, "updated"), a), 40));
	json_out_str(j, month);
	json_out_str(j, is_id(id) ? arena_lower(a, id) : STR(""));
	json_out_bool(j, is_id(id) && is_by_account(c, revision));
	keep_submitter(c, json_raw_get(change, "submitter"), j);
	keep_voters(c, j);
	json_out_array_end(j);
	return true;
}

static bool keep_changes(struct feed_run *r, struct json_raw root,
			 struct json_out *j, bool *ret_more)
{
	struct arena scratch = {0};
	struct json_raw one;
	struct json_walk w;
	bool is = true;

	json_walk_begin(&w, root);
	while (is && json_walk_next(&w, NULL, &one)) {
		struct reading c = {.run = r, .a = &scratch};

		is = keep_change(&c, one, j);
		*ret_more = str_is(json_raw_get(one, "_more_changes").text,
				   "true");
		vec_release(&c.voters.list);
	}
	arena_release(&scratch);
	return is;
}

struct str gerrit_change_keep(struct feed_run *r, struct str body)
{
	struct json_raw root;
	struct json_out j;
	struct strbuf b;
	struct str kept;
	bool has_more = false, is;

	if (json_scan(gerrit_change_body(body), &root, NULL) || root.cut ||
	    root.type != JSON_ARRAY)
		return STR("");
	feed_keep_begin(&j, &b, body);
	json_out_key(&j, "changes");
	json_out_array(&j);
	is = keep_changes(r, root, &j, &has_more);
	json_out_array_end(&j);
	json_out_kbool(&j, "more", has_more);
	kept = feed_keep_end(r, &j, &b);
	return is ? kept : STR("");
}

/* --- reading back --------------------------------------------------------- */

/* [number, updated, month, commit, is account, submitter, voters...] */

static bool read_text(struct json_walk *w, struct arena *a, struct str *ret)
{
	struct json_raw v;

	if (!json_walk_next(w, NULL, &v) || v.type != JSON_STRING)
		return false;
	*ret = json_raw_str(v, a);
	return true;
}

static bool read_votes(struct json_walk *w, struct arena *a,
		       struct gerrit_change *c)
{
	struct gerrit_vote votes[VOTES_MOST + 1], *kept;
	struct json_raw v;
	bool is_submit = true;

	for (; json_walk_next(w, NULL, &v); is_submit = false) {
		if (is_submit && v.type == JSON_NULL)
			continue;
		if (v.type != JSON_STRING || c->n_votes > VOTES_MOST)
			return false;
		votes[c->n_votes++] = (struct gerrit_vote){
			json_raw_str(v, a), is_submit};
	}
	kept = arena_alloc(a, c->n_votes * sizeof *kept);
	for (size_t i = 0; i < c->n_votes; i++)
		kept[i] = votes[i];
	c->votes = kept;
	return !is_submit;
}

static bool read_change(struct json_raw of, struct arena *a,
			struct gerrit_change *ret)
{
	struct str number, month;
	struct json_raw account;
	struct json_walk w;
	int32_t day;

	*ret = (struct gerrit_change){0};
	json_walk_begin(&w, of);
	if (!read_text(&w, a, &number) || !read_text(&w, a, &ret->updated) ||
	    !read_text(&w, a, &month) || !read_text(&w, a, &ret->commit) ||
	    !json_walk_next(&w, NULL, &account) ||
	    !str_to_u64(number, &ret->number) ||
	    date_parse(arena_fmt(a, "%.*s-01", STR_ARG(month)), &day))
		return false;
	ret->month = date_month(day);
	return read_votes(&w, a, ret);
}

enum err gerrit_change_count(struct str kept, uint64_t *ret_n, bool *ret_more)
{
	struct json_raw root, one;
	struct json_walk w;

	*ret_n = 0;
	*ret_more = false;
	if (json_scan(kept, &root, NULL) || root.cut)
		return ERR_FORMAT;
	*ret_more = str_is(json_raw_get(root, "more").text, "true");
	json_walk_begin(&w, json_raw_get(root, "changes"));
	while (json_walk_next(&w, NULL, &one))
		++*ret_n;
	return OK;
}

enum err gerrit_change_read(struct feed_run *r, struct str kept,
			    struct gerrit_changes *ret)
{
	struct json_raw root, one;
	struct json_walk w;

	if (json_scan(kept, &root, NULL) || root.cut)
		return ERR_FORMAT;
	ret->has_more = str_is(json_raw_get(root, "more").text, "true");
	json_walk_begin(&w, json_raw_get(root, "changes"));
	while (json_walk_next(&w, NULL, &one)) {
		struct gerrit_change *c = vec_add(&ret->list);

		if (!read_change(one, &r->arena, c))
			return ERR_FORMAT;
	}
	return OK;
}
