/*
 * build.gradle and build.gradle.kts: coordinates that stand as texts in
 * `dependencies` blocks, and plugins with their version.  Programs are not
 * run: of variables those count that the file sets to a text.
 */
#include "base/limits.h"
#include "base/map.h"
#include "base/path.h"
#include "extract/declare.h"
#include "extract/gradle.h"
#include "extract/lines.h"
#include "extract/pytoken.h"

#define DEPTH_MAX 64

struct build {
	struct extraction *x;
	struct pytoken_place place;
	struct str blocks[DEPTH_MAX]; /* names of the open ones */
	size_t depth;
	struct map names;             /* of texts -> texts */
	VEC(struct str) texts;
	struct str words[2];          /* of the statement, the last ones */
	struct str configuration;     /* first word of the statement */
	struct package map;           /* group: 'g', name: 'a' at hand */
};

/* --- tokens --------------------------------------------------------------- */

/* The comments of Java go before the tokens are looked at: they become
 * blanks, and lines stay where they are. */
static struct str without_comments(struct str text, struct arena *a)
{
	char *to = arena_alloc(a, text.n + 1);
	char quote = '\0';

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i], next = i + 1 < text.n ? text.p[i + 1]
							  : '\0';

		to[i] = c == '#' && !quote ? ' ' : c;
		if (quote) {
			if (c == '\\' && next)
				to[i + 1] = next, i++;
			else if (c == quote || c == '\n')
				quote = '\0';
		} else if (c == '"' || c == '\'') {
			quote = c;
		} else if (c == '/' && next == '/') {
			for (; i < text.n && text.p[i] != '\n'; i++)
				to[i] = ' ';
			i--;
		} else if (c == '/' && next == '*') {
			size_t end = str_find(str_from(text, i + 2),
					      STR("*/"));

			end = end == SIZE_MAX ? text.n : i + end + 4;
			for (; i < end; i++)
				to[i] = text.p[i] == '\n' ? '\n' : ' ';
			i--;
		}
	}
	return str_n(to, text.n);
}

/* Fills "$name" and "${name}" in; false when one is not known. */
static bool expand(struct build *b, struct str text, struct str *ret)
{
	struct arena *a = b->x->scratch;
	bool is_known = true;
	size_t at, n;

	for (int i = 0; i < 16; i++) {
		struct str rest, name;
		const size_t *value;

		at = str_find_ch(text, '$');
		if (at == SIZE_MAX)
			break;
		rest = str_from(text, at + 1);
		n = str_has_prefix(rest, STR("{"));
		while (n < rest.n && (ascii_is_alnum(rest.p[n]) ||
				      rest.p[n] == '_' ||
				      (rest.p[n] == '.' && n + 1 < rest.n &&
				       ascii_is_alpha(rest.p[n + 1]))))
			n++;
		name = str_head(rest, n);
		if (str_has_prefix(name, STR("{"))) {
			name = str_from(name, 1);
			n += n < rest.n;
		}
		value = map_get(&b->names, name);
		if (!value || text.n > LIMIT_NAME_BYTES) {
			is_known = false;
			break;
		}
		text = arena_fmt(a, "%.*s%.*s%.*s",
				 STR_ARG(str_head(text, at)),
				 STR_ARG(b->texts.v[*value]),
				 STR_ARG(str_from(rest, n)));
	}
	*ret = text;
	return is_known;
}

/* --- components ----------------------------------------------------------- */

static bool is_in(const struct build *b, const char *block)
{
	for (size_t i = 0; i < b->depth; i++)
		if (str_is(b->blocks[i], block))
			return true;
	return false;
}

static enum scope scope_of(const struct build *b)
{
	struct str c = b->configuration;

	if (is_in(b, "buildscript") || str_is(c, "classpath") ||
	    str_is(c, "annotationProcessor") || str_is(c, "kapt") ||
	    str_is(c, "ksp"))
		return SCOPE_BUILD;
	if (str_find_nocase(c, STR("test")) != SIZE_MAX)
		return SCOPE_TEST;
	return SCOPE_RUNTIME;
}

static void add(struct build *b, struct package *p, unsigned line)
{
	p->line = line;
	p->scope = scope_of(b);
	p->may_be_locked = true;
	package_add(b->x, &extract_gradle_build, p);
}

static void say_unknown(struct build *b, struct str text, unsigned line)
{
	diag_add(b->x->diags, RW1302, diag_at_line(b->x->path, line),
		 "a version is not known: %.*s",
		 STR_ARG(str_head(text, 200)));
}

/* A text in a `dependencies` block. */
static void read_coordinates(struct build *b, const struct pytoken *t)
{
	struct package p = {.scope = SCOPE_UNKNOWN};
	struct str text;

	if (str_is(b->words[1], "project") || str_is(b->words[1], "files") ||
	    str_is(b->words[1], "fileTree") || str_is(b->words[0], "exclude"))
		return;
	if (!expand(b, t->text, &text)) {
		say_unknown(b, text, t->line);
		text = str_head(text, str_find(text, STR(":$")));
	}
	if (gradle_coordinates(&p, text))
		add(b, &p, t->line);
}

