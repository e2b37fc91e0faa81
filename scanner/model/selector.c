/*
 * Picking components.  Canonical package URLs are compared as text: a
 * version begins at the only `@` that is not encoded, qualifiers at `?`, a
 * subpath at `#`.
 */
#include "model/selector.h"

#include "model/purl.h"

static struct str up_to(struct str s, char c)
{
	size_t n = str_find_ch(s, c);

	return n == SIZE_MAX ? s : str_head(s, n);
}

struct str selector_purl(struct str written, struct arena *a)
{
	return up_to(up_to(purl_canonical(written, a), '#'), '?');
}

bool selector_is_empty(const struct selector *s)
{
	return !s->purl.n && !s->repository.n && !s->path.n;
}

/* Does `purl` name the package, or the release, `wanted`? */
static bool is_purl(struct str purl, struct str wanted)
{
	bool has_version = str_find_ch(wanted, '@') != SIZE_MAX;
	char next;

	if (!str_has_prefix(purl, wanted))
		return false;
	if (purl.n == wanted.n)
		return true;
	next = purl.p[wanted.n];
	return next == '?' || next == '#' || (next == '@' && !has_version);
}

static bool is_declared_at(const struct component *c, struct str pattern)
{
	for (size_t i = 0; i < c->evidence.n; i++)
		if (str_glob(c->evidence.v[i].path, pattern, false))
			return true;
	return false;
}

bool selector_picks(const struct selector *s, const struct component *c)
{
	if (selector_is_empty(s))
		return false;
	if (s->purl.n && !is_purl(c->purl, s->purl))
		return false;
	if (s->repository.n &&
	    !str_eq_nocase(c->provenance.repository, s->repository))
		return false;
	return !s->path.n || is_declared_at(c, s->path);
}

struct str selector_identity(struct str purl, struct str repository,
			     struct str name)
{
	if (purl.n)
		return up_to(up_to(up_to(purl, '#'), '?'), '@');
	return repository.n ? repository : name;
}
