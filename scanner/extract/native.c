/* Libraries by the names that builds give them. */
#include "extract/native.h"

#include <string.h>

#include "base/limits.h"
#include "base/path.h"
#include "extract/declare.h"
#include "extract/inside.h"
#include "extract/scope.h"
#include "model/address.h"

void native_init(struct native *n, struct extraction *x,
		 const struct extractor *e)
{
	*n = (struct native){.x = x, .e = e,
			     .scope = scope_of_path(x->path, SCOPE_RUNTIME)};
}

void native_release(struct native *n)
{
	map_release(&n->seen);
}

/* Of the compiler and of the C library; tools that builds look for. */
static bool is_system(enum native_kind kind, struct str name)
{
	static const char *const links[] = {
		"asan", "atomic", "c", "c++", "c++abi", "crypt", "dl", "gcc",
		"gcc_s", "gcov", "gfortran", "gomp", "iphlpapi", "kernel32",
		"m", "mincore", "nsl", "pthread", "quadmath", "resolv", "rt",
		"setupapi", "socket", "stdc++", "stdc++fs", "supc++", "tsan",
		"ubsan", "util", "ws2_32", "dbghelp", "execinfo", "anl",
		"posix4", "iconv", "intl", "omp", "user32"};
	static const char *const packages[] = {
		"threads", "pkgconfig", "doxygen", "git", "python",
		"python3", "pythoninterp", "pythonlibs", "perl", "sphinx",
		"openmp", "iconv", "intl", "latex", "bison", "flex", "librt",
		"package", "filesystem", "atomic", "stdatomic", "kbuild",
		"gettext", "dl", "sse", "packagehandlestandardargs", "ccache",
		"cmakepackageconfighelpers", "make", "patch", "llvm", "clang",
		"openmp_c", "appleframeworks", "m", "java", "ruby", "swig"};
	const char *const *all = kind == NATIVE_LINK ? links : packages;
	size_t count = kind == NATIVE_LINK
		? sizeof links / sizeof *links
		: sizeof packages / sizeof *packages;

	for (size_t i = 0; i < count; i++)
		if (str_eq_nocase(name, str_c(all[i])))
			return true;
	return false;
}

static size_t find_in(const struct native *n, const char *word,
		      struct str name)
{
	struct arena *a = n->x->scratch;
	struct str key = arena_fmt(a, "%s/%.*s", word, STR_ARG(name));

	return address_of_library(n->x->facts, n->x->as_of,
				  arena_lower(a, key), a);
}

/* The row that knows a name: CMake and pkg-config often share theirs. */
static size_t find(const struct native *n, enum native_kind kind,
		   struct str name)
{
	const char *word = kind == NATIVE_CMAKE ? "cmake"
			 : kind == NATIVE_LINK ? "link" : "pkg-config";
	size_t row = find_in(n, word, name);

	if (row == SIZE_MAX && kind == NATIVE_CMAKE)
		row = find_in(n, "pkg-config", name);
	else if (row == SIZE_MAX && kind == NATIVE_PKG_CONFIG)
		row = find_in(n, "cmake", name);
	return row;
}

bool native_is_known(const struct native *n, enum native_kind kind,
		     struct str name)
{
	return name.n <= LIMIT_NAME_BYTES && find(n, kind, name) != SIZE_MAX;
}

/* The tree itself is the project. */
static bool is_root(const struct extraction *x, struct str repository)
{
	struct str root;

	if (!repository.n || x->root >= x->parts->components.n)
		return false;
	root = x->parts->components.v[x->root].provenance.repository;
	return root.n &&
	       str_eq(address_key(x->facts, x->as_of, root, x->scratch),
		      address_key(x->facts, x->as_of, repository, x->scratch));
}

static bool is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) &&
		    !memchr("_-+.:", s.p[i], 5))
			return false;
	return s.n && s.n <= LIMIT_NAME_BYTES;
}

/* Without a repository a name is all that is known. */
static void set_name_only(struct native *n, struct component *c)
{
	struct purl p = {.type = STR("generic"), .name = c->name,
			 .version = c->version};

	p.name = arena_lower(n->x->scratch, c->name);
	declare_purl(n->x, c, &p);
}

static void set_project(struct native *n, struct component *c, size_t row,
			struct str repository)
{
	struct str version = c->version;

	c->version = STR("");
	if (!declare_repository(n->x, c, repository, STR("")))
		return;
	c->version = version; /* it is that of a release, not of a commit */
	c->provenance.how = arena_fmt(n->x->arena,
		"fact about the name of a library (%.*s)",
		STR_ARG(n->x->facts->rows.v[row].evidence->source));
}

