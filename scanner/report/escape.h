/*
 * Text from input in formats that give some characters a meaning: each
 * reporter writes what it did not make itself through one of these.
 */
#ifndef REPORT_ESCAPE_H
#define REPORT_ESCAPE_H

#include "base/strbuf.h"

/* Markdown of GitHub and GitLab, on one line, also within a table. */
void escape_markdown(struct strbuf *b, struct str s);
/* One field of CSV; what a spreadsheet would take as a formula becomes text
 * by a leading apostrophe. */
void escape_csv(struct strbuf *b, struct str s);
/* XML 1.0, in an attribute or between tags; what XML cannot hold is shown as
 * utf8_show does. */
void escape_xml(struct strbuf *b, struct str s);

/* A path as the path of a URI: RFC 3986, slashes stay. */
void escape_uri(struct strbuf *b, struct str s);
/* A message or, with `is_property`, a property of a workflow command. */
void escape_command(struct strbuf *b, struct str s, bool is_property);

#endif
