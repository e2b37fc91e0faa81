/* Statements of go.mod and go.work, which share a grammar. */
#ifndef EXTRACT_GOMOD_LINES_H
#define EXTRACT_GOMOD_LINES_H

#include "extract/lines.h"

#define GOMOD_WORDS_MAX 6 /* replace A v1 => B v2, and one too many */

struct gomod_statement {
	struct str verb;    /* "" where there is none that Go knows */
	struct str words[GOMOD_WORDS_MAX]; /* behind the verb */
	size_t n;
	struct str comment; /* without the slashes */
	bool is_bad;        /* an open quote, or too many words */
	unsigned line;
	struct str text;    /* the line */
};

/* All statements of a file, one at a time; blocks are taken apart. */
struct gomod_lines {
	struct lines lines;
	struct str block;   /* the verb of the open block, or "" */
	unsigned block_line;
};

/* Begins with the first statement. */
struct gomod_lines gomod_lines_of(struct extraction *x);
/* The next statement; false at the end, after RW1301 for an open block. */
bool gomod_lines_next(struct gomod_lines *g, struct gomod_statement *ret);

/* What takes the place of a module. */
struct gomod_replace {
	struct str key;           /* "path" or "path version" */
	struct str path, version; /* a folder has no version */
	unsigned line;
};

/* The statement "replace A [v] => B [v]"; false when it is not one. */
bool gomod_lines_replace(const struct gomod_statement *s, struct arena *a,
			 struct gomod_replace *ret);

#endif
