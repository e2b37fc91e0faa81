/* What `ranwhence entity` prints: JSON here, text in entity_text.c and
 * entity_tree.c. */
#include "base/diag_json.h"
#include "model/facts_index.h"
#include "report/entity_page.h"
#include "report/json_parts.h"

#define WINDOWS_MAX 1000

static const char *class_name(enum host_class c)
{
	switch (c) {
	case HOST_UNKNOWN: return "unknown";
	case HOST_ORGANISATION: return "organisation";
	case HOST_NEUTRAL: return "neutral";
	}
	return "unknown";
}

static size_t index_of(const struct report_entity *e, const struct fact *r)
{
	return (size_t)(r - e->facts->rows.v);
}

static void write_windows(const struct report_entity *e, struct json_out *j)
{
	const struct fact *rows[WINDOWS_MAX];
	size_t n = entity_text_windows(e, rows, WINDOWS_MAX);

	json_out_key(j, "windows");
	json_out_array(j);
	for (size_t i = 0; i < n; i++)
		json_parts_fact(e->facts, index_of(e, rows[i]), j);
	json_out_array_end(j);
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
	write_windows(e, j);
	json_out_object_end(j);
}

/* What rows of one kind say of the organisation on the day, as a list. */
static void write_said(const struct report_entity *e, enum fact_kind kind,
		       const char *key, struct json_out *j)
{
	size_t n;
	const size_t *rows = facts_index_about(e->facts, e->organisation, &n);

	json_out_key(j, key);
	json_out_array(j);
	for (size_t i = 0; i < n; i++) {
		const struct fact *r = &e->facts->rows.v[rows[i]];

		if (r->kind == kind && r->state == FACT_ACCEPTED &&
		    facts_may_hold(r, e->as_of))
			json_out_str(j, kind == FACT_HOST ? r->subject
							  : r->value);
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
	const size_t *rows = NULL;
	size_t n = 0;

	if (e->organisation != SIZE_MAX)
		rows = facts_index_about(e->facts, e->organisation, &n);
	json_out_key(j, "facts");
	json_out_array(j);
	for (size_t i = 0; i < n; i++)
		json_parts_fact(e->facts, rows[i], j);
	json_out_array_end(j);
}

/* Names that only look alike: rows that say them. */
static void write_similar(const struct report_entity *e, struct json_out *j)
{
	json_out_key(j, "possibly_same");
	json_out_array(j);
	for (size_t i = 0; i < e->similar_n; i++)
		json_parts_fact(e->facts, e->similar[i], j);
	json_out_array_end(j);
}

static void write_set(const struct str *v, size_t n, const char *key,
		      struct json_out *j)
{
	json_out_key(j, key);
	json_out_array(j);
	for (size_t i = 0; i < n; i++)
		json_out_str(j, v[i]);
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
	write_set(e->concern->jurisdictions, e->concern->jurisdictions_n,
		  "jurisdictions", &j);
	write_set(e->concern->lists, e->concern->lists_n, "lists", &j);
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
	write_similar(e, &j);
	json_out_key(&j, "diagnostics");
	diag_json_write(e->diags, &j);
	json_out_object_end(&j);
	json_out_end(&j);
}

void report_entity(const struct report_entity *e,
		   const struct report_style *style, struct strbuf *out)
{
	struct entity_page p = {.paint = {style, out}, .e = e};

	if (!style) {
		write_json(e, out);
		return;
	}
	if (e->tree && e->organisation != SIZE_MAX)
		entity_tree(&p);
	else
		entity_text(&p);
	entity_page_sources(&p);
	entity_page_release(&p);
}
