/* Variables of Makefiles. */
#ifndef EXTRACT_MAKEFILE_VARS_H
#define EXTRACT_MAKEFILE_VARS_H

#include "extract/vars.h"

struct makefile_vars {
	struct vars vars;      /* values as written */
	struct strbuf text;    /* of an assignment */
	size_t made;           /* bytes of all expansions */
};

/* No variable is known yet. */
void makefile_vars_init(struct makefile_vars *m, struct arena *arena);
void makefile_vars_release(struct makefile_vars *m);
/* NAME = value, with := ::= ?= += and `export`, `override` before it; false
 * when the text is another statement. */
bool makefile_vars_assign(struct makefile_vars *m, struct str text);
/*
 * The text with values in, as the shell is given it.  A variable that has
 * none becomes one of the shell, ${NAME}, and $(shell ...) its $(...).
 */
void makefile_vars_expand(struct makefile_vars *m, struct str text,
			  struct strbuf *to);

#endif
