/*
 * Images in values files.  Charts agree on no schema; a mapping is taken for
 * an image by its keys ({registry, name, tag}, {repository, tag} ...), a
 * string by its key (image, readinessImage ...).  A reference without a host
 * gets the registry that stands nearest above it.  Templates decide in the
 * end: what only they know stays unknown.
 */
#include "extract/helm_values.h"

#include "base/limits.h"
#include "base/map.h"
#include "extract/image.h"
#include "extract/lines.h"
#include "extract/scope.h"

#define LEVELS_MAX LIMIT_YAML_DEPTH

/* A container on the way down. */
struct level {
	const struct yaml *node, *next;
	struct str registry;  /* that its members inherit; may be "" */
	bool is_images;       /* its strings are references */
};

struct values {
	struct extraction *x;
	enum scope scope;
	struct str app_version;
	struct level levels[LEVELS_MAX];
	size_t depth;
};

/* What a mapping says itself of an image, or of those below it. */
struct keys {
	struct str name, repository, registry, tag, digest;
	struct str image_tag, image_registry;
	bool has_tag, has_policy;
};

/* --- references ----------------------------------------------------------- */

/* "host", "host:port" or the same with a path below. */
static bool has_host(struct str s)
{
	struct str first = str_head(s, str_find_ch(s, '/'));

	return str_find_ch(first, '.') != SIZE_MAX ||
	       str_find_ch(first, ':') != SIZE_MAX ||
	       str_is(first, "localhost");
}

/* Whether the first part of a reference is a host: a tag is none. */
static bool starts_with_host(struct str s)
{
	return str_find_ch(s, '/') != SIZE_MAX && has_host(s);
}

/* With a host or a tag, and a path: more than a word. */
static bool is_full_reference(struct str s)
{
	struct image image;

	return str_find_ch(s, '/') != SIZE_MAX && image_parse(s, &image) &&
	       (image.host.n || image.tag.n);
}

/* A template, a shell variable or a <placeholder>. */
static bool is_expression(struct str s)
{
	return str_find(s, STR("{{")) != SIZE_MAX ||
	       str_find_ch(s, '$') != SIZE_MAX ||
	       str_find_ch(s, '<') != SIZE_MAX;
}

static bool is_app_version(struct str tag)
{
	struct str s = str_trim(tag);

	if (!str_has_prefix(s, STR("{{")) || !str_has_suffix(s, STR("}}")))
		return false;
	s = str_sub(s, 2, s.n - 2);
	while (s.n && (s.p[0] == '-' || s.p[0] == ' '))
		s = str_from(s, 1);
	while (s.n && (s.p[s.n - 1] == '-' || s.p[s.n - 1] == ' '))
		s.n--;
	return str_is(s, ".Chart.AppVersion");
}

static unsigned slashes(struct str s)
{
	unsigned n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '/';
	return n;
}

static void set_scope(const struct values *v, struct component *c)
{
	if (c)
		c->scope = v->scope;
}

/*
 * Adds the image `text`.  `must_host`: a name without a host is completed by
 * a template, and the registry is not known.
 */
static void add_reference(struct values *v, struct str text, bool must_host,
			  unsigned line)
{
	struct extraction *x = v->x;
	struct component *c;
	struct image image;

	if (is_expression(text) || !image_parse(text, &image)) {
		set_scope(v, image_add_unknown(x, &extract_helm, text, line));
		return;
	}
	c = image_add(x, &extract_helm, &image, line);
	set_scope(v, c);
	/* Docker Hub has no deeper paths than owner/name. */
	if (!c || image.host.n || (!must_host && slashes(image.path) < 2))
		return;
	c->purl = STR("");
	diag_add(x->diags, RW1302, diag_at_line(x->path, line),
		 "the registry of the image %.*s is not known",
		 STR_ARG(c->name));
}

