/*
 * A second pass over the commits, in the order of the packs.  Of one change
 * each address counts once, however often it voted; without an address each
 * statement counts for itself, under the host "".  Names are not looked at.
 */
#include "history/review.h"

#include "base/strbuf.h"
#include "history/commit.h"
#include "history/notes.h"
#include "history/trailers.h"

#define REF STR("refs/notes/review")
#define CACHE (8 * LIMIT_MB)

struct todo {
	uint32_t commit;
	struct odb_spot spot;
};

struct hashes { VEC(uint64_t) list; };

struct reader {
	struct walk *walk;
	struct odb_reader *odb;
	struct diags *diags;
	struct reviews *reviews;
	struct notes notes;
	uint32_t *note_of;   /* of each commit: first in `notes` + 1 */
	struct strbuf lower;
	uint64_t n_changes, n_recorded;
};

/* One change while it is read. */
struct change {
	struct reader *r;
	uint32_t commit;
	struct str author;    /* its address */
	struct hashes voters; /* by address */
	unsigned long nameless;
	uint64_t submitter;
	bool has_note, is_submitted, has_submitter;
};

/* ---- who --------------------------------------------------------------- */

/* Somebody other than the author, no bot: *ret is the hash of the address,
 * in which case does not matter. */
static bool is_other(struct change *c, struct str address, uint64_t *ret)
{
	struct addresses *as = &c->r->walk->addresses;
	struct strbuf *lower = &c->r->lower;

	if (str_eq_nocase(address, c->author))
		return false;
	strbuf_clear(lower);
	for (size_t i = 0; i < address.n; i++)
		strbuf_ch(lower, ascii_lower(address.p[i]));
	*ret = address_note(as, strbuf_str(lower));
	return !as->list.v[address_find(as, *ret)].is_bot;
}

static void add_vote(struct change *c, struct str who)
{
	struct str address = trailers_address(who);
	uint64_t hash;

	if (!address.n)
		c->nameless++;
	else if (is_other(c, address, &hash))
		vec_push(&c->voters.list, hash);
}

static void set_submitter(struct change *c, struct str address)
{
	c->is_submitted = true;
	c->has_submitter = address.n && is_other(c, address, &c->submitter);
}

/* ---- notes and trailers ------------------------------------------------ */

/* "Code-Review+2": a label with a vote. */
static bool is_vote(struct str key)
{
	size_t n = key.n;

	while (n && ascii_is_digit(key.p[n - 1]))
		n--;
	if (n == key.n || n < 2 ||
	    (key.p[n - 1] != '+' && key.p[n - 1] != '-'))
		return false;
	for (size_t i = 0; i + 1 < n; i++)
		if (!ascii_is_alnum(key.p[i]) && key.p[i] != '-')
			return false;
	return true;
}

static void read_note(struct change *c, struct str text)
{
	struct str line, key, value;

	while (str_line(&text, &line)) {
		if (!str_cut(line, ':', &key, &value))
			continue;
		if (is_vote(key))
			add_vote(c, value);
		else if (str_is(key, "Submitted-by"))
			set_submitter(c, trailers_address(value));
		else
			continue;
		c->has_note = true;
	}
}

static enum diag_code code_of(const struct reader *r, enum err e)
{
	if (e != ERR_NOTFOUND)
		return RW1412;
	return r->walk->git->odb.has_promised ? RW1405 : RW1403;
}

static void read_notes(struct change *c)
{
	struct reader *r = c->r;
	const struct oid *id = &r->walk->commits.v[c->commit].id;
	uint32_t first = r->note_of[c->commit];

	for (size_t i = first - 1; first && i < r->notes.list.n &&
	     oid_eq(&r->notes.list.v[i].about, id); i++) {
		const struct note *note = &r->notes.list.v[i];
		struct object *o;
		enum err e = odb_read(r->odb, &note->blob,
				      LIMIT_COMMIT_BYTES, &o);

		if (e)
			diag_add(r->diags, code_of(r, e),
				 gitdir_place(r->walk->git, ""),
				 "a note of a review cannot be read");
		else
			read_note(c, str_n(o->p, o->n));
		odb_drop(r->odb, o);
	}
}

static void read_trailers(struct change *c, struct str message)
{
	static const char *const keys[] = {"Reviewed-by", "Acked-by",
					   "Tested-by"};
	struct trailers t = trailers_of(message);
	struct str key, value;

	while (trailers_next(&t, &key, &value))
		for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
			if (str_eq_nocase(key, str_c(keys[i])))
				add_vote(c, value);
}

/* ---- changes ----------------------------------------------------------- */

static int compare_hashes(const void *va, const void *vb)
{
	const uint64_t *a = va, *b = vb;

	return (*a > *b) - (*a < *b);
}

