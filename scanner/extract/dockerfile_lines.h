/* The text of a Dockerfile: instructions over lines, words, here-documents. */
#ifndef EXTRACT_DOCKERFILE_LINES_H
#define EXTRACT_DOCKERFILE_LINES_H

#include "base/strbuf.h"
#include "extract/lines.h"
#include "extract/shell_lex.h"

struct dockerfile_lines {
	struct lines lines;
	char escape;          /* backslash, or what a directive says */
	struct strbuf joined; /* an instruction that was continued */
	unsigned line;        /* where the instruction begins */
	const char *origin;   /* of the instruction's text */
	VEC(struct shell_mark) marks; /* its lines, from there */
};

/* The body of a here-document. */
struct dockerfile_heredoc {
	struct str body;
	unsigned line; /* where it begins */
};

#define DOCKERFILE_HEREDOCS 8

/* Begins with a file; the release frees what was joined. */
void dockerfile_lines_init(struct dockerfile_lines *d, struct extraction *x);
void dockerfile_lines_release(struct dockerfile_lines *d);
/* The next instruction, its lines joined, comments left out; it holds until
 * the next call.  False at the end. */
bool dockerfile_lines_next(struct dockerfile_lines *d, struct str *ret);
/* Takes a word off *rest; blanks inside quotes belong to it. */
bool dockerfile_lines_word(const struct dockerfile_lines *d,
			   struct str *rest, struct str *ret);
/* Reads the here-documents that the arguments of an instruction begin; how
 * many. */
size_t dockerfile_lines_heredocs(
	struct dockerfile_lines *d, struct str arguments,
	struct dockerfile_heredoc ret[DOCKERFILE_HEREDOCS]);
/* The text of an instruction, or an end of it, as one for the shell. */
struct shell_source dockerfile_lines_source(const struct dockerfile_lines *d,
					    struct str text);

#endif
