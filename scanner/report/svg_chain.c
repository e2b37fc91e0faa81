/*
 * The graph of a proof, from whom concern begins with above to the
 * organisation below: a node stands below all that lead to it, an edge has
 * its words beside it, and no two of these stand in one place.
 */
#include "base/mem.h"
#include "report/markup.h"
#include "report/svg.h"

#define WIDTH 360   /* of one column */
#define COLUMN 230
#define BOX 38
#define MARGIN 4
#define LINE_X 18   /* of an edge, from the left of its column */
#define WORDS 32    /* height of the two lines of an edge */
#define ARROW 14
#define LANES 24    /* at the right, for edges that pass a level by */
#define LETTER 7
#define STRONG 8    /* of bold ones */

struct place {
	int32_t level, column;
	int32_t leaving; /* edges */
};

struct slot {
	int32_t level, column, at;
};

struct graph {
	struct strbuf *out;
	const struct svg_node *nodes;
	const struct svg_edge *edges;
	size_t n, edges_n;
	struct place *places;
	struct slot *slots;  /* of the edges' words */
	int32_t *tops;       /* of the levels */
	int32_t levels, columns, column_w;
	int32_t lanes;       /* width of these */
};

/* Does an edge pass a level by, so that a node may stand in its way? */
static bool is_long(const struct graph *g, const struct svg_edge *e)
{
	return g->places[e->to].level > g->places[e->from].level + 1;
}

/* Each node one below the lowest that leads to it; a circle ends when every
 * node had its turn. */
static void find_levels(struct graph *g)
{
	bool changed = true;

	for (size_t round = 0; changed && round < g->n; round++) {
		changed = false;
		for (size_t i = 0; i < g->edges_n; i++) {
			const struct place *a = &g->places[g->edges[i].from];
			struct place *b = &g->places[g->edges[i].to];

			if (b->level > a->level || a == b)
				continue;
			b->level = a->level + 1;
			changed = true;
		}
	}
	for (size_t i = 0; i < g->n; i++)
		if (g->places[i].level + 1 > g->levels)
			g->levels = g->places[i].level + 1;
}

static void find_columns(struct graph *g)
{
	int32_t *used = mem_new((size_t)g->levels, sizeof *used);

	for (size_t i = 0; i < g->n; i++) {
		struct place *p = &g->places[i];

		p->column = used[p->level]++;
		if (p->column + 1 > g->columns)
			g->columns = p->column + 1;
	}
	for (size_t i = 0; i < g->edges_n; i++) {
		g->places[g->edges[i].from].leaving++;
		if (is_long(g, &g->edges[i]))
			g->lanes = LANES;
	}
	g->column_w = g->columns == 1 ? WIDTH : COLUMN;
	free(used);
}

/* The words of an edge stand above the node it leads to, in the column of the
 * end that has this edge only. */
static void find_slots(struct graph *g)
{
	for (size_t i = 0; i < g->edges_n; i++) {
		const struct place *a = &g->places[g->edges[i].from];
		const struct place *b = &g->places[g->edges[i].to];
		struct slot *s = &g->slots[i];

		s->level = b->level;
		s->column = a->leaving == 1 && a->level + 1 == b->level
			    ? a->column : b->column;
		for (size_t k = 0; k < i; k++)
			s->at += g->slots[k].level == s->level &&
				 g->slots[k].column == s->column;
	}
}

static void find_tops(struct graph *g)
{
	int32_t y = MARGIN;

	for (int32_t level = 0; level <= g->levels; level++) {
		int32_t most = 0;

		for (size_t i = 0; i < g->edges_n; i++)
			if (g->slots[i].level == level &&
			    g->slots[i].at + 1 > most)
				most = g->slots[i].at + 1;
		if (level && level < g->levels)
			y += most * WORDS + ARROW;
		g->tops[level] = y;
		y += BOX;
	}
}

static int32_t x_of(const struct graph *g, int32_t column)
{
	return MARGIN + column * g->column_w;
}

static int32_t box_w(const struct graph *g)
{
	return g->column_w - 4 * MARGIN - g->lanes;
}

static void write_node(const struct graph *g, size_t i)
{
	const struct svg_node *n = &g->nodes[i];
	int32_t x = x_of(g, g->places[i].column);
	int32_t y = g->tops[g->places[i].level];
	int32_t w = box_w(g);
	size_t columns = (size_t)(w - 12) / STRONG;

	svg_rect(g->out, n->is_source ? "node source" : "node",
		 (struct svg_box){x, y, w, BOX});
	svg_text(g->out, "strong", x + 8, y + (n->note.n ? 16 : 24), n->label,
		 columns);
	if (n->note.n)
		svg_text(g->out, "soft", x + 8, y + 31, n->note,
			 (size_t)(w - 12) / LETTER);
}

