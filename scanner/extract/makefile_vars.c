/*
 * Substitution by the manual of GNU make, "How to Use Variables".  Values
 * are put in where a variable is used, on a stack of texts instead of by
 * recursion; a circle ends at the stack's depth.
 */
#include "extract/makefile_vars.h"

#include <string.h>

#include "base/limits.h"

#define NESTED_MAX 8
#define MADE_MAX (4 * LIMIT_SOURCE_BYTES)

void makefile_vars_init(struct makefile_vars *m, struct arena *arena)
{
	*m = (struct makefile_vars){.made = 0};
	vars_init(&m->vars, '\\', arena);
	strbuf_init(&m->text, LIMIT_LINE_BYTES);
}

void makefile_vars_release(struct makefile_vars *m)
{
	vars_release(&m->vars);
	strbuf_release(&m->text);
}

/* --- references ----------------------------------------------------------- */

static bool is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) && !memchr("_-.", s.p[i], 3))
			return false;
	return s.n != 0;
}

/* $(...) or ${...} at the start of s; SIZE_MAX when it is open. */
static size_t span(struct str s)
{
	char open = s.p[1], close = open == '(' ? ')' : '}';
	size_t depth = 0;

	for (size_t i = 1; i < s.n; i++) {
		if (s.p[i] == open)
			depth++;
		else if (s.p[i] == close && --depth == 0)
			return i + 1;
	}
	return SIZE_MAX;
}

/* A variable for the shell; make's own and odd ones get a name like it. */
static void add_unknown(struct strbuf *to, struct str name)
{
	strbuf_cstr(to, "${");
	if (is_name(name) && str_find_ch(name, '-') == SIZE_MAX &&
	    str_find_ch(name, '.') == SIZE_MAX)
		strbuf_add(to, name);
	strbuf_cstr(to, "}");
}

struct expansion {
	struct makefile_vars *m;
	struct strbuf *to;
	struct str levels[NESTED_MAX]; /* texts within each other */
	size_t depth;
};

static void push(struct expansion *e, struct str name)
{
	struct vars_value value = vars_get(&e->m->vars, name);

	if (value.is_set && value.is_known && e->depth < NESTED_MAX)
		e->levels[e->depth++] = value.text;
	else
		add_unknown(e->to, name);
}

static void reference(struct expansion *e)
{
	struct str *s = &e->levels[e->depth - 1], inner;
	char next = s->n > 1 ? s->p[1] : 0;
	size_t n = next == '(' || next == '{' ? span(*s) : 2;

	if (n == SIZE_MAX || !next) {
		*s = STR("");
		add_unknown(e->to, STR(""));
		return;
	}
	while (n < s->n && (s->p[n] & 0xc0) == 0x80)
		n++; /* all bytes of a character */
	inner = next == '(' || next == '{' ? str_sub(*s, 2, n - 1)
					   : str_sub(*s, 1, n);
	*s = str_from(*s, n);
	if (next == '$') {
		strbuf_ch(e->to, '$');
	} else if (str_has_prefix(inner, STR("shell "))) {
		strbuf_fmt(e->to, "$(%.*s)", STR_ARG(str_from(inner, 6)));
	} else if (is_name(inner)) {
		push(e, inner);
	} else {
		add_unknown(e->to, STR(""));
	}
}

void makefile_vars_expand(struct makefile_vars *m, struct str text,
			  struct strbuf *to)
{
	struct expansion e = {.m = m, .to = to, .levels = {text},
			      .depth = 1};

	strbuf_clear(to);
	to->full = false;
	while (e.depth && !to->full && m->made <= MADE_MAX) {
		struct str *s = &e.levels[e.depth - 1];
		size_t n = str_find_ch(*s, '$');

		strbuf_add(to, str_head(*s, n));
		m->made += 1 + (n == SIZE_MAX ? s->n : n);
		*s = str_from(*s, n);
		if (s->n)
			reference(&e);
		else
			e.depth--;
	}
	m->vars.is_full = m->vars.is_full || m->made > MADE_MAX;
}

/* --- assignments ---------------------------------------------------------- */

static struct str without_words(struct str text)
{
	struct str rest = text, word;

	while (str_word(&rest, &word) &&
	       (str_is(word, "export") || str_is(word, "override") ||
		str_is(word, "private")))
		text = str_trim(rest);
	return text;
}

/* A comment that no backslash takes back. */
static struct str without_comment(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '#' && (i == 0 || s.p[i - 1] != '\\'))
			return str_head(s, i);
	return s;
}

bool makefile_vars_assign(struct makefile_vars *m, struct str text)
{
	struct str s = without_words(text), name, value;
	size_t at = str_find_ch(s, '=');
	struct vars_value before;
	char sign;

	if (at == SIZE_MAX || at == 0)
		return false;
	name = str_head(s, at);
	value = str_trim(without_comment(str_from(s, at + 1)));
	sign = name.p[at - 1];
	if (memchr(":?+!", sign, 4))
		name.n--;
	while (sign == ':' && name.n && name.p[name.n - 1] == ':')
		name.n--;
	name = str_trim(name);
	if (!is_name(name))
		return false;
	before = vars_get(&m->vars, name);
	if (sign == '?' && before.is_set)
		return true;
	if (sign == '+' && before.is_set) {
		strbuf_clear(&m->text);
		strbuf_add(&m->text, before.text);
		strbuf_ch(&m->text, ' ');
		strbuf_add(&m->text, value);
		value = strbuf_str(&m->text);
	}
	if (sign == ':') { /* := takes the values of now */
		makefile_vars_expand(m, value, &m->text);
		value = strbuf_str(&m->text);
	}
	vars_set_raw(&m->vars, name, value);
	return true;
}
