/*
 * The commands of CMake text, by the manual cmake-language(7), and the values
 * of variables that the text itself sets.
 */
#ifndef EXTRACT_CMAKE_LEX_H
#define EXTRACT_CMAKE_LEX_H

#include "extract/extract.h"
#include "extract/vars.h"

struct cmake_arg {
	struct str text; /* as written, without quotes */
	unsigned line;
	bool is_raw;     /* [[...]]: no variables in it */
};

struct cmake {
	struct extraction *x;
	struct str rest;
	unsigned line;                /* of `rest` */
	struct str command;           /* its name */
	unsigned command_line;
	VEC(struct cmake_arg) args;
	struct vars vars;             /* values without expressions */
	struct strbuf text;
	size_t made;                  /* bytes of all expansions */
	bool is_quiet;                /* says nothing of bad text */
};

/* Begins with the text of the file. */
void cmake_lex_init(struct cmake *c, struct extraction *x);
void cmake_lex_release(struct cmake *c);
/* The next command with its arguments; false at the end. */
bool cmake_lex_next(struct cmake *c);
bool cmake_lex_is(const struct cmake *c, const char *command);
/* Argument i with the values in that are known; the others stay ${NAME}.
 * "" when there is none. */
struct str cmake_lex_value(struct cmake *c, size_t i);
/* What follows the argument that is a key; "" when it is not there. */
struct str cmake_lex_keyed(struct cmake *c, const char *key,
			   unsigned *ret_line);
/* Takes in what the command at hand says of variables and conditions. */
void cmake_lex_learn(struct cmake *c);

#endif
