/* The interface of the stage: opening, ranges, and what goes where. */
#include "history/history.h"

#include "base/date.h"
#include "history/address.h"
#include "history/authorship.h"
#include "history/bumps.h"
#include "history/churn.h"
#include "history/clock.h"
#include "history/gitdir.h"
#include "history/links.h"
#include "history/memo.h"
#include "history/meter.h"
#include "history/moves.h"
#include "history/refs.h"
#include "history/releases.h"
#include "history/review.h"
#include "history/select.h"
#include "history/survive.h"
#include "history/tally.h"
#include "history/threads.h"
#include "model/account_commits.h"
#include "model/component.h"

#define WALK_CACHE (1 * LIMIT_MB) /* commits that deltas build on */

/* ---- the range --------------------------------------------------------- */

struct range {
	bool has_from, has_to;  /* as named by the user */
	struct oid from, to;
};

static enum err resolve(struct gitdir *g, struct odb_reader *r,
			struct str revision, struct diags *ds,
			struct oid *ret)
{
	enum err e = refs_resolve(g, r, revision, ret);

	if (!e)
		return OK;
	diag_add(ds, RW1409, gitdir_place(g, ""),
		 e == ERR_NOTFOUND ? "there is no revision '%.*s'"
				   : "'%.*s' does not name a commit",
		 STR_ARG(revision));
	return ERR_NOTFOUND;
}

static enum err resolve_head(struct gitdir *g, struct odb_reader *r,
			     struct diags *ds, struct oid *ret)
{
	struct str target = refs_head_target(g);
	struct oid id;
	enum err e;

	if (!refs_read(g, STR("HEAD"), &id)) {
		if (gitdir_tell_unread(g, ds))
			return ERR_IO;
		diag_add(ds, RW1402, gitdir_place(g, ""),
			 "HEAD names '%.*s', which does not exist",
			 STR_ARG(target));
		return ERR_NOTFOUND;
	}
	e = refs_resolve(g, r, STR("HEAD"), ret);
	if (!e)
		return OK;
	diag_add(ds, e == ERR_NOTFOUND ? RW1403 : RW1412, gitdir_place(g, ""),
		 "the commit of HEAD (%.*s) cannot be read: %s",
		 STR_ARG(target), err_name(e));
	return ERR_NOTFOUND;
}

/* "A..B", "A..", "..B" or "B"; what is left out is HEAD. */
static enum err resolve_range(struct gitdir *g, struct odb_reader *r,
			      struct str text, struct diags *ds,
			      struct range *ret)
{
	struct str from = {0}, to = text;
	size_t dots = str_find(text, STR(".."));
	enum err e = OK;

	if (dots != SIZE_MAX) {
		from = str_head(text, dots);
		to = str_from(text, dots + 2);
		ret->has_from = true;
	}
	ret->has_to = text.n != 0;
	if (ret->has_from)
		e = resolve(g, r, from.n ? from : STR("HEAD"), ds,
			    &ret->from);
	if (e)
		return e;
	return ret->has_to ? resolve(g, r, to.n ? to : STR("HEAD"), ds,
				     &ret->to)
			   : resolve_head(g, r, ds, &ret->to);
}

/* ---- the digest -------------------------------------------------------- */

/*
 * How often something of the history itself was lacking.  That the clone is a
 * partial one says nothing as long as nothing was missed (`promised`: how
 * often it was said when it was opened); nor does an odd line in its
 * settings.
 */
static unsigned long troubles(const struct diags *ds, unsigned long promised)
{
	static const enum diag_code codes[] = {RW1403, RW1404, RW1407,
					       RW1408, RW1412, RW1413};
	unsigned long n = ds->counts[RW1405] - promised;

	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		n += ds->counts[codes[i]];
	return n;
}

/* One digest while it is made. */
struct making {
	struct gitdir *git;
	struct odb_reader *reader;
	const struct range *range;
	const struct history_options *o;
	struct select_what what;
	struct meter meter;
	struct diags *ds;
	unsigned long promised;
	bool was_troubled; /* when it was opened */
	struct digest *ret;
	struct arena *arena;
	struct memo *memo; /* or NULL */
	const struct slice *slice; /* only this is wanted; or NULL */
};

