/*
 * The type definitions registered in the purl specification as of August
 * 2026: case, namespaces, and what is particular to a type.  A type that is
 * not registered gets no rules.
 */
#include "model/purl_type.h"

enum rule_flags {
	NS_REQUIRED = 1, NS_PROHIBITED = 2, NS_LOWER = 4, NS_UPPER = 8,
	NAME_LOWER = 16, VERSION_LOWER = 32, SUBPATH_LOWER = 64,
	NS_NAME_LOWER = NS_LOWER | NAME_LOWER
};

/* What is particular to one type: NULL, or what is wrong. */
typedef const char *special_fn(struct purl *p, struct arena *a);

static special_fn special_chrome, special_cpan, special_git, special_hackage,
	special_julia, special_mlflow, special_pub, special_pypi, special_swid,
	special_swift;

struct rule {
	const char *type;
	unsigned flags;
	special_fn *special;
};

/* The registered types, sorted. */
static const struct rule rules[] = {
	{"alpm", NS_REQUIRED | NS_NAME_LOWER, NULL},
	{"apk", NS_REQUIRED | NS_NAME_LOWER, NULL},
	{"bazel", NS_PROHIBITED, NULL},
	{"bitbucket", NS_REQUIRED | NS_NAME_LOWER, NULL},
	{"bitnami", NS_PROHIBITED | NAME_LOWER, NULL},
	{"brew", NS_NAME_LOWER, NULL},
	{"cargo", NS_PROHIBITED, NULL},
	{"chrome-extension", NS_PROHIBITED | NAME_LOWER, special_chrome},
	{"cocoapods", NS_PROHIBITED, NULL},
	{"composer", NS_REQUIRED | NS_NAME_LOWER, NULL},
	{"conan", 0, NULL},
	{"conda", NS_PROHIBITED, NULL},
	{"cpan", NS_UPPER, special_cpan},
	{"cran", NS_PROHIBITED, NULL},
	{"deb", NS_REQUIRED | NS_NAME_LOWER, NULL},
	{"docker", 0, NULL},
	{"gem", NS_PROHIBITED, NULL},
	{"generic", 0, NULL},
	{"git", NS_REQUIRED, special_git},
	{"github", NS_REQUIRED | NS_NAME_LOWER, NULL},
	/* its definition is older than modules: "go.opencensus.io" is one */
	{"golang", 0, NULL},
	{"hackage", NS_PROHIBITED, special_hackage},
	{"hex", NS_NAME_LOWER, NULL},
	{"huggingface", NS_REQUIRED | VERSION_LOWER, NULL},
	{"julia", NS_PROHIBITED, special_julia},
	{"luarocks", NS_NAME_LOWER, NULL},
	{"maven", NS_REQUIRED, NULL},
	{"mlflow", NS_PROHIBITED, special_mlflow},
	{"npm", 0, NULL},
	{"nuget", NS_PROHIBITED, NULL},
	{"oci", NS_PROHIBITED | NAME_LOWER | VERSION_LOWER, NULL},
	{"opam", NS_PROHIBITED, NULL},
	{"otp", NS_PROHIBITED | NAME_LOWER | SUBPATH_LOWER, NULL},
	{"pub", NS_PROHIBITED | NAME_LOWER, special_pub},
	{"pypi", NS_PROHIBITED | NAME_LOWER | VERSION_LOWER, special_pypi},
	{"qpkg", NS_REQUIRED | NS_LOWER, NULL},
	{"rpm", NS_REQUIRED | NS_LOWER, NULL},
	{"swid", 0, special_swid},
	{"swift", NS_REQUIRED, special_swift},
	{"vcpkg", NS_PROHIBITED, NULL},
	{"vscode-extension", NS_REQUIRED | NS_NAME_LOWER | VERSION_LOWER, NULL},
	{"yocto", NS_LOWER, NULL},
};

static const struct rule *find_rule(struct str type)
{
	static const struct rule none;

	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (str_is(type, rules[i].type))
			return &rules[i];
	return &none;
}

static struct str replaced(struct str s, struct arena *a, char from, char to)
{
	char *copy = arena_cstr(a, s);

	for (size_t i = 0; i < s.n; i++)
		if (copy[i] == from)
			copy[i] = to;
	return str_n(copy, s.n);
}

