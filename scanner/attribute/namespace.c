/*
 * From the address of a repository or package to the organisation that owns
 * its namespace: the longest `publishes` prefix that ends at a border.
 */
#include "attribute/attribute.h"

#include "base/limits.h"
#include "model/facts_index.h"
#include "model/purl.h"

/* A prefix may end before this byte.  Maven names its namespaces with points;
 * in a host a point would let another host in. */
static bool is_border(char c, bool is_maven)
{
	return c == '/' || c == ':' || c == '@' || c == '?' || c == '#' ||
	       (c == '.' && is_maven);
}

/* The best accepted row of a prefix that holds for sure on that day. */
static size_t row_of(const struct facts *f, struct str prefix, int32_t day)
{
	struct facts_run run = facts_index_subject(f, FACT_PUBLISHES, prefix);
	size_t best = SIZE_MAX;

	for (size_t i = 0; i < run.n; i++) {
		const struct fact *r = &f->rows.v[run.first + i];

		if (r->state == FACT_ACCEPTED && r->confidence != FACT_C &&
		    facts_holds(r, day) &&
		    (best == SIZE_MAX ||
		     r->confidence > f->rows.v[best].confidence))
			best = run.first + i;
	}
	return best;
}

static size_t longest(const struct facts *f, struct str address, int32_t day)
{
	bool is_maven = str_has_prefix(address, STR("pkg:maven/"));
	size_t row = row_of(f, address, day);

	for (size_t n = address.n; row == SIZE_MAX && n-- > 0;)
		if (is_border(address.p[n], is_maven))
			row = row_of(f, str_head(address, n), day);
	return row;
}

static struct str join(struct arena *a, const char *host,
		       const struct purl *p)
{
	return arena_fmt(a, "%s%.*s%s%.*s", host, STR_ARG(p->namespace),
			 p->namespace.n ? "/" : "", STR_ARG(p->name));
}

/* Where the package of a purl lives, as an address without scheme, "" where
 * the type does not say. */
static struct str address_of(const struct purl *p, struct arena *a)
{
	static const struct { const char *type, *host; } hosts[] = {
		{"bitbucket", "bitbucket.org/"}, {"github", "github.com/"},
		{"gitlab", "gitlab.com/"}, {"golang", ""},
	};
	struct str url;

	for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
		if (str_is(p->type, hosts[i].type))
			return join(a, hosts[i].host, p);
	if (!str_is(p->type, "docker") && !str_is(p->type, "oci"))
		return STR("");
	url = purl_qualifier(p, "repository_url");
	if (!url.n)
		return join(a, "docker.io/", p);
	return arena_fmt(a, "%.*s/%.*s", STR_ARG(url),
			 STR_ARG(join(a, "", p)));
}

static struct str without_scheme(struct str s)
{
	size_t at = str_find(s, STR("://"));

	return at == SIZE_MAX ? s : str_from(s, at + 3);
}

static size_t find(const struct facts *f, struct str address, int32_t day,
		   struct arena *a)
{
	struct str lower = arena_lower(a, address), place;
	struct purl p;
	const char *why;
	size_t row;

	if (!str_has_prefix(lower, STR("pkg:")))
		return longest(f, without_scheme(lower), day);
	row = longest(f, lower, day);
	if (row != SIZE_MAX || purl_parse(address, a, &p, &why))
		return row;
	place = without_scheme(arena_lower(a, address_of(&p, a)));
	purl_release(&p);
	return place.n ? longest(f, place, day) : SIZE_MAX;
}

size_t attribute_namespace(const struct facts *f, struct str address,
			   int32_t day, size_t *ret_fact)
{
	struct arena scratch;
	size_t row = SIZE_MAX;

	arena_init(&scratch);
	if (address.n && address.n <= LIMIT_NAME_BYTES)
		row = find(f, address, day, &scratch);
	arena_release(&scratch);
	if (ret_fact)
		*ret_fact = row;
	return row == SIZE_MAX ? SIZE_MAX : f->rows.v[row].object_org;
}
