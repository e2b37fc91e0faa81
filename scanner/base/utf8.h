/*
 * UTF-8: checking, repairing, transcoding, and showing hostile text.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/arena.h"
#include "base/strbuf.h"

/* True when s is UTF-8 without NUL, surrogates or overlong forms. */
bool utf8_is_valid(struct str s);
/* s, or a copy with every bad byte and NUL replaced by U+FFFD. */
struct str utf8_repair(struct arena *a, struct str s);
/*
 * Text of a file as UTF-8: takes a BOM off; UTF-16 LE/BE (by BOM or by its
 * pattern of NULs) is transcoded into `a`.  ERR_FORMAT for a UTF-16 text of
 * odd length or with lone surrogates: each becomes U+FFFD, and *ret_text
 * holds the text all the same.  UTF-8 itself is not checked here.
 */
NODISCARD enum err utf8_decode(struct arena *a, struct str bytes,
			       struct str *ret_text);
/*
 * Adds s for people: C0, C1, DEL, bidi and other invisible controls, line
 * separators, BOM and bad bytes become \xNN or \u{NNNN}; the rest stays.
 */
void utf8_show(struct strbuf *b, struct str s);
/* How many terminal columns utf8_show's text takes (wide forms count 2). */
size_t utf8_width(struct str s);
/* At most `columns` columns of s, shown; an ellipsis where it was cut. */
void utf8_show_cut(struct strbuf *b, struct str s, size_t columns);
/* Adds s, in which all but ASCII is as many '?' as it takes columns, and an
 * ellipsis is '~'. */
void utf8_ascii(struct strbuf *b, struct str s);

#endif
