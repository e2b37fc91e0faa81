/*
 * Pieces of HTML and SVG.  Whatever comes from input passes through here and
 * is escaped at this door; nothing else in the report writes it.
 */
#ifndef REPORT_MARKUP_H
#define REPORT_MARKUP_H

#include "base/strbuf.h"

/* Text, between tags or in an attribute's double quotes, cut at 600 columns; a
 * name, cut at 80; the same, at most so many columns.  An ellipsis tells. */
void markup_text(struct strbuf *b, struct str s);
void markup_name(struct strbuf *b, struct str s);
void markup_text_cut(struct strbuf *b, struct str s, size_t columns);
/* A link to an http(s) address, which loads nothing by itself; anything else
 * is text. */
void markup_address(struct strbuf *b, struct str s);
/* Basis points as a share; the interval of two bounds, one decimal, rounded
 * outwards; no blank or hyphen in it at which a line could break. */
void markup_share(struct strbuf *b, int32_t bp, bool up);
void markup_interval(struct strbuf *b, int32_t low_bp, int32_t high_bp);
/* Basis points as a percentage of a length: "12.34%". */
void markup_percent(struct strbuf *b, int32_t bp);
/* A number with its thousands apart: "12 345". */
void markup_count(struct strbuf *b, uint64_t n);
/* The same and a noun, which takes an s where n is not 1. */
void markup_plural(struct strbuf *b, uint64_t n, const char *noun);
/* What an id may be made of: lower-case letters, digits, '-' and '.'; each
 * run of anything else is one '-'.  At most 60 bytes. */
void markup_slug(struct strbuf *b, struct str s);

#endif
