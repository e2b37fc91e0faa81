/*
 * CSV by RFC 4180.  A row that is malformed ends with the line it began on,
 * so that one forgotten quote cannot hide the rows after it.
 */
#include "base/csv_in.h"

#include <string.h>

void csv_init(struct csv *c, struct str text, struct arena *a)
{
	*c = (struct csv){.rest = text, .arena = a, .next_line = 1};
}

/* Takes a line break (LF, CR LF, CR at the end) off the front. */
static bool take_break(struct str *in)
{
	size_t n = in->n && in->p[0] == '\r';

	if (n < in->n && in->p[n] == '\n')
		n++;
	else if (n != in->n)
		n = 0;
	*in = str_from(*in, n);
	return n != 0;
}

/* Takes a field without quotes; a quote inside of it is an error. */
static enum err take_plain(struct str *in, struct str *ret)
{
	size_t n = 0;

	while (n < in->n && in->p[n] != ',' && in->p[n] != '\n') {
		if (in->p[n] == '"')
			return ERR_FORMAT;
		n++;
	}
	if (n && (n == in->n || in->p[n] == '\n') && in->p[n - 1] == '\r')
		n--;
	*ret = str_head(*in, n);
	*in = str_from(*in, n);
	return OK;
}

/* A copy of a quoted field's inside, doubled quotes made one. */
static struct str undouble(struct arena *a, struct str s)
{
	char *p = arena_alloc(a, s.n);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		p[n++] = s.p[i];
		if (s.p[i] == '"')
			i++;
	}
	return str_n(p, n);
}

/* Takes a field in quotes, up to what follows the closing one. */
static enum err take_quoted(struct csv *c, struct str *in, struct str *ret)
{
	struct str rest = str_from(*in, 1), inside = rest;
	bool is_doubled = false;
	size_t at;

	while ((at = str_find_ch(rest, '"')) != SIZE_MAX) {
		rest = str_from(rest, at + 1);
		if (!rest.n || rest.p[0] != '"')
			break;
		rest = str_from(rest, 1);
		is_doubled = true;
	}
	if (at == SIZE_MAX) {
		*in = str_from(*in, in->n);
		return ERR_FORMAT;
	}
	inside.n -= rest.n + 1;
	*ret = is_doubled ? undouble(c->arena, inside) : inside;
	*in = rest;
	return OK;
}

/* Takes all fields of a row and its line break off *in. */
static enum err take_row(struct csv *c, struct str *in)
{
	bool is_more = true;

	while (is_more) {
		struct str field;
		enum err e = in->n && in->p[0] == '"'
			? take_quoted(c, in, &field) : take_plain(in, &field);

		if (e)
			return e;
		if (c->n == LIMIT_CSV_FIELDS)
			return ERR_LIMIT;
		c->fields[c->n++] = field;
		is_more = in->n && in->p[0] == ',';
		if (is_more)
			*in = str_from(*in, 1);
		else if (in->n && !take_break(in))
			return ERR_FORMAT;
	}
	return OK;
}

/* Moves on to `rest`, counting lines. */
static void advance(struct csv *c, struct str rest)
{
	struct str passed = str_head(c->rest, c->rest.n - rest.n);
	size_t at;

	while ((at = str_find_ch(passed, '\n')) != SIZE_MAX) {
		c->next_line++;
		passed = str_from(passed, at + 1);
	}
	c->rest = rest;
}

enum err csv_row(struct csv *c)
{
	struct str in = c->rest, line;
	bool is_cut;
	enum err e;

	while (take_break(&in))
		;
	advance(c, in);
	c->n = 0;
	c->line = c->next_line;
	if (!in.n)
		return ERR_NOTFOUND;
	in = str_head(in, LIMIT_LINE_BYTES + 1);
	is_cut = in.n < c->rest.n;
	e = take_row(c, &in);
	/* at the end of what may be looked at, a row has no sure end */
	if (is_cut && !in.n && e != ERR_LIMIT)
		e = ERR_LIMIT;
	if (!e) {
		advance(c, str_n(in.p, c->rest.n - (size_t)(in.p - c->rest.p)));
		return OK;
	}
	c->n = 0;
	in = c->rest;
	str_split(&in, '\n', &line);
	advance(c, in);
	return e;
}
