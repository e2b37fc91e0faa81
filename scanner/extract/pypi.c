/*
 * Python requirements: from a text to a component.  Environment markers and
 * extras are cut off, the requirement is kept.
 */
#include "extract/pypi.h"

#include "base/limits.h"
#include "base/path.h"
#include "extract/declare.h"
#include "extract/lines.h"
#include "extract/locked.h"
#include "extract/pep508.h"
#include "extract/scope.h"
#include "extract/url.h"

struct str pypi_name(struct str name, struct arena *a)
{
	char *to = arena_alloc(a, name.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < name.n; i++) {
		char c = ascii_lower(name.p[i]);

		if (c == '_' || c == '.')
			c = '-';
		if (c != '-' || !n || to[n - 1] != '-')
			to[n++] = c;
	}
	return str_n(to, n);
}

enum scope pypi_group_scope(struct str group, enum scope other)
{
	static const struct {
		const char *pattern;
		enum scope scope;
	} names[] = {
		{"doc", SCOPE_DOCS}, {"docs", SCOPE_DOCS},
		{"documentation", SCOPE_DOCS}, {"*-docs", SCOPE_DOCS},
		{"test*", SCOPE_TEST}, {"*test", SCOPE_TEST},
		{"*tests", SCOPE_TEST}, {"lint*", SCOPE_TEST},
		{"dev", SCOPE_TEST}, {"develop*", SCOPE_TEST},
		{"typing", SCOPE_TEST}, {"ci", SCOPE_CI},
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_glob(group, str_c(names[i].pattern), true))
			return names[i].scope;
	return other;
}

/* The only hash among the options of a requirement: of several, each is of
 * another build. */
static struct str only_hash(struct str options)
{
	struct str word, hash = STR("");
	bool is_value = false;

	while (str_word(&options, &word)) {
		if (str_is(word, "--hash")) {
			is_value = true;
			continue;
		}
		if (str_has_prefix(word, STR("--hash=")))
			word = str_from(word, STR("--hash=").n);
		else if (!is_value)
			continue;
		is_value = false;
		if (hash.n)
			return STR("");
		hash = word;
	}
	return hash;
}

/* --- components ----------------------------------------------------------- */

static struct component *add_component(const struct pypi *p, struct str name)
{
	struct component *c = declare_component(p->x, p->e, name, "library",
						p->line);

	if (c) {
		c->scope = scope_of_path(p->x->path, p->scope);
		c->is_optional = p->is_optional;
	}
	return c;
}

static void set_hash(const struct pypi *p, struct component *c,
		     struct str hash)
{
	if (hash.n <= LIMIT_NAME_BYTES)
		c->provenance.hash = arena_dup(p->x->arena, hash);
}

static void add_package(const struct pypi *p, struct str name,
			struct str clauses, struct str options)
{
	struct purl purl = {.type = STR("pypi"), .name = name};
	struct str variable;
	struct component *c;

	if (!pep508_pinned(clauses, &purl.version, &variable)) {
		lines_bad(p->x, p->line, "not a requirement", clauses);
		return;
	}
	if (p->own_name.n && str_eq(pypi_name(name, p->x->scratch),
				    pypi_name(p->own_name, p->x->scratch)))
		return; /* one group of the project takes another in */
	if (variable.n)
		diag_add(p->x->diags, RW1302,
			 diag_at_line(p->x->path, p->line),
			 "a version is not known: %.*s", STR_ARG(variable));
	c = add_component(p, name);
	if (!c)
		return;
	declare_version(p->x, c, purl.version);
	c->is_unpinned = c->version.n == 0;
	purl.version = c->version;
	set_hash(p, c, only_hash(options));
	declare_purl(p->x, c, &purl);
	if (p->may_be_locked && p->x->locked && c->is_unpinned && c->purl.n)
		locked_ask(p->x->locked, p->x->parts->components.n - 1);
}

/* A folder or file of the tree, or one outside that nobody has seen. */
static void add_folder(const struct pypi *p, struct str name,
		       struct str path)
{
	struct component *c;

	diag_add(p->x->diags, RW1304, diag_at_line(p->x->path, p->line),
		 "a package is taken from %.*s", STR_ARG(path));
	if (!str_has_prefix(path, STR("file:")) &&
	    declare_is_inside(p->x, path))
		return;
	c = add_component(p, name.n ? name : path_base(path));
	if (c)
		c->is_unpinned = true;
}

/* A file to download: named by itself where the requirement does not. */
static void add_download(const struct pypi *p, struct str name,
			 struct str url)
{
	struct str address = url_without_user(url, p->x->scratch);
	struct str sha256 = url_fragment(url, STR("sha256"));
	struct purl purl = {.type = STR("generic")};
	struct component *c;

	address = url_base(address);
	c = add_component(p, name.n ? name : path_base(address));
	if (!c)
		return;
	c->is_unpinned = sha256.n == 0;
	if (sha256.n)
		set_hash(p, c, arena_fmt(p->x->scratch, "sha256:%.*s",
					 STR_ARG(sha256)));
	purl.name = c->name;
	vec_push(&purl.qualifiers, ((struct purl_qualifier){
		STR("download_url"), address}));
	declare_purl(p->x, c, &purl);
}

void pypi_add_url(const struct pypi *p, struct str name, struct str url)
{
	struct str address = url_base(url);
	size_t scheme = str_find(url, STR("://"));
	size_t plus = str_find_ch(url, '+');
	struct component *c;

	if (url.n > LIMIT_NAME_BYTES) {
		lines_bad(p->x, p->line, "address too long", url);
		return;
	}
	if (scheme == SIZE_MAX || str_has_prefix(url, STR("file:"))) {
		add_folder(p, name, address);
		return;
	}
	if (name.n == 0)
		name = url_fragment(url, STR("egg"));
	name = str_head(name, str_find_ch(name, '['));
	if (plus == SIZE_MAX || plus > scheme) {
		add_download(p, name, url);
		return;
	}
	c = add_component(p, name.n ? name : url_name(address));
	if (!c || declare_repository(p->x, c, address,
				     url_revision(address)))
		return;
	c->is_unpinned = true;
	diag_add(p->x->diags, RW1302, diag_at_line(p->x->path, p->line),
		 "the repository of %.*s is not known", STR_ARG(c->name));
}

/* A path by its look: pip takes whatever exists. */
static bool is_path(struct str s)
{
	static const char *const endings[] = {".whl", ".tar.gz", ".zip"};

	if (str_has_prefix(s, STR(".")) || str_has_prefix(s, STR("/")) ||
	    str_has_prefix(s, STR("~/")))
		return true;
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (str_has_suffix(s, str_c(endings[i])))
			return str_find_ch(s, '@') == SIZE_MAX;
	return false;
}

void pypi_add(const struct pypi *p, struct str text, struct str options)
{
	struct str rest = text, name, marker, url;

	if (is_path(text) || url_is(text)) {
		str_word(&rest, &text);
		pypi_add_url(p, STR(""), text);
		return;
	}
	name = pep508_take_name(&rest);
	if (!pep508_is_name(name)) {
		lines_bad(p->x, p->line, "not a requirement", text);
	} else if (str_has_prefix(rest, STR("@"))) {
		rest = str_from(rest, 1);
		if (str_word(&rest, &url))
			pypi_add_url(p, name, url);
		else
			lines_bad(p->x, p->line, "not a requirement", text);
	} else {
		str_cut(rest, ';', &rest, &marker);
		add_package(p, name, rest, options);
	}
}

