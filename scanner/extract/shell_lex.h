/* The tokens of shell text, and on which line of the file each stands. */
#ifndef EXTRACT_SHELL_LEX_H
#define EXTRACT_SHELL_LEX_H

#include "extract/extract.h"

/* From an offset on, text stands on this line of the file. */
struct shell_mark {
	size_t at;
	unsigned line;
};

/* A piece of shell text in a file. */
struct shell_source {
	struct str text;
	unsigned line;        /* where it begins */
	bool is_folded;       /* its newlines are not those of the file */
	/* Where lines of the file were joined: offsets from `origin` (in
	 * which the text lies), ascending. */
	const char *origin;
	const struct shell_mark *marks;
	size_t marks_n;
};

enum shell_token {
	SHELL_END,
	SHELL_WORD,
	SHELL_NEXT,   /* newline ; & */
	SHELL_AND,    /* && */
	SHELL_OR,     /* || */
	SHELL_PIPE,   /* | |& */
	SHELL_ARM,    /* ;; ;& ;;& of case */
	SHELL_OPEN, SHELL_CLOSE, /* ( ) */
	SHELL_OUTPUT, /* > and its kin: the word is where to */
};

#define SHELL_HEREDOCS 8 /* that begin on one line */

struct shell_lex {
	struct extraction *x;
	struct shell_source source;
	size_t at;
	unsigned line;        /* of `at` */
	size_t mark;          /* the next one */
	unsigned token_line;  /* of the token given last */
	struct str word;      /* of the token given last, as written */
	size_t heredocs[SHELL_HEREDOCS]; /* offsets of their << */
	size_t heredocs_n;
};

/* Begins to read. */
void shell_lex_init(struct shell_lex *l, struct extraction *x,
		    const struct shell_source *source);
/*
 * The next token.  Comments, here-documents, arithmetic and input from files
 * are left out.  What follows a quote or bracket without end is not read
 * (RW1301).
 */
enum shell_token shell_lex_next(struct shell_lex *l);
/* A part of a word, which began on a line, as a source of its own. */
struct shell_source shell_lex_part(const struct shell_lex *l,
				   struct str word, unsigned line,
				   struct str part);

#endif
