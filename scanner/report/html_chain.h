/* The proof that an organisation is of concern, drawn and written out. */
#ifndef REPORT_HTML_CHAIN_H
#define REPORT_HTML_CHAIN_H

#include "report/html_page.h"

/* The graph of a rung's chain, down to an organisation; nothing where no row
 * of it leads anywhere. */
void html_chain_draw(struct html_page *p, const struct rung_result *r,
		     size_t organisation);
/* Its rows, and those by which contributions were taken to be of the
 * organisation, as tables. */
void html_chain_records(struct html_page *p, const struct rung_result *r,
			size_t organisation);

#endif
