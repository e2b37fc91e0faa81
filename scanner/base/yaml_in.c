/*
 * YAML 1.1 by the events of libyaml 0.2.5, into nodes of an arena.  libyaml
 * bounds neither nesting nor aliases and resolves no merge keys: all of that
 * is done here, with an explicit stack.
 */
#include "base/yaml_in.h"

#include <yaml.h>

#include "base/limits.h"
#include "base/map.h"
#include "base/utf8.h"

/* libyaml compares each %TAG line with all before it. */
#define TAG_LINES_MAX 64

struct anchor {
	struct yaml *node;
	size_t weight; /* nodes in it, aliases expanded; 0 = still open */
};

/* A container that is not complete. */
struct level {
	struct yaml *node;
	struct yaml *last;        /* its last member */
	struct yaml *key;         /* of the member to come */
	struct map seen;          /* keys of a mapping */
	VEC(struct yaml *) merges; /* values of << in it */
	size_t nodes_before;
	size_t anchor;            /* index, SIZE_MAX = none */
};

struct reader {
	yaml_parser_t parser;
	struct str text, path;
	struct arena *arena;
	struct diags *diags;
	struct level levels[LIMIT_YAML_DEPTH];
	size_t depth;
	size_t nodes;
	struct map anchor_names;
	VEC(struct anchor) anchors;
	struct yaml *root;
	struct yaml *stream; /* of all documents; NULL when one is wanted */
	struct yaml *last;   /* of its members */
};

static const struct yaml absent;

static struct place place_of(const struct reader *r, yaml_mark_t mark)
{
	return diag_at_column(r->path, (unsigned)mark.line + 1,
			      (unsigned)mark.column + 1);
}

static enum err say_malformed(struct reader *r, yaml_mark_t mark,
			      const char *what)
{
	diag_add(r->diags, RW1106, place_of(r, mark), "%s", what);
	return ERR_FORMAT;
}

/* What libyaml did not like; a bad byte comes with an offset only. */
static enum err say_problem(struct reader *r)
{
	const yaml_parser_t *p = &r->parser;
	yaml_mark_t mark = p->problem_mark;

	if (p->error == YAML_MEMORY_ERROR)
		mem_fail(); /* the text may be sound */
	if (p->error == YAML_READER_ERROR) {
		struct str before = str_head(r->text, p->problem_offset);
		size_t nl = str_rfind_ch(before, '\n');

		mark.line = 0;
		mark.column = before.n - (nl == SIZE_MAX ? 0 : nl + 1);
		for (size_t i = 0; i < before.n; i++)
			mark.line += before.p[i] == '\n';
	}
	return say_malformed(r, mark, p->problem ? p->problem : "not YAML");
}

static enum err count_nodes(struct reader *r, size_t n, yaml_mark_t mark)
{
	if (n > LIMIT_YAML_NODES - r->nodes) {
		diag_add(r->diags, RW1901, place_of(r, mark),
			 "more than %d YAML nodes", LIMIT_YAML_NODES);
		return ERR_LIMIT;
	}
	r->nodes += n;
	return OK;
}

static struct yaml *new_node(struct reader *r, enum yaml_type type,
			     yaml_mark_t mark)
{
	struct yaml *node = arena_alloc(r->arena, sizeof *node);

	*node = (struct yaml){.type = type,
			      .line = (unsigned)mark.line + 1,
			      .column = (unsigned)mark.column + 1};
	return node;
}

static void append(struct level *l, struct yaml *node)
{
	if (l->last)
		l->last->next = node;
	else
		l->node->first = node;
	l->last = node;
	l->node->count++;
}

/* A member of a mapping: a value with its key, << put aside. */
static void attach_member(struct reader *r, struct level *l,
			  struct yaml *node)
{
	struct yaml *key = l->key;
	bool is_new = true;

	l->key = NULL;
	if (key->is_plain && str_is(key->text, "<<")) {
		vec_push(&l->merges, node);
		return;
	}
	if (key->type == YAML_SCALAR)
		map_put(&l->seen, key->text, 0, &is_new);
	if (!is_new) {
		diag_add(r->diags, RW1103, yaml_place(key, r->path),
			 "the key \"%.*s\" is there twice",
			 STR_ARG(str_head(key->text, 100)));
		return;
	}
	node->key = key;
	append(l, node);
}

/* Puts a node where it stands in the tree; its members may follow. */
static void attach(struct reader *r, struct yaml *node)
{
	struct level *l = r->depth ? &r->levels[r->depth - 1] : NULL;

	if (!l)
		r->root = node;
	else if (l->node->type == YAML_SEQUENCE)
		append(l, node);
	else if (!l->key)
		l->key = node;
	else
		attach_member(r, l, node);
}

static size_t add_anchor(struct reader *r, const yaml_char_t *name,
			 struct yaml *node, size_t weight)
{
	struct str key = str_c((const char *)name);
	size_t *at;

	if (!name)
		return SIZE_MAX;
	vec_push(&r->anchors, ((struct anchor){node, weight}));
	at = map_get(&r->anchor_names, key);
	if (!at)
		at = map_put(&r->anchor_names, arena_dup(r->arena, key), 0,
			     NULL);
	*at = r->anchors.n - 1;
	return *at;
}

