/* Addresses of repositories: mirrors, and where packages come from. */
#include "model/address.h"

#include "model/facts_index.h"

#define SCHEME STR("https://")
#define MOST_SEGMENTS 16 /* no row has more: what is deeper costs nothing */

static bool holds(const struct fact *r, int32_t day,
		  enum fact_confidence least)
{
	return r->confidence >= least && r->state == FACT_ACCEPTED &&
	       (r->object.n || r->kind == FACT_LIBRARY) &&
	       r->from.last <= day && day < r->to.first;
}

/* A row of a kind about exactly this subject, SIZE_MAX if none. */
static size_t find_any(const struct facts *f, enum fact_kind kind,
		       int32_t day, struct str subject,
		       enum fact_confidence least)
{
	struct facts_run run = facts_index_subject(f, kind, subject);

	for (size_t i = run.first; i < run.first + run.n; i++)
		if (holds(&f->rows.v[i], day, least))
			return i;
	return SIZE_MAX;
}

static size_t find_row(const struct facts *f, enum fact_kind kind,
		       int32_t day, struct str subject)
{
	return find_any(f, kind, day, subject, FACT_A);
}

/* Without the last segment; "" when there is only one. */
static struct str parent_of(struct str path)
{
	size_t slash = str_rfind_ch(path, '/');

	return slash == SIZE_MAX ? STR("") : str_head(path, slash);
}

static struct str first_segments(struct str path)
{
	unsigned n = 0;

	for (size_t i = 0; i < path.n; i++)
		if (path.p[i] == '/' && ++n == MOST_SEGMENTS)
			return str_head(path, i);
	return path;
}

static bool ignores_case(struct str address)
{
	static const char *const hosts[] = {"github.com/", "gitlab.com/",
					    "bitbucket.org/"};

	return str_any(address, hosts, str_has_prefix);
}

/* What stands in the row's object for an address below its subject. */
static struct str moved(const struct fact *r, struct str address,
			struct arena *a)
{
	struct str rest = str_from(address, r->subject.n);
	struct str s;
	char *copy;

	if (!rest.n)
		return r->object;
	copy = arena_cstr(a, str_from(rest, 1)); /* behind the slash */
	s = str_n(copy, rest.n - 1);
	for (size_t i = 0; i < s.n && str_is(r->value, "dashes"); i++)
		if (copy[i] == '/')
			copy[i] = '-';
	return arena_fmt(a, "%.*s/%.*s", STR_ARG(r->object), STR_ARG(s));
}

struct str address_key(const struct facts *f, int32_t day,
		       struct str repository, struct arena *a)
{
	struct str address = str_has_prefix(repository, SCHEME)
		? str_from(repository, SCHEME.n) : repository;
	struct str prefix = f ? arena_lower(a, first_segments(address))
			      : STR("");

	for (; prefix.n; prefix = parent_of(prefix)) {
		size_t row = find_row(f, FACT_MIRROR, day, prefix);

		if (row != SIZE_MAX) {
			address = moved(&f->rows.v[row], address, a);
			break;
		}
	}
	return ignores_case(address) ? arena_lower(a, address) : address;
}

/* The row about a package or about what it is below. */
static size_t find_package(const struct facts *f, int32_t day,
			   struct str prefix, struct arena *a,
			   struct str *ret_star)
{
	size_t row = find_row(f, FACT_PACKAGE, day, prefix);
	struct str parent = parent_of(prefix);

	*ret_star = STR("");
	if (row == SIZE_MAX && parent.n) {
		*ret_star = str_from(prefix, parent.n + 1);
		row = find_row(f, FACT_PACKAGE, day,
			       arena_fmt(a, "%.*s/*", STR_ARG(parent)));
	}
	return row;
}

/* pkg:type/namespace/name with any namespace. */
static struct str any_namespace(struct str package, struct arena *a)
{
	struct str type, rest, namespace;

	str_cut(package, '/', &type, &rest);
	namespace = parent_of(rest);
	if (!namespace.n)
		return STR("");
	return arena_fmt(a, "%.*s/*%.*s", STR_ARG(type),
			 STR_ARG(str_from(rest, namespace.n)));
}

static struct str fill(struct str object, struct str star, struct arena *a)
{
	struct str before, after;

	if (!str_cut(object, '*', &before, &after))
		star = after = STR("");
	return arena_fmt(a, "https://%.*s%.*s%.*s", STR_ARG(before),
			 STR_ARG(star), STR_ARG(after));
}

/* The row of the longest prefix. */
static size_t find_longest(const struct facts *f, int32_t day,
			   struct str package, struct arena *a,
			   struct str *ret_star)
{
	struct str prefix = arena_lower(a, first_segments(package));
	size_t row = SIZE_MAX;

	*ret_star = STR("");
	if (prefix.n)
		row = find_row(f, FACT_PACKAGE, day,
			       any_namespace(prefix, a));
	for (; row == SIZE_MAX && prefix.n; prefix = parent_of(prefix))
		row = find_package(f, day, prefix, a, ret_star);
	return row;
}

/* Rows about exactly one package, with or without its version. */
struct named { VEC(size_t) rows; };

