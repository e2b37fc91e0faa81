/* Records of facts as rows of a table, with their sources. */
#include "base/date.h"
#include "model/facts_index.h"
#include "report/html_page.h"
#include "report/markup.h"

static struct str end_of(const struct html_page *p, size_t organisation,
			 struct str text)
{
	if (organisation == SIZE_MAX)
		return text;
	return p->in->scan->facts->organisations.v[organisation].name;
}

static const char *verb_of(const struct fact *f)
{
	switch (f->kind) {
	case FACT_ORGANISATION: return " is on record as ";
	case FACT_ALIAS: return " is also called ";
	case FACT_LEI: return " has the LEI ";
	case FACT_HOST: return " is a host of ";
	case FACT_NEUTRAL: return " names nobody: ";
	case FACT_BOT: return " is automation: ";
	case FACT_TYPO: return " is a misspelling of ";
	case FACT_ESTABLISHES: return " is established in ";
	case FACT_LOCATED: return " has a unit in ";
	case FACT_OWNS: return " holds ";
	case FACT_CONTROLS: return " controls ";
	case FACT_CONTROLLED_FROM: return " is controlled from ";
	case FACT_DISPERSED: return " has no such holder: ";
	case FACT_LISTS: return " lists ";
	case FACT_EXTENT: return " is held ";
	case FACT_EXEMPTS: return " cannot name what is established in ";
	case FACT_PUBLISHES: return " is published by ";
	case FACT_MIRROR: return " is a mirror of ";
	case FACT_REGISTRANT: return " is registered by somebody in ";
	case FACT_UNDISCLOSED: return " does not name its parent: ";
	case FACT_FORK: return " is a fork of ";
	default: return " ";
	}
}

static void write_sentence(struct html_page *p, const struct fact *f,
			   struct strbuf *b)
{
	struct str object = end_of(p, f->object_org, f->object);

	strbuf_add(b, end_of(p, f->subject_org, f->subject));
	strbuf_cstr(b, verb_of(f));
	if (f->kind == FACT_OWNS) {
		strbuf_add(b, str_is(f->value, "unknown")
				      ? STR("an unknown share") : f->value);
		strbuf_cstr(b, " of ");
		strbuf_add(b, object);
		return;
	}
	strbuf_add(b, object);
	if (f->value.n && object.n && f->kind != FACT_ORGANISATION)
		strbuf_fmt(b, " (%.*s)", STR_ARG(f->value));
	else if (f->value.n && !object.n)
		strbuf_add(b, f->value);
}

void html_records_dates(const struct fact *f, struct strbuf *b)
{
	bool has_from = f->from.first != DATE_MIN;
	bool has_to = f->to.last != DATE_MAX;

	if (has_from && !has_to)
		strbuf_cstr(b, "since ");
	if (!has_from && has_to)
		strbuf_cstr(b, "until ");
	date_write_span(b, f->from);
	if (has_from && has_to)
		strbuf_cstr(b, " to ");
	date_write_span(b, f->to);
}

/* Notes a source; its number, from 1. */
static size_t note_source(struct html_page *p, struct str id)
{
	bool is_new;
	size_t *at = map_put(&p->source_ids, id, p->sources.n, &is_new);

	if (is_new)
		vec_push(&p->sources, id);
	return *at + 1;
}

static void write_sources(struct html_page *p, const struct fact *f)
{
	struct str rest = f->evidence->source, id;
	const char *sep = "";

	while (rest.n && str_split(&rest, ';', &id)) {
		id = str_trim(id);
		strbuf_fmt(p->out, "%s<a href=\"#s-%zu\">", sep,
			   note_source(p, id));
		markup_text(p->out, id);
		strbuf_cstr(p->out, "</a>");
		sep = ", ";
	}
	if (f->is_assumed) {
		strbuf_cstr(p->out, " <em>asserted by ");
		markup_text(p->out, f->evidence->file);
		strbuf_cstr(p->out, "</em>");
	}
	if (f->state != FACT_ACCEPTED)
		strbuf_fmt(p->out, " <em>%s</em>",
			   facts_state_name(f->state));
}

void html_records_row(struct html_page *p, size_t fact)
{
	const struct fact *f = &p->in->scan->facts->rows.v[fact];
	struct strbuf b;

	strbuf_init(&b, 0);
	write_sentence(p, f, &b);
	strbuf_cstr(p->out, "<tr><td>");
	markup_text(p->out, strbuf_str(&b));
	strbuf_clear(&b);
	html_records_dates(f, &b);
	strbuf_cstr(p->out, "</td><td>");
	markup_text(p->out, strbuf_str(&b));
	strbuf_fmt(p->out, "</td><td>%c</td><td>",
		   facts_confidence_letter(f->confidence));
	write_sources(p, f);
	strbuf_cstr(p->out, "</td></tr>\n");
	strbuf_release(&b);
}

void html_records_open(struct html_page *p, const char *caption)
{
	html_page_table_open(p, "records", caption,
			     "Record|Holds|Confidence|Source");
}
