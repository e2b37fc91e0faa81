/*
 * A growing text with a maximum.  Past the maximum nothing more is added and
 * `full` is set: check it once at the end.  Always followed by a NUL.
 */
#ifndef BASE_STRBUF_H
#define BASE_STRBUF_H

#include "base/err.h"
#include "base/str.h"

struct strbuf {
	char *p;
	size_t n, cap;
	size_t max; /* most bytes; 0 = no maximum */
	bool full;  /* something was left out */
};

/* An empty text that takes at most `max` bytes (0: no maximum). */
void strbuf_init(struct strbuf *b, size_t max);
/* Frees the text; usable again. */
void strbuf_release(struct strbuf *b);
/* Empties it, keeps the memory. */
void strbuf_clear(struct strbuf *b);
/* Adds bytes, one byte, a C string, formatted text. */
void strbuf_add(struct strbuf *b, struct str s);
void strbuf_ch(struct strbuf *b, char c);
void strbuf_cstr(struct strbuf *b, const char *s);
void strbuf_fmt(struct strbuf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Adds the byte c n times. */
void strbuf_pad(struct strbuf *b, char c, size_t n);
/* The text so far; valid until the next change. */
struct str strbuf_str(const struct strbuf *b);

#endif