static void count_lines(struct making *m, struct walk *w)
{
	unsigned long before = troubles(m->ds, m->promised);
	struct churn c;

	churn_run(&c, w, &(struct churn_options){m->o->classes, &m->what,
						 m->memo, m->slice}, m->ds);
	churn_sum(&c);
	churn_release(&c);
	m->ret->axes |= DIGEST_CHURN;
	if (troubles(m->ds, m->promised) != before)
		m->ret->incomplete |= DIGEST_CHURN;
}

/* Is every commit counted?  Who created a file is not known otherwise. */
static bool has_all_commits(const struct making *m)
{
	return !m->range->has_from && !m->o->has_since && !m->o->n_beyond;
}

static void count_surviving(struct making *m, struct walk *w)
{
	bool has_owners = has_all_commits(m) && !m->slice;
	unsigned long before = troubles(m->ds, m->promised);
	struct owners owners;
	const struct survive_options so = {
		.head = m->range->to, .choices = m->o->classes,
		.what = &m->what, .owners = has_owners ? &owners : NULL,
		.memo = m->memo, .slice = m->slice};
	bool is_done;

	if (has_owners)
		owners_init(&owners, w);
	is_done = survive_run(w, &so, m->ds);
	if (is_done && has_owners)
		owners_write(&owners, m->arena, &m->ret->ownership);
	if (has_owners)
		owners_release(&owners);
	if (!is_done)
		return;
	m->ret->axes |= DIGEST_SURVIVING;
	if (troubles(m->ds, m->promised) != before)
		m->ret->incomplete |= DIGEST_SURVIVING;
}

static void count_reviews(struct making *m, struct walk *w,
			  struct reviews *ret)
{
	unsigned long before = troubles(m->ds, m->promised);

	review_run(w, m->ds, ret);
	if (!ret->is_observed)
		return;
	m->ret->axes |= DIGEST_REVIEW;
	if (troubles(m->ds, m->promised) != before)
		m->ret->incomplete |= DIGEST_REVIEW;
}

/* What else does not count; it is there where the history is whole. */
static void hide_before(struct making *m, struct walk *w)
{
	w->shows_hidden = m->o->n_beyond != 0;
	for (size_t i = 0; i < m->o->n_beyond; i++) {
		struct oid id;
		uint32_t at;

		if (oid_parse(m->o->beyond[i], m->git->oid_bytes, &id) &&
		    walk_find(w, &id, &at)) {
			walk_hide(w, &id);
			continue;
		}
		diag_add(m->ds, RW1409, gitdir_place(m->git, ""),
			 "%.*s is no commit of its history",
			 STR_ARG(m->o->beyond[i]));
		m->was_troubled = true;
	}
}

/* Reads the commits; what is wrong with them is wrong on every axis. */
static void load(struct making *m, struct walk *w)
{
	const struct history_options *o = m->o;

	walk_init(w, m->git, o->facts);
	w->keys = o->keys;
	w->accounts = o->accounts;
	w->meter = &m->meter;
	meter_begin(w->meter, "reading commits", 0);
	w->is_nearest_first = o->max_commits && o->max_commits <
							w->max_commits;
	if (w->is_nearest_first)
		w->max_commits = o->max_commits;
	w->threads = o->threads ? o->threads : threads_available();
	walk_load(w, m->reader, &m->range->to);
	if (m->range->has_from) {
		walk_load(w, m->reader, &m->range->from);
		walk_hide(w, &m->range->from);
	}
	if (o->has_since)
		walk_hide_before(w, o->since);
	hide_before(m, w);
}

/* Counts the parts of a history that came with each release. */
static void count_releases(struct making *m, struct walk *w,
			   const struct reviews *reviews, struct arena *a)
{
	struct history_releases *ret = m->o->releases;
	struct releases r;
	struct digest *parts;

	releases_find(&r, w, m->reader, m->ds);
	parts = mem_new(r.list.n + 1, sizeof *parts);
	tally_parts(w, reviews, r.of, r.list.n + 1, a, parts);
	authorship_find(w, r.of, r.list.n + 1, a, parts);
	for (size_t i = 0; i <= r.list.n; i++) {
		struct str name = i < r.list.n ? r.list.v[i].name : STR("");

		parts[i].axes = m->ret->axes;
		if (parts[i].hosts.n || parts[i].merges)
			vec_push(&ret->list, ((struct history_release){
				arena_dup(a, name), parts[i]}));
		else
			digest_release(&parts[i]);
	}
	free(parts);
	releases_release(&r);
}

