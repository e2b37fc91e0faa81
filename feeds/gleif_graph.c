/* Sorted arrays of LEIs, and marks that spread along the relations. */
#include "feeds/gleif_graph.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/mem.h"

enum { WANTED = 1, ABOVE = 2, BELOW = 4 };

#define ENDS_MAX 40000000 /* of relations, two each */
#define SPILL (2 * LIMIT_MB) /* rows in memory */
#define FIELD_MAX (LIMIT_NAME_BYTES + 1) /* longer is refused anyway */
#define ROW_MAX (ROWS_COLUMNS * (FIELD_MAX + 1))

static void add_end(struct gleif_graph *g, struct str lei)
{
	struct gleif_graph_node one = {.row = (uint32_t)g->nodes.n};

	memcpy(one.lei.text, lei.p, GLEIF_GRAPH_LEI);
	vec_push(&g->nodes, one);
}

void gleif_graph_edge(struct gleif_graph *g, struct str held,
		      struct str holder)
{
	if (held.n != GLEIF_GRAPH_LEI || holder.n != GLEIF_GRAPH_LEI ||
	    g->nodes.n == ENDS_MAX)
		return;
	add_end(g, held);
	add_end(g, holder);
}

static bool is_before(const struct gleif_graph_node *a,
		      const struct gleif_graph_node *b)
{
	return memcmp(a->lei.text, b->lei.text, GLEIF_GRAPH_LEI) < 0;
}

/* Lets a node sink below those that come after it. */
static void sink(struct gleif_graph_node *v, size_t at, size_t n)
{
	struct gleif_graph_node one = v[at];
	size_t next;

	while ((next = 2 * at + 1) < n) {
		next += next + 1 < n && is_before(&v[next], &v[next + 1]);
		if (!is_before(&one, &v[next]))
			break;
		v[at] = v[next];
		at = next;
	}
	v[at] = one;
}

/* A heap, in place: qsort may take as much memory once more. */
static void sort(struct gleif_graph_node *v, size_t n)
{
	for (size_t i = n / 2; i-- > 0;)
		sink(v, i, n);
	for (size_t last = n; last-- > 1;) {
		struct gleif_graph_node one = v[0];

		v[0] = v[last];
		v[last] = one;
		sink(v, 0, last);
	}
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
	struct gleif_graph_node *v = g->nodes.v;
	size_t n = 0;

	sort(v, g->nodes.n);
	g->edges.v = mem_new(g->nodes.n + 1, sizeof *g->edges.v);
	g->edges.n = g->edges.cap = g->nodes.n;
	for (size_t i = 0; i < g->nodes.n; i++) {
		uint32_t end = v[i].row;

		if (!n || is_before(&v[n - 1], &v[i]))
			v[n++] = v[i];
		g->edges.v[end] = (uint32_t)(n - 1);
	}
	g->nodes.n = n;
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
	vec_release(&g->nodes);
	vec_release(&g->edges);
	strbuf_release(&g->rows);
	if (g->file > 0)
		close(g->file);
}
