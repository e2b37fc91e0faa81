/* The working directory of a script, as text. */
#ifndef EXTRACT_SHELL_DIR_H
#define EXTRACT_SHELL_DIR_H

#include "base/str.h"

#define SHELL_DIR_MAX 256

struct shell_dir {
	char p[SHELL_DIR_MAX];
	size_t n; /* without a slash at the end; 0 where the script begins */
};

/* Changes to a folder; one whose path gets too long is like no other. */
void shell_dir_go(struct shell_dir *d, struct str path);
/* The path; it holds until the next change. */
struct str shell_dir_path(const struct shell_dir *d);
/* Whether a path is the folder `of` or below it. */
bool shell_dir_is_in(struct str path, struct str of);

#endif
