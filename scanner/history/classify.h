/*
 * The class of the files of a history: by their path, which is looked at
 * once, and by their text where the path says nothing.
 */
#ifndef HISTORY_CLASSIFY_H
#define HISTORY_CLASSIFY_H

#include "history/paths.h"
#include "model/line_class.h"

struct classify {
	uint8_t *files; /* enum line_class of each path; or what its text is */
};

/* Looks at all paths there are; `choices` may be NULL. */
void classify_init(struct classify *c, const struct paths *paths,
		   const struct line_class_choices *choices);
void classify_release(struct classify *c);
/* May it be source, as far as its path says? */
bool classify_may_be_source(const struct classify *c, uint32_t path);
/* The class of a file; any thread may ask. */
enum line_class classify_file(const struct classify *c, uint32_t path,
			      struct str text);

#endif
