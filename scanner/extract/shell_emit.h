/* Making components of what shell text fetches; inside of it only. */
#ifndef EXTRACT_SHELL_EMIT_H
#define EXTRACT_SHELL_EMIT_H

#include "extract/shell.h"

/* One find on its way. */
struct shell_emit {
	struct shell *shell;
	const struct extractor *extractor;
	const struct shell_find *find;
	enum scope scope; /* of what is fetched there */
};

/* A component at the place of the find, unpinned; NULL when a limit was
 * met. */
struct component *shell_emit_add(const struct shell_emit *to, struct str name,
				 const char *type, enum scope scope);
/* RW1302 at its place. */
void shell_emit_unknown(const struct shell_emit *to, const char *what,
			struct str text);
/* A repository at a revision (may be ""). */
void shell_emit_clone(const struct shell_emit *to, struct str url,
		      struct str rev);
/* A file at an address. */
void shell_emit_download(const struct shell_emit *to, struct str url);
/* A package of a language. */
void shell_lang_emit(const struct shell_emit *to);

#endif
