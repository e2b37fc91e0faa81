/* What `ranwhence check` prints: per document and rulebook what is missing. */
#include "base/diag_json.h"
#include "base/json_out.h"
#include "report/paint.h"
#include "report/report.h"

/* Places named per element; the rest is counted. */
#define PLACES_JSON 100
#define PLACES_TEXT 3

static size_t attributable(const struct scan *s, const struct document *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->parts_have.n; i++)
		n += rulebook_is_attributable(d, i, &s->parts);
	return n;
}

static int32_t share_bp(size_t n, size_t of)
{
	return of ? (int32_t)((uint64_t)n * 10000 / of) : 0;
}

/* The next component without an element, from *at on. */
static const struct component *next_missing(const struct scan *s,
					    const struct document *d,
					    const struct rulebook_element *e,
					    size_t *at)
{
	while (*at < d->parts_have.n) {
		size_t i = (*at)++;

		if (!(d->parts_have.v[i] & e->any))
			return &s->parts.components.v[d->first + i];
	}
	return NULL;
}

/* --- JSON ----------------------------------------------------------------- */

static void json_missing(const struct scan *s, const struct document *d,
			 const struct rulebook_element *e, struct json_out *j)
{
	const struct component *c;
	size_t at = 0;

	json_out_key(j, "missing");
	json_out_array(j);
	for (int n = 0; n < PLACES_JSON && !e->is_of_document &&
			(c = next_missing(s, d, e, &at)); n++) {
		json_out_object(j);
		json_out_kstr(j, "component", c->name);
		json_out_kstr(j, "path", c->evidence.v[0].path);
		json_out_ki64(j, "line", c->evidence.v[0].line);
		json_out_object_end(j);
	}
	json_out_array_end(j);
}

static void json_element(const struct scan *s, const struct document *d,
			 const struct rulebook *r,
			 const struct rulebook_element *e, struct json_out *j)
{
	size_t total = e->is_of_document ? 1 : d->parts_have.n;
	size_t present = e->is_of_document ? rulebook_document_has(r, e, d)
					   : rulebook_count_parts(e, d);

	json_out_object(j);
	json_out_kstr(j, "name", str_c(e->name));
	json_out_kstr(j, "of", e->is_of_document ? STR("document")
						 : STR("component"));
	json_out_kstr(j, "level", e->is_must ? STR("must") : STR("should"));
	json_out_ki64(j, "total", (int64_t)total);
	json_out_ki64(j, "present", (int64_t)present);
	json_missing(s, d, e, j);
	json_out_object_end(j);
}

static void json_rulebook(const struct scan *s, const struct document *d,
			  const struct rulebook *r, struct json_out *j)
{
	json_out_object(j);
	json_out_kstr(j, "id", str_c(r->id));
	json_out_kstr(j, "title", str_c(r->title));
	json_out_kbool(j, "met", rulebook_is_met(r, d));
	json_out_key(j, "elements");
	json_out_array(j);
	for (size_t i = 0; i < r->n; i++)
		json_element(s, d, r, &r->elements[i], j);
	json_out_array_end(j);
	json_out_object_end(j);
}

static void json_document(const struct report_checked *c,
			  const struct document *d, struct json_out *j)
{
	size_t n = attributable(c->scan, d);

	json_out_object(j);
	json_out_kstr(j, "path", d->path);
	json_out_kstr(j, "format", d->format);
	json_out_ki64(j, "components", (int64_t)d->parts_have.n);
	json_out_ki64(j, "attributable", (int64_t)n);
	json_out_ki64(j, "attributability_bp",
		      share_bp(n, d->parts_have.n));
	json_out_key(j, "rulebooks");
	json_out_array(j);
	for (size_t i = 0; i < c->rulebooks_n; i++)
		json_rulebook(c->scan, d, c->rulebooks[i], j);
	json_out_array_end(j);
	json_out_object_end(j);
}

