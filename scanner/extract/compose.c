/*
 * Compose files: images of services, by the Compose Specification.  Values of
 * variables come from the `.env` of the project, or from their default; an
 * image that a service builds is the project's own.
 */
#include "base/path.h"
#include "base/yaml_in.h"
#include "extract/companion.h"
#include "extract/declare.h"
#include "extract/image.h"
#include "extract/lines.h"
#include "extract/scope.h"
#include "extract/vars.h"

struct compose {
	struct extraction *x;
	struct vars vars;
};

/* The text of the `.env` beside the file, or of the project that stands in
 * the folder above and takes the file in. */
static struct str find_env(struct extraction *x)
{
	static const char *const names[] = {
		"docker-compose.yaml", "docker-compose.yml", "compose.yaml",
		"compose.yml"};
	struct str dir = path_dir(x->path);
	struct str beside = companion_beside(x, ".env");

	if (beside.n || !dir.n)
		return beside;
	dir = path_dir(dir);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (declare_find(x->tree, path_join(x->scratch, dir,
						    str_c(names[i]))))
			return companion_text(x, path_join(
				x->scratch, dir, STR(".env")));
	return STR("");
}

/* NAME=value lines; what the shell sets besides is not known. */
static void read_env(struct compose *c)
{
	struct str rest = find_env(c->x), line;

	while (str_line(&rest, &line)) {
		struct str name, value;
		bool adds;

		line = str_trim(line);
		if (str_has_prefix(line, STR("export ")))
			line = str_trim(str_from(line, 7));
		name = vars_assigned(line, &value, &adds);
		if (name.n)
			vars_assign(&c->vars, name, str_trim(value));
	}
}

static void add_image(struct compose *c, const struct yaml *node)
{
	struct str written = str_trim(yaml_str(node)), text;
	struct component *component;
	struct image image;
	bool is_known;

	if (!written.n)
		return;
	is_known = vars_expand(&c->vars, written, VARS_KEEP);
	text = str_trim(strbuf_str(&c->vars.text));
	if (is_known && !text.n)
		return;
	if (is_known && image_parse(text, &image))
		component = image_add(c->x, &extract_compose, &image,
				      node->line);
	else
		component = image_add_unknown(c->x, &extract_compose,
					      text.n ? text : written,
					      node->line);
	if (component)
		component->scope = scope_of_path(c->x->path, SCOPE_RUNTIME);
}

static void read_services(struct compose *c, const struct yaml *services)
{
	if (services->type != YAML_MAPPING) {
		if (services->type != YAML_ABSENT && services->first)
			lines_bad(c->x, services->line, "not services",
				  STR(""));
		return;
	}
	for (const struct yaml *s = services->first; s; s = s->next)
		if (yaml_get(s, "build")->type == YAML_ABSENT)
			add_image(c, yaml_get(s, "image"));
}

static bool wants(const struct file *f)
{
	struct str base = path_base(f->path);

	return str_glob(base, STR("*compose*.yml"), true) ||
	       str_glob(base, STR("*compose*.yaml"), true);
}

static bool sniffs(struct str head)
{
	struct str line;

	while (str_line(&head, &line))
		if (str_has_prefix(line, STR("services:")))
			return true;
	return false;
}

static enum err extract(struct extraction *x)
{
	struct compose c = {.x = x};
	unsigned long lost = lines_lost(x);
	const struct yaml *root;
	enum err err = yaml_parse(x->text, 0, x->path, x->scratch, x->diags,
				  &root);

	vars_init(&c.vars, '\\', x->scratch);
	read_env(&c);
	read_services(&c, yaml_get(root, "services"));
	vars_release(&c.vars);
	return err ? err : lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_compose = {
	.name = "container/compose",
	.summary = "images of services in Compose files",
	.version = 1,
	.sees = SEES_VERSION | SEES_HASH,
	.wants = wants,
	.sniffs = sniffs,
	.extract = extract,
};