/* group: 'g', name: 'a', version: 'v' */
static bool read_map(struct build *b, const struct pytoken *t)
{
	struct package *p = &b->map;
	struct str key = b->words[1], text;
	bool is_known = expand(b, t->text, &text);

	if (!str_is(b->words[1], "group") && !str_is(b->words[1], "name") &&
	    !str_is(b->words[1], "version"))
		return false;
	p->type = "maven";
	p->line = t->line;
	if (str_is(key, "group"))
		p->namespace = text;
	else if (str_is(key, "name"))
		p->name = text;
	else if (is_known)
		p->version = gradle_version(text);
	else
		say_unknown(b, text, t->line);
	return true;
}

/* The end of a statement: what was said in a map. */
static void end_statement(struct build *b)
{
	struct package p = b->map;

	if (p.namespace.n && p.name.n && is_in(b, "dependencies") &&
	    !str_is(b->configuration, "exclude"))
		add(b, &p, p.line);
	b->map = (struct package){.type = NULL};
	b->configuration = b->words[0] = b->words[1] = STR("");
}

/* id 'x' version 'y', id("x") version "y" */
static void read_plugin(struct build *b, const struct pytoken *t)
{
	struct package *p = &b->map;

	if (str_is(b->words[1], "id")) {
		gradle_plugin(p, t->text, b->x->scratch);
	} else if (str_is(b->words[1], "version") && p->name.n) {
		struct str text;

		if (expand(b, t->text, &text))
			p->version = gradle_version(text);
		p->scope = SCOPE_BUILD;
		p->line = t->line;
		package_add(b->x, &extract_gradle_build, p);
		*p = (struct package){.type = NULL};
	}
}

/* --- statements ----------------------------------------------------------- */

static void read_string(struct build *b, const struct pytoken *t,
			bool is_set)
{
	struct str name = b->words[1];

	if (is_in(b, "dependencies") && read_map(b, t))
		return;
	if (is_set && name.n) { /* name = 'text' */
		*map_put(&b->names, name, 0, NULL) = b->texts.n;
		vec_push(&b->texts, t->text);
	} else if (is_in(b, "plugins")) {
		read_plugin(b, t);
	} else if (is_in(b, "dependencies")) {
		read_coordinates(b, t);
	}
}

static void read_name(struct build *b, const struct pytoken *t)
{
	if (!b->configuration.n)
		b->configuration = t->text;
	b->words[0] = b->words[1];
	b->words[1] = t->text;
}

static void open_block(struct build *b)
{
	struct str name = b->words[1];

	end_statement(b);
	if (b->depth < DEPTH_MAX)
		b->blocks[b->depth] = name;
	b->depth++;
}

static void close_block(struct build *b)
{
	end_statement(b);
	b->depth -= b->depth != 0;
}

static void read_tokens(struct build *b)
{
	unsigned line = 1;
	bool is_set = false, is_comma = false;
	size_t brackets = 0;
	struct pytoken t;

	while ((t = pytoken_next(&b->place)).kind != PYTOKEN_END) {
		if (t.line != line && !is_comma && !brackets)
			end_statement(b);
		line = t.line;
		if (pytoken_is(&t, '{'))
			open_block(b);
		else if (pytoken_is(&t, '}'))
			close_block(b);
		else if (t.kind == PYTOKEN_STRING)
			read_string(b, &t, is_set);
		else if (t.kind == PYTOKEN_NAME)
			read_name(b, &t);
		brackets += pytoken_is(&t, '(');
		brackets -= pytoken_is(&t, ')') && brackets;
		if (pytoken_is(&t, '}') || pytoken_is(&t, '{'))
			brackets = 0;
		is_set = pytoken_is(&t, '=');
		is_comma = pytoken_is(&t, ',');
		if (b->depth > DEPTH_MAX) {
			lines_bad(b->x, line, "nested too deeply", STR(""));
			return;
		}
	}
	end_statement(b);
}

static bool wants(const struct file *f)
{
	return str_is(path_base(f->path), "build.gradle") ||
	       str_is(path_base(f->path), "build.gradle.kts");
}

static enum err extract(struct extraction *x)
{
	struct build b = {.x = x};
	unsigned long lost = lines_lost(x);

	b.place = (struct pytoken_place){
		.text = without_comments(x->text, x->scratch), .line = 1};
	read_tokens(&b);
	map_release(&b.names);
	vec_release(&b.texts);
	return lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_gradle_build = {
	.name = "gradle/build",
	.summary = "coordinates and plugins of build.gradle",
	.version = 1,
	.sees = SEES_VERSION,
	.wants = wants,
	.extract = extract,
};
