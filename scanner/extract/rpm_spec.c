/*
 * RPM spec files: sources, and what a package needs to be built and to run,
 * by the RPM manual "Spec file format".  Macros are those that the file
 * defines before; no section is run and no condition evaluated.
 */
#include <string.h>

#include "base/limits.h"
#include "base/path.h"
#include "extract/lines.h"
#include "extract/native.h"
#include "extract/origin.h"
#include "extract/os_package.h"
#include "extract/scope.h"
#include "extract/vars.h"

#define VALUE_BYTES (4 * LIMIT_NAME_BYTES)
#define MADE_MAX (8 * LIMIT_SOURCE_BYTES)

struct spec {
	struct extraction *x;
	struct native native;   /* pkgconfig(x), cmake(x) */
	struct vars vars;
	struct strbuf text;     /* of the last expansion */
	size_t made;
	struct str name;        /* of the package */
	bool is_section;        /* in a script or description */
};

/* --- macros --------------------------------------------------------------- */

static void add_macro(struct spec *s, struct str name, struct str written)
{
	bool is_optional = str_has_prefix(name, STR("?"));
	struct vars_value value;

	if (is_optional)
		name = str_from(name, 1);
	value = vars_get(&s->vars, name);
	if (value.is_set && value.is_known)
		strbuf_add(&s->text, value.text);
	else if (!is_optional)
		strbuf_fmt(&s->text, "${%.*s}", STR_ARG(written));
}

static struct str expand(struct spec *s, struct str text)
{
	strbuf_clear(&s->text);
	s->text.full = false;
	while (text.n && !s->text.full && s->made < MADE_MAX) {
		size_t at = str_find(text, STR("%{"));
		struct str name = str_from(text, at == SIZE_MAX ? text.n
								: at + 2);
		size_t end = str_find_ch(name, '}');

		strbuf_add(&s->text, str_head(text, at));
		if (at == SIZE_MAX)
			break;
		name = str_head(name, end);
		add_macro(s, name, name);
		text = str_from(text, at + 2 + name.n + (end != SIZE_MAX));
	}
	s->made += s->text.n + 1;
	return s->text.full ? STR("${}")
			    : arena_dup(s->x->scratch, strbuf_str(&s->text));
}

/* %global NAME VALUE */
static bool read_define(struct spec *s, struct str line)
{
	struct str word, name;

	if (!str_word(&line, &word) ||
	    !(str_is(word, "%global") || str_is(word, "%define")))
		return false;
	if (str_word(&line, &name))
		vars_set(&s->vars, name, expand(s, str_trim(line)));
	return true;
}

/* --- tags ----------------------------------------------------------------- */

/* Does the build ask by the name of another world, "pkgconfig(x)"? */
static bool is_provided(struct spec *s, struct str word, struct str version,
			unsigned line)
{
	static const struct { const char *word; enum native_kind kind; } t[] = {
		{"pkgconfig(", NATIVE_PKG_CONFIG}, {"cmake(", NATIVE_CMAKE}};
	size_t open = str_find_ch(word, '(');

	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		if (str_has_prefix(word, str_c(t[i].word)))
			native_add(&s->native, t[i].kind, str_sub(word,
				open + 1, str_find_ch(word, ')')), version,
				line);
	return open != SIZE_MAX;
}

static void read_requirement(struct spec *s, struct str word,
			     struct str version, enum scope scope,
			     unsigned line)
{
	struct os_package p = {.name = word, .version = version,
			       .component_type = "os-package",
			       .scope = scope};

	if (is_provided(s, word, version, line) || word.p[0] == '/' ||
	    (s->name.n && str_has_prefix(word, s->name)))
		return; /* a file, or a package of its own */
	os_package_add(s->x, &extract_rpm_spec, &p, line);
}

/* "a, b >= 1.2 c = 3" */
static void read_requirements(struct spec *s, struct str list,
			      enum scope scope, unsigned line)
{
	struct str part;

	while (str_split(&list, ',', &part)) {
		struct str word, after, sign, version;

		while (str_word(&part, &word)) {
			after = part;
			version = STR("");
			if (str_word(&after, &sign) &&
			    memchr("<>=", sign.p[0], 3)) {
				if (str_word(&after, &version) &&
				    !str_is(sign, "="))
					version = STR("");
				part = after;
			}
			if (word.p[0] != '(' && word.p[0] != '%')
				read_requirement(s, word, version, scope,
						 line);
		}
	}
}

