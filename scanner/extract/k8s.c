/*
 * Kubernetes manifests: images of containers, in workloads, in the resources
 * of operators and in kpt functions, over all documents of a file.  A
 * template of Helm is no YAML: of one the lines are read, and only images
 * that stand there in full.  Files are known by apiVersion and kind.
 */
#include "base/path.h"
#include "base/yaml_in.h"
#include "extract/declare.h"
#include "extract/image.h"
#include "extract/lines.h"
#include "extract/scope.h"

struct manifest {
	struct extraction *x;
	enum scope scope;
	VEC(const struct yaml *) todo;
	VEC(bool) are_containers; /* of each: its members are containers */
};

/* What a shell, envsubst or a person fills in. */
static bool is_expression(struct str s)
{
	return str_find_ch(s, '$') != SIZE_MAX ||
	       str_find_ch(s, '<') != SIZE_MAX;
}

/* More than a word: names of pictures and the like have no such form. */
static bool is_full(const struct image *image)
{
	return image->tag.n || image->digest.n ||
	       str_find_ch(image->name, '/') != SIZE_MAX;
}

static void add_image(struct manifest *m, struct str text,
		      bool is_container, unsigned line)
{
	struct component *c;
	struct image image;

	text = str_trim(text);
	if (!text.n)
		return;
	if (is_container && is_expression(text))
		c = image_add_unknown(m->x, &extract_k8s, text, line);
	else if (image_parse(text, &image) &&
		 (is_container || is_full(&image)))
		c = image_add(m->x, &extract_k8s, &image, line);
	else
		return;
	if (c)
		c->scope = m->scope;
}

/* --- documents ------------------------------------------------------------ */

static bool holds_containers(const struct yaml *node)
{
	static const char *const keys[] = {
		"containers", "initContainers", "ephemeralContainers",
		"mutators", "validators"};

	if (!node->key || node->key->type != YAML_SCALAR)
		return false;
	return str_any(node->key->text, keys, str_eq);
}

static void push(struct manifest *m, const struct yaml *node, bool is_list)
{
	vec_push(&m->todo, node);
	vec_push(&m->are_containers, is_list);
}

static void read_members(struct manifest *m, const struct yaml *node,
			 bool is_container)
{
	for (const struct yaml *i = node->first; i; i = i->next) {
		if (i->first)
			push(m, i, node->type == YAML_SEQUENCE
				? is_container : holds_containers(i));
		else if (i->type == YAML_SCALAR && i->key &&
			 str_is(i->key->text, "image"))
			add_image(m, yaml_str(i), is_container, i->line);
	}
}

/* Fields of a definition only describe those of what is defined. */
static void read_document(struct manifest *m, const struct yaml *root)
{
	struct str kind = yaml_get_str(root, "kind");

	if (!kind.n || !yaml_get_str(root, "apiVersion").n ||
	    str_is(kind, "CustomResourceDefinition"))
		return;
	push(m, root, false);
	while (m->todo.n) {
		size_t i = --m->todo.n;

		m->are_containers.n = i;
		read_members(m, m->todo.v[i], m->are_containers.v[i]);
	}
}

static enum err read_documents(struct manifest *m)
{
	const struct yaml *all;
	enum err err = yaml_parse_all(m->x->text, m->x->path, m->x->scratch,
				      m->x->diags, &all);

	for (const struct yaml *d = all->first; d; d = d->next)
		read_document(m, d);
	vec_release(&m->todo);
	vec_release(&m->are_containers);
	return err;
}

/* --- templates ------------------------------------------------------------ */

static bool is_template(struct str text)
{
	return str_find(text, STR("{{")) != SIZE_MAX;
}

static void read_template(struct manifest *m)
{
	struct lines l = lines_of(m->x);
	struct str line;

	while (lines_next(&l, &line)) {
		line = str_trim(line);
		if (str_has_prefix(line, STR("- ")))
			line = str_trim(str_from(line, 2));
		if (!str_has_prefix(line, STR("image:")) || is_template(line))
			continue;
		line = str_trim(str_from(line, STR("image:").n));
		line = str_head(line, str_find(line, STR(" #")));
		add_image(m, str_unquote(str_trim(line)), true, l.number);
	}
}

/* --- files ---------------------------------------------------------------- */

static bool wants(const struct file *f)
{
	struct str base = path_base(f->path);

	return str_has_suffix(base, STR(".yaml")) ||
	       str_has_suffix(base, STR(".yml")) || str_is(base, "Kptfile");
}

/* A line that begins with each of the two keys every object has. */
static bool sniffs(struct str head)
{
	bool has_version = false, has_kind = false;
	struct str line;

	while (str_line(&head, &line)) {
		has_version |= str_has_prefix(line, STR("apiVersion:"));
		has_kind |= str_has_prefix(line, STR("kind:"));
		if (has_version && has_kind)
			return true;
	}
	return false;
}

static enum err extract(struct extraction *x)
{
	struct manifest m = {.x = x,
			     .scope = scope_of_path(x->path, SCOPE_RUNTIME)};
	unsigned long lost = lines_lost(x);
	enum err err = OK;

	if (is_template(x->text))
		read_template(&m);
	else
		err = read_documents(&m);
	return err ? err : lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_k8s = {
	.name = "kubernetes/manifest",
	.summary = "images of containers in Kubernetes manifests",
	.version = 1,
	.sees = SEES_VERSION | SEES_HASH,
	.wants = wants,
	.sniffs = sniffs,
	.extract = extract,
};
