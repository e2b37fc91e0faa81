/*
 * setup.cfg and tox.ini: requirements in INI files, by the keys of setuptools
 * and tox 4.
 */
#include "base/path.h"
#include "extract/declare.h"
#include "extract/ini.h"
#include "extract/pypi.h"

/* What a section and key of setup.cfg hold; unknown for anything else. */
static enum scope setup_scope(const struct ini *i)
{
	if (str_is(i->section, "options.extras_require"))
		return pypi_group_scope(i->key, SCOPE_RUNTIME);
	if (!str_is(i->section, "options"))
		return SCOPE_UNKNOWN;
	if (str_is(i->key, "install_requires"))
		return SCOPE_RUNTIME;
	if (str_is(i->key, "setup_requires"))
		return SCOPE_BUILD;
	return str_is(i->key, "tests_require") ? SCOPE_TEST : SCOPE_UNKNOWN;
}

static enum scope tox_scope(const struct ini *i)
{
	struct str env = i->section;

	if (str_is(i->section, "tox"))
		return str_is(i->key, "requires") ? SCOPE_TEST
						  : SCOPE_UNKNOWN;
	if (!str_is(i->key, "deps") ||
	    !str_has_prefix(i->section, STR("testenv")))
		return SCOPE_UNKNOWN;
	str_cut(i->section, ':', &env, &env);
	return str_has_prefix(env, STR("doc")) ? SCOPE_DOCS : SCOPE_TEST;
}

/* Takes the condition off "py39,lint: package". */
static struct str without_factor(struct str s)
{
	size_t colon = str_find_ch(s, ':');

	for (size_t i = 0; colon != SIZE_MAX && i < colon; i++)
		if (!ascii_is_alnum(s.p[i]) && s.p[i] != ',' &&
		    s.p[i] != '-' && s.p[i] != '_' && s.p[i] != '.' &&
		    s.p[i] != '!' && s.p[i] != '{' && s.p[i] != '}')
			return s;
	if (colon == SIZE_MAX || colon + 1 == s.n ||
	    !ascii_is_blank(s.p[colon + 1]))
		return s;
	return str_trim(str_from(s, colon + 1));
}

/* Options name files that are read by themselves; {...} is of another
 * section, or a path. */
static void add_dep(const struct pypi *to, struct str text)
{
	text = without_factor(text);
	if (text.n && text.p[0] != '-' && text.p[0] != '{')
		pypi_add(to, text, STR(""));
}

static bool is_tox(struct extraction *x)
{
	return str_is(path_base(x->path), "tox.ini");
}

static bool wants(const struct file *f)
{
	return str_is(path_base(f->path), "setup.cfg") ||
	       str_is(path_base(f->path), "tox.ini");
}

static enum err extract(struct extraction *x)
{
	struct pypi to = {.x = x, .e = &extract_pyini};
	struct ini i = ini_of(x);
	unsigned long lost = lines_lost(x);
	struct str text;

	while (ini_next(&i, &text)) {
		to.scope = is_tox(x) ? tox_scope(&i) : setup_scope(&i);
		to.line = i.lines.number;
		to.is_optional = str_is(i.section, "options.extras_require");
		if (!to.scope || !text.n)
			continue;
		if (is_tox(x))
			add_dep(&to, text);
		else if (str_has_prefix(text, STR("file:")))
			diag_add(x->diags, RW1302,
				 diag_at_line(x->path, to.line),
				 "requirements stand in %.*s",
				 STR_ARG(str_trim(str_from(text, 5))));
		else
			pypi_add(&to, text, STR(""));
	}
	return lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_pyini = {
	.name = "python/ini",
	.summary = "packages of setup.cfg and tox.ini",
	.version = 1,
	.sees = SEES_VERSION | SEES_REPOSITORY | SEES_COMMIT,
	.wants = wants,
	.extract = extract,
};
