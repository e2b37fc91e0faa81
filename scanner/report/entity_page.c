/* Rows as sentences, and their sources. */
#include "report/entity_page.h"

#include "base/date.h"
#include "base/utf8.h"
#include "model/facts_index.h"

struct str entity_page_name(const struct entity_page *p, size_t organisation)
{
	return p->e->facts->organisations.v[organisation].name;
}

void entity_page_dates(struct strbuf *b, const struct fact *r)
{
	bool has_from = r->from.first != DATE_MIN;
	bool has_to = r->to.last != DATE_MAX;

	if (!has_from && !has_to)
		return;
	strbuf_cstr(b, has_from && has_to ? ", " : has_from ? ", since "
							    : ", until ");
	date_write_span(b, r->from);
	if (has_from && has_to)
		strbuf_cstr(b, " to ");
	date_write_span(b, r->to);
}

static size_t number_of(struct entity_page *p, struct str id)
{
	for (size_t i = 0; i < p->sources.n; i++)
		if (str_eq(p->sources.v[i], id))
			return i + 1;
	vec_push(&p->sources, id);
	return p->sources.n;
}

void entity_page_cite(struct entity_page *p, struct strbuf *b,
		      const struct fact *r)
{
	struct str rest = r->evidence->source, id;
	const char *sep = ":";

	strbuf_fmt(b, " [%c", facts_confidence_letter(r->confidence));
	while (rest.n && str_split(&rest, ';', &id)) {
		strbuf_fmt(b, "%s%zu", sep, number_of(p, str_trim(id)));
		sep = ",";
	}
	if (r->state != FACT_ACCEPTED)
		strbuf_fmt(b, ", %s", facts_state_name(r->state));
	if (r->is_assumed)
		strbuf_cstr(b, ", assumed");
	strbuf_ch(b, ']');
}

/* A share as written, `50%+1` in words. */
static void write_share(struct strbuf *b, const struct fact *r)
{
	struct str value = r->value;

	if (str_is(value, "unknown"))
		strbuf_cstr(b, "an unknown share");
	else if (str_has_suffix(value, STR("%+1")))
		strbuf_fmt(b, "%.*s and one share more",
			   STR_ARG(str_head(value, value.n - 2)));
	else if (str_has_suffix(value, STR("%-1")))
		strbuf_fmt(b, "%.*s less one share",
			   STR_ARG(str_head(value, value.n - 2)));
	else
		strbuf_add(b, value);
}

/* Who or what the row speaks of: a name where it is an organisation. */
static void write_end(const struct entity_page *p, struct strbuf *b,
		      size_t organisation, struct str text)
{
	strbuf_add(b, organisation == SIZE_MAX
			      ? text : entity_page_name(p, organisation));
}

static const char *verb_of(const struct fact *r)
{
	switch (r->kind) {
	case FACT_ORGANISATION: return " is declared as ";
	case FACT_ALIAS: return " is also called ";
	case FACT_LEI: return " has the LEI ";
	case FACT_HOST: return " is a host of ";
	case FACT_NEUTRAL: return " names nobody: ";
	case FACT_TYPO: return " is a misspelling of ";
	case FACT_ESTABLISHES: return " is established in ";
	case FACT_LOCATED: return " has a unit in ";
	case FACT_CONTROLS: return " controls ";
	case FACT_CONTROLLED_FROM: return " is controlled from ";
	case FACT_DISPERSED: return str_is(r->value, "no-controller")
		? " has no controller" : " has no holder that reaches ";
	case FACT_LIST: return " is in force";
	case FACT_LISTS: return " lists ";
	case FACT_EXTENT: return str_is(r->object, "whole")
		? " is held whole: " : " is held in part: ";
	case FACT_EXEMPTS: return " names nobody established in ";
	case FACT_PUBLISHES: return " is published by ";
	case FACT_REGISTRANT: return " is registered by somebody in ";
	case FACT_UNDISCLOSED: return " does not name its parent: ";
	default: return " ";
	}
}

static void write_sentence(const struct entity_page *p, struct strbuf *b,
			   const struct fact *r)
{
	write_end(p, b, r->subject_org, r->subject);
	if (r->kind == FACT_OWNS) {
		strbuf_cstr(b, " holds ");
		write_share(b, r);
		strbuf_cstr(b, " of ");
	} else {
		strbuf_cstr(b, verb_of(r));
	}
	if (r->kind != FACT_EXTENT && r->kind != FACT_LIST)
		write_end(p, b, r->object_org, r->object);
	if (r->kind == FACT_CONTROLS || r->kind == FACT_LISTS ||
	    r->kind == FACT_LIST || r->kind == FACT_UNDISCLOSED) {
		if (r->value.n)
			strbuf_fmt(b, " (%.*s)", STR_ARG(r->value));
	} else if (r->kind == FACT_DISPERSED) {
		strbuf_add(b, str_has_prefix(r->value, STR("<"))
				      ? str_from(r->value, 1) : STR(""));
	} else if (r->kind != FACT_OWNS && r->kind != FACT_ORGANISATION) {
		strbuf_add(b, r->value);
	}
}

void entity_page_row(struct entity_page *p, const struct fact *r,
		     size_t indent)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	write_sentence(p, &b, r);
	entity_page_dates(&b, r);
	entity_page_cite(p, &b, r);
	strbuf_pad(p->paint.out, ' ', indent);
	paint_wrap(&p->paint, strbuf_str(&b), indent, indent + 2);
	strbuf_release(&b);
}

static void write_source(struct entity_page *p, size_t i)
{
	const struct facts *f = p->e->facts;
	struct facts_run run = facts_index_subject(f, FACT_SOURCE,
						   p->sources.v[i]);
	const struct fact *r = run.n ? &f->rows.v[run.first] : NULL;
	struct strbuf b;

	strbuf_init(&b, 0);
	strbuf_fmt(&b, "[%zu] ", i + 1);
	if (!r) {
		strbuf_add(&b, p->sources.v[i]);
	} else {
		strbuf_add(&b, r->value);
		if (r->evidence->note.n)
			strbuf_fmt(&b, ": %.*s", STR_ARG(r->evidence->note));
		if (r->evidence->speaks_for.n)
			strbuf_fmt(&b, "; speaks for %.*s",
				   STR_ARG(r->evidence->speaks_for));
		if (r->evidence->read.n)
			strbuf_fmt(&b, "; read %.*s",
				   STR_ARG(r->evidence->read));
	}
	strbuf_cstr(p->paint.out, "  ");
	paint_wrap(&p->paint, strbuf_str(&b), 2, 6);
	strbuf_release(&b);
}

void entity_page_sources(struct entity_page *p)
{
	if (!p->sources.n)
		return;
	paint_heading(&p->paint, "Sources");
	for (size_t i = 0; i < p->sources.n; i++)
		write_source(p, i);
}

void entity_page_release(struct entity_page *p)
{
	vec_release(&p->sources);
}
