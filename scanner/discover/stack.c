/* Reads stack files; the keys are those of ranwhence-stack(5). */
#include "discover/stack.h"

#include <string.h>

#include "base/date.h"
#include "base/limits.h"
#include "base/path.h"
#include "base/yaml_in.h"
#include "model/purl.h"

struct reader {
	struct str path;
	struct arena *arena;
	struct diags *ds;
	struct stack *st;
	bool bad;
};

static void complain(struct reader *r, const struct yaml *at,
		     const char *what, struct str detail)
{
	diag_add(r->ds, RW1501, yaml_place(at, r->path), "%s%s%.*s", what,
		 detail.n ? ": " : "", STR_ARG(str_head(detail, 100)));
	r->bad = true;
}

/* Complains about members of a mapping whose key is not in `known`. */
static void check_keys(struct reader *r, const struct yaml *map,
		       const char *const *known)
{
	for (const struct yaml *m = map->first; m; m = m->next) {
		size_t i = 0;

		while (known[i] && !str_is(m->key->text, known[i]))
			i++;
		if (!known[i])
			complain(r, m->key, "unknown key", m->key->text);
	}
}

/* The text of a key's scalar; complains when it is none, or must be. */
static struct str text_of(struct reader *r, const struct yaml *map,
			  const char *key, bool must)
{
	const struct yaml *v = yaml_get(map, key);

	if (v->type == YAML_ABSENT) {
		if (must)
			complain(r, map, "missing key", str_c(key));
		return STR("");
	}
	if (v->type != YAML_SCALAR || yaml_str(v).n > LIMIT_NAME_BYTES) {
		complain(r, v, "not a short text", str_c(key));
		return STR("");
	}
	if (must && !yaml_str(v).n)
		complain(r, v, "an empty text", str_c(key));
	return yaml_str(v);
}

/* One of a few words, "" when absent. */
static struct str word_of(struct reader *r, const struct yaml *map,
			  const char *key, const char *const *words)
{
	struct str s = text_of(r, map, key, false);

	for (size_t i = 0; s.n && words[i]; i++)
		if (str_is(s, words[i]))
			return s;
	if (s.n)
		complain(r, yaml_get(map, key), "unknown value", s);
	return STR("");
}

static bool is_address(struct str s)
{
	return str_find(s, STR("://")) != SIZE_MAX ||
	       str_has_prefix(s, STR("git@"));
}

/* A path of the file, cleaned; complains when it leads outside. */
static struct str path_of(struct reader *r, const struct yaml *at,
			  struct str s)
{
	struct str clean;

	if (path_normalise(r->arena, s, &clean)) {
		diag_add(r->ds, RW1502, yaml_place(at, r->path),
			 "the path leaves the folder of the stack file: %.*s",
			 STR_ARG(str_head(s, 200)));
		r->bad = true;
		return STR("");
	}
	return clean.n ? clean : STR(".");
}

static void read_repository(struct reader *r, const struct yaml *at,
			    struct str s, struct stack_component *c)
{
	if (!is_address(s)) {
		c->form = STACK_PATH;
		c->what = path_of(r, at, s);
		return;
	}
	c->form = STACK_REPOSITORY;
	c->what = component_repository_url(s, r->arena);
	if (!c->what.n)
		complain(r, at, "not a repository address", s);
}

static void read_purl(struct reader *r, const struct yaml *at, struct str s,
		      struct stack_component *c)
{
	c->form = STACK_PURL;
	c->what = purl_canonical(s, r->arena);
	if (!c->what.n)
		complain(r, at, "not a package URL", s);
}

/* Which of repository, sbom and purl is there, exactly one. */
static void read_what(struct reader *r, const struct yaml *map,
		      struct stack_component *c)
{
	struct str repository = text_of(r, map, "repository", false);
	struct str sbom = text_of(r, map, "sbom", false);
	struct str purl = text_of(r, map, "purl", false);

