/*
 * TOML 1.0 (toml.io), an own reader: statement by statement into nodes of an
 * arena.  Values that nest are read with a stack of their own; members are
 * found through one table of hashes, so that no text costs more than linear
 * time.
 */
#include "base/toml_in.h"

#include <string.h>

#include "base/limits.h"
#include "base/map.h"
#include "base/toml_string.h"

/* A node and what only its making needs. */
struct made {
	struct toml node; /* first: a pointer to it is one to this */
	struct toml *last;
	size_t number;    /* names it in keys of `members` */
	unsigned depth;
	bool is_defined;  /* a table with a header of its own */
};

/* A container that is not complete. */
struct level {
	struct toml *node;
	bool needs_comma;
};

struct reader {
	struct str text;
	size_t at;
	unsigned line;
	struct str path;
	struct arena *arena;
	struct diags *diags;
	struct map members;    /* number of a table, key -> index in nodes */
	VEC(struct toml *) nodes;
	struct toml *root, *table;
	struct level levels[LIMIT_TOML_DEPTH];
	size_t depth;
	enum err err;
};

static const struct toml absent;

static struct made *made(struct toml *node)
{
	return (struct made *)(void *)node;
}

/* --- bytes ---------------------------------------------------------------- */

static char peek(const struct reader *r)
{
	return r->at < r->text.n ? r->text.p[r->at] : '\0';
}

static bool is_end(const struct reader *r)
{
	return r->at >= r->text.n;
}

static void skip_blanks(struct reader *r)
{
	while (peek(r) == ' ' || peek(r) == '\t')
		r->at++;
}

static void skip_comment(struct reader *r)
{
	skip_blanks(r);
	if (peek(r) == '#')
		while (!is_end(r) && peek(r) != '\n')
			r->at++;
	else if (peek(r) == '\r')
		r->at++;
}

/* Blanks, comments and ends of lines. */
static void skip_space(struct reader *r)
{
	for (skip_comment(r); peek(r) == '\n'; skip_comment(r)) {
		r->at++;
		r->line++;
	}
}

static enum err fail(struct reader *r, const char *what)
{
	struct str before = str_head(r->text, r->at);
	size_t nl = str_rfind_ch(before, '\n');
	size_t column = before.n - (nl == SIZE_MAX ? 0 : nl + 1) + 1;

	diag_add(r->diags, RW1114,
		 diag_at_column(r->path, r->line, (unsigned)column), "%s",
		 what);
	return ERR_FORMAT;
}

static enum err too_deep(struct reader *r)
{
	diag_add(r->diags, RW1104, diag_at_line(r->path, r->line),
		 "more than %d levels", LIMIT_TOML_DEPTH);
	return ERR_FORMAT;
}

/* --- nodes ---------------------------------------------------------------- */

static struct toml *add_node(struct reader *r, struct toml *parent,
			     enum toml_type type, struct str key)
{
	struct made *m = arena_alloc(r->arena, sizeof *m);

	*m = (struct made){.node = {.type = type, .key = key,
				    .line = r->line},
			   .number = r->nodes.n};
	vec_push(&r->nodes, &m->node);
	if (!parent)
		return &m->node;
	m->depth = made(parent)->depth + 1;
	if (made(parent)->last)
		made(parent)->last->next = &m->node;
	else
		parent->first = &m->node;
	made(parent)->last = &m->node;
	return &m->node;
}

/* The slot of a member of a table; SIZE_MAX in it when it is new. */
static size_t *member(struct reader *r, struct toml *table, struct str key)
{
	size_t number = made(table)->number;
	char *name = arena_alloc(r->arena, sizeof number + key.n);

	memcpy(name, &number, sizeof number);
	if (key.n)
		memcpy(name + sizeof number, key.p, key.n);
	return map_put(&r->members, str_n(name, sizeof number + key.n),
		       SIZE_MAX, NULL);
}

static void say_twice(struct reader *r, struct str key)
{
	diag_add(r->diags, RW1103, diag_at_line(r->path, r->line),
		 "the key \"%.*s\" is there twice",
		 STR_ARG(str_head(key, 100)));
}

/*
 * Adds a member to a table, or an element to an array.  *ret is NULL when the
 * key is there already.
 */
static enum err add(struct reader *r, struct toml *parent,
		    enum toml_type type, struct str key, struct toml **ret)
{
	size_t *slot;

