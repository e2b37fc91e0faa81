/* A state for each place in a row; what is not asked for is skipped at the
 * speed of memchr. */
#include "feeds/rows.h"

#include <assert.h>
#include <string.h>

#include "base/limits.h"

enum { AT_START, IN_PLAIN, IN_QUOTED, AFTER_QUOTE };
#define NONE 255

void rows_init(struct rows *w, const char *const *columns, size_t n,
	       rows_take *take, void *context)
{
	assert(n <= ROWS_COLUMNS);
	*w = (struct rows){.columns = columns, .n = n, .take = take,
			   .context = context, .line = 1};
	strbuf_init(&w->text, LIMIT_LINE_BYTES);
}

static void fail(struct rows *w, enum err e, const char *why)
{
	if (!w->err) {
		w->err = e;
		w->why = why;
	}
}

static bool is_header(const struct rows *w)
{
	return !w->width;
}

/* The slot of the column being read; all of the header are looked at. */
static bool is_kept(const struct rows *w)
{
	return is_header(w) || (w->column < w->slots.n &&
				w->slots.v[w->column] != NONE);
}

static void begin_field(struct rows *w)
{
	if (is_header(w))
		strbuf_clear(&w->text);
	else if (is_kept(w))
		w->from[w->slots.v[w->column]] = w->text.n;
}

static unsigned char slot_of(const struct rows *w, struct str name)
{
	for (size_t i = 0; i < w->n; i++) {
		struct str want = str_c(w->columns[i]);

		if (str_eq(name, str_from(want, want.p[0] == '?')))
			return (unsigned char)i;
	}
	return NONE;
}

static void end_field(struct rows *w)
{
	struct str name = str_trim(strbuf_str(&w->text));

	if (is_header(w)) {
		if (w->slots.n == ROWS_WIDTH)
			fail(w, ERR_LIMIT, "too many columns");
		else
			vec_push(&w->slots, slot_of(w, name));
	} else if (is_kept(w)) {
		w->to[w->slots.v[w->column]] = w->text.n;
	}
	w->column++;
	w->state = AT_START;
}

static void end_header(struct rows *w)
{
	w->width = w->column;
	for (size_t i = 0; i < w->n; i++) {
		bool is_there = w->columns[i][0] == '?';

		for (size_t j = 0; j < w->slots.n; j++)
			is_there = is_there || w->slots.v[j] == i;
		if (!is_there)
			fail(w, ERR_FORMAT, "a column is not there");
	}
}

static void end_row(struct rows *w)
{
	struct str fields[ROWS_COLUMNS];

	if (w->text.full)
		fail(w, ERR_LIMIT, "a row is too long");
	if (is_header(w)) {
		end_header(w);
	} else if (w->column != w->width) {
		fail(w, ERR_FORMAT, "a row has not as many fields as the "
				    "head");
	} else if (!w->err) {
		for (size_t i = 0; i < w->n; i++)
			fields[i] = str_sub(strbuf_str(&w->text), w->from[i],
					    w->to[i]);
		w->count++;
		w->take(w->context, fields);
	}
	strbuf_clear(&w->text);
	memset(w->from, 0, sizeof w->from);
	memset(w->to, 0, sizeof w->to);
	w->column = 0;
	w->line++;
}

/* An empty line is no row. */
static void end_line(struct rows *w)
{
	bool is_empty = w->state == AT_START && !w->column;

	if (is_empty)
		return;
	end_field(w);
	end_row(w);
}

/* Takes bytes of a field up to one of the two; what follows stays. */
static struct str take_text(struct rows *w, struct str s, char a, char b)
{
	size_t n = 0;

	while (n < s.n && s.p[n] != a && s.p[n] != b)
		n++;
	if (is_kept(w))
		strbuf_add(&w->text, str_head(s, n));
	return str_from(s, n);
}

/* CR before LF belongs to the end of the line. */
static void drop_cr(struct rows *w)
{
	struct strbuf *b = &w->text;

	if (is_kept(w) && b->n > w->from[is_header(w) ? 0
		: w->slots.v[w->column]] && b->p[b->n - 1] == '\r')
		b->n--;
}

static struct str step(struct rows *w, struct str s)
{
	char c = s.p[0];

	switch (w->state) {
	case AT_START:
		begin_field(w);
		if (c == '\r' && !w->column)
			return str_from(s, 1);
		w->state = c == '"' ? IN_QUOTED : IN_PLAIN;
		if (c == '\n')
			w->state = AT_START;
		else if (c == '"')
			return str_from(s, 1);
		break;
	case IN_QUOTED:
		s = take_text(w, s, '"', '"');
		if (s.n)
			w->state = AFTER_QUOTE;
		return str_from(s, 1);
	case AFTER_QUOTE:
		if (c == '"') {
			if (is_kept(w))
				strbuf_ch(&w->text, '"');
			w->state = IN_QUOTED;
			return str_from(s, 1);
		}
		if (c != ',' && c != '\n' && c != '\r')
			fail(w, ERR_FORMAT, "text behind a closing quote");
		if (c == '\r')
			return str_from(s, 1);
		break;
	}
	if (w->state == IN_PLAIN)
		s = take_text(w, s, ',', '\n');
	if (s.n && s.p[0] == '\n') {
		if (w->state == IN_PLAIN)
			drop_cr(w);
		end_line(w);
	} else if (s.n) {
		end_field(w);
	}
	return str_from(s, 1);
}

bool rows_feed(struct rows *w, struct str s)
{
	static const char mark[] = "\xef\xbb\xbf";

	while (s.n && w->bom < 3 && s.p[0] == mark[w->bom]) {
		w->bom++;
		s = str_from(s, 1);
	}
	if (s.n)
		w->bom = 3;
	while (s.n && !w->err)
		s = step(w, s);
	return !w->err;
}

enum err rows_end(struct rows *w)
{
	if (w->state == IN_QUOTED)
		fail(w, ERR_FORMAT, "it ends inside quotes");
	if (!w->err && (w->column || w->state != AT_START))
		end_line(w);
	if (!w->err && !w->width)
		fail(w, ERR_FORMAT, "it is empty");
	vec_release(&w->slots);
	strbuf_release(&w->text);
	return w->err;
}
