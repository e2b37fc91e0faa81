/*
 * BitBake recipes: from where their source comes and what they need, by the
 * BitBake user manual.  Values are those of the file and of its name; no
 * other file is read, no class and no Python is run.
 */
#include <string.h>

#include "base/limits.h"
#include "base/path.h"
#include "extract/lines.h"
#include "extract/origin.h"
#include "extract/os_package.h"
#include "extract/scope.h"
#include "extract/vars.h"

#define VALUE_BYTES (64 * LIMIT_KB)
#define MADE_MAX (8 * LIMIT_SOURCE_BYTES)

struct recipe {
	struct extraction *x;
	struct lines lines;
	struct vars vars;
	struct strbuf joined;   /* a statement over lines */
	struct strbuf text;     /* of the last expansion */
	size_t made;
	unsigned line;          /* of the statement */
	struct strbuf uris;     /* all of SRC_URI */
	unsigned uris_line;
	struct str sha256;      /* of the only download */
};

/* --- values --------------------------------------------------------------- */

/* ${NAME} with values in; ${@python} stays. */
static struct str expand(struct recipe *r, struct str text)
{
	strbuf_clear(&r->text);
	r->text.full = false;
	while (text.n && !r->text.full && r->made < MADE_MAX) {
		size_t at = str_find(text, STR("${"));
		struct str name = str_from(text, at == SIZE_MAX ? text.n
								: at + 2);
		size_t end = str_find_ch(name, '}');
		struct vars_value value;

		strbuf_add(&r->text, str_head(text, at));
		if (at == SIZE_MAX)
			break;
		name = str_head(name, end);
		value = vars_get(&r->vars, name);
		if (value.is_set && value.is_known)
			strbuf_add(&r->text, value.text);
		else
			strbuf_fmt(&r->text, "${%.*s}", STR_ARG(name));
		text = str_from(text, at + 2 + name.n + (end != SIZE_MAX));
	}
	r->made += r->text.n + 1;
	return r->text.full ? STR("${}")
			    : arena_dup(r->x->scratch, strbuf_str(&r->text));
}

/* PN and PV of NAME_VERSION.bb; "%" and "git" are no version. */
static void set_names(struct recipe *r)
{
	struct str base = path_base(r->x->path), name, version;

	base = str_head(base, str_rfind_ch(base, '.'));
	str_cut(base, '_', &name, &version);
	vars_set(&r->vars, STR("PN"), name);
	vars_set(&r->vars, STR("BPN"), name);
	if (version.n && ascii_is_digit(version.p[0]) &&
	    str_find_ch(version, '%') == SIZE_MAX)
		vars_set(&r->vars, STR("PV"), version);
}

/* --- sources -------------------------------------------------------------- */

/* The value of ;key=value; "" when there is none. */
static struct str parameter(struct str uri, const char *key)
{
	struct str part, name, value;

	while (str_split(&uri, ';', &part))
		if (str_cut(part, '=', &name, &value) && str_is(name, key))
			return value;
	return STR("");
}

/* git://host/path;protocol=https;branch=x;tag=y;name=z */
static void add_git(struct recipe *r, struct str uri)
{
	struct arena *a = r->x->scratch;
	struct str address = str_head(uri, str_find_ch(uri, ';'));
	struct str rest = str_from(address, str_find(address, STR("://")) + 3);
	struct str name = parameter(uri, "name"), rev = parameter(uri, "tag");
	struct vars_value value;
	struct component *c;

	if (!rest.n || rest.p[0] == '/' ||
	    str_is(parameter(uri, "protocol"), "file"))
		return;
	value = vars_get(&r->vars, name.n
		? arena_fmt(a, "SRCREV_%.*s", STR_ARG(name)) : STR("SRCREV"));
	if (!value.is_set)
		value = vars_get(&r->vars, STR("SRCREV"));
	if (!rev.n && value.is_set)
		rev = value.text;
	if (!rev.n || str_is(rev, "${AUTOREV}") || str_is(rev, "AUTOINC"))
		rev = parameter(uri, "branch");
	c = origin_repository(r->x, &extract_bitbake,
			      arena_fmt(a, "https://%.*s", STR_ARG(rest)),
			      expand(r, rev), r->uris_line);
	if (c)
		c->scope = scope_of_path(r->x->path, SCOPE_RUNTIME);
}

/* crate://host/NAME/VERSION */
static void add_crate(struct recipe *r, struct str uri)
{
	struct str rest = str_head(str_from(uri, 8), str_find_ch(
		str_from(uri, 8), ';'));
	struct os_package p = {.component_type = "library", .type = "cargo",
			       .scope = scope_of_path(r->x->path,
						      SCOPE_RUNTIME)};

	if (str_cut(rest, '/', &p.name, &rest) &&
	    str_cut(rest, '/', &p.name, &p.version))
		os_package_add(r->x, &extract_bitbake, &p, r->uris_line);
}

static void add_uri(struct recipe *r, struct str uri, bool is_only)
{
	struct component *c;

	if (str_has_prefix(uri, STR("git://")) ||
	    str_has_prefix(uri, STR("gitsm://"))) {
		add_git(r, uri);
	} else if (str_has_prefix(uri, STR("crate://"))) {
		add_crate(r, uri);
	} else if (str_has_prefix(uri, STR("http://")) ||
		   str_has_prefix(uri, STR("https://")) ||
		   str_has_prefix(uri, STR("ftp://"))) {
		c = origin_download(r->x, &extract_bitbake, str_head(uri,
			str_find_ch(uri, ';')), r->uris_line);
		if (c)
			c->scope = scope_of_path(r->x->path, SCOPE_RUNTIME);
		if (is_only)
			origin_hash(r->x, c, STR("sha256"), r->sha256);
	}
}