void history_releases_free(struct history_releases *r)
{
	for (size_t i = 0; i < r->list.n; i++)
		digest_release(&r->list.v[i].digest);
	vec_release(&r->list);
}

/* What joins addresses of a person, and what must not. */
static void join(struct making *m, struct walk *w, const struct reviews *r,
		 struct arena *a)
{
	struct mailmap map = {0};

	mailmap_file_read(w, m->reader, &m->range->to, m->ds, &map);
	links_find(w, r, &map, a, m->ret);
	moves_tell(w, m->reader, &map, m->ds);
	mailmap_release(&map);
}

/* Is all of the history asked for, however long it takes? */
static bool is_plain(const struct history_options *o)
{
	return !o->has_since && !o->n_paths && !o->n_beyond &&
	       !o->max_commits &&
	       !o->max_seconds && o->scope == DIGEST_ALL &&
	       str_find(str_c(o->range), STR("..")) == SIZE_MAX;
}

static bool has_memo(const struct gitdir *g, const struct history_options *o)
{
	return is_plain(o) && !g->shallow.n;
}

static void count(struct making *m, struct arena *a)
{
	struct digest *ret = m->ret;
	struct reviews reviews = {0};
	unsigned long before;
	struct walk w;

	load(m, &w);
	bumps_find(&w, m->reader);
	before = troubles(m->ds, m->promised);
	select_commits(&w, &m->what, m->ds);
	m->was_troubled |= troubles(m->ds, m->promised) != before;
	ret->axes = DIGEST_COMMITS;
	if (m->o->axes & DIGEST_CHURN)
		count_lines(m, &w);
	if (m->o->axes & DIGEST_SURVIVING)
		count_surviving(m, &w);
	if (m->slice) {
		walk_release(&w);
		return;
	}
	if (m->o->axes & DIGEST_REVIEW)
		count_reviews(m, &w, &reviews);
	tally_walk(&w, &reviews, a, ret);
	authorship_find(&w, NULL, 1, a, ret);
	join(m, &w, &reviews, a);
	if (m->o->releases)
		count_releases(m, &w, &reviews, a);
	review_release(&reviews);
	before = troubles(m->ds, m->promised);
	walk_report(&w, m->ds);
	authorship_tell(&w, m->ds);
	clock_tell(&w, m->ds);
	m->was_troubled |= gitdir_tell_unread(m->git, m->ds);
	if (m->was_troubled || troubles(m->ds, m->promised) != before)
		ret->incomplete = ret->axes;
	walk_release(&w);
}

/* The same from what an earlier scan left, and with what this one does. */
static void count_with_memo(struct making *m, struct arena *a)
{
	struct history_memo *kept = m->o->memo;
	struct memo memo;

	if (!kept || !has_memo(m->git, m->o)) {
		count(m, a);
		return;
	}
	memo_init(&memo, kept->before, m->git->oid_bytes);
	memo.is_last = kept->is_last;
	m->memo = &memo;
	count(m, a);
	m->memo = NULL;
	if (!kept->is_last)
		memo_write(&memo, &kept->after);
	memo_release(&memo);
}

static void describe_asked(const struct history_options *o, struct arena *a,
			   struct digest_asked *ret)
{
	*ret = (struct digest_asked){
		.has_since = o->has_since, .since = o->since,
		.scope = o->scope, .max_commits = o->max_commits,
		.max_seconds = o->max_seconds};
	for (size_t i = 0; i < o->n_paths; i++)
		vec_push(&ret->paths, arena_dup(a, o->paths[i]));
	for (size_t i = 0; i < o->n_beyond; i++)
		vec_push(&ret->beyond, arena_dup(a, o->beyond[i]));
	for (size_t i = 0; o->classes && i < o->classes->list.n; i++) {
		struct line_class_choice c = o->classes->list.v[i];

		c.paths = arena_dup(a, c.paths);
		vec_push(&ret->classes.list, c);
	}
}

/* Whose it is, and what was asked. */
static void describe(const struct making *m, struct arena *a)
{
	const struct range *range = m->range;
	size_t n = m->git->oid_bytes;
	struct digest *ret = m->ret;

	ret->head = oid_hex(&range->to, n, a);
	if (range->has_from)
		ret->range_from = oid_hex(&range->from, n, a);
	if (range->has_to)
		ret->range_to = ret->head;
	ret->repository = component_repository_url(
		gitconfig_get(&m->git->config, "remote.origin.url"), a);
	if (!ret->repository.n)
		ret->repository = arena_dup(a, m->git->path);
	ret->engine = DIGEST_ENGINE;
	ret->class_table = LINE_CLASS_VERSION;
	describe_asked(m->o, a, &ret->asked);
}

