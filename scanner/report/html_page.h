/*
 * The HTML report while it is written: what its sections share, and their
 * prototypes.  Ids are stable: they depend on what a thing is called, not on
 * where it stands, so that other outputs can link to them:
 *   p-POLICY  r-POLICY-RULE  c-NAME-VERSION  o-ORGANISATION  f-FUNCTION
 *   s-SOURCE
 * A second thing of one id gets "-2" behind it.
 */
#ifndef REPORT_HTML_PAGE_H
#define REPORT_HTML_PAGE_H

#include "base/map.h"
#include "report/report.h"
#include "report/svg.h"

struct html_page {
	struct strbuf *out;
	const struct report_input *in;
	const struct verdict *v;      /* whose figures are being shown */
	struct arena arena;
	struct map ids;
	struct str *components;       /* ids, by index */
	struct str *organisations;    /* ids of those with a section, or "" */
	size_t *order;                /* components, what drives first */
	size_t order_n;
	bool *has_detail;             /* by component: "d" and its id, less
					 the first letter */
	VEC(struct str) sources;      /* cited, by first use */
	struct map source_ids;        /* their places in `sources` */
};

/* A free id: prefix and slug. */
struct str html_page_id(struct html_page *p, const char *prefix,
			struct str text);
/* Gives ids to the organisations that get a section of their own. */
void html_organisations_prepare(struct html_page *p);
/* Begins and ends with ids and order. */
void html_page_init(struct html_page *p, const struct report_input *in,
		    struct strbuf *out);
void html_page_release(struct html_page *p);

/* Writes what depends on the policy for each of them, under its title where
 * there are several; the first is the one shown again then. */
void html_page_each(struct html_page *p, void (*write)(struct html_page *p));
/* The worst that an organisation is to any policy: of concern, of concern if
 * uncited records held (unknown), or neither (other). */
enum standing html_page_worst(const struct html_page *p, size_t organisation);
/* What a list is called, or "". */
struct str html_page_list_title(const struct html_page *p, struct str list);
/* Text, "NAME VERSION". */
struct str html_page_name(struct html_page *p, size_t component);
/* A link to a component; to an organisation, or only its name. */
void html_page_component(struct html_page *p, size_t i);
void html_page_organisation(struct html_page *p, size_t i);
/* A sign with the word for a state: "not met". */
void html_page_state(struct html_page *p, enum rule_state s);
/* The same for a state of a report that was read; a word that is none is
 * text. */
void html_page_state_named(struct html_page *p, struct str state);
/* A cell with an interval, in figures and as a bar. */
void html_page_interval(struct html_page *p, struct svg_interval i);
/* What the colours of the charts mean, and further items. */
void html_page_legend(struct html_page *p, const char *more);
/* The ways from a product to a component, at most `most` names, the product
 * first; how many. */
size_t html_page_path(struct html_page *p, size_t component,
		      struct str *names, size_t most);
/* "since 2019-05-16"; a record as a table row of a sentence, that and its
 * sources, which are noted. */
void html_records_dates(const struct fact *f, struct strbuf *b);
void html_records_row(struct html_page *p, size_t fact);
/* Head and end of a table; `columns` are parted by '|'.  The same with the
 * columns of records. */
void html_page_table_open(struct html_page *p, const char *class,
			  const char *caption, const char *columns);
void html_records_open(struct html_page *p, const char *caption);
void html_page_table_close(struct html_page *p);

/* The terms of seats, a table for each history that has any. */
void html_terms(struct html_page *p);

/* The sections, in order. */
void html_head(struct html_page *p);
void html_verdict(struct html_page *p);
void html_influence(struct html_page *p);
void html_network(struct html_page *p);
void html_components(struct html_page *p);
void html_time(struct html_page *p);
void html_organisations(struct html_page *p);
void html_questions(struct html_page *p);
void html_evidence(struct html_page *p);
void html_made_with(struct html_page *p);
void html_method(struct html_page *p);

#endif