static void add_sources(struct recipe *r)
{
	struct str rest = expand(r, strbuf_str(&r->uris)), uri;
	size_t downloads = 0;

	while (str_word(&rest, &uri))
		downloads += str_find(uri, STR("://")) != SIZE_MAX &&
			     !str_has_prefix(uri, STR("file:")) &&
			     !str_has_prefix(uri, STR("git"));
	if (r->uris.full)
		lines_bad(r->x, r->uris_line, "too many sources", STR(""));
	rest = expand(r, strbuf_str(&r->uris));
	while (str_word(&rest, &uri))
		add_uri(r, uri, downloads == 1);
}

/* --- statements ----------------------------------------------------------- */

/* Recipes of this or another layer by name. */
static void read_needs(struct recipe *r, struct str list)
{
	enum scope usual = scope_of_path(r->x->path, SCOPE_RUNTIME);
	struct str word, rest = expand(r, list);
	bool is_version = false;

	while (str_word(&rest, &word)) {
		struct os_package p = {.name = word, .type = "yocto",
				       .component_type = "os-package",
				       .scope = usual};

		is_version = is_version || word.p[0] == '(';
		if (is_version) { /* (>= 1.2) */
			is_version = word.p[word.n - 1] != ')';
			continue;
		}
		if (word.p[0] == '$' ||
		    str_find(word, STR("virtual/")) != SIZE_MAX ||
		    !ascii_is_alnum(word.p[0]))
			continue;
		if (str_has_suffix(word, STR("-native"))) {
			p.name = str_head(word, word.n - 7);
			if (usual == SCOPE_RUNTIME)
				p.scope = SCOPE_BUILD;
		}
		os_package_add(r->x, &extract_bitbake, &p, r->line);
	}
}

static bool is_variable(struct str name, const char *variable)
{
	struct str rest = str_from(name, strlen(variable));

	return str_has_prefix(name, str_c(variable)) &&
	       (!rest.n || rest.p[0] == ':' || rest.p[0] == '_');
}

static void assign(struct recipe *r, struct str name, struct str value,
		   bool is_default)
{
	struct vars_value before = vars_get(&r->vars, name);

	if (is_variable(name, "SRC_URI")) {
		if (!r->uris.n)
			r->uris_line = r->line;
		strbuf_ch(&r->uris, ' ');
		strbuf_add(&r->uris, value);
	} else if (str_is(name, "SRC_URI[sha256sum]")) {
		r->sha256 = arena_dup(r->x->scratch, value);
	} else if (is_variable(name, "DEPENDS") ||
		   is_variable(name, "RDEPENDS")) {
		read_needs(r, value);
	} else if (!is_default || !before.is_set) {
		vars_set(&r->vars, name, expand(r, value));
	}
}

/* NAME = "value" with all of its signs; any other statement is none. */
static void read_statement(struct recipe *r, struct str text)
{
	size_t at = str_find_ch(text, '=');
	struct str name = str_head(text, at), value;
	bool is_default = false;

	if (at == SIZE_MAX || !text.n || text.p[0] == '#' ||
	    ascii_is_blank(text.p[0]))
		return;
	value = str_trim(str_from(text, at + 1));
	if (value.n && value.p[0] == '+')
		value = str_trim(str_from(value, 1));
	name = str_trim(name);
	while (name.n && memchr("?:+.", name.p[name.n - 1], 4)) {
		is_default = is_default || name.p[name.n - 1] == '?';
		name.n--;
	}
	name = str_trim(name);
	if (value.n < 2 || (value.p[0] != '"' && value.p[0] != '\'') ||
	    value.p[value.n - 1] != value.p[0])
		return;
	assign(r, name, str_unquote(value), is_default);
}

static bool next_statement(struct recipe *r, struct str *ret)
{
	struct str line;

	if (!lines_next(&r->lines, &line))
		return false;
	r->line = r->lines.number;
	*ret = line;
	if (!str_has_suffix(line, STR("\\")))
		return true;
	strbuf_clear(&r->joined);
	r->joined.full = false;
	do {
		strbuf_add(&r->joined, str_head(line, line.n - 1));
		strbuf_ch(&r->joined, ' ');
	} while (lines_next(&r->lines, &line) &&
		 str_has_suffix(line, STR("\\")));
	strbuf_add(&r->joined, line);
	*ret = strbuf_str(&r->joined);
	if (r->joined.full) {
		lines_bad(r->x, r->line, "a statement is too long", STR(""));
		*ret = STR("");
	}
	return true;
}

static bool wants(const struct file *f)
{
	return str_has_suffix(f->path, STR(".bb")) ||
	       str_has_suffix(f->path, STR(".bbappend")) ||
	       (str_has_suffix(f->path, STR(".inc")) &&
		str_find(f->path, STR("recipes-")) != SIZE_MAX);
}

static enum err extract(struct extraction *x)
{
	struct recipe r = {.x = x, .lines = lines_of(x)};
	unsigned long lost = lines_lost(x);
	struct str text;

	vars_init(&r.vars, '\\', x->scratch);
	strbuf_init(&r.joined, VALUE_BYTES);
	strbuf_init(&r.text, VALUE_BYTES);
	strbuf_init(&r.uris, VALUE_BYTES);
	set_names(&r);
	while (next_statement(&r, &text))
		read_statement(&r, text);
	add_sources(&r);
	vars_release(&r.vars);
	strbuf_release(&r.joined);
	strbuf_release(&r.text);
	strbuf_release(&r.uris);
	return lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_bitbake = {
	.name = "distro/bitbake",
	.summary = "sources and needs of BitBake recipes",
	.version = 1,
	.sees = SEES_VERSION | SEES_REPOSITORY | SEES_COMMIT | SEES_HASH,
	.wants = wants,
	.extract = extract,
};