static enum err on_alias(struct reader *r, const yaml_event_t *e)
{
	struct str name = str_c((const char *)e->data.alias.anchor);
	const size_t *at = map_get(&r->anchor_names, name);
	const struct anchor *a = at ? &r->anchors.v[*at] : NULL;
	struct yaml *node;
	enum err err;

	if (!a)
		return say_malformed(r, e->start_mark,
				     "alias of an unknown anchor");
	if (!a->weight)
		return say_malformed(r, e->start_mark,
				     "alias inside its own anchor");
	err = count_nodes(r, a->weight, e->start_mark);
	if (err)
		return err;
	/* The members are shared: nobody changes them any more. */
	node = arena_alloc(r->arena, sizeof *node);
	*node = *a->node;
	node->next = node->key = NULL;
	attach(r, node);
	return OK;
}

/* A copy, without the NUL or lone surrogate that an escape may stand for. */
static struct str sound_text(struct reader *r, const yaml_event_t *e,
			     struct str text)
{
	struct str copy = arena_dup(r->arena, text);
	struct str sound = utf8_repair(r->arena, copy);

	if (sound.p != copy.p)
		diag_add(r->diags, RW1105, place_of(r, e->start_mark),
			 "an escape that is no text was replaced");
	return sound;
}

static enum err on_scalar(struct reader *r, const yaml_event_t *e)
{
	struct yaml *node;
	enum err err = count_nodes(r, 1, e->start_mark);

	if (err)
		return err;
	node = new_node(r, YAML_SCALAR, e->start_mark);
	node->text = sound_text(r, e, str_n(
		(const char *)e->data.scalar.value, e->data.scalar.length));
	node->is_plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
			 e->data.scalar.plain_implicit;
	add_anchor(r, e->data.scalar.anchor, node, 1);
	attach(r, node);
	return OK;
}

static enum err on_open(struct reader *r, const yaml_event_t *e,
			enum yaml_type type, const yaml_char_t *anchor)
{
	struct yaml *node;
	enum err err = count_nodes(r, 1, e->start_mark);

	if (err)
		return err;
	if (r->depth == LIMIT_YAML_DEPTH) {
		diag_add(r->diags, RW1104, place_of(r, e->start_mark),
			 "more than %d levels", LIMIT_YAML_DEPTH);
		return ERR_LIMIT;
	}
	node = new_node(r, type, e->start_mark);
	attach(r, node);
	r->levels[r->depth++] = (struct level){
		.node = node, .nodes_before = r->nodes - 1,
		.anchor = add_anchor(r, anchor, node, 0)};
	return OK;
}

/* Adds the members of a merged mapping that are not there yet. */
static void merge_mapping(struct reader *r, struct level *l,
			  const struct yaml *from)
{
	for (const struct yaml *m = from->first; m; m = m->next) {
		bool is_new = true;
		struct yaml *copy;

		if (m->key->type == YAML_SCALAR)
			map_put(&l->seen, m->key->text, 0, &is_new);
		if (!is_new)
			continue;
		copy = arena_alloc(r->arena, sizeof *copy);
		*copy = *m;
		copy->next = NULL;
		append(l, copy);
	}
}

/* The value of a merge key: a mapping, or a sequence of them. */
static void merge(struct reader *r, struct level *l, const struct yaml *value)
{
	const struct yaml *from = value;

	if (value->type == YAML_SEQUENCE)
		from = value->first;
	for (; from; from = from == value ? NULL : from->next) {
		if (from->type == YAML_MAPPING)
			merge_mapping(r, l, from);
		else
			diag_add(r->diags, RW1106, yaml_place(from, r->path),
				 "only mappings can be merged");
	}
}

/* Ends the innermost container. */
static void on_close(struct reader *r)
{
	struct level *l = &r->levels[--r->depth];

	for (size_t i = 0; i < l->merges.n; i++)
		merge(r, l, l->merges.v[i]);
	if (l->anchor != SIZE_MAX)
		r->anchors.v[l->anchor].weight = r->nodes - l->nodes_before;
	vec_release(&l->merges);
	map_release(&l->seen);
}

static enum err on_event(struct reader *r, const yaml_event_t *e)
{
	switch (e->type) {
	case YAML_SCALAR_EVENT:
		return on_scalar(r, e);
	case YAML_ALIAS_EVENT:
		return on_alias(r, e);
	case YAML_SEQUENCE_START_EVENT:
		return on_open(r, e, YAML_SEQUENCE,
			       e->data.sequence_start.anchor);
	case YAML_MAPPING_START_EVENT:
		return on_open(r, e, YAML_MAPPING,
			       e->data.mapping_start.anchor);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		on_close(r);
		return OK;
	default:
		return OK;
	}
}

/* Puts the document that was read last with those before it. */
static void end_document(struct reader *r)
{
	if (!r->stream || !r->root)
		return;
	if (r->last)
		r->last->next = r->root;
	else
		r->stream->first = r->root;
	r->last = r->root;
	r->stream->count++;
	r->root = NULL;
	map_release(&r->anchor_names);
	vec_clear(&r->anchors);
}