/* Has this file (of a feed) a row among them? */
static bool has_file(const struct facts *f, const struct named *n,
		     struct str file)
{
	for (size_t i = 0; i < n->rows.n; i++)
		if (str_eq(f->rows.v[n->rows.v[i]].evidence->file, file))
			return true;
	return false;
}

/* What a source says of the version goes before what it says of the
 * package. */
static void add_named(const struct facts *f, int32_t day, struct str subject,
		      struct named *n)
{
	struct facts_run run = facts_index_subject(f, FACT_PACKAGE, subject);
	size_t before = n->rows.n;

	for (size_t i = run.first; i < run.first + run.n; i++) {
		const struct fact *r = &f->rows.v[i];
		struct named earlier = {.rows = {.v = n->rows.v,
						 .n = before}};

		if (r->object.n && r->confidence >= FACT_B &&
		    r->state == FACT_ACCEPTED && r->from.last <= day &&
		    day < r->to.first &&
		    !has_file(f, &earlier, r->evidence->file))
			vec_push(&n->rows, i);
	}
}

static void find_other(const struct facts *f, int32_t day,
		       const struct named *n, struct arena *a,
		       struct address_package *ret)
{
	struct str key = address_key(f, day, ret->repository, a);

	for (size_t i = 0; i < n->rows.n && ret->other == SIZE_MAX; i++) {
		struct str named = fill(f->rows.v[n->rows.v[i]].object,
					STR(""), a);

		if (!str_eq(address_key(f, day, named, a), key))
			ret->other = n->rows.v[i];
	}
	if (ret->other != SIZE_MAX &&
	    f->rows.v[ret->other].confidence ==
	    f->rows.v[ret->fact].confidence)
		ret->repository = STR("");
}

static void choose(const struct facts *f, int32_t day, struct str package,
		   const struct named *n, struct arena *a,
		   struct address_package *ret)
{
	struct str star = STR("");
	size_t best = SIZE_MAX, row;

	for (size_t i = 0; i < n->rows.n; i++)
		if (best == SIZE_MAX || f->rows.v[n->rows.v[i]].confidence >
					f->rows.v[best].confidence)
			best = n->rows.v[i];
	if (best == SIZE_MAX || f->rows.v[best].confidence < FACT_A) {
		row = find_longest(f, day, package, a, &star);
		best = row == SIZE_MAX ? best : row;
	}
	if (best == SIZE_MAX)
		return;
	ret->fact = best;
	ret->is_claimed = f->rows.v[best].confidence < FACT_A;
	ret->repository = fill(f->rows.v[best].object, star, a);
	find_other(f, day, n, a, ret);
}

void address_of_package(const struct facts *f, int32_t day,
			struct str package, struct str version,
			struct arena *a, struct address_package *ret)
{
	struct str lower = arena_lower(a, first_segments(package));
	struct named n = {0};

	*ret = (struct address_package){STR(""), SIZE_MAX, SIZE_MAX, false};
	if (!f || !lower.n)
		return;
	if (version.n && lower.n == package.n)
		add_named(f, day, arena_lower(a, arena_fmt(
			a, "%.*s@%.*s", STR_ARG(package),
			STR_ARG(version))), &n);
	add_named(f, day, lower, &n);
	choose(f, day, package, &n, a, ret);
	vec_release(&n.rows);
}

size_t address_fork(const struct facts *f, int32_t day,
		    struct str repository, struct arena *a)
{
	struct str address = str_has_prefix(repository, SCHEME)
		? str_from(repository, SCHEME.n) : repository;

	if (!f || !address.n)
		return SIZE_MAX;
	return find_any(f, FACT_FORK, day,
			arena_lower(a, first_segments(address)), FACT_B);
}

size_t address_of_library(const struct facts *f, int32_t day,
			  struct str name, struct arena *a)
{
	size_t row, end = str_find_ch(name, '_');

	if (!f)
		return SIZE_MAX;
	row = find_any(f, FACT_LIBRARY, day, name, FACT_B);
	if (row == SIZE_MAX && end != SIZE_MAX)
		row = find_any(f, FACT_LIBRARY, day,
			       arena_fmt(a, "%.*s*",
					 STR_ARG(str_head(name, end + 1))),
			       FACT_B);
	return row;
}

struct str address_of_row(const struct facts *f, size_t row, struct arena *a)
{
	const struct fact *r = &f->rows.v[row];

	if (r->confidence != FACT_A || !r->object.n)
		return STR("");
	return fill(r->object, STR(""), a);
}

static void add_rows(const struct facts *f, enum fact_kind kind, int32_t day,
		     struct strbuf *to)
{
	struct facts_run run = facts_index_kind(f, kind);

	for (size_t i = run.first; i < run.first + run.n; i++) {
		const struct fact *r = &f->rows.v[i];

		if (holds(r, day, FACT_B))
			strbuf_fmt(to, "%d %.*s\t%.*s\t%.*s\t%d\t%.*s\n",
				   (int)kind, STR_ARG(r->subject),
				   STR_ARG(r->object), STR_ARG(r->value),
				   (int)r->confidence,
				   STR_ARG(r->evidence->source));
	}
}

void address_rows(const struct facts *f, int32_t day, struct strbuf *to)
{
	if (!f)
		return;
	add_rows(f, FACT_LIBRARY, day, to);
	add_rows(f, FACT_MIRROR, day, to);
}