static void read_source(struct spec *s, struct str url, unsigned line)
{
	struct component *c;

	if (str_find(url, STR("://")) == SIZE_MAX)
		return; /* a file beside */
	c = origin_download(s->x, &extract_rpm_spec, url, line);
	if (c)
		c->scope = scope_of_path(s->x->path, SCOPE_RUNTIME);
}

static bool is_numbered(struct str key, const char *tag)
{
	struct str rest = str_from(key, strlen(tag));

	for (size_t i = 0; i < rest.n; i++)
		if (!ascii_is_digit(rest.p[i]))
			return false;
	return str_has_prefix_nocase(key, str_c(tag));
}

static void read_tag(struct spec *s, struct str key, struct str value,
		     unsigned line)
{
	struct str path = s->x->path;

	key = str_head(key, str_find_ch(key, '('));
	if (str_eq_nocase(key, STR("Name"))) {
		if (!s->name.n)
			s->name = value;
		vars_set(&s->vars, STR("name"), value);
	} else if (str_eq_nocase(key, STR("Version"))) {
		vars_set(&s->vars, STR("version"), value);
	} else if (str_eq_nocase(key, STR("Release"))) {
		vars_set(&s->vars, STR("release"), value);
	} else if (str_eq_nocase(key, STR("URL"))) {
		vars_set(&s->vars, STR("url"), value);
	} else if (is_numbered(key, "Source")) {
		read_source(s, value, line);
	} else if (str_eq_nocase(key, STR("BuildRequires"))) {
		read_requirements(s, value, scope_of_path(path, SCOPE_BUILD),
				  line);
	} else if (str_eq_nocase(key, STR("Requires"))) {
		read_requirements(s, value,
				  scope_of_path(path, SCOPE_RUNTIME), line);
	}
}

/* Scripts and lists begin; %package goes on with tags. */
static bool is_section(struct str line, bool *ret_tags)
{
	static const char *const names[] = {
		"%description", "%prep", "%build", "%install", "%check",
		"%clean", "%files", "%changelog", "%pre", "%post", "%preun",
		"%postun", "%generate_buildrequires", "%conf"};
	struct str word;

	if (!str_word(&line, &word))
		return false;
	*ret_tags = str_is(word, "%package");
	if (str_any(word, names, str_eq))
		return true;
	return *ret_tags;
}

static void read_line(struct spec *s, struct str line, unsigned number)
{
	struct str key, value;
	bool has_tags = false;

	if (is_section(line, &has_tags))
		s->is_section = !has_tags;
	else if (!read_define(s, line) && !s->is_section &&
		 str_cut(line, ':', &key, &value) && key.n &&
		 key.p[0] != '#')
		read_tag(s, str_trim(key), expand(s, str_trim(value)),
			 number);
}

static bool wants(const struct file *f)
{
	return str_has_suffix(f->path, STR(".spec")) ||
	       str_has_suffix(f->path, STR(".spec.in"));
}

static bool sniffs(struct str head)
{
	bool has_name = false, has_summary = false;
	struct str line;

	while (str_line(&head, &line)) {
		has_name |= str_has_prefix_nocase(line, STR("Name:"));
		has_summary |= str_has_prefix_nocase(line, STR("Summary:")) ||
			       str_has_prefix_nocase(line, STR("Release:"));
	}
	return has_name && has_summary;
}

static enum err extract(struct extraction *x)
{
	struct spec s = {.x = x};
	struct lines lines = lines_of(x);
	unsigned long lost = lines_lost(x);
	struct str line;

	native_init(&s.native, x, &extract_rpm_spec);
	vars_init(&s.vars, '\\', x->scratch);
	strbuf_init(&s.text, VALUE_BYTES);
	while (lines_next(&lines, &line))
		read_line(&s, line, lines.number);
	native_release(&s.native);
	vars_release(&s.vars);
	strbuf_release(&s.text);
	return lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_rpm_spec = {
	.name = "distro/rpm-spec",
	.summary = "sources of an RPM package and what it needs",
	.version = 1,
	.sees = SEES_VERSION | SEES_REPOSITORY,
	.wants = wants,
	.sniffs = sniffs,
	.extract = extract,
};
