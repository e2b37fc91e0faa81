/* Sorted arrays of LEIs, and marks that spread along the relations. */
#include "feeds/gleif_graph.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/mem.h"

enum { WANTED = 1, ABOVE = 2, BELOW = 4 };

#define PAIRS_MAX 20000000
#define SPILL (2 * LIMIT_MB) /* rows in memory */
#define FIELD_MAX (LIMIT_NAME_BYTES + 1) /* longer is refused anyway */
#define ROW_MAX (ROWS_COLUMNS * (FIELD_MAX + 1))

void gleif_graph_edge(struct gleif_graph *g, struct str held,
		      struct str holder)
{
	struct gleif_graph_pair *p;

	if (held.n != GLEIF_GRAPH_LEI || holder.n != GLEIF_GRAPH_LEI ||
	    g->pairs.n == PAIRS_MAX)
		return;
	p = vec_add(&g->pairs);
	memcpy(p->held.text, held.p, GLEIF_GRAPH_LEI);
	memcpy(p->holder.text, holder.p, GLEIF_GRAPH_LEI);
}

static int by_lei(const void *a, const void *b)
{
	return memcmp(a, b, GLEIF_GRAPH_LEI);
}

/* The number of a node, SIZE_MAX when it has no relation. */
static size_t find(const struct gleif_graph *g, const char *lei)
{
	size_t low = 0, high = g->nodes.n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int c = memcmp(g->nodes.v[mid].lei.text, lei,
			       GLEIF_GRAPH_LEI);

		if (!c)
			return mid;
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return SIZE_MAX;
}

void gleif_graph_sort(struct gleif_graph *g)
{
	size_t n = 0;

	for (size_t i = 0; i < g->pairs.n; i++) {
		vec_push(&g->nodes, (struct gleif_graph_node){
			.lei = g->pairs.v[i].held});
		vec_push(&g->nodes, (struct gleif_graph_node){
			.lei = g->pairs.v[i].holder});
	}
	vec_sort(&g->nodes, by_lei); /* it begins with its LEI */
	for (size_t i = 0; i < g->nodes.n; i++)
		if (!n || by_lei(&g->nodes.v[i], &g->nodes.v[n - 1]))
			g->nodes.v[n++] = g->nodes.v[i];
	g->nodes.n = n;
	for (size_t i = 0; i < g->pairs.n; i++) {
		vec_push(&g->edges, (uint32_t)find(
			g, g->pairs.v[i].held.text));
		vec_push(&g->edges, (uint32_t)find(
			g, g->pairs.v[i].holder.text));
	}
	vec_release(&g->pairs);
}

void gleif_graph_want(struct gleif_graph *g, struct str lei)
{
	size_t i = lei.n == GLEIF_GRAPH_LEI ? find(g, lei.p) : SIZE_MAX;

	if (i != SIZE_MAX)
		g->nodes.v[i].marks |= WANTED | ABOVE | BELOW;
}

/* --- rows that wait ------------------------------------------------------- */

static void spill(struct gleif_graph *g)
{
	struct str rest = strbuf_str(&g->rows);

	if (!g->file)
		g->file = open(g->folder, O_RDWR | O_TMPFILE | O_CLOEXEC,
			       0600);
	if (g->file < 0) {
		g->folder = NULL; /* not on this file system: in memory */
		return;
	}
	while (rest.n && !g->has_failed) {
		ssize_t n = pwrite(g->file, rest.p, rest.n,
				   (off_t)g->written);

		g->has_failed = n <= 0;
		if (n > 0) {
			rest = str_from(rest, (size_t)n);
			g->written += (uint64_t)n;
		}
	}
	strbuf_clear(&g->rows);
}

/* The bytes from where a row begins; NULL with its end when they are lost. */
static struct str row_at(struct gleif_graph *g, uint64_t at, char *room)
{
	ssize_t n;

	if (at >= g->written)
		return str_from(strbuf_str(&g->rows),
				(size_t)(at - g->written));
	n = pread(g->file, room, ROW_MAX, (off_t)at);
	g->has_failed = g->has_failed || n <= 0;
	return str_n(room, n > 0 ? (size_t)n : 0);
}

void gleif_graph_hold(struct gleif_graph *g, const struct str *fields,
		      size_t n)
{
	size_t i = fields[0].n == GLEIF_GRAPH_LEI ? find(g, fields[0].p)
						  : SIZE_MAX;

	if (i == SIZE_MAX || g->nodes.v[i].waits)
		return;
	for (size_t k = 1; k < n; k++)
		if (str_find_ch(fields[k], '\0') != SIZE_MAX)
			return;
	if (g->written + g->rows.n > UINT32_MAX)
		g->has_failed = true;
	if (g->has_failed)
		return;
	g->width = n;
	g->nodes.v[i].waits = true;
	g->nodes.v[i].row = (uint32_t)(g->written + g->rows.n);
	for (size_t k = 1; k < n; k++) {
		strbuf_add(&g->rows, str_head(fields[k], FIELD_MAX));
		strbuf_ch(&g->rows, '\0');
	}
	if (g->folder && g->rows.n >= SPILL)
		spill(g);
}

/* One step up or down along each relation; did a mark move? */
static bool spread(struct gleif_graph *g)
{
	bool has_moved = false;

	for (size_t i = 0; i < g->edges.n; i += 2) {
		unsigned char *held = &g->nodes.v[g->edges.v[i]].marks;
		unsigned char *holder = &g->nodes.v[g->edges.v[i + 1]].marks;

		if ((*held & ABOVE) && !(*holder & ABOVE)) {
			*holder |= ABOVE;
			has_moved = true;
		}
		if ((*holder & BELOW) && !(*held & BELOW)) {
			*held |= BELOW;
			has_moved = true;
		}
	}
	return has_moved;
}

enum err gleif_graph_close(struct gleif_graph *g, rows_take *take,
			   void *context)
{
	struct str fields[ROWS_COLUMNS], rest;
	char *room = mem_new(1, ROW_MAX);

	for (unsigned i = 0; i < LIMIT_CHAIN * 4 && spread(g); i++)
		;
	for (size_t i = 0; i < g->nodes.n; i++) {
		const struct gleif_graph_node *n = &g->nodes.v[i];

		if (!n->marks || (n->marks & WANTED) || !n->waits)
			continue;
		rest = row_at(g, n->row, room);
		fields[0] = str_n(n->lei.text, GLEIF_GRAPH_LEI);
		for (size_t k = 1; k < ROWS_COLUMNS; k++)
			if (k >= g->width ||
			    !str_split(&rest, '\0', &fields[k]))
				fields[k] = STR("");
		if (!g->has_failed)
			take(context, fields);
	}
	free(room);
	return g->has_failed ? ERR_IO : OK;
}

void gleif_graph_release(struct gleif_graph *g)
{
	vec_release(&g->pairs);
	vec_release(&g->nodes);
	vec_release(&g->edges);
	strbuf_release(&g->rows);
	if (g->file > 0)
		close(g->file);
}