	if (!!repository.n + !!sbom.n + !!purl.n != 1) {
		complain(r, map, "needs exactly one of repository, sbom "
				 "and purl", STR(""));
	} else if (repository.n) {
		read_repository(r, yaml_get(map, "repository"), repository, c);
	} else if (sbom.n) {
		c->form = STACK_SBOM;
		c->what = path_of(r, yaml_get(map, "sbom"), sbom);
	} else {
		read_purl(r, yaml_get(map, "purl"), purl, c);
	}
}

static void read_built(struct reader *r, const struct yaml *map,
		       struct stack_component *c)
{
	const struct yaml *list = yaml_get(map, "built");

	if (list->type == YAML_ABSENT)
		return;
	if (list->type != YAML_SEQUENCE) {
		complain(r, list, "not a list", STR("built"));
		return;
	}
	for (const struct yaml *m = list->first; m; m = m->next) {
		if (m->type != YAML_SCALAR)
			complain(r, m, "not a path pattern", STR(""));
		else
			vec_push(&c->built, yaml_str(m));
	}
}

/* The day of a key; `otherwise` where it is absent. */
static int32_t day_of(struct reader *r, const struct yaml *map,
		      const char *key, int32_t otherwise)
{
	struct str s = text_of(r, map, key, false);
	int32_t day;

	if (!s.n)
		return otherwise;
	if (!date_parse(s, &day))
		return day;
	complain(r, yaml_get(map, key), "not a date YYYY-MM-DD", s);
	return otherwise;
}

/* The patterns of one class: one, or a list of them. */
static void read_class(struct reader *r, const struct yaml *of,
		       enum line_class class, struct stack_component *c)
{
	const struct yaml *one = of->type == YAML_SEQUENCE ? of->first : of;

	for (; one; one = of->type == YAML_SEQUENCE ? one->next : NULL) {
		struct str paths = yaml_str(one);

		if (one->type != YAML_SCALAR || !paths.n ||
		    paths.n > LIMIT_NAME_BYTES)
			complain(r, one, "not a path pattern", STR(""));
		else
			vec_push(&c->classes.list, ((struct line_class_choice){
				class, paths}));
	}
}

static void read_classes(struct reader *r, const struct yaml *map,
			 struct stack_component *c)
{
	const struct yaml *of = yaml_get(map, "classes");
	enum line_class class;

	if (of->type == YAML_ABSENT)
		return;
	if (of->type != YAML_MAPPING) {
		complain(r, of, "not a mapping of classes", STR("classes"));
		return;
	}
	for (const struct yaml *m = of->first; m; m = m->next)
		if (line_class_find(m->key->text, &class))
			read_class(r, m, class, c);
		else
			complain(r, m->key, "unknown class of lines",
				 m->key->text);
}

static bool is_commit(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_hex(s.p[i]))
			return false;
	return s.n == 40 || s.n == 64;
}

/* When it goes into and out of service, where that is said. */
static void read_service(struct reader *r, const struct yaml *map,
			 struct stack_component *c)
{
	c->in_service = day_of(r, map, "in-service", c->in_service);
	c->end_of_life = day_of(r, map, "end-of-life", c->end_of_life);
	if (c->in_service && c->end_of_life &&
	    c->in_service >= c->end_of_life)
		complain(r, map, "in-service is not before end-of-life",
			 STR(""));
}

/* `of` is what the function says of all its components. */
static void read_component(struct reader *r, const struct yaml *map,
			   const struct stack_component *of)
{
	static const char *const keys[] = {
		"repository", "sbom", "purl", "name", "version", "commit",
		"supplier", "built", "classes", "in-service",
		"end-of-life", NULL};
	struct stack_component *c;

	if (map->type != YAML_MAPPING) {
		complain(r, map, "a component is a mapping", STR(""));
		return;
	}
	check_keys(r, map, keys);
	c = vec_add(&r->st->components);
	*c = (struct stack_component){
		.function = of->function, .line = map->line,
		.in_service = of->in_service, .end_of_life = of->end_of_life,
		.name = text_of(r, map, "name", false),
		.version = text_of(r, map, "version", false),
		.commit = text_of(r, map, "commit", false),
		.supplier = text_of(r, map, "supplier", false)};
	if (c->commit.n && !is_commit(c->commit))
		complain(r, yaml_get(map, "commit"),
			 "not a full commit id", c->commit);
	read_what(r, map, c);
	read_built(r, map, c);
	read_classes(r, map, c);
	read_service(r, map, c);
}