static struct component *add(struct native *n, size_t row, struct str name,
			     struct str version, unsigned line)
{
	struct str repository = row == SIZE_MAX ? STR("") :
		address_of_row(n->x->facts, row, n->x->scratch);
	struct component *c;

	if (is_root(n->x, repository))
		return NULL;
	c = declare_component(n->x, n->e, name, "library", line);
	if (!c)
		return NULL;
	c->scope = n->scope;
	if (version.n)
		declare_version(n->x, c, version);
	if (repository.n)
		set_project(n, c, row, repository);
	else
		set_name_only(n, c);
	c->is_unpinned = !c->version.n;
	return c;
}

/* One more place of what the file names already. */
static struct component *add_place(struct native *n, size_t at, unsigned line)
{
	struct component *c = &n->x->parts->components.v[at];

	if (c->evidence.v[c->evidence.n - 1].line != line)
		component_add_evidence(c, (struct evidence){n->x->path,
							    line});
	return c;
}

struct component *native_add(struct native *n, enum native_kind kind,
			     struct str name, struct str version,
			     unsigned line)
{
	struct arena *a = n->x->scratch;
	size_t row, *at;
	struct component *c;
	struct str key;

	name = str_trim(name);
	if (!is_name(name) || !is_name(version))
		version = STR("");
	if (!is_name(name)) {
		if (name.n && !n->is_strict)
			diag_add(n->x->diags, RW1302,
				 diag_at_line(n->x->path, line),
				 "the library is not known: %.*s",
				 STR_ARG(str_head(name, 80)));
		return NULL;
	}
	if (is_system(kind, name))
		return NULL;
	row = find(n, kind, name);
	if (row != SIZE_MAX)
		name = n->x->facts->rows.v[row].value;
	else if (n->is_strict || name.n == 1 ||
		 inside_has(n->x->inside, n->x->tree, name))
		return NULL;
	key = arena_lower(a, arena_fmt(a, "%.*s\n%.*s", STR_ARG(name),
				       STR_ARG(version)));
	at = map_get(&n->seen, key);
	if (at)
		return add_place(n, *at, line);
	c = add(n, row, name, version, line);
	if (c)
		map_put(&n->seen, key, (size_t)(c -
			n->x->parts->components.v), NULL);
	return c;
}

struct str native_link_name(struct str s)
{
	static const char *const ends[] = {".so", ".a", ".dylib", ".lib"};

	if (str_has_prefix(s, STR("-Wl,-l")))
		s = str_from(s, 4);
	if (str_has_prefix(s, STR("-l")))
		s = str_from(s, 2);
	if (str_has_prefix(s, STR(":")))
		s = str_from(s, 1);
	s = path_base(s);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		size_t at = str_find(s, str_c(ends[i]));

		if (at == SIZE_MAX || !str_has_prefix(s, STR("lib")))
			continue;
		if (at + strlen(ends[i]) == s.n ||
		    s.p[at + strlen(ends[i])] == '.')
			return str_sub(s, 3, at);
	}
	return str_has_suffix(s, STR(".a")) ? str_head(s, s.n - 2) : s;
}

/* --- lists of modules ----------------------------------------------------- */

static bool is_sign(char c)
{
	return memchr("<>=!", c, 4) != NULL;
}

/* The next word or sign of a list; signs stand alone. */
static bool next_token(struct str *rest, struct str *ret)
{
	size_t n = 0;

	while (rest->n && (ascii_is_blank(rest->p[0]) || rest->p[0] == ',' ||
			   rest->p[0] == '\n'))
		*rest = str_from(*rest, 1);
	if (!rest->n)
		return false;
	while (n < rest->n && !ascii_is_blank(rest->p[n]) &&
	       rest->p[n] != ',' && is_sign(rest->p[n]) == is_sign(rest->p[0]))
		n++;
	*ret = str_head(*rest, n);
	*rest = str_from(*rest, n);
	return true;
}

void native_add_modules(struct native *n, struct str list, unsigned line)
{
	struct str name, sign, version, after;

	while (next_token(&list, &name)) {
		if (is_sign(name.p[0]))
			continue;
		after = list;
		version = STR("");
		if (next_token(&after, &sign) && is_sign(sign.p[0])) {
			if (next_token(&after, &version))
				list = after;
			if (!str_is(sign, "=") && !str_is(sign, "=="))
				version = STR("");
		}
		native_add(n, NATIVE_PKG_CONFIG, name, version, line);
	}
}
