/* Variables of a Dockerfile: the ARGs that FROM sees. */
#ifndef EXTRACT_DOCKERFILE_ARGS_H
#define EXTRACT_DOCKERFILE_ARGS_H

#include "base/arena.h"
#include "base/map.h"
#include "base/strbuf.h"
#include "base/vec.h"

struct dockerfile_args {
	char escape;
	struct arena *arena;    /* names and values */
	struct map index;       /* name -> values */
	VEC(struct str) values; /* p is NULL for unknown */
	size_t bytes;           /* of all values */
	struct strbuf text;     /* of the last expansion */
};

/* No variable is known yet. */
void dockerfile_args_init(struct dockerfile_args *d, char escape,
			  struct arena *arena);
/* Frees all but what is in the arena. */
void dockerfile_args_release(struct dockerfile_args *d);
/* One NAME or NAME=default; false when the values got too long: this one is
 * unknown then. */
bool dockerfile_args_add(struct dockerfile_args *d, struct str word);
/*
 * The text of a word, quotes off, into d->text.  False when a variable is
 * unknown ('*' stands in its place then) or the text is too long.
 */
bool dockerfile_args_expand(struct dockerfile_args *d, struct str word);

#endif
