/* The names that a tree has itself. */
#include "extract/inside.h"

#include "base/path.h"

#define SHORT_BYTES 64 /* longer names are names of nothing */

/* What is left of a name: letters and digits, in lower case. */
static size_t plain(struct str name, char *to)
{
	size_t n = 0;

	for (size_t i = 0; i < name.n && n < SHORT_BYTES; i++)
		if (ascii_is_alnum(name.p[i]))
			to[n++] = ascii_lower(name.p[i]);
	return n;
}

static struct str without_lib(struct str s)
{
	if (str_has_prefix(s, STR("lib")))
		s = str_from(s, 3);
	if (str_has_suffix(s, STR("lib")))
		s = str_head(s, s.n - 3);
	return s;
}

static void add(struct inside *i, struct str name)
{
	char buffer[SHORT_BYTES];
	struct str s = without_lib(str_n(buffer, plain(name, buffer)));

	if (s.n && !map_get(&i->names, s))
		map_put(&i->names, arena_dup(&i->arena, s), 0, NULL);
}

/* Text that is compiled, or that says how to link what was. */
static bool is_source(struct str path)
{
	static const char *const ends[] = {
		".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".cu",
		".pc.in", ".proto", ".a", ".so"};

	return str_any(path, ends, str_has_suffix);
}

static void build(struct inside *i, const struct tree *t)
{
	struct str before = STR("");

	for (size_t k = 0; k < t->files.n; k++) {
		struct str path = t->files.v[k].path;
		struct str dir = path_dir(path), name;

		if (is_source(path)) {
			name = path_base(path);
			add(i, str_head(name, str_find_ch(name, '.')));
		}
		if (str_eq(dir, before))
			continue;
		before = dir;
		while (str_split(&dir, '/', &name))
			add(i, name);
	}
	i->is_built = true;
}

bool inside_has(struct inside *i, const struct tree *t, struct str name)
{
	char buffer[SHORT_BYTES];
	struct str s = without_lib(str_n(buffer, plain(name, buffer)));

	if (!i || !t)
		return false;
	if (!i->is_built)
		build(i, t);
	return s.n && map_get(&i->names, s);
}

void inside_release(struct inside *i)
{
	map_release(&i->names);
	arena_release(&i->arena);
	i->is_built = false;
}
