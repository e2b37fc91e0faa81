/*
 * Substitution by section 2.6.2 of the POSIX shell language and by the
 * Dockerfile reference: $NAME, ${NAME} and its forms with - = + ? # % and /.
 * Values are taken as they stand when a variable is assigned, so that a
 * circle is only an unknown value.
 */
#include "extract/vars.h"

#include <string.h>

#include "base/limits.h"
#include "extract/shell_span.h"
#include "extract/vars_op.h"

#define NESTED_MAX 8                     /* ${A:-${B:-...}} */
#define TEXT_MAX (64 * LIMIT_KB)         /* of one expansion */
#define MADE_MAX (64 * LIMIT_SOURCE_BYTES)

static const struct vars_value unset = {.is_set = false};

void vars_init(struct vars *v, char escape, struct arena *arena)
{
	*v = (struct vars){.escape = escape, .arena = arena};
	strbuf_init(&v->text, TEXT_MAX);
}

void vars_release(struct vars *v)
{
	map_release(&v->index);
	vec_release(&v->values);
	vec_release(&v->arms);
	vec_release(&v->changes);
	strbuf_release(&v->text);
}

void vars_clear(struct vars *v)
{
	map_release(&v->index);
	vec_clear(&v->values);
	vec_clear(&v->changes);
}

/* --- arms ----------------------------------------------------------------- */

void vars_open_arm(struct vars *v)
{
	vec_push(&v->arms, ++v->last_arm);
}

void vars_close_arm(struct vars *v)
{
	v->arms.n--;
}

unsigned vars_arm(const struct vars *v)
{
	return v->arms.n ? v->arms.v[v->arms.n - 1] : 0;
}

bool vars_is_open(const struct vars *v, unsigned arm)
{
	for (size_t i = 0; arm && i < v->arms.n; i++)
		if (v->arms.v[i] == arm)
			return true;
	return arm == 0;
}

/* --- values --------------------------------------------------------------- */

struct vars_value vars_get(const struct vars *v, struct str name)
{
	const size_t *i = map_get(&v->index, name);
	struct vars_value value = i ? v->values.v[*i] : unset;

	if (value.is_mixed && !vars_is_open(v, value.arm)) {
		value.is_known = false;
		value.text = STR("");
	}
	return value;
}

static bool is_same(const struct vars_value *a, const struct vars_value *b)
{
	return a->is_known == b->is_known && str_eq(a->text, b->text);
}

/* Keeps a text; over the limit it is not known. */
static struct str store(struct vars *v, struct vars_value *value)
{
	v->bytes += value->text.n;
	if (v->bytes <= LIMIT_SOURCE_BYTES)
		return arena_dup(v->arena, value->text);
	v->is_full = true;
	value->is_known = false;
	return STR("");
}

/* The place of a variable, a new one where it has none. */
static struct vars_value *place(struct vars *v, struct str name)
{
	size_t *i = map_get(&v->index, name);

	if (!i) {
		name = arena_dup(v->arena, name);
		i = map_put(&v->index, name, v->values.n, NULL);
		vec_push(&v->values, unset);
	}
	if (v->keeps_changes)
		vec_push(&v->changes, ((struct vars_change){
			*i, v->values.v[*i]}));
	return &v->values.v[*i];
}

static void put(struct vars *v, struct str name, struct vars_value value)
{
	struct vars_value *at = place(v, name);

	value.arm = vars_arm(v);
	if (value.arm && at->is_set) {
		if (at->arm != value.arm && is_same(at, &value) &&
		    !at->is_mixed)
			return;
		value.is_mixed = at->is_mixed || at->arm != value.arm;
	}
	value.text = store(v, &value);
	*at = value;
}

void vars_set(struct vars *v, struct str name, struct str text)
{
	put(v, name, (struct vars_value){
		.text = text, .is_set = true,
		.is_known = vars_is_known(text)});
}

void vars_set_raw(struct vars *v, struct str name, struct str text)
{
	put(v, name, (struct vars_value){
		.text = text, .is_set = true, .is_known = true});
}

void vars_set_list(struct vars *v, struct str name, struct str words)
{
	struct str first, rest = words;
	struct vars_value value = {.text = words, .is_set = true,
				   .is_known = vars_is_known(words)};

	value.is_list = str_word(&rest, &first) && str_trim(rest).n;
	put(v, name, value);
}

void vars_unset(struct vars *v, struct str name)
{
	if (map_get(&v->index, name))
		put(v, name, unset);
}

void vars_mark(struct vars *v)
{
	v->keeps_changes = true;
	vec_clear(&v->changes);
}

void vars_rewind(struct vars *v)
{
	while (v->changes.n) {
		const struct vars_change *c = &v->changes.v[--v->changes.n];

		v->values.v[c->index] = c->before;
	}
	v->keeps_changes = false;
}

/* --- expansion ------------------------------------------------------------ */

/* A text that is being expanded; of several the last one is inner to the one
 * before. */
struct level {
	struct str rest;
	char quote;
};

struct expansion {
	struct vars *v;
	enum vars_unknown as;
	struct level levels[NESTED_MAX];
	size_t depth;
	bool is_known;
};

