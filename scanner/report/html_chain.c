/* Chains of records as graphs and tables. */
#include "report/html_chain.h"

#include "base/mem.h"
#include "report/markup.h"

#define HOSTS_SHOWN 12

/* --- graph --------------------------------------------------------------- */

struct graph {
	struct html_page *p;
	VEC(struct svg_node) nodes;
	VEC(struct str) keys; /* of the nodes */
	VEC(struct svg_edge) edges;
};

static struct str list_note(struct html_page *p, struct str list)
{
	struct str title = html_page_list_title(p, list);

	return title.n ? arena_fmt(&p->arena, "list: %.*s", STR_ARG(title))
		       : STR("list");
}

/* The node of an organisation, or of a text where it is none; `source` says
 * what kind of beginning it is. */
static size_t find_node(struct graph *g, size_t organisation, struct str text,
			const char *source)
{
	const struct facts *f = g->p->in->scan->facts;
	struct str key = text, note = str_c(source);

	if (organisation == SIZE_MAX && str_is(note, "list"))
		note = list_note(g->p, text);
	if (organisation != SIZE_MAX) {
		key = f->organisations.v[organisation].id;
		text = f->organisations.v[organisation].name;
		note = f->organisations.v[organisation].kind;
	}
	for (size_t i = 0; i < g->keys.n; i++)
		if (str_eq(g->keys.v[i], key))
			return i;
	vec_push(&g->keys, key);
	vec_push(&g->nodes, ((struct svg_node){text, note,
					       source != NULL}));
	return g->nodes.n - 1;
}

static struct str take(struct graph *g, struct strbuf *b)
{
	struct str s = arena_dup(&g->p->arena, strbuf_str(b));

	strbuf_release(b);
	return s;
}

static struct str words_of(struct graph *g, const struct fact *f)
{
	struct strbuf b;
	struct str value = f->value;

	strbuf_init(&b, 0);
	switch (f->kind) {
	case FACT_LISTS: strbuf_cstr(&b, "lists"); value = STR(""); break;
	case FACT_OWNS: strbuf_cstr(&b, "holds "); break;
	case FACT_CONTROLS: strbuf_cstr(&b, "controls: "); break;
	case FACT_ESTABLISHES: strbuf_cstr(&b, "established there");
		value = STR(""); break;
	case FACT_LOCATED: strbuf_cstr(&b, "has a unit there");
		value = STR(""); break;
	case FACT_CONTROLLED_FROM: strbuf_cstr(&b, "controlled from there");
		value = STR(""); break;
	default: break;
	}
	strbuf_add(&b, value);
	return take(g, &b);
}

static struct str cite_of(struct graph *g, const struct fact *f)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	html_records_dates(f, &b);
	strbuf_fmt(&b, "%s%c, %.*s", b.n ? "; " : "",
		   facts_confidence_letter(f->confidence),
		   STR_ARG(f->evidence->source));
	return take(g, &b);
}

/* A row that leads from somewhere to an organisation. */
static void add_edge(struct graph *g, const struct fact *f)
{
	struct svg_edge e;

	switch (f->kind) {
	case FACT_LISTS:
		e.from = find_node(g, SIZE_MAX, f->subject, "list");
		e.to = find_node(g, f->object_org, f->object, NULL);
		break;
	case FACT_OWNS:
	case FACT_CONTROLS:
		e.from = find_node(g, f->subject_org, f->subject, NULL);
		e.to = find_node(g, f->object_org, f->object, NULL);
		break;
	case FACT_ESTABLISHES:
	case FACT_LOCATED:
	case FACT_CONTROLLED_FROM:
		e.from = find_node(g, SIZE_MAX, f->value, "jurisdiction");
		e.to = find_node(g, f->subject_org, f->subject, NULL);
		break;
	default:
		return;
	}
	if (e.from == e.to)
		return;
	e.label = words_of(g, f);
	e.cite = cite_of(g, f);
	vec_push(&g->edges, e);
}

void html_chain_draw(struct html_page *p, const struct rung_result *r,
		     size_t organisation)
{
	struct graph g = {.p = p};

	for (size_t i = 0; i < r->chain_n; i++)
		add_edge(&g, &p->in->scan->facts->rows.v[r->chain[i]]);
	find_node(&g, organisation, STR(""), NULL);
	if (g.edges.n)
		svg_chain(p->out, g.nodes.v, g.nodes.n, g.edges.v, g.edges.n);
	vec_release(&g.nodes);
	vec_release(&g.keys);
	vec_release(&g.edges);
}

/* --- records ------------------------------------------------------------- */

struct rows { VEC(size_t) v; };

static int by_index(const void *va, const void *vb)
{
	size_t a = *(const size_t *)va, b = *(const size_t *)vb;

	return (a > b) - (a < b);
}

static void add_attribution(struct rows *rows, size_t organisation,
			    size_t of, size_t fact)
{
	bool is_last = rows->v.n && rows->v.v[rows->v.n - 1] == fact;

	if (of == organisation && fact != SIZE_MAX && !is_last)
		vec_push(&rows->v, fact);
}

static void add_supply(struct rows *rows, size_t organisation,
		       const struct supply *s)
{
	if (s->is_stated)
		add_attribution(rows, organisation, s->organisation, s->fact);
}

/* The rows by which hosts and names in this scan are of the organisation. */
static void find_attributions(const struct scan *s, size_t organisation,
			      struct rows *rows)
{
	size_t n = 0;

	for (size_t i = 0; i < s->used.hosts.n; i++)
		add_attribution(rows, organisation,
				s->used.hosts.v[i].organisation,
				s->used.hosts.v[i].fact);
	for (size_t i = 0; i < s->parts.components.n; i++)
		for (size_t k = 0; k < SUPPLY_COUNT; k++)
			add_supply(rows, organisation,
				   &s->parts.components.v[i].supply[k]);
	vec_sort(&rows->v, by_index);
	for (size_t i = 0; i < rows->v.n; i++)
		if (!n || rows->v.v[n - 1] != rows->v.v[i])
			rows->v.v[n++] = rows->v.v[i];
	rows->v.n = n;
}

void html_chain_records(struct html_page *p, const struct rung_result *r,
			size_t organisation)
{
	struct rows rows = {0};

	if (r->chain_n) {
		html_records_open(p, "Why it is of concern");
		for (size_t i = 0; i < r->chain_n; i++)
			html_records_row(p, r->chain[i]);
		html_page_table_close(p);
	}
	find_attributions(p->in->scan, organisation, &rows);
	if (rows.v.n) {
		html_records_open(p, "What makes contributions its own");
		for (size_t i = 0; i < rows.v.n && i < HOSTS_SHOWN; i++)
			html_records_row(p, rows.v.v[i]);
		html_page_table_close(p);
	}
	if (rows.v.n > HOSTS_SHOWN)
		strbuf_fmt(p->out, "<p class=\"soft\">and %zu more</p>\n",
			   rows.v.n - HOSTS_SHOWN);
	vec_release(&rows.v);
}
