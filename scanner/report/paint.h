/*
 * Text for a terminal: columns, wrapping and colour.  All text from input
 * goes through utf8_show, so that no escape sequence reaches the terminal.
 */
#ifndef REPORT_PAINT_H
#define REPORT_PAINT_H

#include "base/strbuf.h"
#include "report/report.h"

enum paint_colour { PAINT_PLAIN, PAINT_BOLD, PAINT_DIM, PAINT_RED,
		    PAINT_YELLOW, PAINT_GREEN };

struct paint {
	const struct report_style *style;
	struct strbuf *out;
};

/* Text in a colour (plain where the style has none). */
void paint_text(const struct paint *p, enum paint_colour c, struct str s);
/* Text cut or padded to a column of `width`, one blank behind it. */
void paint_cell(const struct paint *p, enum paint_colour c, struct str s,
		size_t width);
/* The same, right-aligned. */
void paint_cell_right(const struct paint *p, struct str s, size_t width);
/* Text in lines of the style's columns, each but the first behind `indent`
 * blanks; the first stands where the caller is, at column `at`.  Ends the
 * line. */
void paint_wrap(const struct paint *p, struct str s, size_t at,
		size_t indent);
/* A heading, with an empty line before it. */
void paint_heading(const struct paint *p, const char *title);
/* Basis points as "12.3 %" (rounded down, or up when `up`); the interval
 * "12.3-45.6 %". */
void paint_share(struct strbuf *b, int32_t bp, bool up);
void paint_interval(struct strbuf *b, int32_t low_bp, int32_t high_bp);

#endif
