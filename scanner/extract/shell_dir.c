/* Paths of a script: joined and shortened, never looked up. */
#include "extract/shell_dir.h"

#include <string.h>

#include "base/path.h"

#define LOST "?" /* some folder */

static void pop(struct shell_dir *d)
{
	size_t slash = str_rfind_ch(shell_dir_path(d), '/');

	d->n = slash == SIZE_MAX ? 0 : slash ? slash : 1;
}

static void push(struct shell_dir *d, struct str name)
{
	bool needs_slash = d->n && d->p[d->n - 1] != '/';

	if (d->n + needs_slash + name.n > sizeof d->p) {
		d->n = 0;
		name = STR(LOST);
		needs_slash = false;
	}
	if (needs_slash)
		d->p[d->n++] = '/';
	memcpy(d->p + d->n, name.p, name.n);
	d->n += name.n;
}

void shell_dir_go(struct shell_dir *d, struct str path)
{
	struct str name;

	if (path.n && memchr("/~$", path.p[0], 3)) {
		d->p[0] = '/';
		d->n = path.p[0] == '/';
	}
	while (str_split(&path, '/', &name)) {
		struct str here = path_base(shell_dir_path(d));

		if (!name.n || str_is(name, "."))
			continue;
		if (str_is(name, "..") && d->n && !str_is(here, "..") &&
		    !str_is(here, LOST))
			pop(d);
		else
			push(d, name);
	}
}

struct str shell_dir_path(const struct shell_dir *d)
{
	return str_n(d->p, d->n);
}

bool shell_dir_is_in(struct str path, struct str of)
{
	return str_has_prefix(path, of) && !str_is(of, LOST) &&
	       (path.n == of.n || (of.n && path.p[of.n] == '/'));
}
