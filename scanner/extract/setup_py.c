/*
 * setup.py: requirements that stand there as lists of texts.  The program is
 * never run: a list may have a name, but what is read from files or computed
 * is said to be unknown (RW1302).
 */
#include "base/limits.h"
#include "base/map.h"
#include "base/path.h"
#include "extract/declare.h"
#include "extract/lines.h"
#include "extract/pep508.h"
#include "extract/pypi.h"
#include "extract/pytoken.h"

struct setup {
	struct pypi to;
	struct pytoken_place place;
	struct map names; /* of lists and tables -> places */
	VEC(struct pytoken_place) places;
	size_t depth;     /* of open brackets */
};

static void say_unknown(struct setup *s, const struct pytoken *t,
			const char *what)
{
	diag_add(s->to.x->diags, RW1302,
		 diag_at_line(s->to.x->path, t->line), "%s: %.*s", what,
		 STR_ARG(str_head(t->text, 60)));
}

static bool is_open(const struct pytoken *t)
{
	return pytoken_is(t, '[') || pytoken_is(t, '(') ||
	       pytoken_is(t, '{');
}

static bool is_close(const struct pytoken *t)
{
	return pytoken_is(t, ']') || pytoken_is(t, ')') ||
	       pytoken_is(t, '}');
}

/* On to the end of an element of a list. */
static void skip_element(struct pytoken_place *p)
{
	struct pytoken_place behind = *p;
	struct pytoken t = pytoken_next(p);
	size_t depth = 0;

	while (t.kind != PYTOKEN_END &&
	       (depth || !(is_close(&t) || pytoken_is(&t, ',')))) {
		depth += is_open(&t);
		depth -= is_close(&t);
		behind = *p;
		t = pytoken_next(p);
	}
	*p = behind;
}

/* A requirement of one or more strings, of which the first was read. */
static void add_text(struct setup *s, struct pytoken_place *p,
		     struct pytoken first)
{
	struct pytoken_place behind = *p;
	struct pytoken next = pytoken_next(p);
	struct str text = first.text, rest;
	bool is_made = first.is_made;

	for (; next.kind == PYTOKEN_STRING && text.n < LIMIT_NAME_BYTES;
	     next = pytoken_next(p)) {
		is_made |= next.is_made;
		text = arena_fmt(s->to.x->scratch, "%.*s%.*s", STR_ARG(text),
				 STR_ARG(str_head(next.text,
						  LIMIT_NAME_BYTES)));
		behind = *p;
	}
	*p = behind;
	s->to.line = first.line;
	if (is_made || pytoken_is(&next, '%') || pytoken_is(&next, '.') ||
	    pytoken_is(&next, '+')) {
		say_unknown(s, &first, "a requirement is computed");
		skip_element(p);
		rest = text;
		text = pep508_take_name(&rest);
		if (!pep508_is_name(text))
			return;
	}
	if (str_trim(text).n)
		pypi_add(&s->to, str_trim(text), STR(""));
}

/* A list whose opening bracket was read. */
static void read_list(struct setup *s, struct pytoken_place *p)
{
	struct pytoken t;
	size_t depth = 1;

	while (depth && (t = pytoken_next(p)).kind != PYTOKEN_END) {
		depth += is_open(&t);
		depth -= is_close(&t);
		if (t.kind == PYTOKEN_STRING && depth == 1)
			add_text(s, p, t);
		if (t.kind == PYTOKEN_NAME && depth == 1)
			say_unknown(s, &t, "a list is computed");
	}
}

/* Where a name was set to; false after RW1302. */
static bool find_name(struct setup *s, const struct pytoken *name,
		      struct pytoken_place *ret)
{
	const size_t *i = name->kind == PYTOKEN_NAME
		? map_get(&s->names, name->text) : NULL;

	if (i)
		*ret = s->places.v[*i];
	else
		say_unknown(s, name, "a list is computed");
	return i != NULL;
}

/* A list, the name of one, or a single text. */
static void read_requirements(struct setup *s, struct pytoken_place *p,
			      enum scope scope)
{
	struct pytoken t = pytoken_next(p);
	struct pytoken_place named;

