/*
 * Conan: references NAME/VERSION@USER/CHANNEL of conanfile.txt, of the plain
 * texts in conanfile.py, and of conan.lock, by the Conan documentation.
 * Python is not run.
 */
#include <string.h>

#include "base/json_in.h"
#include "base/limits.h"
#include "base/path.h"
#include "extract/declare.h"
#include "extract/lines.h"
#include "extract/scope.h"

/* What a list of references is for, by the word that it has in all three
 * kinds of files. */
static bool find_scope(struct str word, enum scope *ret)
{
	static const struct { const char *word; enum scope scope; } t[] = {
		{"requires", SCOPE_RUNTIME}, {"build_requires", SCOPE_BUILD},
		{"tool_requires", SCOPE_BUILD},
		{"python_requires", SCOPE_BUILD},
		{"test_requires", SCOPE_TEST}};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++)
		if (str_is(word, t[i].word)) {
			*ret = t[i].scope;
			return true;
		}
	return false;
}

static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) && !memchr("_+.-", s.p[i], 4))
			return false;
	return s.n != 0;
}

/* name/version@user/channel#revision%time; a range has no version. */
static void add(struct extraction *x, struct str ref, enum scope scope,
		unsigned line)
{
	struct purl p = {.type = STR("conan")};
	struct str rest, user, channel;
	struct component *c;

	ref = str_head(ref, str_find_ch(ref, '%'));
	ref = str_trim(str_head(ref, str_find_ch(ref, '#')));
	if (!str_cut(ref, '/', &p.name, &rest) || !is_plain(p.name)) {
		lines_bad(x, line, "not a reference", ref);
		return;
	}
	c = declare_component(x, &extract_conan, p.name, "library", line);
	if (!c)
		return;
	c->scope = scope_of_path(x->path, scope);
	str_cut(rest, '@', &rest, &user);
	if (is_plain(rest))
		declare_version(x, c, rest);
	c->is_unpinned = !c->version.n;
	p.version = c->version;
	if (str_cut(user, '/', &user, &channel) && !str_is(user, "_")) {
		vec_push(&p.qualifiers, ((struct purl_qualifier){
			STR("channel"), channel}));
		vec_push(&p.qualifiers, ((struct purl_qualifier){
			STR("user"), user}));
	}
	declare_purl(x, c, &p);
}

/* --- conanfile.txt -------------------------------------------------------- */

static void read_text(struct extraction *x)
{
	struct lines lines = lines_of(x);
	bool is_list = false;
	enum scope scope = SCOPE_RUNTIME;
	struct str line;

	while (lines_next(&lines, &line)) {
		line = str_trim(str_head(line, str_find(line, STR("# "))));
		if (!line.n || line.p[0] == '#')
			continue;
		if (line.p[0] == '[')
			is_list = find_scope(str_sub(line, 1,
				str_find_ch(line, ']')), &scope);
		else if (is_list)
			add(x, line, scope, lines.number);
	}
}

/* --- conanfile.py --------------------------------------------------------- */

/* The word that a list or call in Python begins with. */
static struct str word_before(struct str line, size_t end)
{
	size_t begin;

	while (end && (line.p[end - 1] == ' ' || line.p[end - 1] == '\t'))
		end--;
	for (begin = end; begin && (ascii_is_alnum(line.p[begin - 1]) ||
				    line.p[begin - 1] == '_');)
		begin--;
	return str_sub(line, begin, end);
}

/* All quoted references of a line. */
static void add_quoted(struct extraction *x, struct str line, enum scope scope,
		       unsigned number)
{
	while (line.n) {
		char c = line.p[0];
		size_t end;

		if (c == '#')
			return;
		line = str_from(line, 1);
		if (c != '"' && c != '\'')
			continue;
		end = str_find_ch(line, c);
		if (end == SIZE_MAX)
			return;
		if (str_find_ch(str_head(line, end), '/') != SIZE_MAX &&
		    str_find_ch(str_head(line, end), '{') == SIZE_MAX &&
		    str_find(str_head(line, end), STR("://")) == SIZE_MAX)
			add(x, str_head(line, end), scope, number);
		line = str_from(line, end + 1);
	}
}

/* requires = "a/1", ("b/2"), [ ... ] over lines; self.requires("a/1") */
static void read_python(struct extraction *x)
{
	struct lines lines = lines_of(x);
	enum scope scope = SCOPE_RUNTIME;
	bool is_open = false;
	struct str line;

	while (lines_next(&lines, &line)) {
		size_t call = str_find(line, STR("requires("));
		size_t sign = str_find_ch(line, '=');
		struct str text = line;

		if (str_has_prefix(str_trim(line), STR("#")))
			continue;
		if (!is_open && call != SIZE_MAX &&
		    find_scope(word_before(line, call + 8), &scope)) {
			text = str_from(line, call);
			text = str_head(text, str_find_ch(text, ','));
		} else if (!is_open && sign != SIZE_MAX &&
			   find_scope(word_before(line, sign), &scope)) {
			text = str_from(line, sign);
			is_open = str_find_ch(text, '(') != SIZE_MAX ||
				  str_find_ch(text, '[') != SIZE_MAX ||
				  str_has_suffix(text, STR(","));
		} else if (!is_open) {
			continue;
		}
		add_quoted(x, text, scope, lines.number);
		is_open = is_open && str_find_ch(text, ')') == SIZE_MAX &&
			  str_find_ch(text, ']') == SIZE_MAX;
	}
}

/* --- conan.lock ----------------------------------------------------------- */

static enum err read_lock(struct extraction *x)
{
	struct json_raw top, list, ref;
	struct json_walk members, items;
	struct str key;
	enum scope scope;
	enum err err = json_open(x->text, diag_at(x->path), x->diags, &top);

	json_walk_begin(&members, top);
	while (json_walk_next(&members, &key, &list)) {
		if (!find_scope(key, &scope))
			continue;
		json_walk_begin(&items, list);
		while (json_walk_next(&items, NULL, &ref))
			if (ref.type == JSON_STRING && !ref.cut)
				add(x, json_raw_str(ref, x->scratch), scope,
				    ref.line);
	}
	return err;
}

static bool wants(const struct file *f)
{
	struct str base = path_base(f->path);

	return str_is(base, "conanfile.txt") || str_is(base, "conanfile.py") ||
	       str_is(base, "conan.lock");
}

static enum err extract(struct extraction *x)
{
	struct str base = path_base(x->path);
	unsigned long lost = lines_lost(x);
	enum err err = OK;

	if (str_is(base, "conan.lock"))
		err = read_lock(x);
	else if (str_is(base, "conanfile.py"))
		read_python(x);
	else
		read_text(x);
	return err ? err : lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_conan = {
	.name = "native/conan",
	.summary = "Conan: what conanfile and conan.lock require",
	.version = 1,
	.sees = SEES_VERSION,
	.wants = wants,
	.extract = extract,
};