	*ret = NULL;
	if (r->nodes.n >= LIMIT_TOML_NODES) {
		diag_add(r->diags, RW1901, diag_at_line(r->path, r->line),
			 "more than %d TOML values", LIMIT_TOML_NODES);
		return ERR_LIMIT;
	}
	if (made(parent)->depth >= LIMIT_TOML_DEPTH)
		return too_deep(r);
	if (parent->type == TOML_TABLE) {
		slot = member(r, parent, key);
		if (*slot != SIZE_MAX) {
			say_twice(r, key);
			return OK;
		}
		*slot = r->nodes.n;
	}
	*ret = add_node(r, parent, type, key);
	return OK;
}

/* The table that a part of a dotted key leads to. */
static enum err descend(struct reader *r, struct str key, struct toml **table)
{
	size_t *slot = member(r, *table, key);
	struct toml *node;

	if (*slot == SIZE_MAX)
		return add(r, *table, TOML_TABLE, key, table);
	node = r->nodes.v[*slot];
	if (node->type == TOML_ARRAY && made(node)->last)
		node = made(node)->last;
	if (node->type != TOML_TABLE)
		return fail(r, "a key leads through a value that is no table");
	*table = node;
	return OK;
}

/* --- keys ----------------------------------------------------------------- */

static bool is_bare(char c)
{
	return ascii_is_alnum(c) || c == '_' || c == '-';
}

static enum err read_string(struct reader *r, struct str *ret)
{
	struct toml_string s = {.text = r->text, .at = r->at,
				.line = r->line};

	if (!toml_string_read(&s, r->arena, ret))
		return fail(r, "a string that is not closed or not valid");
	r->at = s.at;
	r->line = s.line;
	return OK;
}

static enum err read_key(struct reader *r, struct str *ret)
{
	size_t from = r->at;

	if (peek(r) == '"' || peek(r) == '\'')
		return read_string(r, ret);
	while (is_bare(peek(r)))
		r->at++;
	*ret = str_sub(r->text, from, r->at);
	return ret->n ? OK : fail(r, "no key");
}

/* A dotted key: *table becomes the one that its last part belongs to. */
static enum err read_keys(struct reader *r, struct toml **table,
			  struct str *ret_key)
{
	enum err err = read_key(r, ret_key);

	for (skip_blanks(r); !err && peek(r) == '.'; skip_blanks(r)) {
		r->at++;
		skip_blanks(r);
		err = descend(r, *ret_key, table);
		if (!err)
			err = read_key(r, ret_key);
	}
	return err;
}

/* --- values --------------------------------------------------------------- */

static bool is_plain_byte(char c)
{
	return ascii_is_alnum(c) || (c && strchr("+-_.:", c));
}

static bool is_plain(struct str s)
{
	static const char *const words[] = {"true", "false", "inf", "nan"};

	if (str_any(s, words, str_eq))
		return true;
	return s.n && (ascii_is_digit(s.p[0]) || s.p[0] == '+' ||
		       s.p[0] == '-');
}

/* A number, boolean or date. */
static enum err read_plain(struct reader *r, struct str *ret)
{
	size_t from = r->at;

	while (is_plain_byte(peek(r)))
		r->at++;
	/* a blank may stand between day and time */
	if (r->at - from == 10 && r->text.p[from + 4] == '-' &&
	    peek(r) == ' ' && r->at + 1 < r->text.n &&
	    ascii_is_digit(r->text.p[r->at + 1]))
		for (r->at++; is_plain_byte(peek(r));)
			r->at++;
	*ret = str_sub(r->text, from, r->at);
	return is_plain(*ret) ? OK : fail(r, "no value");
}

/* Reads a value, of a container its beginning alone. */
static enum err begin_value(struct reader *r, struct toml *parent,
			    struct str key)
{
	char c = peek(r);
	bool is_container = c == '[' || c == '{';
	bool is_string = c == '"' || c == '\'';
	enum toml_type type = c == '[' ? TOML_ARRAY : c == '{' ? TOML_TABLE
		: is_string ? TOML_STRING : TOML_PLAIN;
	struct toml *node;
	enum err err = add(r, parent, type, key, &node);
	struct str text;

	if (!err && !node) /* read it all the same, and forget it */
		node = add_node(r, NULL, type, key);
	if (err)
		return err;
	if (is_container) {
		if (r->depth == LIMIT_TOML_DEPTH)
			return too_deep(r);
		r->at++;
		r->levels[r->depth++] = (struct level){.node = node};
		return OK;
	}
	err = is_string ? read_string(r, &text) : read_plain(r, &text);
	if (!err)
		node->text = text;
	else
		node->type = TOML_ABSENT;
	return err;
}

/* key = the beginning of a value */
static enum err begin_member(struct reader *r, struct toml *table)
{
	struct str key;
	enum err err = read_keys(r, &table, &key);