	s->to.scope = scope;
	if (t.kind == PYTOKEN_STRING) {
		add_text(s, p, t);
	} else if (pytoken_is(&t, '[') || pytoken_is(&t, '(')) {
		read_list(s, p);
	} else if (find_name(s, &t, &named)) {
		t = pytoken_next(&named);
		if (pytoken_is(&t, '[') || pytoken_is(&t, '('))
			read_list(s, &named);
		else
			say_unknown(s, &t, "a list is computed");
	}
}

/* {"extra": [...], ...} whose opening bracket was read. */
static void read_table(struct setup *s, struct pytoken_place *p)
{
	struct pytoken key = pytoken_next(p), t;

	s->to.is_optional = true;
	while (key.kind != PYTOKEN_END && !pytoken_is(&key, '}')) {
		t = pytoken_next(p);
		if (key.kind == PYTOKEN_STRING && pytoken_is(&t, ':')) {
			read_requirements(s, p, pypi_group_scope(
				key.text, SCOPE_RUNTIME));
			t = pytoken_next(p);
		}
		key = t;
	}
	s->to.is_optional = false;
}

/* A table of lists, or the name of one. */
static void read_extras(struct setup *s, struct pytoken_place *p)
{
	struct pytoken t = pytoken_next(p);
	struct pytoken_place named;

	if (pytoken_is(&t, '{')) {
		read_table(s, p);
	} else if (find_name(s, &t, &named)) {
		t = pytoken_next(&named);
		if (pytoken_is(&t, '{'))
			read_table(s, &named);
		else
			say_unknown(s, &t, "a list is computed");
	}
}

/* The value of a keyword of setup(), behind '=' or ':'. */
static void read_keyword(struct setup *s, struct str name)
{
	if (str_is(name, "install_requires"))
		read_requirements(s, &s->place, SCOPE_RUNTIME);
	else if (str_is(name, "setup_requires"))
		read_requirements(s, &s->place, SCOPE_BUILD);
	else if (str_is(name, "tests_require"))
		read_requirements(s, &s->place, SCOPE_TEST);
	else if (str_is(name, "extras_require"))
		read_extras(s, &s->place);
}

/* What follows a name or text: a value where it is a keyword, or where a
 * statement sets a name. */
static void read_behind(struct setup *s, const struct pytoken *t)
{
	struct pytoken_place behind = s->place;
	struct pytoken mark = pytoken_next(&behind);
	struct pytoken_place value = behind;
	struct pytoken next = pytoken_next(&behind);
	bool is_set = t->kind == PYTOKEN_NAME && pytoken_is(&mark, '=') &&
		      !pytoken_is(&next, '=');

	if (is_set && !s->depth) {
		*map_put(&s->names, t->text, 0, NULL) = s->places.n;
		vec_push(&s->places, value);
	} else if (is_set || (t->kind == PYTOKEN_STRING && s->depth &&
			      pytoken_is(&mark, ':'))) {
		s->place = value;
		read_keyword(s, t->text);
	}
}

static bool wants(const struct file *f)
{
	return str_is(path_base(f->path), "setup.py");
}

static enum err extract(struct extraction *x)
{
	struct setup s = {.to = {.x = x, .e = &extract_setup_py},
			  .place = {.text = x->text, .line = 1}};
	unsigned long lost = lines_lost(x);
	struct pytoken t;

	while ((t = pytoken_next(&s.place)).kind != PYTOKEN_END) {
		s.depth += is_open(&t);
		s.depth -= is_close(&t) && s.depth;
		if (t.kind == PYTOKEN_NAME || t.kind == PYTOKEN_STRING)
			read_behind(&s, &t);
	}
	map_release(&s.names);
	vec_release(&s.places);
	return lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_setup_py = {
	.name = "python/setup-py",
	.summary = "packages that stand as texts in a setup.py",
	.version = 1,
	.sees = SEES_VERSION | SEES_REPOSITORY | SEES_COMMIT,
	.wants = wants,
	.extract = extract,
};