static void write_json(const struct report_checked *c, struct strbuf *out)
{
	const struct documents *all = &c->scan->documents;
	struct json_out j;

	json_out_init(&j, out, false);
	json_out_object(&j);
	json_out_kstr(&j, "schema", STR("ranwhence.check/1"));
	json_out_key(&j, "documents");
	json_out_array(&j);
	for (size_t i = 0; i < all->list.n; i++)
		json_document(c, &all->list.v[i], &j);
	json_out_array_end(&j);
	json_out_key(&j, "diagnostics");
	diag_json_write(&c->scan->diags, &j);
	json_out_object_end(&j);
	json_out_end(&j);
}

/* --- text ----------------------------------------------------------------- */

/* "on 3 of 9: a (line 4), b (line 7) and others" */
static void add_places(const struct scan *s, const struct document *d,
		       const struct rulebook_element *e, struct strbuf *b)
{
	size_t missing = d->parts_have.n - rulebook_count_parts(e, d);
	const struct component *c;
	size_t at = 0, n = 0;

	strbuf_fmt(b, " on %zu of %zu: ", missing, d->parts_have.n);
	while (n < PLACES_TEXT && (c = next_missing(s, d, e, &at)))
		strbuf_fmt(b, "%s%.*s (line %u)", n++ ? ", " : "",
			   STR_ARG(str_head(c->name, 60)),
			   c->evidence.v[0].line);
	if (missing > n)
		strbuf_cstr(b, " and others");
}

static void text_element(const struct paint *p, const struct scan *s,
			 const struct document *d, const struct rulebook *r,
			 const struct rulebook_element *e)
{
	struct strbuf b = {0};
	bool has = e->is_of_document
		? rulebook_document_has(r, e, d)
		: rulebook_count_parts(e, d) == d->parts_have.n;

	if (has)
		return;
	strbuf_cstr(p->out, "  ");
	paint_cell(p, e->is_must ? PAINT_RED : PAINT_YELLOW,
		   e->is_must ? STR("missing") : STR("advised"), 8);
	strbuf_cstr(&b, e->name);
	if (!e->is_of_document)
		add_places(s, d, e, &b);
	else if (!e->any)
		strbuf_fmt(&b, ": %.*s, not one of %s", STR_ARG(d->format),
			   r->format_note);
	paint_wrap(p, strbuf_str(&b), 11, 11);
	strbuf_release(&b);
}

static void text_document(const struct report_checked *c,
			  const struct paint *p, const struct document *d)
{
	size_t n = attributable(c->scan, d), all = d->parts_have.n;

	paint_text(p, PAINT_BOLD, d->path);
	strbuf_fmt(p->out, ": %.*s, %zu component%s\n", STR_ARG(d->format), all,
		   all == 1 ? "" : "s");
	strbuf_fmt(p->out, "attributable: %zu of %zu component%s (", n, all,
		   all == 1 ? "" : "s");
	paint_share(p->out, share_bp(n, all), false);
	strbuf_fmt(p->out, ") name%s a creator who can be reached\n",
		   n == 1 ? "s" : "");
	for (size_t i = 0; i < c->rulebooks_n; i++) {
		const struct rulebook *r = c->rulebooks[i];
		bool is_met = rulebook_is_met(r, d);

		strbuf_fmt(p->out, "%s (%s): ", r->title, r->id);
		paint_text(p, is_met ? PAINT_GREEN : PAINT_RED,
			   is_met ? STR("met") : STR("not met"));
		strbuf_ch(p->out, '\n');
		for (size_t k = 0; k < r->n; k++)
			text_element(p, c->scan, d, r, &r->elements[k]);
	}
}

void report_check(const struct report_checked *c,
		  const struct report_style *style, struct strbuf *out)
{
	const struct documents *all = &c->scan->documents;
	struct paint p = {style, out};

	if (!style) {
		write_json(c, out);
		return;
	}
	for (size_t i = 0; i < all->list.n; i++) {
		if (i)
			strbuf_ch(out, '\n');
		text_document(c, &p, &all->list.v[i]);
	}
}