static bool is_chrome_version(struct str v)
{
	unsigned parts = 0;
	struct str part;

	while (str_split(&v, '.', &part)) {
		for (size_t i = 0; i < part.n; i++)
			if (!ascii_is_digit(part.p[i]))
				return false;
		if (part.n == 0 || ++parts > 4)
			return false;
	}
	return true;
}

static const char *special_chrome(struct purl *p, struct arena *a)
{
	bool is_id = p->name.n == 32;

	(void)a;
	for (size_t i = 0; i < p->name.n; i++)
		is_id = is_id && p->name.p[i] >= 'a' && p->name.p[i] <= 'p';
	if (!is_id)
		return "the name is not 32 letters of a to p";
	if (p->version.n && !is_chrome_version(p->version))
		return "the version is not one to four numbers";
	return NULL;
}

static const char *special_cpan(struct purl *p, struct arena *a)
{
	(void)a;
	if (str_find(p->name, STR("::")) != SIZE_MAX)
		return "the name is a module's, not a distribution's";
	return NULL;
}

/* The namespace is the host, the name all of the path. */
static const char *special_git(struct purl *p, struct arena *a)
{
	struct str host, rest;

	if (!str_cut(p->namespace, '/', &host, &rest))
		return NULL;
	p->name = arena_fmt(a, "%.*s/%.*s", STR_ARG(rest), STR_ARG(p->name));
	p->namespace = host;
	return NULL;
}

static const char *special_hackage(struct purl *p, struct arena *a)
{
	p->name = replaced(p->name, a, '_', '-');
	return NULL;
}

static const char *special_julia(struct purl *p, struct arena *a)
{
	(void)a;
	return purl_qualifier(p, "uuid").n ? NULL : "qualifier uuid is missing";
}

/* Databricks ignores the case of model names, others keep it. */
static const char *special_mlflow(struct purl *p, struct arena *a)
{
	if (str_find_nocase(purl_qualifier(p, "repository_url"),
			    STR("databricks")) != SIZE_MAX)
		p->name = arena_lower(a, p->name);
	return NULL;
}

static const char *special_pub(struct purl *p, struct arena *a)
{
	char *copy = arena_cstr(a, p->name);

	for (size_t i = 0; i < p->name.n; i++)
		if (!ascii_is_alnum(copy[i]))
			copy[i] = '_';
	p->name.p = copy;
	return NULL;
}

static const char *special_pypi(struct purl *p, struct arena *a)
{
	p->name = replaced(p->name, a, '_', '-');
	return NULL;
}

static const char *special_swid(struct purl *p, struct arena *a)
{
	(void)a;
	return purl_qualifier(p, "tag_id").n ? NULL
					     : "qualifier tag_id is missing";
}

static const char *special_swift(struct purl *p, struct arena *a)
{
	(void)a;
	return str_find_ch(p->namespace, '/') != SIZE_MAX
		? NULL : "the namespace is not a host and an owner";
}

static struct str upper(struct str s, struct arena *a)
{
	char *copy = arena_cstr(a, s);

	for (size_t i = 0; i < s.n; i++)
		if (copy[i] >= 'a' && copy[i] <= 'z')
			copy[i] = (char)(copy[i] - ('a' - 'A'));
	return str_n(copy, s.n);
}

const char *purl_type_apply(struct purl *p, struct arena *a)
{
	const struct rule *r = find_rule(p->type);
	const char *why = NULL;

	if (r->flags & NS_LOWER)
		p->namespace = arena_lower(a, p->namespace);
	if (r->flags & NS_UPPER)
		p->namespace = upper(p->namespace, a);
	if (r->flags & NAME_LOWER)
		p->name = arena_lower(a, p->name);
	if (r->flags & VERSION_LOWER)
		p->version = arena_lower(a, p->version);
	if (r->flags & SUBPATH_LOWER)
		p->subpath = arena_lower(a, p->subpath);
	if (p->namespace.n && (r->flags & NS_PROHIBITED))
		return "this type has no namespace";
	if (p->namespace.n == 0 && (r->flags & NS_REQUIRED))
		return "the namespace is missing";
	if (r->special)
		why = r->special(p, a);
	return why;
}