static void push(const struct change *c, uint64_t address, bool is_submit)
{
	vec_push(&c->r->reviews->list,
		 ((struct review){c->commit, is_submit, address}));
}

static void keep(struct change *c)
{
	struct hashes *v = &c->voters;
	uint64_t none;

	vec_sort(&v->list, compare_hashes);
	for (size_t i = 0; i < v->list.n; i++)
		if (!i || v->list.v[i] != v->list.v[i - 1])
			push(c, v->list.v[i], false);
	if (c->nameless)
		none = address_note(&c->r->walk->addresses, STR(""));
	for (unsigned long i = 0; i < c->nameless; i++)
		push(c, none, false);
	if (c->has_submitter)
		push(c, c->submitter, true);
}

static bool is_by_bot(struct walk *w, const struct walk_commit *c)
{
	return w->addresses.list.v[address_find(&w->addresses, c->address)]
		.is_bot;
}

static void read_change(struct reader *r, uint32_t at, struct str raw)
{
	const struct walk_commit *commit = &r->walk->commits.v[at];
	struct change c = {.r = r, .commit = at};
	struct commit_text text;

	commit_parse(raw, r->walk->git->oid_bytes, &text);
	c.author = text.address;
	read_notes(&c);
	read_trailers(&c, text.message);
	if (!c.is_submitted && commit->n_parents < 2)
		set_submitter(&c, text.committer);
	keep(&c);
	if (commit->n_parents < 2 && !is_by_bot(r->walk, commit)) {
		r->n_changes++;
		r->n_recorded += c.has_note || c.voters.list.n ||
				 c.nameless || c.has_submitter;
	}
	vec_release(&c.voters.list);
}

/* ---- all of them ------------------------------------------------------- */

static void find_notes(struct reader *r)
{
	uint32_t at;

	r->note_of = mem_new(r->walk->commits.n, sizeof *r->note_of);
	if (notes_load(r->walk->git, r->odb, REF, r->diags, &r->notes))
		return;
	for (size_t i = r->notes.list.n; i-- > 0;)
		if (walk_find(r->walk, &r->notes.list.v[i].about, &at))
			r->note_of[at] = (uint32_t)i + 1;
}

static int compare_todos(const void *va, const void *vb)
{
	const struct todo *a = va, *b = vb;

	if (a->spot.pack != b->spot.pack)
		return a->spot.pack < b->spot.pack ? -1 : 1;
	if (a->spot.offset != b->spot.offset)
		return a->spot.offset < b->spot.offset ? -1 : 1;
	return (a->commit > b->commit) - (a->commit < b->commit);
}

static void read_all(struct reader *r)
{
	struct walk *w = r->walk;
	struct { VEC(struct todo) list; } all = {0};
	uint32_t hint = 0;

	for (uint32_t i = 0; i < w->commits.n; i++)
		if (w->commits.v[i].state == WALK_READ &&
		    !w->commits.v[i].is_hidden &&
		    !w->commits.v[i].is_elsewhere)
			vec_push(&all.list, ((struct todo){
				i, odb_find(&w->git->odb,
					    &w->commits.v[i].id, &hint)}));
	vec_sort(&all.list, compare_todos);
	if (w->meter)
		meter_begin(w->meter, "reading reviews", all.list.n);
	for (size_t i = 0; i < all.list.n && walk_step(w, 1); i++) {
		const struct todo *t = &all.list.v[i];
		struct object *o;

		if (odb_read_spot(r->odb, &w->commits.v[t->commit].id,
				  t->spot, LIMIT_COMMIT_BYTES, &o))
			diag_add(r->diags, RW1412, gitdir_place(w->git, ""),
				 "a commit cannot be read again");
		else
			read_change(r, t->commit, str_n(o->p, o->n));
		odb_drop(r->odb, o);
	}
	if (walk_is_late(w))
		diag_add(r->diags, RW1413, gitdir_place(w->git, ""),
			 "the time was up: not all reviews are counted");
	vec_release(&all.list);
}

void review_run(struct walk *w, struct diags *ds, struct reviews *ret)
{
	struct reader r = {.walk = w, .diags = ds, .reviews = ret,
			   .odb = odb_reader_new(&w->git->odb, CACHE)};

	*ret = (struct reviews){0};
	strbuf_init(&r.lower, 0);
	find_notes(&r);
	read_all(&r);
	ret->is_observed = r.n_changes && r.n_recorded >=
					  r.n_changes - r.n_changes / 10;
	if (!ret->is_observed)
		vec_clear(&ret->list);
	notes_release(&r.notes);
	odb_reader_free(r.odb);
	strbuf_release(&r.lower);
	free(r.note_of);
}

void review_release(struct reviews *r)
{
	vec_release(&r->list);
}
