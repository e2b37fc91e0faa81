/* The shared pieces of JSON. */
#include "report/json_parts.h"

#include "base/date.h"
#include "model/facts_index.h"

static void write_evidence(const struct component *c, struct json_out *j)
{
	json_out_key(j, "evidence");
	json_out_array(j);
	for (size_t i = 0; i < c->evidence.n; i++) {
		const struct evidence *e = &c->evidence.v[i];

		json_out_object(j);
		json_out_kstr_or_null(j, "path", e->path);
		json_out_ki64_or_null(j, "line", e->line ? (int64_t)e->line
							 : -1);
		json_out_object_end(j);
	}
	json_out_array_end(j);
}

static const char *provenance_name(enum provenance_kind k)
{
	switch (k) {
	case PROVENANCE_UNKNOWN: return "unknown";
	case PROVENANCE_ARTIFACT: return "artifact";
	case PROVENANCE_REPOSITORY: return "repository";
	}
	return "unknown";
}

static void write_texts(const char *key, const struct str *v, size_t n,
			struct json_out *j)
{
	if (n)
		json_out_kstrs(j, key, v, n);
}

/* What few declarations say is written only where they do. */
static void write_rare(const struct component *c, struct json_out *j)
{
	if (c->completeness)
		json_out_kstr(j, "completeness",
			      c->completeness == COMPLETENESS_COMPLETE
			      ? STR("complete") : STR("incomplete"));
	if (c->is_optional)
		json_out_kbool(j, "optional", true);
	if (c->provenance.is_claimed)
		json_out_kbool(j, "claimed", true);
	write_texts("more_purls", c->more_purls.v, c->more_purls.n, j);
}

/* How the SBOM names what it describes. */
static void write_named(const struct component *c, struct json_out *j)
{
	if (c->group.n)
		json_out_kstr(j, "group", c->group);
	write_texts("refs", c->refs.v, c->refs.n, j);
}

static void write_component(const struct component *c, bool is_named,
			    struct json_out *j)
{
	json_out_object(j);
	json_out_kstr_or_null(j, "purl", c->purl);
	json_out_kstr(j, "name", c->name);
	json_out_kstr_or_null(j, "version", c->version);
	json_out_kstr_or_null(j, "type", c->type);
	json_out_kstr(j, "scope", str_c(component_scope_name(c->scope)));
	json_out_kstr_or_null(j, "supplier", c->supplier);
	json_out_kstr_or_null(j, "producer", c->producer);
	json_out_kstr_or_null(j, "packager", c->packager);
	json_out_kstr(j, "provenance",
		      str_c(provenance_name(c->provenance.kind)));
	json_out_kstr_or_null(j, "repository", c->provenance.repository);
	json_out_kstr_or_null(j, "commit", c->provenance.commit);
	json_out_kstr_or_null(j, "ref", c->provenance.ref);
	json_out_kstr_or_null(j, "hash", c->provenance.hash);
	json_out_kstr_or_null(j, "resolved_by", c->provenance.how);
	json_out_kstr_or_null(j, "function",
			      str_c(component_function_name(c->function)));
	json_out_kbool(j, "root", c->is_root);
	json_out_kbool(j, "unpinned", c->is_unpinned);
	json_out_kbool(j, "indirect", c->is_indirect);
	json_out_kbool(j, "stamped", c->is_stamped);
	json_out_kstr_or_null(j, "extractor", c->extractor);
	write_rare(c, j);
	if (is_named)
		write_named(c, j);
	write_evidence(c, j);
	json_out_object_end(j);
}

void json_parts_inventory(const struct scan *s, struct json_out *j)
{
	json_out_key(j, "components");
	json_out_array(j);
	for (size_t i = 0; i < s->parts.components.n; i++)
		write_component(&s->parts.components.v[i],
				scan_is_cyclonedx(s), j);
	json_out_array_end(j);
	json_out_key(j, "edges");
	json_out_array(j);
	for (size_t i = 0; i < s->parts.edges.n; i++) {
		const struct edge *e = &s->parts.edges.v[i];

		json_out_object(j);
		json_out_ki64(j, "from", (int64_t)e->from);
		json_out_ki64(j, "to", (int64_t)e->to);
		json_out_kstr(j, "kind", e->kind == EDGE_CONTAINS
					 ? STR("contains")
					 : STR("depends-on"));
		json_out_object_end(j);
	}
	json_out_array_end(j);
}

/* The addresses behind the source ids of a fact, joined as written. */
static void write_sources(const struct facts *f, struct str ids,
			  struct json_out *j)
{
	struct str id;

	json_out_key(j, "sources");
	json_out_array(j);
	while (str_split(&ids, ';', &id)) {
		struct str text = str_trim(id);
		struct facts_run run = facts_index_subject(f, FACT_SOURCE,
							   text);

		if (run.n)
			text = f->rows.v[run.first].value;
		if (text.n)
			json_out_str(j, text);
	}
	json_out_array_end(j);
}

