/*
 * What the text and the tree of `entity` share: rows as sentences, and the
 * sources that they cite, numbered.
 */
#ifndef REPORT_ENTITY_PAGE_H
#define REPORT_ENTITY_PAGE_H

#include "report/paint.h"

struct entity_page {
	struct paint paint;
	const struct report_entity *e;
	VEC(struct str) sources; /* ids, in the order of their numbers */
};

/* The name of an organisation. */
struct str entity_page_name(const struct entity_page *p, size_t organisation);
/* Adds ", since 2019-05-16", ", 2009 to 2018-06" and the like. */
void entity_page_dates(struct strbuf *b, const struct fact *r);
/* Adds " [A:1,2]": letter, numbers of sources, state. */
void entity_page_cite(struct entity_page *p, struct strbuf *b,
		      const struct fact *r);
/* One row as a sentence with dates and sources, behind `indent` blanks. */
void entity_page_row(struct entity_page *p, const struct fact *r,
		     size_t indent);
/* All sources cited so far. */
void entity_page_sources(struct entity_page *p);
void entity_page_release(struct entity_page *p);

/* The parts of the text, in files of their own. */
void entity_text(struct entity_page *p);
void entity_tree(struct entity_page *p);
/* The rows about the query as a host: of the longest host that any row names,
 * all kinds; up to `most`, how many. */
size_t entity_text_windows(const struct report_entity *e,
			   const struct fact **rows, size_t most);

#endif