/* Down a lane, beside the boxes. */
static void write_long_line(const struct graph *g, size_t i)
{
	const struct svg_edge *e = &g->edges[i];
	const struct place *a = &g->places[e->from], *b = &g->places[e->to];
	int32_t x1 = x_of(g, a->column) + box_w(g);
	int32_t x2 = x_of(g, b->column) + box_w(g);
	int32_t y1 = g->tops[a->level] + BOX / 2;
	int32_t y2 = g->tops[b->level] + BOX / 2;
	int32_t lane = x2 + ARROW + (int32_t)(i % 3) * 4;

	strbuf_fmt(g->out, "<path class=\"edge\" d=\"M%d %dH%dV%dH%d\"/>\n"
			   "<path class=\"arrow\" d=\"M%d %dl8 -4v8z\"/>\n",
		   x1, y1, lane, y2, x2 + 4, x2, y2);
}

static void write_line(const struct graph *g, const struct svg_edge *e)
{
	const struct place *a = &g->places[e->from], *b = &g->places[e->to];
	int32_t x1 = x_of(g, a->column) + LINE_X, y1 = g->tops[a->level] + BOX;
	int32_t x2 = x_of(g, b->column) + LINE_X, y2 = g->tops[b->level];

	strbuf_fmt(g->out, "<path class=\"edge\" d=\"M%d %dV%dH%dV%d\"/>\n"
			   "<path class=\"arrow\" d=\"M%d %dl-4 -8h8z\"/>\n",
		   x1, y1, y2 - ARROW + 2, x2, y2 - 4, x2, y2);
}

/* An edge whose line is not right beside its words names where it begins. */
static void write_words(const struct graph *g, size_t i)
{
	const struct slot *s = &g->slots[i];
	const struct svg_edge *e = &g->edges[i];
	bool is_far = is_long(g, e) ||
		      g->places[e->from].column != s->column;
	int32_t x = x_of(g, s->column) + LINE_X + 8;
	int32_t y = g->tops[s->level - 1] + BOX + s->at * WORDS;
	size_t columns = (size_t)(g->column_w - LINE_X - 16) / LETTER;
	struct str words = e->label;
	struct strbuf b;

	strbuf_init(&b, 0);
	if (is_far) {
		strbuf_add(&b, g->nodes[e->from].label);
		strbuf_cstr(&b, " ");
		strbuf_add(&b, words);
		words = strbuf_str(&b);
	}
	svg_text(g->out, "", x, y + 15, words, columns);
	strbuf_release(&b);
	svg_text(g->out, "soft", x, y + 29, e->cite, columns);
}

static void write_graph(const struct graph *g)
{
	struct strbuf label;
	int32_t width = g->columns * g->column_w;

	strbuf_init(&label, 0);
	strbuf_fmt(&label, "Graph of %zu parties; the table of records says "
			   "the same", g->n);
	svg_open(g->out, g->columns > 2 ? "chart chain wide" : "chart chain",
		 width, g->tops[g->levels - 1] + BOX + MARGIN,
		 strbuf_str(&label));
	strbuf_release(&label);
	for (size_t i = 0; i < g->edges_n; i++)
		if (is_long(g, &g->edges[i]))
			write_long_line(g, i);
		else
			write_line(g, &g->edges[i]);
	for (size_t i = 0; i < g->n; i++)
		write_node(g, i);
	for (size_t i = 0; i < g->edges_n; i++)
		if (g->slots[i].level > 0)
			write_words(g, i);
	svg_close(g->out);
}

void svg_chain(struct strbuf *out, const struct svg_node *nodes, size_t n,
	       const struct svg_edge *edges, size_t edges_n)
{
	struct graph g = {.out = out, .nodes = nodes, .edges = edges, .n = n,
			  .edges_n = edges_n};

	if (!n)
		return;
	g.places = mem_new(n, sizeof *g.places);
	g.slots = mem_new(edges_n, sizeof *g.slots);
	find_levels(&g);
	find_columns(&g);
	find_slots(&g);
	g.tops = mem_new((size_t)g.levels + 1, sizeof *g.tops);
	find_tops(&g);
	write_graph(&g);
	free(g.places);
	free(g.slots);
	free(g.tops);
}