/* registry/path:tag@digest, of which all but the path may be "". */
static struct str join_reference(struct values *v, struct str registry,
				 struct str path, struct str tag,
				 struct str digest)
{
	if (starts_with_host(path))
		registry = STR("");
	while (registry.n && registry.p[registry.n - 1] == '/')
		registry.n--;
	return arena_fmt(v->x->scratch, "%.*s%s%.*s%s%.*s%s%.*s",
			 STR_ARG(registry), registry.n ? "/" : "",
			 STR_ARG(path), tag.n ? ":" : "", STR_ARG(tag),
			 digest.n ? "@" : "", STR_ARG(digest));
}

/* --- mappings ------------------------------------------------------------- */

static struct keys read_keys(const struct yaml *mapping)
{
	struct keys k = {.has_tag = false};
	const struct {
		const char *key;
		struct str *value;
	} wanted[] = {
		{"name", &k.name}, {"repository", &k.repository},
		{"registry", &k.registry}, {"tag", &k.tag},
		{"digest", &k.digest}, {"imageTag", &k.image_tag},
		{"imageRegistry", &k.image_registry}};

	if (mapping->type != YAML_MAPPING)
		return k;
	for (const struct yaml *m = mapping->first; m; m = m->next) {
		if (m->key->type != YAML_SCALAR || m->type != YAML_SCALAR)
			continue;
		for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
			if (str_is(m->key->text, wanted[i].key))
				*wanted[i].value = str_trim(yaml_str(m));
		k.has_tag |= str_is(m->key->text, "tag");
		k.has_policy |= str_is(m->key->text, "pullPolicy") ||
				str_is(m->key->text, "imagePullPolicy");
	}
	return k;
}

/* The registry that a mapping gives to what is in it. */
static struct str own_registry(const struct keys *k, struct str inherited)
{
	const struct str found[] = {k->registry, k->image_registry,
				    k->repository};

	for (size_t i = 0; i < sizeof found / sizeof *found; i++)
		if (has_host(found[i]))
			return found[i];
	return inherited;
}

/* "image", "initImage" ... */
static bool is_image_key(struct str key)
{
	return str_is(key, "image") || str_has_suffix(key, STR("Image"));
}

/*
 * The image that a mapping describes, "" for any other mapping.  `key` is its
 * own key; *must_host as in add_reference.
 */
static struct str mapping_image(struct values *v, const struct keys *k,
				struct str key, struct str inherited,
				bool *must_host)
{
	struct str path = k->repository, registry = k->registry, tag = k->tag;
	bool is_main = str_is(key, "image") && v->depth <= 2;

	*must_host = false;
	if (has_host(path) && !starts_with_host(path) && !k->name.n)
		return STR(""); /* a registry, for the strings beside it */
	if (path.n && k->name.n && k->has_tag) { /* repository is the host */
		registry = path;
		path = k->name;
	} else if (!path.n && k->name.n && k->tag.n) {
		path = k->name;
		*must_host = registry.n == 0;
	} else if (!path.n || !(k->has_tag || k->has_policy || k->digest.n ||
				k->registry.n || is_image_key(key))) {
		return STR("");
	}
	if (registry.n == 0)
		registry = inherited;
	if (is_app_version(tag) || (tag.n == 0 && is_main))
		tag = v->app_version.n ? v->app_version : tag;
	return join_reference(v, registry, path, tag, k->digest);
}

/* --- strings -------------------------------------------------------------- */

/* xRepository for xImage among the members of a mapping. */
static struct str image_repository(const struct map *repositories,
				   const struct yaml *const *nodes,
				   struct str key)
{
	struct str stem = str_head(key, key.n - STR("Image").n);
	const size_t *i = map_get(repositories, stem);

	return i ? str_trim(yaml_str(nodes[*i])) : STR("");
}

/* A string that a key calls an image. */
static void add_string(struct values *v, const struct yaml *node,
		       const struct keys *k, struct str registry)
{
	struct str text = str_trim(yaml_str(node));
	struct str tag = k ? (k->image_tag.n ? k->image_tag : k->tag)
			   : STR("");
	struct image image;
	bool is_word;

	if (!is_expression(text) && !image_parse(text, &image))
		return;
	if (node->is_plain && yaml_bool(node, &is_word))
		return;
	if (is_expression(text) || image.tag.n || image.digest.n)
		tag = STR("");
	add_reference(v, join_reference(v, registry, text, tag, STR("")),
		      false, node->line);
}