static enum err make(const char *path, const struct history_options *o,
		     const struct slice *slice, struct arena *a,
		     struct diags *ds, struct digest *ret)
{
	struct range range = {0};
	struct diags own = {0};
	struct gitdir g;
	struct making m = {.git = &g, .range = &range, .o = o, .ds = &own,
			   .ret = ret, .arena = a, .slice = slice};
	enum err e;

	*ret = (struct digest){0};
	m.what = (struct select_what){o->paths, o->n_paths, o->scope};
	meter_init(&m.meter, o->watch, o->max_seconds);
	e = gitdir_open(&g, path, &own);
	m.promised = own.counts[RW1405];
	if (e == ERR_NOTFOUND)
		diag_add(&own, RW1401, diag_at(str_c(path)),
			 "it is not a git repository");
	if (!e) {
		m.reader = odb_reader_new(&g.odb, WALK_CACHE);
		m.was_troubled = troubles(&own, m.promised) != 0;
		e = resolve_range(&g, m.reader, str_c(o->range), &own,
				  &range);
		if (!e) {
			describe(&m, a);
			count_with_memo(&m, a);
		}
	} else {
		e = ERR_IO;
	}
	odb_reader_free(m.reader);
	gitdir_add_reads(&g, o->reads);
	gitdir_close(&g);
	diag_merge(ds, &own);
	diag_release(&own);
	return e;
}

enum err history_digest(const char *path, const struct history_options *o,
			struct arena *a, struct diags *ds,
			struct digest *ret)
{
	return make(path, o, NULL, a, ds, ret);
}

enum err history_slice(const char *path, const struct history_options *o,
		       unsigned number, unsigned of, struct strbuf *to)
{
	struct history_memo memo = {.before = STR("")};
	struct history_options with = *o;
	const struct slice slice = {number, of};
	struct diags unsaid = {0};
	struct arena a = {0};
	struct digest unused = {0};
	enum err e;

	strbuf_init(&memo.after, LIMIT_KEPT_BYTES);
	with.memo = &memo;
	e = make(path, &with, &slice, &a, &unsaid, &unused);
	if (!e && memo.after.full)
		e = ERR_LIMIT;
	if (!e)
		strbuf_add(to, strbuf_str(&memo.after));
	strbuf_release(&memo.after);
	digest_release(&unused);
	diag_release(&unsaid);
	arena_release(&a);
	return e;
}

bool history_join(const struct str *slices, size_t n, struct strbuf *to)
{
	return memo_join(slices, n, to);
}

/* ---- small questions --------------------------------------------------- */

enum history_form history_form(const char *path)
{
	struct diags ignored = {0};
	enum history_form form;
	struct gitdir g;
	enum err e = gitdir_peek(&g, path, &ignored);

	if (!g.is_found)
		form = HISTORY_UNREAD;
	else if (e == ERR_NOTFOUND)
		form = HISTORY_NONE;
	else
		form = g.is_bare ? HISTORY_BARE : HISTORY_WORKTREE;
	gitdir_close(&g);
	diag_release(&ignored);
	return form;
}

/* What the digest says before anything is counted, as itself. */
static void add_description(const struct digest *d, struct strbuf *to)
{
	const struct digest_names nobody = {0};
	const struct diags nothing = {0};

	digest_write(d, &nobody, &nothing, to);
}

void history_facts(const struct facts *facts, struct strbuf *to)
{
	struct addresses as;

	address_init(&as, facts);
	for (size_t i = 0; i < as.bots.n; i++)
		strbuf_fmt(to, "\nbot %.*s", STR_ARG(as.bots.v[i]));
	for (size_t i = 0; i < as.tools.n; i++)
		strbuf_fmt(to, "\ntool %.*s", STR_ARG(as.tools.v[i]));
	strbuf_ch(to, '\n');
	address_release(&as);
}

/* Review notes are no part of the commits. */
static void add_notes(struct gitdir *g, struct arena *a, struct strbuf *to)
{
	struct oid notes;

	if (refs_read(g, STR("refs/notes/review"), &notes))
		strbuf_add(to, oid_hex(&notes, g->oid_bytes, a));
}

