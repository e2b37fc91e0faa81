/* The text of a Dockerfile: instructions over lines, words, here-documents. */
#ifndef EXTRACT_DOCKERFILE_LINES_H
#define EXTRACT_DOCKERFILE_LINES_H

#include "base/strbuf.h"
#include "extract/lines.h"

struct dockerfile_lines {
	struct lines lines;
	char escape;          /* backslash, or what a directive says */
	struct strbuf joined; /* an instruction that was continued */
	unsigned line;        /* where the instruction begins */
};

/* Begins with a file; the release frees what was joined. */
void dockerfile_lines_init(struct dockerfile_lines *d, struct extraction *x);
void dockerfile_lines_release(struct dockerfile_lines *d);
/* The next instruction, its lines joined, comments left out; it holds until
 * the next call.  False at the end. */
bool dockerfile_lines_next(struct dockerfile_lines *d, struct str *ret);
/* Takes a word off *rest; blanks inside quotes belong to it. */
bool dockerfile_lines_word(const struct dockerfile_lines *d,
			   struct str *rest, struct str *ret);
/* Skips the here-documents that the arguments of an instruction begin. */
void dockerfile_lines_skip_heredocs(struct dockerfile_lines *d,
				    struct str arguments);

#endif