static bool has_blank(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (ascii_is_blank(s.p[i]))
			return true;
	return false;
}

static void add(struct expansion *e, struct str s)
{
	struct vars *v = e->v;
	const struct level *l = &e->levels[e->depth - 1];

	v->has_blanks = v->has_blanks || (!l->quote && has_blank(s));
	strbuf_add(&v->text, s);
}

static void add_unknown(struct expansion *e, const char *open,
			struct str name, const char *close)
{
	e->is_known = false;
	if (e->as == VARS_STAR) {
		strbuf_ch(&e->v->text, '*');
		return;
	}
	strbuf_cstr(&e->v->text, open);
	strbuf_add(&e->v->text, str_head(name, LIMIT_NAME_BYTES));
	strbuf_cstr(&e->v->text, close);
}

/* One of a list stands for all only where nothing is tied to it. */
static bool is_whole_word(const struct expansion *e)
{
	struct str rest = e->levels[0].rest;

	if (e->levels[0].quote && rest.n)
		rest = str_from(rest, 1);
	return e->depth == 1 && e->v->text.n == 0 && rest.n == 0;
}

static void add_value(struct expansion *e, struct str name,
		      const struct vars_value *value)
{
	if (value->is_list && is_whole_word(e)) {
		strbuf_add(&e->v->text, value->text);
		e->v->has_blanks = true;
		e->is_known = e->is_known && value->is_known;
	} else if (!value->is_set || value->is_list ||
		   (!value->is_known &&
		    (e->as == VARS_STAR || !value->text.n))) {
		add_unknown(e, "${", name, "}");
	} else {
		add(e, value->text);
		e->is_known = e->is_known && value->is_known;
	}
}

/* ${NAME=word}; only a plain word is kept for what follows. */
static void assign_default(struct vars *v, struct str name, struct str word)
{
	for (size_t i = 0; i < word.n; i++)
		if (memchr("$`'\"\\", word.p[i], 5))
			return;
	vars_set(v, name, word);
}

/* ${NAME-word} and its kin; `op` begins with the sign. */
static void add_choice(struct expansion *e, struct str name,
		       const struct vars_value *value, struct str op,
		       bool is_set)
{
	struct str word = str_from(op, 1);
	bool takes_word = is_set == (op.p[0] == '+');

	if ((value->is_set && !value->is_known) ||
	    (takes_word && (op.p[0] == '?' || e->depth == NESTED_MAX))) {
		add_unknown(e, "${", name, "}");
	} else if (takes_word) {
		if (op.p[0] == '=')
			assign_default(e->v, name, word);
		e->levels[e->depth++] = (struct level){word, 0};
	} else if (op.p[0] != '+') {
		add_value(e, name, value);
	}
}

static bool is_name_byte(char c)
{
	return ascii_is_alnum(c) || c == '_';
}

static struct str take_name(struct str *rest)
{
	size_t n = 0;
	struct str name;

	while (n < rest->n && is_name_byte(rest->p[n]))
		n++;
	if (n && ascii_is_digit(rest->p[0]))
		n = 1;
	name = str_head(*rest, n);
	*rest = str_from(*rest, n);
	return name;
}

/* What stands between ${ and }. */
static void add_braced(struct expansion *e, struct str inner)
{
	struct str name = take_name(&inner), made;
	struct vars_value value = vars_get(e->v, name);
	bool is_all = str_has_prefix(inner, STR("[@]")) ||
		      str_has_prefix(inner, STR("[*]"));
	bool is_set = value.is_set;

	inner = str_from(inner, is_all ? 3 : 0);
	if (!name.n || !inner.n) {
		if (inner.n)
			add_unknown(e, "${", STR("..."), "}");
		else
			add_value(e, name, &value);
		return;
	}
	if (inner.n > 1 && inner.p[0] == ':' &&
	    memchr("-=+?", inner.p[1], 4)) {
		is_set = value.is_set && value.text.n;
		inner = str_from(inner, 1);
	}
	if (memchr("-=+?", inner.p[0], 4)) {
		add_choice(e, name, &value, inner, is_set);
	} else if (value.is_set && value.is_known && !value.is_list &&
		   vars_op(value.text, inner, e->v->arena, &made)) {
		e->v->bytes += made.n;
		add(e, made);
	} else {
		add_unknown(e, "${", name, "}");
	}
}

/* Whatever begins with '$' or '`' at the level. */
static void add_substitution(struct expansion *e)
{
	struct level *l = &e->levels[e->depth - 1];
	struct str s = l->rest, rest = str_from(s, 1), name;
	size_t n = shell_span(s, l->quote != 0);
	struct vars_value value;

	if (n == SIZE_MAX) {
		l->rest = STR("");
		add_unknown(e, "$", STR("(...)"), "");
	} else if (n && s.p[0] == '$' && s.p[1] == '{') {
		l->rest = str_from(s, n);
		add_braced(e, shell_span_inner(s, n));
	} else if (n && s.p[0] == '$' && s.p[1] == '\'') {
		l->rest = str_from(s, n);
		add(e, shell_span_inner(s, n));
	} else if (n) {
		l->rest = str_from(s, n);
		add_unknown(e, "$", STR("(...)"), "");
	} else if (str_has_prefix(rest, STR("\""))) {
		l->rest = rest;
	} else {
		name = take_name(&rest);
		if (!name.n && rest.n && memchr("@*#?!$-", rest.p[0], 7)) {
			name = str_head(rest, 1);
			rest = str_from(rest, 1);
		}
		l->rest = rest;
		value = vars_get(e->v, name);
		if (name.n)
			add_value(e, name, &value);
		else
			add_unknown(e, "$", STR(""), "");
	}
}

