/*
 * What CMake fetches.  By the manuals of ExternalProject, FetchContent and
 * file(DOWNLOAD), by CPM.cmake's README and by sbom_add of cmake-sbom.
 */
#include "extract/cmake_fetch.h"

#include "base/limits.h"
#include "extract/declare.h"
#include "extract/origin.h"
#include "extract/url.h"

static void add_repository(struct cmake *c, struct native *n, struct str url,
			   struct str rev, unsigned line)
{
	struct component *d = origin_repository(c->x, n->e, url, rev, line);

	if (d)
		d->scope = n->scope;
}

/* With a hash as CMake writes it, SHA256=... */
static void add_download(struct cmake *c, struct native *n, struct str url,
			 struct str hash, unsigned line)
{
	struct component *d = origin_download(c->x, n->e, url, line);
	struct str kind, hex;

	if (d)
		d->scope = n->scope;
	if (str_cut(hash, '=', &kind, &hex))
		origin_hash(c->x, d, kind, hex);
}

/* ExternalProject_Add, FetchContent_Declare. */
static void read_project(struct cmake *c, struct native *n)
{
	unsigned line = c->command_line;
	struct str url = cmake_lex_keyed(c, "GIT_REPOSITORY", &line), hash;

	if (url.n) {
		add_repository(c, n, url, cmake_lex_keyed(c, "GIT_TAG", NULL),
			       line);
		return;
	}
	url = cmake_lex_keyed(c, "URL", &line);
	hash = cmake_lex_keyed(c, "URL_HASH", NULL);
	if (url.n)
		add_download(c, n, url, hash, line);
}

/* CPM: "gh:owner/name@1.2#tag", or keys. */
static struct str forge_of(struct str *rest)
{
	static const struct { const char *prefix, *host; } forges[] = {
		{"gh:", "https://github.com/"},
		{"gl:", "https://gitlab.com/"},
		{"bb:", "https://bitbucket.org/"}};

	for (size_t i = 0; i < sizeof forges / sizeof *forges; i++)
		if (str_has_prefix(*rest, str_c(forges[i].prefix))) {
			*rest = str_from(*rest, 3);
			return str_c(forges[i].host);
		}
	return STR("");
}

static void read_short(struct cmake *c, struct native *n, struct str text)
{
	struct str host = forge_of(&text), path = text, rev = STR("");
	size_t mark = str_find_ch(text, '#');

	if (mark != SIZE_MAX) {
		rev = str_from(text, mark + 1);
		path = str_head(text, mark);
	}
	mark = str_rfind_ch(path, '@');
	if (mark != SIZE_MAX && mark > str_rfind_ch(path, '/')) {
		if (!rev.n && host.n) /* 1.2 is fetched as v1.2 */
			rev = arena_fmt(c->x->scratch, "v%.*s",
				STR_ARG(str_from(path, mark + 1)));
		path = str_head(path, mark);
	}
	if (host.n)
		path = arena_fmt(c->x->scratch, "%.*s%.*s", STR_ARG(host),
				 STR_ARG(path));
	if (str_has_suffix(path, STR(".git")) || host.n)
		add_repository(c, n, path, rev, c->command_line);
	else
		add_download(c, n, text, STR(""), c->command_line);
}

static void read_cpm(struct cmake *c, struct native *n)
{
	static const struct { const char *key, *host; } keys[] = {
		{"GITHUB_REPOSITORY", "https://github.com/"},
		{"GITLAB_REPOSITORY", "https://gitlab.com/"},
		{"BITBUCKET_REPOSITORY", "https://bitbucket.org/"}};
	unsigned line = c->command_line;
	struct str rev = cmake_lex_keyed(c, "GIT_TAG", NULL);
	struct str version = cmake_lex_keyed(c, "VERSION", NULL);

	if (c->args.n == 1) {
		read_short(c, n, cmake_lex_value(c, 0));
		return;
	}
	if (!rev.n && version.n)
		rev = arena_fmt(c->x->scratch, "v%.*s", STR_ARG(version));
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		struct str name = cmake_lex_keyed(c, keys[i].key, &line);

		if (name.n) {
			add_repository(c, n, arena_fmt(c->x->scratch,
				"%s%.*s", keys[i].host, STR_ARG(name)), rev,
				line);
			return;
		}
	}
	read_project(c, n);
}

/* A name for readers as one for builds: "Intel MKL" is "Intel-MKL". */
static struct str joined(struct cmake *c, struct str name)
{
	char *copy = arena_cstr(c->x->scratch, name);

	for (size_t i = 0; i < name.n; i++)
		if (copy[i] == ' ')
			copy[i] = '-';
	return str_n(copy, name.n);
}

/* sbom_add(PACKAGE name DOWNLOAD_LOCATION url SUPPLIER who VERSION v): who
 * supplies is said by the project that takes it. */
static void read_sbom(struct cmake *c, struct native *n)
{
	struct arena *a = c->x->arena;
	unsigned line = c->command_line;
	struct str name = cmake_lex_keyed(c, "PACKAGE", &line);
	struct str version = cmake_lex_keyed(c, "VERSION", NULL);
	struct str url = cmake_lex_keyed(c, "DOWNLOAD_LOCATION", NULL);
	struct str supplier = cmake_lex_keyed(c, "SUPPLIER", NULL);
	struct component *d;

	if (!name.n || !vars_is_known(name))
		return;
	if (!vars_is_known(version))
		version = STR("");
	if (native_is_known(n, NATIVE_CMAKE, joined(c, name))) {
		d = native_add(n, NATIVE_CMAKE, joined(c, name), version,
			       line);
	} else {
		d = declare_component(c->x, n->e, name, "library", line);
		if (!d)
			return;
		d->scope = n->scope;
		if (version.n)
			declare_version(c->x, d, version);
		d->is_unpinned = !version.n;
	}
	if (!d)
		return;
	if (supplier.n && vars_is_known(supplier) &&
	    supplier.n <= LIMIT_NAME_BYTES)
		d->supplier = arena_dup(a, supplier);
	if (!d->provenance.repository.n && url_is(url) &&
	    vars_is_known(url) && url.n <= LIMIT_NAME_BYTES)
		d->provenance.repository = arena_dup(a,
			url_without_user(url, c->x->scratch));
}

bool cmake_fetch_read(struct cmake *c, struct native *n)
{
	if (cmake_lex_is(c, "ExternalProject_Add") ||
	    cmake_lex_is(c, "FetchContent_Declare") ||
	    cmake_lex_is(c, "FetchContent_Populate"))
		read_project(c, n);
	else if (cmake_lex_is(c, "CPMAddPackage") ||
		 cmake_lex_is(c, "CPMFindPackage") ||
		 cmake_lex_is(c, "CPMDeclarePackage"))
		read_cpm(c, n);
	else if (cmake_lex_is(c, "sbom_add"))
		read_sbom(c, n);
	else if (cmake_lex_is(c, "file") &&
		 str_is(cmake_lex_value(c, 0), "DOWNLOAD"))
		add_download(c, n, cmake_lex_value(c, 1),
			     cmake_lex_keyed(c, "EXPECTED_HASH", NULL),
			     c->command_line);
	else
		return false;
	return true;
}
