/* Rows about packages, in words. */
#include "resolve/package.h"

#include "base/path.h"
#include "model/facts_index.h"

bool package_source(const struct scan *s, const struct purl *p,
		    struct arena *a, struct address_package *ret,
		    struct str *ret_how)
{
	const struct facts *f = s->facts;

	address_of_package(f, s->as_of, purl_package(p, a), p->version, a,
			   ret);
	if (!ret->repository.n)
		return false;
	*ret_how = arena_fmt(a, "%s about the package (%.*s)",
			     ret->is_claimed ? "claim" : "fact",
			     STR_ARG(f->rows.v[ret->fact].evidence->source));
	return true;
}

static struct str row_in_words(const struct fact *r, struct arena *a)
{
	return arena_fmt(a, "%.*s (%.*s)", STR_ARG(r->object),
			 STR_ARG(r->evidence->source));
}

struct str package_contradiction(const struct facts *f,
				 const struct address_package *of,
				 struct arena *a)
{
	struct str one = row_in_words(&f->rows.v[of->fact], a);
	struct str other = row_in_words(&f->rows.v[of->other], a);

	return arena_fmt(a, "%.*s or %.*s", STR_ARG(one), STR_ARG(other));
}

/* What a feed says of a version it mostly says of the package too: once. */
static void add_answer(struct str answer, struct strbuf *to)
{
	struct str told = strbuf_str(to);

	if (str_find(told, answer) == SIZE_MAX)
		strbuf_add(to, answer);
}

/* "; depsdev (2026-11-26) does not know it" for each row without one. */
static void add_answers(const struct facts *f, struct str subject,
			struct arena *a, struct strbuf *to)
{
	struct facts_run run = facts_index_subject(f, FACT_PACKAGE, subject);

	for (size_t i = run.first; i < run.first + run.n; i++) {
		const struct fact *r = &f->rows.v[i];

		if (r->object.n || r->state != FACT_ACCEPTED)
			continue;
		add_answer(arena_fmt(a, "; %.*s (%.*s) %s",
				     STR_ARG(path_base(r->evidence->file)),
				     STR_ARG(r->evidence->read),
				     str_is(r->value, "unknown")
				     ? "does not know it"
				     : "knows it and names no source of it"),
			   to);
	}
}

struct str package_answers(const struct scan *s, const struct purl *p,
			   struct arena *a)
{
	struct str package = arena_lower(a, purl_package(p, a)), text;
	struct strbuf b = {0};

	if (!s->facts)
		return STR("");
	if (p->version.n)
		add_answers(s->facts, arena_lower(a, arena_fmt(
			a, "%.*s@%.*s", STR_ARG(package),
			STR_ARG(p->version))), a, &b);
	add_answers(s->facts, package, a, &b);
	text = arena_dup(a, strbuf_str(&b));
	strbuf_release(&b);
	return text;
}
