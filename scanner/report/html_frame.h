/*
 * The frame of a page: one HTML file that loads nothing.  Style and script
 * are the bundled files, and the policy of the page (CSP) lets exactly these
 * bytes run.  Serves every command that writes HTML.
 */
#ifndef REPORT_HTML_FRAME_H
#define REPORT_HTML_FRAME_H

#include "base/strbuf.h"

/* A section, for the table of contents. */
struct html_link {
	const char *id, *label;
};

struct html_frame {
	struct str title;          /* of the document */
	const char *tool_version;
	const struct html_link *links;
	size_t links_n;
};

/* All up to the first thing in <main>, and all from its end on. */
void html_frame_open(const struct html_frame *f, struct strbuf *out);
void html_frame_close(const struct html_frame *f, struct strbuf *out);
/* A section with its heading; it ends with html_frame_section_end. */
void html_frame_section(const char *id, const char *title,
			struct strbuf *out);
void html_frame_section_end(struct strbuf *out);

#endif
