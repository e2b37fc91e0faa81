/* All about one component. */
#ifndef REPORT_HTML_DETAIL_H
#define REPORT_HTML_DETAIL_H

#include "report/html_page.h"

/* Where its source is, how it comes in, and who did what; `on_paper`: printed
 * too. */
void html_detail_write(struct html_page *p, size_t component, bool on_paper);

#endif