	if (err)
		return err;
	if (peek(r) != '=')
		return fail(r, "no '=' behind a key");
	r->at++;
	skip_blanks(r);
	return begin_value(r, table, key);
}

/* One step in the innermost container. */
static enum err step(struct reader *r)
{
	struct level *l = &r->levels[r->depth - 1];
	bool is_table = l->node->type == TOML_TABLE;

	skip_space(r);
	if (is_end(r))
		return fail(r, "the text ends in a value");
	if (peek(r) == (is_table ? '}' : ']')) {
		r->at++;
		r->depth--;
		return OK;
	}
	if (l->needs_comma) {
		if (peek(r) != ',')
			return fail(r, "no ',' between values");
		r->at++;
		l->needs_comma = false;
		return OK;
	}
	l->needs_comma = true;
	return is_table ? begin_member(r, l->node)
			: begin_value(r, l->node, STR(""));
}

/* --- statements ----------------------------------------------------------- */

/* The array of tables at the last part of a header, and a new table in it. */
static enum err open_element(struct reader *r, struct toml *table,
			     struct str key)
{
	size_t *slot = member(r, table, key);
	struct toml *array = *slot == SIZE_MAX ? NULL : r->nodes.v[*slot];
	enum err err = OK;

	if (!array)
		err = add(r, table, TOML_ARRAY, key, &array);
	else if (array->type != TOML_ARRAY)
		err = fail(r, "the key of an array of tables is taken");
	return err ? err : add(r, array, TOML_TABLE, STR(""), &r->table);
}

static enum err open_table(struct reader *r, struct toml *table,
			   struct str key)
{
	enum err err = descend(r, key, &table);

	if (err)
		return err;
	if (made(table)->is_defined)
		say_twice(r, key);
	made(table)->is_defined = true;
	r->table = table;
	return OK;
}

/* [table] or [[array of tables]] */
static enum err read_header(struct reader *r)
{
	struct toml *table = r->root;
	bool is_array;
	struct str key;
	enum err err;

	r->at++;
	is_array = peek(r) == '[';
	r->at += is_array;
	skip_blanks(r);
	err = read_keys(r, &table, &key);
	if (err)
		return err;
	for (int i = 0; i <= is_array; i++, r->at++)
		if (peek(r) != ']')
			return fail(r, "a header that is not closed");
	return is_array ? open_element(r, table, key)
			: open_table(r, table, key);
}

static enum err read_statement(struct reader *r)
{
	enum err err;

	if (peek(r) == '[') {
		r->table = NULL; /* what belongs to it has no place if bad */
		err = read_header(r);
	} else {
		err = begin_member(r, r->table);
		while (!err && r->depth)
			err = step(r);
	}
	if (err)
		return err;
	skip_comment(r);
	if (!is_end(r) && peek(r) != '\n')
		return fail(r, "text behind a statement");
	return OK;
}

/* On to the next line that begins with a header. */
static void recover(struct reader *r)
{
	r->depth = 0;
	do {
		while (!is_end(r) && peek(r) != '\n')
			r->at++;
		r->at += !is_end(r);
		r->line++;
	} while (!is_end(r) && peek(r) != '[');
}

static void read_text(struct reader *r)
{
	r->root = add_node(r, NULL, TOML_TABLE, STR(""));
	r->table = r->root;
	for (skip_space(r); !is_end(r); skip_space(r)) {
		enum err err = read_statement(r);

		if (!err)
			continue;
		r->err = err;
		if (err == ERR_LIMIT)
			return;
		recover(r);
	}
}

enum err toml_parse(struct str text, struct str path, struct arena *a,
		    struct diags *ds, const struct toml **ret)
{
	struct reader *r = mem_new(1, sizeof *r);
	enum err err;

	*r = (struct reader){.text = text, .line = 1, .path = path,
			     .arena = a, .diags = ds};
	read_text(r);
	*ret = r->root;
	err = r->err;
	map_release(&r->members);
	vec_release(&r->nodes);
	free(r);
	return err;
}

const struct toml *toml_get(const struct toml *table, const char *key)
{
	if (table->type != TOML_TABLE)
		return &absent;
	for (const struct toml *m = table->first; m; m = m->next)
		if (str_is(m->key, key))
			return m;
	return &absent;
}

struct str toml_str(const struct toml *node)
{
	return node->type == TOML_STRING ? node->text : STR("");
}

struct str toml_get_str(const struct toml *table, const char *key)
{
	return toml_str(toml_get(table, key));
}
