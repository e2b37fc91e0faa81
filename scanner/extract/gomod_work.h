/* go.work: what a workspace puts in the place of required modules. */
#ifndef EXTRACT_GOMOD_WORK_H
#define EXTRACT_GOMOD_WORK_H

#include "base/map.h"
#include "extract/gomod_lines.h"

struct gomod_work {
	struct map by_old; /* "path" or "path version" -> replaces */
	VEC(struct gomod_replace) replaces;
};

/*
 * Reads the nearest go.work in the folder of a go.mod or above, where that
 * uses the folder: its replaces, and the modules of the folders that it uses,
 * up to 256 of them.
 */
void gomod_work_read(struct gomod_work *w, struct extraction *x);
void gomod_work_release(struct gomod_work *w);
/* What takes the place of a module; folders seen from that of the go.mod. */
bool gomod_work_replace(const struct gomod_work *w, struct str path,
			struct str version, struct gomod_replace *ret);

#endif
