/* Packages of languages as the commands that install them name them: pip,
 * npm, go. */
#include <string.h>

#include "base/path.h"
#include "extract/declare.h"
#include "extract/lines.h"
#include "extract/pep508.h"
#include "extract/shell_emit.h"
#include "extract/url.h"

static struct component *add(const struct shell_emit *to, struct str name,
			     struct str version, struct purl *p)
{
	struct component *c = shell_emit_add(to, name, "library", to->scope);

	if (!c)
		return NULL;
	declare_version(to->shell->x, c, version);
	c->is_unpinned = c->version.n == 0;
	p->version = c->version;
	declare_purl(to->shell->x, c, p);
	return c;
}

static void emit_bad(const struct shell_emit *to)
{
	if (vars_is_known(to->find->what))
		lines_bad(to->shell->x, to->find->line, "not a package",
			  to->find->what);
	else
		shell_emit_unknown(to, "the package is not known",
				   to->find->what);
}

/* --- Python --------------------------------------------------------------- */

/* git+https://host/path@rev#egg=name, or a file */
static void emit_address(const struct shell_emit *to, struct str url)
{
	struct str base = url_base(url);

	if (str_has_prefix(url, STR("git+")) && url_is(base))
		shell_emit_clone(to, str_head(base, base.n -
				 (url_revision(base).n
				  ? url_revision(base).n + 1 : 0)),
				 url_revision(base));
	else
		shell_emit_download(to, url);
}

static void emit_pip(const struct shell_emit *to)
{
	struct str rest = to->find->what, name, marker, version, variable;
	struct purl p = {.type = STR("pypi")};

	if (url_is(rest)) {
		emit_address(to, rest);
		return;
	}
	name = pep508_take_name(&rest);
	if (!pep508_is_name(name)) {
		emit_bad(to);
		return;
	}
	rest = str_trim(rest);
	if (str_has_prefix(rest, STR("@"))) {
		rest = str_trim(str_from(rest, 1));
		if (url_is(rest))
			emit_address(to, rest);
		else
			emit_bad(to);
		return;
	}
	str_cut(rest, ';', &rest, &marker);
	if (!vars_is_known(rest)) {
		shell_emit_unknown(to, "the version is not known",
				   to->find->what);
		version = STR("");
	} else if (!pep508_pinned(rest, &version, &variable)) {
		emit_bad(to);
		return;
	}
	p.name = name;
	add(to, name, version, &p);
}

/* --- npm ------------------------------------------------------------------ */

/* A version, not a range or a tag. */
static bool is_exact(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) &&
		    str_find_ch(STR(".-+"), s.p[i]) == SIZE_MAX)
			return false;
	return s.n && ascii_is_digit(s.p[0]) &&
	       str_find_ch(s, '.') != SIZE_MAX;
}

/* @scope/name@version */
static void emit_npm(const struct shell_emit *to)
{
	struct str what = to->find->what, version = STR("");
	struct purl p = {.type = STR("npm")};
	size_t at = str_rfind_ch(what, '@');

	if (at != SIZE_MAX && at > 0) {
		version = str_from(what, at + 1);
		what = str_head(what, at);
	}
	if (!vars_is_known(what) || !what.n ||
	    str_find_ch(what, ':') != SIZE_MAX ||
	    (what.p[0] != '@' && str_find_ch(what, '/') != SIZE_MAX)) {
		emit_bad(to);
		return;
	}
	if (!vars_is_known(version))
		shell_emit_unknown(to, "the version is not known",
				   to->find->what);
	p.namespace = path_dir(what);
	p.name = path_base(what);
	add(to, what, is_exact(version) ? version : STR(""), &p);
}

/* --- Go ------------------------------------------------------------------- */

/* path/of/module@version; a path without a host is of the language. */
static void emit_go(const struct shell_emit *to)
{
	struct str what = to->find->what, path, version = STR("");
	struct purl p = {.type = STR("golang")};
	struct str host;

	str_cut(what, '@', &path, &version);
	host = str_head(path, str_find_ch(path, '/'));
	if (vars_is_known(host) && str_find_ch(host, '.') == SIZE_MAX)
		return;
	if (!vars_is_known(path)) {
		emit_bad(to);
		return;
	}
	while (path.n && (path.p[path.n - 1] == '/' ||
			  str_has_suffix(path, STR("/..."))))
		path.n -= path.p[path.n - 1] == '/' ? 1 : STR("/...").n;
	if (!vars_is_known(version))
		shell_emit_unknown(to, "the version is not known", what);
	if (!str_has_prefix(version, STR("v")) || !vars_is_known(version) ||
	    version.n < 2 || !ascii_is_digit(version.p[1]))
		version = STR("");
	p.namespace = path_dir(path);
	p.name = path_base(path);
	add(to, path, version, &p);
}

void shell_lang_emit(const struct shell_emit *to)
{
	if (to->find->manager == SHELL_PIP)
		emit_pip(to);
	else if (to->find->manager == SHELL_NPM)
		emit_npm(to);
	else
		emit_go(to);
}