static void write_span(struct json_out *j, const char *key,
		       struct date_span span)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	date_write_span(&b, span);
	json_out_kstr_or_null(j, key, strbuf_str(&b));
	strbuf_release(&b);
}

/* An edge's two sides: who holds (a party, a list, a jurisdiction), and the
 * organisation that is held. */
static void write_edge(const struct fact *r, struct json_out *j)
{
	bool is_edge = r->kind == FACT_OWNS || r->kind == FACT_CONTROLS ||
		       r->kind == FACT_LISTS;
	bool is_place = r->kind == FACT_ESTABLISHES ||
			r->kind == FACT_CONTROLLED_FROM ||
			r->kind == FACT_LOCATED;
	bool is_share = r->kind == FACT_OWNS && r->low_bp == r->high_bp;

	json_out_kstr_or_null(j, "holder", is_edge ? r->subject
				: is_place ? r->value : STR(""));
	json_out_kstr_or_null(j, "held", is_edge ? r->object
				: is_place ? r->subject : STR(""));
	json_out_ki64_or_null(j, "share_bp", is_share ? r->low_bp : -1);
}

void json_parts_fact(const struct facts *f, size_t fact, struct json_out *j)
{
	const struct fact *r = &f->rows.v[fact];
	const struct fact_evidence *e = r->evidence;
	const char letter = facts_confidence_letter(r->confidence);

	json_out_object(j);
	write_edge(r, j);
	json_out_kstr(j, "kind", str_c(facts_kind_name(r->kind)));
	json_out_kstr_or_null(j, "subject", r->subject);
	json_out_kstr_or_null(j, "object", r->object);
	json_out_kstr_or_null(j, "value", r->value);
	write_span(j, "from", r->from);
	write_span(j, "to", r->to);
	json_out_kstr_or_null(j, "source", e->source);
	write_sources(f, e->source, j);
	json_out_kstr_or_null(j, "speaks_for", e->speaks_for);
	json_out_kstr_or_null(j, "read", e->read);
	json_out_kstr(j, "confidence", str_n(&letter, 1));
	json_out_kstr(j, "state", str_c(facts_state_name(r->state)));
	json_out_kbool(j, "assumed", r->is_assumed);
	json_out_kstr_or_null(j, "note", e->note);
	json_out_kstr_or_null(j, "file", e->file);
	json_out_ki64(j, "line", r->line);
	json_out_object_end(j);
}

void json_parts_ladder(const struct facts *f, const struct ladder *l,
		       struct json_out *j)
{
	json_parts_kinterval(j, "economic", l->economic_low_bp,
			     l->economic_high_bp);
	json_parts_kinterval(j, "economic_on_b", l->economic_on_b_low_bp,
			     l->economic_on_b_high_bp);
	json_out_key(j, "ladder");
	json_out_array(j);
	for (size_t i = 0; i < RUNG_COUNT; i++) {
		const struct rung_result *r = &l->rungs[i];
		const char letter = facts_confidence_letter(r->confidence);

		json_out_object(j);
		json_out_kstr(j, "rung", str_c(ladder_rung_name((enum rung)i)));
		json_out_kstr(j, "state", str_c(ladder_state_name(r->state)));
		json_out_kstr(j, "state_on_b",
			      str_c(ladder_state_name(r->state_on_b)));
		json_out_ki64(j, "low_bp", r->low_bp);
		json_out_ki64(j, "high_bp", r->high_bp);
		json_out_kstr_or_null(j, "confidence",
				      str_n(&letter, !!r->confidence));
		json_out_key(j, "chain");
		json_out_array(j);
		for (size_t k = 0; k < r->chain_n; k++)
			json_parts_fact(f, r->chain[k], j);
		json_out_array_end(j);
		json_out_object_end(j);
	}
	json_out_array_end(j);
}

void json_parts_kinterval(struct json_out *j, const char *key,
			  int32_t low_bp, int32_t high_bp)
{
	json_out_key(j, key);
	json_out_object(j);
	json_out_ki64_or_null(j, "low_bp", low_bp);
	json_out_ki64_or_null(j, "high_bp", high_bp);
	json_out_object_end(j);
}

void json_parts_kdate(struct json_out *j, const char *key, int32_t day)
{
	struct strbuf b;

	json_out_key(j, key);
	if (day == DATE_MIN || day == DATE_MAX) {
		json_out_null(j);
		return;
	}
	strbuf_init(&b, 0);
	date_write(&b, day);
	json_out_str(j, strbuf_str(&b));
	strbuf_release(&b);
}

void json_parts_inquiry(const struct inquiry *q, struct json_out *j)
{
	json_out_object(j);
	json_out_kstr(j, "kind", str_c(inquiry_kind_name(q->kind)));
	json_out_kstr(j, "of", q->of);
	json_out_kstr(j, "feed", q->feed);
	json_parts_kdate(j, "on", q->day);
	json_out_kbool(j, "known", q->is_known);
	json_out_object_end(j);
}
