/* Ids, links and cells of the HTML report. */
#include "report/html_page.h"

#include "base/date.h"
#include "base/mem.h"
#include "model/facts_index.h"
#include "report/markup.h"

#define DETAILS 400 /* components that get a detail */

struct str html_page_id(struct html_page *p, const char *prefix,
			struct str text)
{
	struct strbuf b;
	struct str base, id;
	bool is_new;
	size_t *n;

	strbuf_init(&b, 0);
	strbuf_cstr(&b, prefix);
	markup_slug(&b, text);
	base = id = arena_dup(&p->arena, strbuf_str(&b));
	strbuf_release(&b);
	n = map_put(&p->ids, base, 1, &is_new);
	while (!is_new) {
		size_t next = ++*n;

		id = arena_fmt(&p->arena, "%.*s-%zu", STR_ARG(base), next);
		map_put(&p->ids, id, 1, &is_new);
		n = map_get(&p->ids, base);
	}
	return id;
}

/* What is proven most first, then what most is known of. */
static int worst_first(const void *va, const void *vb)
{
	const struct component_score *a = *(struct component_score *const *)va;
	const struct component_score *b = *(struct component_score *const *)vb;

	if (!a->weight != !b->weight)
		return a->weight ? -1 : 1;
	if (a->low_bp != b->low_bp)
		return a->low_bp < b->low_bp ? 1 : -1;
	if (a->coverage_bp != b->coverage_bp)
		return a->coverage_bp < b->coverage_bp ? 1 : -1;
	if (a->high_bp != b->high_bp)
		return a->high_bp < b->high_bp ? 1 : -1;
	if (a->weight != b->weight)
		return a->weight < b->weight ? 1 : -1;
	return (a->component > b->component) - (a->component < b->component);
}

static void sort_components(struct html_page *p)
{
	size_t n = p->v ? p->v->scores.n : 0;
	const struct component_score **by = mem_new(n, sizeof *by);

	for (size_t i = 0; i < n; i++)
		by[i] = &p->v->scores.v[i];
	qsort(by, n, sizeof *by, worst_first);
	p->order = arena_alloc(&p->arena, n * sizeof *p->order);
	p->order_n = n;
	p->has_detail = arena_alloc(&p->arena, n * sizeof *p->has_detail);
	for (size_t i = 0, details = 0; i < n; i++) {
		p->order[i] = by[i]->component;
		p->has_detail[by[i]->component] =
			by[i]->by.n && details++ < DETAILS;
	}
	free(by);
}

void html_page_init(struct html_page *p, const struct report_input *in,
		    struct strbuf *out)
{
	size_t n = in->scan->parts.components.n;
	size_t organisations = in->scan->facts
			       ? in->scan->facts->organisations.n : 0;

	*p = (struct html_page){.out = out, .in = in,
				.v = in->verdicts_n ? in->verdicts : NULL};
	p->components = arena_alloc(&p->arena, n * sizeof *p->components);
	for (size_t i = 0; i < n; i++)
		p->components[i] = html_page_id(p, "c-", html_page_name(p, i));
	p->organisations = arena_alloc(&p->arena, organisations *
				       sizeof *p->organisations);
	sort_components(p);
}

void html_page_release(struct html_page *p)
{
	map_release(&p->ids);
	map_release(&p->source_ids);
	vec_release(&p->sources);
	arena_release(&p->arena);
}

void html_page_each(struct html_page *p, void (*write)(struct html_page *p))
{
	for (size_t i = 0; i < p->in->verdicts_n; i++) {
		p->v = &p->in->verdicts[i];
		if (p->in->verdicts_n > 1) {
			strbuf_cstr(p->out, "<article>\n<h3>");
			markup_text(p->out, p->v->title);
			strbuf_cstr(p->out, "</h3>\n");
		}
		write(p);
		strbuf_cstr(p->out, p->in->verdicts_n > 1 ? "</article>\n"
							  : "");
	}
	p->v = p->in->verdicts_n ? p->in->verdicts : NULL;
}

enum standing html_page_worst(const struct html_page *p, size_t organisation)
{
	enum standing worst = STANDING_OTHER;

	for (size_t i = 0; i < p->in->verdicts_n; i++) {
		const struct org_standing *s =
			&p->in->verdicts[i].standings.v[organisation];

		if (s->standing == STANDING_CONCERN)
			return STANDING_CONCERN;
		if (s->on_b == STANDING_CONCERN)
			worst = STANDING_UNKNOWN;
	}
	return worst;
}

struct str html_page_list_title(const struct html_page *p, struct str list)
{
	const struct facts *f = p->in->scan->facts;
	struct facts_run run;

	if (!f)
		return STR("");
	run = facts_index_subject(f, FACT_LIST, list);
	return run.n ? f->rows.v[run.first].value : STR("");
}

