/* Laying policies over each other. */
#include "assess/extend.h"

/* A mapping or sequence that is being built. */
struct building {
	struct yaml *node, **end;
	struct arena *arena;
};

static struct building begin(struct arena *a, const struct yaml *like)
{
	struct building b = {arena_alloc(a, sizeof *b.node), NULL, a};

	*b.node = *like;
	b.node->first = NULL;
	b.node->count = 0;
	b.end = &b.node->first;
	return b;
}

static void append(struct building *b, const struct yaml *member)
{
	struct yaml *copy = arena_alloc(b->arena, sizeof *copy);

	*copy = *member;
	copy->next = NULL;
	*b->end = copy;
	b->end = &copy->next;
	b->node->count++;
}

static const struct yaml *with_id(const struct yaml *rules, struct str id)
{
	for (const struct yaml *m = rules->first; m; m = m->next)
		if (m->type == YAML_MAPPING && id.n &&
		    str_eq(yaml_get_str(m, "id"), id))
			return m;
	return NULL;
}

static struct yaml *merge_rules(struct arena *a, const struct yaml *base,
				const struct yaml *over)
{
	struct building b = begin(a, over);

	for (const struct yaml *m = base->first; m; m = m->next) {
		const struct yaml *new = with_id(over,
						 yaml_get_str(m, "id"));

		append(&b, new ? new : m);
	}
	for (const struct yaml *m = over->first; m; m = m->next)
		if (!with_id(base, yaml_get_str(m, "id")))
			append(&b, m);
	return b.node;
}

static bool has_key(const struct yaml *mapping, const struct yaml *member)
{
	for (const struct yaml *m = mapping->first; m; m = m->next)
		if (str_eq(yaml_str(m->key), yaml_str(member->key)))
			return true;
	return false;
}

static struct yaml *merge_keys(struct arena *a, const struct yaml *base,
			       const struct yaml *over)
{
	struct building b = begin(a, over);

	for (const struct yaml *m = over->first; m; m = m->next)
		append(&b, m);
	for (const struct yaml *m = base->first; m; m = m->next)
		if (!has_key(over, m))
			append(&b, m);
	return b.node;
}

const struct yaml *extend_merge(struct arena *a, const struct yaml *base,
				const struct yaml *over)
{
	struct yaml *merged;

	if (base->type != YAML_MAPPING || over->type != YAML_MAPPING)
		return over;
	merged = merge_keys(a, base, over);
	for (struct yaml *m = merged->first; m; m = m->next) {
		const struct yaml *old = yaml_get(base,
			arena_cstr(a, yaml_str(m->key)));
		struct yaml *joined = NULL;

		if (old->type != m->type || !has_key(over, m))
			continue;
		if (str_is(yaml_str(m->key), "rules") &&
		    m->type == YAML_SEQUENCE)
			joined = merge_rules(a, old, m);
		else if (str_is(yaml_str(m->key), "parameters") &&
			 m->type == YAML_MAPPING)
			joined = merge_keys(a, old, m);
		if (joined) {
			m->first = joined->first;
			m->count = joined->count;
		}
	}
	return merged;
}

/* The name in "${NAME}", or "". */
static struct str parameter_in(const struct yaml *node)
{
	struct str s = node->type == YAML_SCALAR ? node->text : STR("");

	if (!str_has_prefix(s, STR("${")) || !str_has_suffix(s, STR("}")))
		return STR("");
	return str_sub(s, 2, s.n - 1);
}

static void put_in(struct fields *f, const struct yaml *parameters,
		   struct yaml *node)
{
	struct str name = parameter_in(node);
	const struct yaml *p;

	if (!name.n)
		return;
	p = yaml_get(parameters, arena_cstr(f->arena, name));
	if (p->type != YAML_SCALAR) {
		fields_bad(f, node, "there is no parameter '%.*s'",
			   STR_ARG(name));
		return;
	}
	node->text = p->text;
	node->is_plain = p->is_plain;
	node->line = p->line;
	node->column = p->column;
}

/* A deep copy; the depth is bounded by LIMIT_YAML_DEPTH. */
static void copy_members(struct fields *f, const struct yaml *parameters,
			 struct yaml *node)
{
	struct building b = begin(f->arena, node);

	for (const struct yaml *m = node->first; m; m = m->next) {
		struct yaml copy = *m;

		put_in(f, parameters, &copy);
		copy_members(f, parameters, &copy);
		append(&b, &copy);
	}
	node->first = b.node->first;
}

const struct yaml *extend_substitute(struct fields *f,
				     const struct yaml *root)
{
	struct yaml *copy = arena_alloc(f->arena, sizeof *copy);

	*copy = *root;
	copy_members(f, yaml_get(root, "parameters"), copy);
	return copy;
}
