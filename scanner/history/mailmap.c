/*
 * One hash table for both kinds of rows: the file ends at a NUL, as in git, so
 * that one can stand between address and name.  Of rows for the same the last
 * holds.
 */
#include "history/mailmap.h"

#include "base/strbuf.h"

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

static void add_lower(struct strbuf *to, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		strbuf_ch(to, ascii_lower(s.p[i]));
}

static struct str key_of(struct strbuf *b, struct str name,
			 struct str address)
{
	strbuf_clear(b);
	add_lower(b, address);
	if (name.n) {
		strbuf_ch(b, '\0');
		add_lower(b, name);
	}
	return strbuf_str(b);
}

/* A row that only puts a name right has one address. */
static void read_line(struct mailmap *m, struct str line, struct strbuf *b)
{
	struct str right_name, right, name, address;

	if (!take(&line, &right_name, &right) || !right.n ||
	    !take(&line, &name, &address))
		return;
	*map_put(&m->by, arena_dup(&m->arena, key_of(b, name, address)), 0,
		 NULL) = m->rows.n;
	vec_push(&m->rows, ((struct mailmap_row){
		arena_lower(&m->arena, address),
		arena_lower(&m->arena, right), name.n != 0}));
}

void mailmap_parse(struct mailmap *m, struct str text)
{
	struct strbuf key;
	struct str line;

	strbuf_init(&key, 0);
	text = str_head(text, str_find_ch(text, '\0'));
	while (str_split(&text, '\n', &line))
		if (!str_has_prefix(line, STR("#")))
			read_line(m, line, &key);
	strbuf_release(&key);
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
	const size_t *at = NULL;
	struct strbuf key;

	while (name.n && is_blank(name.p[name.n - 1]))
		name.n--;
	strbuf_init(&key, 0);
	if (name.n)
		at = map_get(&m->by, key_of(&key, name, address));
	if (!at)
		at = map_get(&m->by, key_of(&key, STR(""), address));
	strbuf_release(&key);
	return at ? &m->rows.v[*at] : NULL;
}