struct str html_page_name(struct html_page *p, size_t component)
{
	const struct component *c =
		&p->in->scan->parts.components.v[component];

	if (!c->version.n)
		return c->name;
	return arena_fmt(&p->arena, "%.*s %.*s", STR_ARG(c->name),
			 STR_ARG(c->version));
}

void html_page_component(struct html_page *p, size_t i)
{
	strbuf_fmt(p->out, "<a href=\"#%.*s\">", STR_ARG(p->components[i]));
	markup_name(p->out, html_page_name(p, i));
	strbuf_cstr(p->out, "</a>");
}

void html_page_organisation(struct html_page *p, size_t i)
{
	struct str id = p->organisations[i];

	if (id.n)
		strbuf_fmt(p->out, "<a href=\"#%.*s\">", STR_ARG(id));
	markup_name(p->out, p->in->scan->facts->organisations.v[i].name);
	if (id.n)
		strbuf_cstr(p->out, "</a>");
}

void html_page_state(struct html_page *p, enum rule_state s)
{
	static const char *const classes[] = {
		[RULE_MET] = "met", [RULE_NOT_MET] = "broken",
		[RULE_UNPROVEN] = "open", [RULE_NOT_APPLICABLE] = "idle"};
	static const char *const signs[] = {
		[RULE_MET] = "\xe2\x9c\x93", [RULE_NOT_MET] = "\xe2\x9c\x95",
		[RULE_UNPROVEN] = "?", [RULE_NOT_APPLICABLE] = "\xe2\x80\x93"};

	strbuf_fmt(p->out, "<span class=\"state %s\"><span aria-hidden=\"true"
			   "\">%s</span> %s</span>", classes[s], signs[s],
		   verdict_state_name(s));
}

void html_page_state_named(struct html_page *p, struct str state)
{
	static const enum rule_state all[] = {
		RULE_MET, RULE_NOT_MET, RULE_UNPROVEN, RULE_NOT_APPLICABLE};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (str_is(state, verdict_state_name(all[i]))) {
			html_page_state(p, all[i]);
			return;
		}
	markup_name(p->out, state);
}

/* No bar where nothing is known: there may be very many of these. */
void html_page_interval(struct html_page *p, struct svg_interval i)
{
	if (i.all.low_bp <= 0 && i.all.high_bp >= 10000 && i.limit_bp < 0) {
		markup_interval(p->out, i.all.low_bp, i.all.high_bp);
		return;
	}
	svg_interval(p->out, &i, STR(""));
	strbuf_cstr(p->out, "<span>");
	markup_interval(p->out, i.all.low_bp, i.all.high_bp);
	strbuf_cstr(p->out, "</span>");
}

size_t html_page_path(struct html_page *p, size_t component,
		      struct str *names, size_t most)
{
	size_t n = 0, at = component;

	for (; at != SIZE_MAX && n < most; at = p->v->scores.v[at].parent)
		names[n++] = html_page_name(p, at);
	if (at != SIZE_MAX)
		names[n - 1] = STR("\xe2\x80\xa6");
	for (size_t i = 0; i < n / 2; i++) {
		struct str s = names[i];

		names[i] = names[n - 1 - i];
		names[n - 1 - i] = s;
	}
	return n;
}

void html_page_table_open(struct html_page *p, const char *class,
			  const char *caption, const char *columns)
{
	struct str rest = str_c(columns), column;

	strbuf_fmt(p->out, "<div class=\"scroll\" role=\"group\" "
			   "tabindex=\"0\" aria-label=\"%s\">\n"
			   "<table class=\"%s\">\n<caption>%s</caption>\n"
			   "<thead><tr>", caption, class, caption);
	while (rest.n && str_split(&rest, '|', &column))
		strbuf_fmt(p->out, "<th scope=\"col\">%.*s</th>",
			   STR_ARG(column));
	strbuf_cstr(p->out, "</tr></thead>\n<tbody>\n");
}

void html_page_table_close(struct html_page *p)
{
	strbuf_cstr(p->out, "</tbody>\n</table>\n</div>\n");
}

void html_page_legend(struct html_page *p, const char *more)
{
	static const char *const rows[][2] = {
		{"is", "proven to be of organisations of concern"},
		{"may", "unknown: cannot be ruled out"},
		{"no", "ruled out"}};

	strbuf_cstr(p->out, "<ul class=\"legend\">");
	for (size_t i = 0; i < 3; i++)
		strbuf_fmt(p->out, "<li><svg class=\"key\" aria-hidden=\"true\""
				   "><rect class=\"%s\" width=\"100%%\" "
				   "height=\"100%%\"/></svg> %s</li>",
			   rows[i][0], rows[i][1]);
	strbuf_cstr(p->out, more);
	strbuf_cstr(p->out, "</ul>\n");
}
