/* Who holds the files of source: a sentence and JSON of a component, and a
 * table of a digest. */
#ifndef REPORT_FILES_H
#define REPORT_FILES_H

#include "base/json_out.h"
#include "model/verdict.h"
#include "report/page.h"

/* One sentence, in ASCII; nothing where it is not known. */
void files_sentence(const struct owned *o, struct strbuf *b);
/* The member "ownership" of a score, or null. */
void files_json(const struct owned *o, struct json_out *j);
/* A table of components, where any of these is known. */
void files_page(struct page *p, const struct component_score *const *c,
		size_t n);
/* The files of a digest that was attributed, by who holds most of each. */
void files_table(const struct paint *p, const struct digest *d,
		 const struct facts *f);

#endif