/* Reads up to the end of document number `want`, or all of them. */
static enum err read_document(struct reader *r, size_t want)
{
	size_t document = 0; /* number of the one begun last, from 1 */
	enum err err = OK;
	bool done = false;

	while (!err && !done) {
		yaml_event_t e;

		if (!yaml_parser_parse(&r->parser, &e))
			return say_problem(r);
		if (e.type == YAML_DOCUMENT_START_EVENT)
			document++;
		if (r->stream || document == want + 1)
			err = on_event(r, &e);
		if (e.type == YAML_STREAM_END_EVENT)
			err = ERR_NOTFOUND;
		if (e.type == YAML_DOCUMENT_END_EVENT)
			end_document(r);
		done = e.type == YAML_DOCUMENT_END_EVENT && !r->stream &&
		       document == want + 1;
		yaml_event_delete(&e);
	}
	return err;
}

static bool has_tag_bomb(struct str text)
{
	size_t n = 0;
	struct str line;

	while (str_line(&text, &line))
		n += str_has_prefix(line, STR("%TAG"));
	return n > TAG_LINES_MAX;
}

static enum err read_text(struct reader *r, size_t want)
{
	enum err err;

	if (has_tag_bomb(r->text)) {
		diag_add(r->diags, RW1901, diag_at(r->path),
			 "more than %d %%TAG lines", TAG_LINES_MAX);
		return ERR_LIMIT;
	}
	if (!yaml_parser_initialize(&r->parser))
		mem_fail();
	yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r->parser,
				     (const unsigned char *)r->text.p,
				     r->text.n);
	err = read_document(r, want);
	while (r->depth)
		on_close(r);
	end_document(r);
	yaml_parser_delete(&r->parser);
	map_release(&r->anchor_names);
	vec_release(&r->anchors);
	return err;
}

static enum err parse(struct str text, size_t want, struct reader *r,
		      const struct yaml **ret)
{
	struct arena repaired = {0};
	enum err err;

	/* libyaml would take the mark for an indent of the first line */
	if (str_has_prefix(text, STR("\xef\xbb\xbf")))
		text = str_from(text, 3);
	if (!utf8_is_valid(text)) {
		diag_add(r->diags, RW1105, diag_at(r->path),
			 "invalid UTF-8 or a NUL was replaced");
		text = utf8_repair(&repaired, text);
	}
	r->text = text;
	err = read_text(r, want);
	if (r->stream && r->stream->count)
		*ret = r->stream;
	else
		*ret = r->root ? r->root : &absent;
	arena_release(&repaired);
	free(r);
	return err;
}

enum err yaml_parse(struct str text, size_t skip, struct str path,
		    struct arena *a, struct diags *ds,
		    const struct yaml **ret)
{
	struct reader *r = mem_new(1, sizeof *r);

	*r = (struct reader){.path = path, .arena = a, .diags = ds};
	return parse(text, skip, r, ret);
}

enum err yaml_parse_all(struct str text, struct str path, struct arena *a,
			struct diags *ds, const struct yaml **ret)
{
	struct reader *r = mem_new(1, sizeof *r);
	enum err err;

	*r = (struct reader){.path = path, .arena = a, .diags = ds};
	r->stream = arena_alloc(a, sizeof *r->stream);
	*r->stream = (struct yaml){.type = YAML_SEQUENCE, .line = 1};
	err = parse(text, 0, r, ret);
	/* the end of the text is not too soon here */
	return err == ERR_NOTFOUND ? OK : err;
}

const struct yaml *yaml_get(const struct yaml *mapping, const char *key)
{
	if (mapping->type != YAML_MAPPING)
		return &absent;
	for (const struct yaml *m = mapping->first; m; m = m->next)
		if (m->key->type == YAML_SCALAR && str_is(m->key->text, key))
			return m;
	return &absent;
}

static bool is_word(const struct yaml *node, const char *const *words,
		    size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(node->text, str_c(words[i])))
			return true;
	return false;
}

struct str yaml_str(const struct yaml *node)
{
	static const char *const nulls[] = {"~", "null"};

	if (node->type != YAML_SCALAR ||
	    (node->is_plain && is_word(node, nulls, 2)))
		return STR("");
	return node->text;
}

struct str yaml_get_str(const struct yaml *mapping, const char *key)
{
	return yaml_str(yaml_get(mapping, key));
}

bool yaml_bool(const struct yaml *node, bool *ret_value)
{
	static const char *const yes[] = {"true", "yes", "on"};
	static const char *const no[] = {"false", "no", "off"};

	if (node->type != YAML_SCALAR || !node->is_plain)
		return false;
	*ret_value = is_word(node, yes, 3);
	return *ret_value || is_word(node, no, 3);
}

struct place yaml_place(const struct yaml *node, struct str path)
{
	return diag_at_column(path, node->line, node->column);
}

const char *yaml_library_version(void)
{
	return yaml_get_version_string();
}
