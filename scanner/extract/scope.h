/* What a finding is for, by where it stands. */
#ifndef EXTRACT_SCOPE_H
#define EXTRACT_SCOPE_H

#include "model/component.h"

/*
 * The scope that the path of a file gives to what the file declares:
 * documentation, test, CI and example paths, in this order; `fallback` for
 * any other path.
 */
enum scope scope_of_path(struct str path, enum scope fallback);

#endif
