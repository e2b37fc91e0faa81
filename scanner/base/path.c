/* Paths as text. */
#include "base/path.h"

#include <string.h>

struct str path_base(struct str path)
{
	size_t at = str_rfind_ch(path, '/');

	return at == SIZE_MAX ? path : str_from(path, at + 1);
}

struct str path_dir(struct str path)
{
	size_t at = str_rfind_ch(path, '/');

	return str_head(path, at == SIZE_MAX ? 0 : at);
}

struct str path_join(struct arena *a, struct str dir, struct str name)
{
	bool is_closed = dir.n && dir.p[dir.n - 1] == '/';
	struct str joined = {NULL, dir.n + !is_closed + name.n};
	char *p;

	if (!dir.n)
		return arena_dup(a, name);
	p = arena_alloc(a, joined.n + 1);
	memcpy(p, dir.p, dir.n);
	p[dir.n] = '/';
	if (name.n)
		memcpy(p + joined.n - name.n, name.p, name.n);
	joined.p = p;
	return joined;
}

enum err path_normalise(struct arena *a, struct str path,
			struct str *ret_path)
{
	char *p = arena_alloc(a, path.n + 1);
	struct str out = {p, 0}, segment;

	if (str_find_ch(path, 0) != SIZE_MAX ||
	    str_has_prefix(path, STR("/")))
		return ERR_FORMAT;
	while (str_split(&path, '/', &segment)) {
		if (!segment.n || str_is(segment, "."))
			continue;
		if (str_is(segment, "..")) {
			if (!out.n)
				return ERR_FORMAT;
			out = path_dir(out);
			continue;
		}
		if (out.n)
			p[out.n++] = '/';
		memcpy(p + out.n, segment.p, segment.n);
		out.n += segment.n;
	}
	p[out.n] = 0;
	*ret_path = out;
	return OK;
}

bool path_has_dir(struct str path, struct str name)
{
	struct str segment, rest = path_dir(path);

	while (str_split(&rest, '/', &segment))
		if (str_eq_nocase(segment, name) && segment.n)
			return true;
	return false;
}
