/*
 * Commits are numbered by host, month and rung and sorted; those of one row
 * are added up, the author's share of each.
 */
#include "history/authorship.h"

#include <stdlib.h>

#include "base/date.h"
#include "history/tally.h"
#include "model/account_commits.h"
#include "model/digest_authorship.h"

/* How long an address was in use. */
struct use {
	uint32_t commits;
	int32_t first, last;
};

/* A commit with the row that it is a part of. */
struct part {
	struct digest_authorship row; /* without counts */
	uint32_t commit, digest;
};

struct finder {
	const struct walk *walk;
	const uint32_t *of; /* the digest of each commit, or NULL */
	struct use *uses; /* of each address */
	VEC(struct part) parts;
};

static size_t author_of(const struct walk *w, size_t at)
{
	return address_find(&w->addresses, w->commits.v[at].address);
}

static void note_use(struct finder *f, size_t at)
{
	struct use *u = &f->uses[author_of(f->walk, at)];
	int32_t day = f->walk->commits.v[at].day;

	if (!u->commits++) {
		u->first = u->last = day;
		return;
	}
	u->first = day < u->first ? day : u->first;
	u->last = day > u->last ? day : u->last;
}

static enum authorship rung_of(const struct finder *f, size_t at)
{
	const struct use *u = &f->uses[author_of(f->walk, at)];

	if (f->walk->commits.v[at].signature == SIGNATURE_SOUND)
		return AUTHORSHIP_SIGNATURE;
	if (f->walk->accounts &&
	    account_commits_has(f->walk->accounts,
				f->walk->commits.v[at].id.b))
		return AUTHORSHIP_ACCOUNT;
	if (u->commits < AUTHORSHIP_COMMITS ||
	    (int64_t)u->last - u->first < AUTHORSHIP_DAYS)
		return AUTHORSHIP_CLAIMED; /* a sign-off alone is a line */
	return f->walk->commits.v[at].is_signed_off ? AUTHORSHIP_SIGN_OFF
						     : AUTHORSHIP_CONSISTENT;
}

/* What no name of a host has would not be read back as it stands there. */
static bool is_text(struct str host)
{
	for (size_t i = 0; i < host.n; i++)
		if (host.p[i] <= ' ' || host.p[i] > '~')
			return false;
	return true;
}

static void add_part(struct finder *f, size_t at)
{
	const struct walk *w = f->walk;
	struct part p = {
		.row = {.host = w->addresses.list.v[author_of(w, at)].host,
			.month = date_month(w->commits.v[at].day),
			.rung = rung_of(f, at)},
		.commit = (uint32_t)at, .digest = f->of ? f->of[at] : 0};

	if (p.row.rung != AUTHORSHIP_CLAIMED && is_text(p.row.host))
		vec_push(&f->parts, p);
}

static int compare_parts(const void *va, const void *vb)
{
	const struct part *a = va, *b = vb;

	if (a->digest != b->digest)
		return a->digest < b->digest ? -1 : 1;
	return digest_authorship_compare(&a->row, &b->row);
}

/* Adds up the parts of each row. */
static void write_rows(const struct finder *f, struct arena *a,
		       struct digest *ret)
{
	for (size_t i = 0; i < f->parts.n; i++) {
		struct part *p = &f->parts.v[i];
		struct digest *d = &ret[p->digest];

		if (!i || compare_parts(&p[-1], p)) {
			vec_push(&d->authorship, p->row);
			d->authorship.v[d->authorship.n - 1].host =
				arena_dup(a, p->row.host);
		}
		tally_add_own(f->walk, p->commit,
			      &d->authorship.v[d->authorship.n - 1].counts);
	}
}

void authorship_find(const struct walk *w, const uint32_t *of, size_t n,
		     struct arena *a, struct digest *ret)
{
	struct finder f = {.walk = w, .of = of};

	f.uses = mem_new(w->addresses.list.n, sizeof *f.uses);
	for (size_t i = 0; i < w->commits.n; i++)
		if (tally_is_counted(w, i))
			note_use(&f, i);
	for (size_t i = 0; i < w->commits.n; i++)
		if (tally_is_counted(w, i))
			add_part(&f, i);
	vec_sort(&f.parts, compare_parts);
	write_rows(&f, a, ret);
	for (size_t i = 0; i < n; i++) {
		ret[i].has_authorship = true;
		if (w->keys)
			ret[i].authorship_keys = arena_dup(a,
							   w->keys->sha256);
	}
	vec_release(&f.parts);
	free(f.uses);
}

void authorship_tell(const struct walk *w, struct diags *ds)
{
	static const char *const words[SIGNATURE_COUNT] = {
		[SIGNATURE_FORGED] = "forged",
		[SIGNATURE_EXPIRED] = "expired",
		[SIGNATURE_REVOKED] = "of a revoked key",
		[SIGNATURE_WEAK] = "weak"};
	unsigned long long n[SIGNATURE_COUNT] = {0};
	struct strbuf told;

	strbuf_init(&told, 0);
	for (size_t i = 0; i < w->commits.n; i++)
		if (tally_is_counted(w, i))
			n[w->commits.v[i].signature]++;
	for (size_t i = 0; i < SIGNATURE_COUNT; i++)
		if (words[i] && n[i])
			strbuf_fmt(&told, "%s%llu %s", told.n ? ", " : "",
				   n[i], words[i]);
	if (told.n)
		diag_add(ds, RW1418, gitdir_place(w->git, ""),
			 "signatures by the given keys that do not hold: "
			 "%.*s", STR_ARG(strbuf_str(&told)));
	strbuf_release(&told);
}
