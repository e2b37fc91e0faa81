/*
 * One hash table for both kinds of rows: the file ends at a NUL, as in git, so
 * that one can stand between address and name.  Of rows for the same the last
 * holds.
 */
#include "history/mailmap.h"

/* What git takes for a blank; a vertical tab or a form feed is none. */
static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static struct str without_blanks(struct str s)
{
	while (s.n && is_blank(s.p[s.n - 1]))
		s.n--;
	while (s.n && is_blank(s.p[0]))
		s = str_from(s, 1);
	return s;
}

/* Takes "name <address>" off the front; false when there is none. */
static bool take(struct str *rest, struct str *ret_name,
		 struct str *ret_address)
{
	size_t open = str_find_ch(*rest, '<');
	struct str inner = str_from(*rest, open == SIZE_MAX ? rest->n
							    : open + 1);
	size_t shut = str_find_ch(inner, '>');

	if (open == SIZE_MAX || shut == SIZE_MAX)
		return false;
	*ret_name = without_blanks(str_head(*rest, open));
	*ret_address = str_head(inner, shut);
	*rest = str_from(inner, shut + 1);
	return true;
}

static struct str key_of(struct arena *a, struct str name,
			 struct str address)
{
	char *key;

	if (!name.n)
		return arena_lower(a, address);
	key = arena_alloc(a, address.n + 1 + name.n);
	for (size_t i = 0; i < address.n; i++)
		key[i] = ascii_lower(address.p[i]);
	key[address.n] = '\0';
	for (size_t i = 0; i < name.n; i++)
		key[address.n + 1 + i] = ascii_lower(name.p[i]);
	return str_n(key, address.n + 1 + name.n);
}

/* A row that only puts a name right has one address. */
static void read_line(struct mailmap *m, struct str line)
{
	struct str right_name, right, name, address;

	if (!take(&line, &right_name, &right) || !right.n ||
	    !take(&line, &name, &address))
		return;
	*map_put(&m->by, key_of(&m->arena, name, address), 0, NULL) =
		m->rows.n;
	vec_push(&m->rows, ((struct mailmap_row){
		arena_lower(&m->arena, address),
		arena_lower(&m->arena, right)}));
}

void mailmap_parse(struct mailmap *m, struct str text)
{
	struct str line;

	text = str_head(text, str_find_ch(text, '\0'));
	while (str_split(&text, '\n', &line))
		if (!str_has_prefix(line, STR("#")))
			read_line(m, line);
}

void mailmap_release(struct mailmap *m)
{
	arena_release(&m->arena);
	vec_release(&m->rows);
	map_release(&m->by);
}

const struct mailmap_row *mailmap_find(const struct mailmap *m,
				       struct str name, struct str address)
{
	struct arena scratch = {0};
	const size_t *at = NULL;

	while (name.n && is_blank(name.p[name.n - 1]))
		name.n--;
	if (name.n)
		at = map_get(&m->by, key_of(&scratch, name, address));
	if (!at)
		at = map_get(&m->by, key_of(&scratch, STR(""), address));
	arena_release(&scratch);
	return at ? &m->rows.v[*at] : NULL;
}
