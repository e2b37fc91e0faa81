/* What `ranwhence entity` prints: an organisation and its ladder. */
#include "base/date.h"
#include "base/diag_json.h"
#include "base/json_out.h"
#include "base/utf8.h"
#include "report/json_parts.h"
#include "report/report.h"

static const char *class_name(enum host_class c)
{
	switch (c) {
	case HOST_UNKNOWN: return "unknown";
	case HOST_ORGANISATION: return "organisation";
	case HOST_NEUTRAL: return "neutral";
	}
	return "unknown";
}

/* Is the row about this organisation, as one side of it? */
static bool is_about(const struct fact *r, size_t organisation)
{
	return r->subject_org == organisation || r->object_org == organisation;
}

static void write_host(const struct report_entity *e, struct json_out *j)
{
	json_out_key(j, "host");
	if (!e->is_host) {
		json_out_null(j);
		return;
	}
	json_out_object(j);
	json_out_kstr(j, "class", str_c(class_name(e->host.class)));
	json_out_kbool(j, "ambiguous", e->host.is_ambiguous);
	json_out_key(j, "fact");
	if (e->host.fact == SIZE_MAX)
		json_out_null(j);
	else
		json_parts_fact(e->facts, e->host.fact, j);
	json_out_object_end(j);
}

/* What rows of one kind say of the organisation on the day, as a list. */
static void write_said(const struct report_entity *e, enum fact_kind kind,
		       const char *key, struct json_out *j)
{
	json_out_key(j, key);
	json_out_array(j);
	for (size_t i = 0; i < e->facts->rows.n; i++) {
		const struct fact *r = &e->facts->rows.v[i];

		if (r->kind != kind || r->state != FACT_ACCEPTED ||
		    r->from.first > e->as_of || r->to.last <= e->as_of)
			continue;
		if (kind == FACT_HOST && r->object_org == e->organisation)
			json_out_str(j, r->subject);
		else if (kind != FACT_HOST &&
			 r->subject_org == e->organisation)
			json_out_str(j, r->value);
	}
	json_out_array_end(j);
}

static void write_organisation(const struct report_entity *e,
			       struct json_out *j)
{
	const struct organisation *o;

	if (e->organisation == SIZE_MAX) {
		json_out_null(j);
		return;
	}
	o = &e->facts->organisations.v[e->organisation];
	json_out_object(j);
	json_out_kstr(j, "id", o->id);
	json_out_kstr(j, "name", o->name);
	json_out_kstr_or_null(j, "kind", o->kind);
	json_out_kstr_or_null(j, "lei", o->lei);
	write_said(e, FACT_ESTABLISHES, "established", j);
	write_said(e, FACT_ALIAS, "aliases", j);
	write_said(e, FACT_HOST, "hosts", j);
	json_out_object_end(j);
}

static void write_facts(const struct report_entity *e, struct json_out *j)
{
	json_out_key(j, "facts");
	json_out_array(j);
	for (size_t i = 0; i < e->facts->rows.n; i++)
		if (e->organisation != SIZE_MAX &&
		    is_about(&e->facts->rows.v[i], e->organisation))
			json_parts_fact(e->facts, i, j);
	json_out_array_end(j);
}

static void write_json(const struct report_entity *e, struct strbuf *out)
{
	struct json_out j;

	json_out_init(&j, out, false);
	json_out_object(&j);
	json_out_kstr(&j, "schema", STR("ranwhence.entity/1"));
	json_out_kstr(&j, "query", e->query);
	json_parts_kdate(&j, "as_of", e->as_of);
	json_out_key(&j, "organisation");
	write_organisation(e, &j);
	write_host(e, &j);
	if (e->ladder) {
		json_parts_ladder(e->facts, e->ladder, &j);
	} else {
		json_out_key(&j, "ladder");
		json_out_array(&j);
		json_out_array_end(&j);
	}
	write_facts(e, &j);
	json_out_key(&j, "diagnostics");
	diag_json_write(e->diags, &j);
	json_out_object_end(&j);
	json_out_end(&j);
}

static void write_fact(const struct facts *f, size_t fact,
		       struct strbuf *out)
{
	const struct fact *r = &f->rows.v[fact];

	strbuf_cstr(out, "              ");
	utf8_show(out, r->subject);
	strbuf_fmt(out, " %s ", facts_kind_name(r->kind));
	utf8_show(out, r->object);
	if (r->value.n) {
		strbuf_cstr(out, r->object.n ? " (" : "");
		utf8_show(out, r->value);
		strbuf_cstr(out, r->object.n ? ")" : "");
	}
	strbuf_ch(out, ' ');
	date_write_span(out, r->from);
	strbuf_cstr(out, "..");
	date_write_span(out, r->to);
	strbuf_fmt(out, "  [%c ", facts_confidence_letter(r->confidence));
	utf8_show(out, r->evidence->source);
	strbuf_cstr(out, "]\n");
}

static bool is_share(enum rung r)
{
	return r == RUNG_OWNED50 || r == RUNG_OWNED25 || r == RUNG_OWNED10 ||
	       r == RUNG_OWNED5;
}

static void write_rung(const struct report_entity *e, enum rung rung,
		       const struct report_style *style, struct strbuf *out)
{
	const struct rung_result *r = &e->ladder->rungs[rung];
	const char *on = "", *off = "";

	if (style->colour && r->state != RUNG_NO) {
		on = r->state == RUNG_PROVEN ? "\033[1;31m" : "\033[33m";
		off = "\033[0m";
	}
	strbuf_fmt(out, "  %-12s%s%-9s%s", ladder_rung_name(rung), on,
		   ladder_state_name(r->state), off);
	if (is_share(rung) && r->high_bp)
		strbuf_fmt(out, " %d.%02d..%d.%02d %%", r->low_bp / 100,
			   r->low_bp % 100, r->high_bp / 100,
			   r->high_bp % 100);
	if (r->state_on_b != r->state)
		strbuf_fmt(out, " (%s if uncited records hold)",
			   ladder_state_name(r->state_on_b));
	strbuf_ch(out, '\n');
	for (size_t i = 0; r->state == RUNG_PROVEN && i < r->chain_n; i++)
		write_fact(e->facts, r->chain[i], out);
}

static void write_text(const struct report_entity *e,
		       const struct report_style *style, struct strbuf *out)
{
	const struct organisation *o = NULL;

	if (e->organisation != SIZE_MAX)
		o = &e->facts->organisations.v[e->organisation];
	if (e->is_host) {
		utf8_show(out, e->query);
		strbuf_fmt(out, ": host of class %s%s\n",
			   class_name(e->host.class),
			   e->host.is_ambiguous ? ", owner changed then" : "");
		if (e->host.fact != SIZE_MAX)
			write_fact(e->facts, e->host.fact, out);
	}
	if (o) {
		utf8_show(out, o->name);
		strbuf_cstr(out, " (");
		utf8_show(out, o->id);
		strbuf_cstr(out, o->kind.n ? ", " : "");
		utf8_show(out, o->kind);
		strbuf_cstr(out, "), as of ");
		date_write(out, e->as_of);
		strbuf_ch(out, '\n');
	}
	for (size_t i = 0; e->ladder && i < RUNG_COUNT; i++)
		write_rung(e, (enum rung)i, style, out);
}

void report_entity(const struct report_entity *e,
		   const struct report_style *style, struct strbuf *out)
{
	if (style)
		write_text(e, style, out);
	else
		write_json(e, out);
}
