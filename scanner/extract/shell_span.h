/* Where quoted and bracketed parts of shell text end. */
#ifndef EXTRACT_SHELL_SPAN_H
#define EXTRACT_SHELL_SPAN_H

#include "base/str.h"

/*
 * The length of the part at the start of s: '...', "...", `...`, $'...',
 * $(...), ${...}, $((...)), (...).  0 when none begins there; SIZE_MAX when it
 * has no end or nests too deeply.  Quotes, comments and here-documents in it
 * are seen as such.  In the midst of double quotes a ' begins nothing.
 */
size_t shell_span(struct str s, bool is_quoted);
/* The text between the brackets or quotes of a part of n bytes. */
struct str shell_span_inner(struct str s, size_t n);

/* A word that ends a here-document: <<EOF, <<-'EOF', 3<<EOF. */
struct shell_span_heredoc {
	struct str end;  /* as written, quoted or not */
	bool has_tabs;   /* tabs may stand before the end */
};

/* Takes the "<<" or "<<-" and the word behind it off the front of *rest;
 * false when there is none (<<< is another thing). */
bool shell_span_heredoc(struct str *rest, struct shell_span_heredoc *ret);
/* The length of a body that begins at s, its last line included; SIZE_MAX
 * when it has no end. */
size_t shell_span_body(struct str s, const struct shell_span_heredoc *h);

#endif