static void read_function(struct reader *r, const struct yaml *map)
{
	static const char *const keys[] = {
		"function", "components", "in-service", "end-of-life", NULL};
	const struct yaml *list = yaml_get(map, "components");
	struct stack_component of = {.function = FUNCTION_NONE};
	struct str name;

	if (map->type != YAML_MAPPING) {
		complain(r, map, "a function is a mapping", STR(""));
		return;
	}
	check_keys(r, map, keys);
	name = text_of(r, map, "function", true);
	if (name.n && !component_find_function(name, &of.function))
		complain(r, yaml_get(map, "function"),
			 "unknown network function", name);
	read_service(r, map, &of);
	if (list->type != YAML_SEQUENCE || !list->first)
		complain(r, list->type == YAML_ABSENT ? map : list,
			 "components must be a list", STR(""));
	else
		for (const struct yaml *m = list->first; m; m = m->next)
			read_component(r, m, &of);
}

static void read_info(struct reader *r, const struct yaml *top)
{
	static const char *const perimeters[] = {
		"ran", "core", "transport", "cloud", NULL};
	static const char *const classes[] = {
		"government", "critical", "general", NULL};
	static const char *const answers[] = {"true", "false", NULL};
	struct stack_info *info = &r->st->info;
	int32_t day;

	if (!str_is(text_of(r, top, "stack", true), "1"))
		complain(r, yaml_get(top, "stack"),
			 "only version 1 of the stack file is known",
			 STR(""));
	info->file = r->path;
	info->name = text_of(r, top, "name", true);
	info->supplier = text_of(r, top, "supplier", false);
	info->date = text_of(r, top, "date", false);
	if (info->date.n && date_parse(info->date, &day))
		complain(r, yaml_get(top, "date"), "not a date YYYY-MM-DD",
			 info->date);
	info->perimeter = word_of(r, top, "perimeter", perimeters);
	info->user_class = word_of(r, top, "user-class", classes);
	r->st->count_once = str_is(word_of(r, top, "count-once", answers),
				   "true");
}

static void read_top(struct reader *r, const struct yaml *top)
{
	static const char *const keys[] = {
		"stack", "name", "supplier", "date", "perimeter",
		"user-class", "count-once", "functions", NULL};
	const struct yaml *list = yaml_get(top, "functions");

	if (top->type != YAML_MAPPING) {
		complain(r, top, "a stack file is a mapping", STR(""));
		return;
	}
	check_keys(r, top, keys);
	read_info(r, top);
	if (list->type != YAML_SEQUENCE || !list->first)
		complain(r, list->type == YAML_ABSENT ? top : list,
			 "functions must be a list", STR(""));
	else
		for (const struct yaml *m = list->first; m; m = m->next)
			read_function(r, m);
}

void stack_release(struct stack *st)
{
	for (size_t i = 0; i < st->components.n; i++) {
		vec_release(&st->components.v[i].built);
		vec_release(&st->components.v[i].classes.list);
	}
	vec_release(&st->components);
}

bool stack_sniffs(struct str text)
{
	struct str line;

	if (str_has_prefix(text, STR("\xef\xbb\xbf")))
		text = str_from(text, 3);
	while (str_line(&text, &line))
		if (str_has_prefix(line, STR("stack:")))
			return true;
	return false;
}

enum err stack_parse(struct str text, struct str path, struct arena *a,
		     struct diags *ds, struct stack *ret)
{
	struct reader r = {.path = path, .arena = a, .ds = ds, .st = ret};
	const struct yaml *top;

	*ret = (struct stack){0};
	if (yaml_parse(text, 0, path, a, ds, &top))
		r.bad = true;
	read_top(&r, top);
	return r.bad ? ERR_CONFIG : OK;
}