/* Strings among the members of a mapping. */
static void read_strings(struct values *v, const struct yaml *mapping,
			 const struct keys *k, struct str registry)
{
	struct map repositories = {0};
	VEC(const struct yaml *) nodes = {0};
	const struct yaml *m;

	for (m = mapping->first; m; m = m->next)
		if (m->type == YAML_SCALAR && m->key->type == YAML_SCALAR &&
		    str_has_suffix(m->key->text, STR("Repository"))) {
			map_put(&repositories, str_head(
				m->key->text, m->key->text.n -
				STR("Repository").n), nodes.n, NULL);
			vec_push(&nodes, m);
		}
	for (m = mapping->first; m; m = m->next) {
		struct str own;

		if (m->type != YAML_SCALAR || m->key->type != YAML_SCALAR ||
		    !is_image_key(m->key->text) || yaml_str(m).n == 0)
			continue;
		if (str_is(m->key->text, "image")) {
			add_string(v, m, k, registry);
			continue;
		}
		own = image_repository(&repositories, nodes.v, m->key->text);
		add_string(v, m, NULL, own.n ? own : registry);
	}
	map_release(&repositories);
	vec_release(&nodes);
}

/* --- the walk ------------------------------------------------------------- */

static void read_mapping(struct values *v, const struct yaml *node,
			 struct level *l)
{
	struct str key = node->key && node->key->type == YAML_SCALAR
		? node->key->text : STR("");
	struct keys k = read_keys(node);
	bool must_host;
	struct str text = mapping_image(v, &k, key, l->registry, &must_host);
	struct image image;

	if (text.n && (is_image_key(key) || is_expression(text) ||
		       image_parse(text, &image)))
		add_reference(v, text, must_host, node->line);
	l->registry = own_registry(&k, l->registry);
	read_strings(v, node, &k, l->registry);
}

/* Steps into a container. */
static void enter(struct values *v, const struct yaml *node,
		  const struct level *above)
{
	struct level *l = &v->levels[v->depth];
	struct str key = node->key && node->key->type == YAML_SCALAR
		? node->key->text : STR("");

	if (v->depth == LEVELS_MAX) { /* aliases can nest that deep */
		lines_bad(v->x, node->line, "nested too deeply", key);
		return;
	}
	v->depth++;
	*l = (struct level){.node = node, .next = node->first,
			    .registry = above->registry};
	l->is_images = str_is(key, "images") ||
		       (above->is_images && str_is(key, "tags"));
	if (node->type == YAML_MAPPING)
		read_mapping(v, node, l);
}

/* What `global` says of the registry counts for the whole file. */
static struct str global_registry(const struct yaml *root)
{
	const struct yaml *global = yaml_get(root, "global");
	struct keys k = read_keys(global);
	struct keys in_image = read_keys(yaml_get(global, "image"));

	return own_registry(&k, own_registry(&in_image, STR("")));
}

void helm_values_read(struct extraction *x, const struct yaml *root,
		      struct str app_version)
{
	struct values *v = arena_alloc(x->scratch, sizeof *v);
	struct level base = {.registry = global_registry(root)};

	v->x = x;
	v->scope = scope_of_path(x->path, SCOPE_RUNTIME);
	v->app_version = app_version;
	if (root->first)
		enter(v, root, &base);
	while (v->depth) {
		struct level *l = &v->levels[v->depth - 1];
		const struct yaml *m = l->next;

		if (!m) {
			v->depth--;
			continue;
		}
		l->next = m->next;
		if (m->first)
			enter(v, m, l);
		else if (m->type == YAML_SCALAR && l->is_images &&
			 !(m->key && is_image_key(m->key->text)) &&
			 is_full_reference(yaml_str(m)))
			add_string(v, m, NULL, l->registry);
	}
}
