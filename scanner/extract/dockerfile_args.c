/*
 * Substitution in Dockerfiles: $NAME, ${NAME}, ${NAME:-word}, ${NAME:+word}
 * and their forms without a colon.  Values are taken as they stand when an
 * ARG is read, so that a circle of ARGs is only an unknown one.
 */
#include "extract/dockerfile_args.h"

#include <string.h>

#include "base/limits.h"

/* Nested ${A:-${B:-...}}. */
#define NESTED_MAX 8

void dockerfile_args_init(struct dockerfile_args *d, char escape,
			  struct arena *arena)
{
	*d = (struct dockerfile_args){.escape = escape, .arena = arena};
	strbuf_init(&d->text, LIMIT_NAME_BYTES);
}

void dockerfile_args_release(struct dockerfile_args *d)
{
	map_release(&d->index);
	vec_release(&d->values);
	strbuf_release(&d->text);
}

static bool is_name_byte(char c)
{
	return ascii_is_alnum(c) || c == '_';
}

/* The value of an ARG, p NULL when the file gives none. */
static struct str arg_value(const struct dockerfile_args *d, struct str name)
{
	const size_t *i = map_get(&d->index, name);

	return i ? d->values.v[*i] : (struct str){NULL, 0};
}

/* ${...} at the start of *rest, without the braces; false when open. */
static bool take_braces(struct str *rest, struct str *ret)
{
	size_t depth = 0;

	for (size_t i = 1; i < rest->n; i++) {
		if (rest->p[i] == '{')
			depth++;
		if (rest->p[i] != '}' || --depth)
			continue;
		*ret = str_sub(*rest, 2, i);
		*rest = str_from(*rest, i + 1);
		return true;
	}
	return false;
}

/*
 * What takes the place of a variable at the start of *rest: p NULL when
 * unknown.  *ret_again: it is text that may hold variables itself.
 */
static struct str take_variable(const struct dockerfile_args *d,
				struct str *rest, bool *ret_again)
{
	struct str inner, word, value;
	size_t n = 0;
	bool is_braced = rest->n > 1 && rest->p[1] == '{';
	bool is_set;

	*ret_again = false;
	inner = str_from(*rest, 1);
	if (is_braced && !take_braces(rest, &inner)) {
		*rest = STR("");
		return (struct str){NULL, 0};
	}
	while (n < inner.n && is_name_byte(inner.p[n]))
		n++;
	value = arg_value(d, str_head(inner, n));
	word = str_from(inner, n);
	if (!is_braced)
		*rest = word;
	if (!is_braced || word.n == 0)
		return value;
	is_set = value.p != NULL;
	if (word.p[0] == ':') {
		is_set = value.n != 0;
		word = str_from(word, 1);
	}
	if (word.n && word.p[0] == '-' && !is_set)
		*ret_again = true;
	else if (word.n && word.p[0] == '+' && is_set)
		*ret_again = true;
	else if (word.n && word.p[0] == '+')
		return STR("");
	else
		return word.n && memchr("-?", word.p[0], 2)
			? value : (struct str){NULL, 0};
	return str_from(word, 1);
}

bool dockerfile_args_expand(struct dockerfile_args *d, struct str word)
{
	struct str pending[NESTED_MAX];
	size_t depth = 0;
	char quote = 0;
	bool is_known = true;

	strbuf_clear(&d->text);
	pending[depth++] = word;
	while (depth) {
		struct str *s = &pending[depth - 1], value;
		char c = s->n ? s->p[0] : 0;
		bool again;

		if (s->n == 0) {
			depth--;
		} else if (c == d->escape && quote != '\'' && s->n > 1) {
			strbuf_ch(&d->text, s->p[1]);
			*s = str_from(*s, 2);
		} else if (quote ? c == quote : c == '"' || c == '\'') {
			quote = quote ? 0 : c;
			*s = str_from(*s, 1);
		} else if (c != '$' || quote == '\'') {
			strbuf_ch(&d->text, c);
			*s = str_from(*s, 1);
		} else {
			value = take_variable(d, s, &again);
			if (!value.p || (again && depth == NESTED_MAX)) {
				is_known = false;
				strbuf_ch(&d->text, '*');
			} else if (again) {
				pending[depth++] = value;
			} else {
				strbuf_add(&d->text, value);
			}
		}
	}
	return is_known && !d->text.full;
}

bool dockerfile_args_add(struct dockerfile_args *d, struct str word)
{
	struct str name, text, value = {NULL, 0};
	bool has_default = str_cut(word, '=', &name, &text);
	bool is_new, fits;
	size_t *i;

	if (name.n == 0)
		return true;
	if (has_default && dockerfile_args_expand(d, text))
		value = strbuf_str(&d->text);
	d->bytes += value.n;
	fits = d->bytes <= LIMIT_SOURCE_BYTES;
	value = value.p && fits ? arena_dup(d->arena, value)
				: (struct str){NULL, 0};
	name = arena_dup(d->arena, name);
	i = map_put(&d->index, name, d->values.n, &is_new);
	if (is_new)
		vec_push(&d->values, value);
	else
		d->values.v[*i] = value;
	return fits;
}
