/*
 * Steps of CI: from scalars of YAML to shell text.  A literal block keeps its
 * lines; of any other scalar all stands on its first line.
 */
#include "extract/ci_steps.h"

#include "base/limits.h"
#include "extract/image.h"
#include "extract/scope.h"

enum scope ci_steps_scope(const struct ci_steps *s)
{
	return scope_of_path(s->x->path, SCOPE_CI);
}

void ci_steps_init(struct ci_steps *s, struct extraction *x,
		   const struct extractor *e)
{
	struct str rest = x->text, line;

	*s = (struct ci_steps){.x = x, .extractor = e};
	shell_init(&s->shell, x, '\\');
	s->shell.groups.v[0] = (struct shell_group){
		.fetched = ci_steps_scope(s), .packages = ci_steps_scope(s)};
	while (str_line(&rest, &line))
		vec_push(&s->lines, (size_t)(line.p - x->text.p));
}

void ci_steps_release(struct ci_steps *s)
{
	shell_release(&s->shell);
	vec_release(&s->lines);
}

/* Whether the scalar is a block that keeps its lines: key: | */
static bool is_literal(const struct ci_steps *s, const struct yaml *node)
{
	struct str rest;

	if (!node->line || node->line > s->lines.n || !node->column)
		return false;
	rest = str_from(s->x->text, s->lines.v[node->line - 1]);
	rest = str_head(rest, str_find_ch(rest, '\n'));
	return str_has_prefix(str_from(rest, node->column - 1), STR("|"));
}

/* ${{ env.NAME }} as ${NAME}, any other as ${}: unknown. */
static void without_expressions(struct str text, struct strbuf *to)
{
	static const char env[] = "env.";
	size_t at, end;

	while ((at = str_find(text, STR("${{"))) != SIZE_MAX) {
		struct str rest = str_from(text, at + 3), inner;

		end = str_find(rest, STR("}}"));
		if (end == SIZE_MAX)
			break;
		inner = str_trim(str_head(rest, end));
		strbuf_add(to, str_head(text, at));
		strbuf_cstr(to, "${");
		if (str_has_prefix(inner, str_c(env)))
			strbuf_add(to, str_from(inner, sizeof env - 1));
		strbuf_cstr(to, "}");
		text = str_from(rest, end + 2);
	}
	strbuf_add(to, text);
}

static struct str plain_text(struct ci_steps *s, struct str text)
{
	struct strbuf b;
	struct str made;

	if (str_find(text, STR("${{")) == SIZE_MAX)
		return text;
	strbuf_init(&b, LIMIT_SOURCE_BYTES);
	without_expressions(text, &b);
	made = arena_dup(s->x->scratch, strbuf_str(&b));
	strbuf_release(&b);
	return made;
}

void ci_steps_read(struct ci_steps *s, const struct yaml *node)
{
	bool keeps_lines = is_literal(s, node);
	struct shell_source source = {.line = node->line + keeps_lines,
				      .is_folded = !keeps_lines};

	if (node->type != YAML_SCALAR)
		return;
	source.text = plain_text(s, node->text);
	vars_mark(&s->shell.vars);
	shell_read(&s->shell, &source);
	vars_rewind(&s->shell.vars);
}

void ci_steps_set(struct ci_steps *s, const struct yaml *mapping)
{
	const struct yaml *m;

	if (mapping->type != YAML_MAPPING)
		return;
	for (m = mapping->first; m; m = m->next)
		if (m->type == YAML_SCALAR && m->key->type == YAML_SCALAR &&
		    m->text.n <= LIMIT_NAME_BYTES)
			vars_set(&s->shell.vars, m->key->text,
				 plain_text(s, m->text));
}

void ci_steps_image(struct ci_steps *s, const struct yaml *node)
{
	struct str text = plain_text(s, yaml_str(node));
	struct component *c;
	struct image image;

	if (!text.n || text.n > LIMIT_NAME_BYTES)
		return;
	vars_expand(&s->shell.vars, text, VARS_KEEP);
	text = arena_dup(s->x->scratch, strbuf_str(&s->shell.vars.text));
	if (image_parse(text, &image))
		c = image_add(s->x, s->extractor, &image, node->line);
	else
		c = image_add_unknown(s->x, s->extractor, text, node->line);
	if (c)
		c->scope = ci_steps_scope(s);
}