/* A backslash, or what the file uses for it. */
static void add_escaped(struct expansion *e)
{
	struct level *l = &e->levels[e->depth - 1];
	size_t n = str_has_prefix(str_from(l->rest, 1), STR("\r\n")) ? 3 : 2;
	char next = l->rest.p[n - 1];

	if (next != '\n') {
		if (l->quote && !memchr("$`\"\\", next, 4))
			strbuf_ch(&e->v->text, l->rest.p[0]);
		strbuf_ch(&e->v->text, next);
	}
	l->rest = str_from(l->rest, n);
}

static void step(struct expansion *e)
{
	struct level *l = &e->levels[e->depth - 1];
	char c = l->rest.p[0];
	size_t n = 1;

	if (c == e->v->escape && l->quote != '\'' && l->rest.n > 1) {
		add_escaped(e);
	} else if (l->quote ? c == l->quote : c == '"' || c == '\'') {
		l->quote = l->quote ? 0 : c;
		l->rest = str_from(l->rest, 1);
	} else if ((c == '$' || c == '`') && l->quote != '\'') {
		add_substitution(e);
	} else {
		while (n < l->rest.n && l->rest.p[n] != e->v->escape &&
		       !memchr("$`'\"", l->rest.p[n], 4))
			n++;
		if (e->depth > 1)
			add(e, str_head(l->rest, n));
		else
			strbuf_add(&e->v->text, str_head(l->rest, n));
		l->rest = str_from(l->rest, n);
	}
}

bool vars_expand(struct vars *v, struct str word, enum vars_unknown as)
{
	struct expansion e = {.v = v, .as = as, .depth = 1, .is_known = true,
			      .levels = {{word, 0}}};

	strbuf_clear(&v->text);
	v->text.full = false;
	v->has_blanks = false;
	while (e.depth && !v->text.full && v->made <= MADE_MAX) {
		if (e.levels[e.depth - 1].rest.n)
			step(&e);
		else
			e.depth--;
	}
	v->made += v->text.n;
	v->is_full = v->is_full || v->made > MADE_MAX;
	return e.is_known && !v->text.full && v->made <= MADE_MAX;
}

bool vars_is_known(struct str text)
{
	return str_find_ch(text, '$') == SIZE_MAX;
}

/* --- assignments ---------------------------------------------------------- */

struct str vars_assigned(struct str word, struct str *ret_value,
			 bool *ret_adds)
{
	struct str name = STR(""), value;
	size_t n = 0;

	while (n < word.n && is_name_byte(word.p[n]))
		n++;
	value = str_from(word, n);
	*ret_adds = str_has_prefix(value, STR("+="));
	if (n && !ascii_is_digit(word.p[0]) &&
	    (*ret_adds || str_has_prefix(value, STR("=")))) {
		name = str_head(word, n);
		*ret_value = str_from(value, *ret_adds ? 2 : 1);
	}
	return name;
}

void vars_assign(struct vars *v, struct str name, struct str word)
{
	struct vars_value value = {.is_set = true};
	size_t n = word.n && word.p[0] == '(' ? shell_span(word, false) : 0;

	if (n && n != SIZE_MAX) {
		/* The words of a list are expanded as one text. */
		word = shell_span_inner(word, n);
		value.is_known = vars_expand(v, word, VARS_KEEP);
		value.text = strbuf_str(&v->text);
		vars_set_list(v, name, value.text);
		return;
	}
	value.is_known = vars_expand(v, word, VARS_KEEP) &&
			 vars_is_known(strbuf_str(&v->text));
	value.text = v->text.full ? STR("") : strbuf_str(&v->text);
	put(v, name, value);
}

void vars_append(struct vars *v, struct str name, struct str word)
{
	struct vars_value value = vars_get(v, name);
	size_t n = word.n && word.p[0] == '(' ? shell_span(word, false) : 0;
	bool is_list = n && n != SIZE_MAX, is_known;
	struct arena scratch = {0};

	if (is_list)
		word = shell_span_inner(word, n);
	is_known = vars_expand(v, word, VARS_KEEP);
	value.text = arena_fmt(&scratch, "%.*s%s%.*s", STR_ARG(value.text),
			       is_list && value.text.n ? " " : "",
			       STR_ARG(strbuf_str(&v->text)));
	value.is_known = value.is_known && is_known;
	value.is_list = value.is_list || is_list;
	value.is_set = true;
	value.text = store(v, &value);
	*place(v, name) = value; /* more of it, whatever the condition */
	arena_release(&scratch);
}