/* What follows from settings and lists in the repository is told again. */
static bool add_told(const struct gitdir *g, const struct diags *told,
		     struct arena *a, struct strbuf *to)
{
	for (size_t i = 0; i < told->kept.n; i++) {
		const struct diag *d = &told->kept.v[i];

		if (d->code != RW1301 && d->code != RW1404 &&
		    d->code != RW1405 && d->code != RW1406)
			return false;
		strbuf_fmt(to, "told %s %u %.*s\n", diag_name(d->code),
			   d->place.line, STR_ARG(d->message));
	}
	for (size_t i = 0; i < g->shallow.n; i++)
		strbuf_fmt(to, "shallow %.*s\n", STR_ARG(
			oid_hex(&g->shallow.v[i], g->oid_bytes, a)));
	return true;
}

/* Who signed what, and who says so. */
static void add_signers(const struct history_options *o, struct strbuf *to)
{
	strbuf_cstr(to, "authorship ");
	if (o->keys)
		strbuf_add(to, o->keys->sha256);
	strbuf_ch(to, '\n');
	if (o->accounts && o->accounts->list.n)
		account_commits_digest(o->accounts, to);
}

static bool add_key(const char *path, const struct history_options *o,
		    bool may_tell, struct strbuf *to)
{
	struct digest d = {0};
	struct range range = {0};
	struct diags told = {0};
	struct arena a = {0};
	struct gitdir g;
	struct making m = {.git = &g, .range = &range, .o = o, .ret = &d};
	enum err e = gitdir_open(&g, path, &told);
	bool is_sound;

	if (!e) {
		struct odb_reader *r = odb_reader_new(&g.odb, 0);

		e = resolve_range(&g, r, str_c(o->range), &told, &range);
		odb_reader_free(r);
	}
	if (!e) {
		describe(&m, &a);
		d.axes = o->axes;
		add_description(&d, to);
		add_notes(&g, &a, to);
		history_facts(o->facts, to);
		add_signers(o, to);
	}
	is_sound = !e && !g.has_unread && !o->max_seconds && !o->releases &&
		   (may_tell || !told.kept.n) && add_told(&g, &told, &a, to);
	gitdir_close(&g);
	digest_release(&d);
	diag_release(&told);
	arena_release(&a);
	return is_sound;
}

bool history_key(const char *path, const struct history_options *o,
		 struct strbuf *to)
{
	return add_key(path, o, false, to);
}

bool history_key_told(const char *path, const struct history_options *o,
		      struct strbuf *to)
{
	return add_key(path, o, true, to);
}

bool history_memo_key(const char *path, const struct history_options *o,
		      struct strbuf *to)
{
	struct diags unsaid = {0};
	struct gitdir g;
	char *real = realpath(path, NULL);
	bool is_sound = !gitdir_open(&g, path, &unsaid) && real &&
			has_memo(&g, o);

	if (is_sound)
		strbuf_fmt(to, "memo %d %d %s\n%.*s\n", DIGEST_ENGINE,
			   LINE_CLASS_VERSION, real,
			   STR_ARG(gitconfig_get(&g.config,
						 "remote.origin.url")));
	for (size_t i = 0; is_sound && o->classes &&
			   i < o->classes->list.n; i++) {
		const struct line_class_choice *c = &o->classes->list.v[i];

		strbuf_fmt(to, "%d %.*s\n", c->class, STR_ARG(c->paths));
	}
	gitdir_close(&g);
	diag_release(&unsaid);
	free(real);
	return is_sound;
}

struct str history_origin(const char *path, struct arena *a,
			  struct diags *ds)
{
	struct str url = STR("");
	struct gitdir g;

	if (!gitdir_peek(&g, path, ds))
		url = component_repository_url(
			gitconfig_get(&g.config, "remote.origin.url"), a);
	gitdir_close(&g);
	return url;
}

struct str history_head(const char *path, struct arena *a, struct diags *ds)
{
	struct str head = STR("");
	struct gitdir g;
	struct oid id;

	if (!gitdir_open_again(&g, path, ds)) {
		struct odb_reader *r = odb_reader_new(&g.odb, 0);

		if (!resolve_head(&g, r, ds, &id))
			head = oid_hex(&id, g.oid_bytes, a);
		odb_reader_free(r);
	}
	gitdir_close(&g);
	return head;
}
