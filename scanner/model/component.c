/* Components, edges and seats: making and merging. */
#include "model/component.h"

#define NAME(id, name) name,
static const char *const scope_names[] = {SCOPES(NAME)};
static const char *const function_names[] = {FUNCTIONS(NAME)};
#undef NAME

void component_release(struct component *c)
{
	vec_release(&c->evidence);
	vec_release(&c->more_purls);
	vec_release(&c->refs);
}

void component_parts_release(struct parts *p)
{
	for (size_t i = 0; i < p->components.n; i++)
		component_release(&p->components.v[i]);
	vec_release(&p->components);
	vec_release(&p->edges);
	vec_release(&p->seats);
	vec_release(&p->areas);
	vec_release(&p->area_paths);
}

size_t component_add(struct parts *p, struct str name, struct str extractor,
		     struct evidence at)
{
	struct component *c = vec_add(&p->components);

	*c = (struct component){
		.name = name, .extractor = extractor, .digest = SIZE_MAX};
	vec_push(&c->evidence, at);
	return p->components.n - 1;
}

void component_add_evidence(struct component *c, struct evidence at)
{
	vec_push(&c->evidence, at);
}

static int compare_texts(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

void component_fold_purls(struct component *c)
{
	size_t n = 0;

	vec_sort(&c->more_purls, compare_texts);
	for (size_t i = 0; i < c->more_purls.n; i++)
		if (n == 0 || !str_eq(c->more_purls.v[n - 1],
				      c->more_purls.v[i]))
			c->more_purls.v[n++] = c->more_purls.v[i];
	c->more_purls.n = n;
}

void component_add_edge(struct parts *p, size_t from, size_t to,
			enum edge_kind kind)
{
	vec_push(&p->edges, ((struct edge){from, to, kind}));
}

void component_adopt(struct parts *p, size_t root, size_t first,
		     size_t first_edge)
{
	size_t n = p->components.n - first;
	bool *has_edge = mem_new(n, sizeof *has_edge);

	for (size_t i = first_edge; i < p->edges.n; i++)
		if (p->edges.v[i].to >= first)
			has_edge[p->edges.v[i].to - first] = true;
	for (size_t i = 0; i < n; i++)
		if (!has_edge[i] && first + i != root &&
		    p->components.v[first + i].scope != SCOPE_RELEASE)
			component_add_edge(p, root, first + i,
					   EDGE_DEPENDS_ON);
	free(has_edge);
}

struct seat *component_add_seat(struct parts *p, size_t component,
				enum seat_role role, struct evidence at)
{
	struct seat *s = vec_add(&p->seats);

	*s = (struct seat){.component = component, .role = role,
			   .evidence = at, .organisation = SIZE_MAX,
			   .person = p->persons++, .area = SIZE_MAX};
	return s;
}

size_t component_add_area(struct parts *p, bool is_overridden)
{
	vec_push(&p->areas, ((struct area){
		.first = p->area_paths.n, .is_overridden = is_overridden}));
	return p->areas.n - 1;
}

void component_add_area_path(struct parts *p, struct area_path path)
{
	vec_push(&p->area_paths, path);
	p->areas.v[p->areas.n - 1].n++;
}

const char *component_scope_name(enum scope s)
{
	return scope_names[s];
}

const char *component_function_name(enum function f)
{
	return function_names[f];
}

static const char *const role_names[SEAT_ROLE_COUNT] = {
	"lead", "committer", "maintainer", "reviewer", "owner"};

const char *component_role_name(enum seat_role r)
{
	return role_names[r];
}

bool component_find_role(struct str name, enum seat_role *ret)
{
	for (size_t i = 0; i < SEAT_ROLE_COUNT; i++)
		if (str_is(name, role_names[i])) {
			*ret = (enum seat_role)i;
			return true;
		}
	return false;
}

bool component_find_function(struct str name, enum function *ret)
{
	for (size_t i = 1; i < FUNCTION_COUNT; i++)
		if (str_eq_nocase(name, str_c(function_names[i]))) {
			*ret = (enum function)i;
			return true;
		}
	return false;
}

/* The scheme prefixes that an address may carry, taken off in turn. */
static struct str without_schemes(struct str s)
{
	static const char *const prefixes[] = {
		"scm:", "git:", "git+", "https://", "http://", "ssh://",
		"git://", "//"};
	bool again = true;

	while (again) {
		again = false;
		for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
			if (str_has_prefix_nocase(s, str_c(prefixes[i]))) {
				s = str_from(s, str_c(prefixes[i]).n);
				again = true;
			}
	}
	return s;
}

/* Labels of letters, digits and '-' between dots; two at least, but for the
 * machine's own name. */
static bool is_host(struct str h)
{
	struct str label;
	unsigned n = 0;

	if (str_eq_nocase(h, STR("localhost")))
		return true;
	while (str_split(&h, '.', &label)) {
		for (size_t i = 0; i < label.n; i++)
			if (!ascii_is_alnum(label.p[i]) && label.p[i] != '-')
				return false;
		if (!label.n)
			return false;
		n++;
	}
	return n >= 2;
}

static bool is_clean_path(struct str p)
{
	for (size_t i = 0; i < p.n; i++) {
		unsigned char c = (unsigned char)p.p[i];

		if (c <= ' ' || c == 0x7f || c == '\\' || c == '$')
			return false;
	}
	return p.n != 0;
}

/* Without outer slashes, ".git" and a revision tied on (path@rev), as often
 * as they stand there: a canonical address stays as it is. */
static struct str bare_path(struct str p)
{
	size_t before, at;

	do {
		before = p.n;
		at = str_rfind_ch(p, '@');
		if (at != SIZE_MAX && at > 0)
			p = str_head(p, at);
		while (p.n && p.p[p.n - 1] == '/')
			p.n--;
		while (p.n && p.p[0] == '/')
			p = str_from(p, 1);
		if (str_has_suffix(p, STR(".git")))
			p.n -= 4;
	} while (p.n != before);
	return p;
}

struct str component_repository_url(struct str written, struct arena *a)
{
	struct str s = without_schemes(str_trim(written));
	struct str host, path, port;
	size_t slash, colon, at;

	s = str_head(s, str_find_ch(s, '#'));
	s = str_head(s, str_find_ch(s, '?'));
	slash = str_find_ch(s, '/');
	at = str_rfind_ch(str_head(s, slash), '@');
	if (at != SIZE_MAX)
		s = str_from(s, at + 1);
	slash = str_find_ch(s, '/');
	colon = str_find_ch(s, ':');
	if (colon < slash) { /* host:path of ssh, or host:port/path */
		struct str rest = str_from(s, colon + 1);
		uint64_t n;

		host = str_head(s, colon);
		port = str_head(rest, str_find_ch(rest, '/'));
		path = str_to_u64(port, &n) ? str_from(rest, port.n + 1)
					    : rest;
	} else if (slash != SIZE_MAX) {
		host = str_head(s, slash);
		path = str_from(s, slash + 1);
	} else {
		return STR("");
	}
	path = bare_path(path);
	if (!is_host(host) || !is_clean_path(path))
		return STR("");
	return arena_fmt(a, "https://%.*s/%.*s",
			 STR_ARG(arena_lower(a, host)), STR_ARG(path));
}
