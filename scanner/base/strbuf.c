/* Growing text with a maximum. */
#include "base/strbuf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void strbuf_init(struct strbuf *b, size_t max)
{
	*b = (struct strbuf){.max = max};
}

void strbuf_release(struct strbuf *b)
{
	free(b->p);
	strbuf_init(b, b->max);
}

void strbuf_clear(struct strbuf *b)
{
	b->n = 0;
	b->full = false;
	if (b->p)
		b->p[0] = 0;
}

/* Room for n more bytes and a NUL; how many of the n fit. */
static size_t room(struct strbuf *b, size_t n)
{
	if (b->max && n > b->max - b->n) {
		n = b->max - b->n;
		b->full = true;
	}
	if (b->n + n + 1 > b->cap) {
		size_t cap = b->cap ? b->cap : 64;

		while (cap < b->n + n + 1)
			cap *= 2;
		b->p = mem_resize(b->p, cap, 1);
		b->cap = cap;
	}
	return n;
}

void strbuf_add(struct strbuf *b, struct str s)
{
	size_t n = room(b, s.n);

	if (n)
		memcpy(b->p + b->n, s.p, n);
	b->n += n;
	b->p[b->n] = 0;
}

void strbuf_ch(struct strbuf *b, char c)
{
	strbuf_add(b, str_n(&c, 1));
}

void strbuf_cstr(struct strbuf *b, const char *s)
{
	strbuf_add(b, str_c(s));
}

void strbuf_pad(struct strbuf *b, char c, size_t n)
{
	n = room(b, n);
	memset(b->p + b->n, c, n);
	b->n += n;
	b->p[b->n] = 0;
}

void strbuf_fmt(struct strbuf *b, const char *fmt, ...)
{
	va_list args, again;
	char small[256];
	int n;

	va_start(args, fmt);
	va_copy(again, args);
	n = vsnprintf(small, sizeof small, fmt, args);
	if (n >= 0 && (size_t)n < sizeof small) {
		strbuf_add(b, str_n(small, (size_t)n));
	} else if (n > 0) {
		char *big = mem_new((size_t)n + 1, 1);

		vsnprintf(big, (size_t)n + 1, fmt, again);
		strbuf_add(b, str_n(big, (size_t)n));
		free(big);
	}
	va_end(again);
	va_end(args);
}

struct str strbuf_str(const struct strbuf *b)
{
	return (struct str){b->p ? b->p : "", b->n};
}
