/* The lock of npm, also under another name. */
#ifndef EXTRACT_NPM_LOCK_H
#define EXTRACT_NPM_LOCK_H

#include "extract/npm.h"

/* Adds packages and edges of a package-lock.json. */
void npm_lock_read(struct extraction *x, struct json_raw root);

#endif
