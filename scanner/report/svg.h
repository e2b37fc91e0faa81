/*
 * Charts as inline SVG 1.1: no script, no style of their own, only classes of
 * style.css.  One encoding in all of them: full colour is proven (class
 * "is"), hatching cannot be ruled out ("may"), pale is ruled out ("no").  Each
 * has a text alternative; whoever draws one writes a table of the same figures
 * beside it.  Coordinates are whole numbers.
 */
#ifndef REPORT_SVG_H
#define REPORT_SVG_H

#include "base/strbuf.h"
#include "model/component.h"

/* Floor and ceiling of a share, 0..10000. */
struct svg_share { int32_t low_bp, high_bp; };

/* --- pieces -------------------------------------------------------------- */

struct svg_box { int32_t x, y, w, h; };

/* Opens a drawing of a size, with what a screen reader says of it. */
void svg_open(struct strbuf *out, const char *class, int32_t w, int32_t h,
	      struct str label);
void svg_close(struct strbuf *out);
void svg_rect(struct strbuf *out, const char *class, struct svg_box box);
/* Text of at most `columns` columns; it stands on y. */
void svg_text(struct strbuf *out, const char *class, int32_t x, int32_t y,
	      struct str text, size_t columns);
/* A share drawn in a box, from left to right. */
void svg_strip(struct strbuf *out, struct svg_box box, struct svg_share s);
/* A piece of a bar, from and to a share in basis points. */
void svg_span(struct strbuf *out, const char *class, int32_t from, int32_t to);
/* "t0" to "t4": how strong a tint the proven share of something gets. */
const char *svg_tint(int32_t low_bp);

/* --- charts -------------------------------------------------------------- */

struct svg_interval {
	struct svg_share all;
	struct svg_share on_b;   /* if uncited records held; -1: not drawn */
	int32_t limit_bp;        /* -1: none */
	bool is_neutral;         /* not a share of organisations of concern */
};

/* A bar from 0 to 100 % as wide as where it stands.  With `label` it speaks
 * for itself; without (empty) the figures stand beside it. */
void svg_interval(struct strbuf *out, const struct svg_interval *i,
		  struct str label);

/* A part of a whole. */
struct svg_part {
	const char *class; /* is, may, no, none */
	uint64_t n;
};

/* A bar of n parts of `total`, one behind the other. */
void svg_stacked(struct strbuf *out, const struct svg_part *parts, size_t n,
		 uint64_t total);

struct svg_year {
	int32_t year;
	uint64_t concern, unknown, other;
};

/* Shares by year, and below how much there was: at most the last 24 years,
 * those without anything included. */
void svg_columns(struct strbuf *out, const struct svg_year *years, size_t n,
		 const char *noun);

struct svg_day {
	struct str label;
	struct svg_share share;
};

/* A share by day: at most the last 24. */
void svg_days(struct strbuf *out, const struct svg_day *days, size_t n,
	      struct str label);

struct svg_field {
	struct str label, id; /* of where it links to, "" for none */
	uint64_t size;
	struct svg_share share;
};

/* A tree map; fields greatest first, of which no more than 60 are drawn. */
void svg_treemap(struct strbuf *out, const struct svg_field *fields,
		 size_t n, struct str label);

struct svg_node {
	struct str label, note;
	bool is_source; /* a list or a jurisdiction: where concern begins */
};

struct svg_edge {
	size_t from, to;        /* nodes */
	struct str label, cite; /* what it says and since when; who says so */
};

/* A graph from above to below, of nodes that are not on a circle. */
void svg_chain(struct strbuf *out, const struct svg_node *nodes, size_t n,
	       const struct svg_edge *edges, size_t edges_n);

/* A way down, one name a line. */
void svg_path(struct strbuf *out, const struct str *names, size_t n);

/* What is known of one network function. */
struct svg_function {
	bool is_there;
	uint64_t components;
	struct svg_share share;
};

/* The O-RAN architecture; `functions` by enum function. */
void svg_network(struct strbuf *out,
		 const struct svg_function functions[FUNCTION_COUNT]);

#endif
