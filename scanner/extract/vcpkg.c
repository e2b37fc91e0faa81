/*
 * vcpkg.json: dependencies, their overrides, and the commit of the registry
 * that decides on all other versions, by the vcpkg manifest reference.
 */
#include "base/json_in.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/path.h"
#include "extract/declare.h"
#include "extract/origin.h"
#include "extract/scope.h"

struct vcpkg {
	struct extraction *x;
	struct map overrides;      /* name -> place in versions */
	VEC(struct str) versions;
};

static struct str text_of(struct vcpkg *v, struct json_raw object,
			  const char *key)
{
	return json_raw_str(json_raw_get(object, key), v->x->scratch);
}

/* {"name", "version" | "version-semver" | "version-string" ...} */
static void read_overrides(struct vcpkg *v, struct json_raw list)
{
	static const char *const keys[] = {"version", "version-semver",
					   "version-string", "version-date"};
	struct json_walk walk;
	struct json_raw item;

	json_walk_begin(&walk, list);
	while (json_walk_next(&walk, NULL, &item)) {
		struct str name = text_of(v, item, "name");
		struct str version = STR("");

		for (size_t i = 0; i < 4 && !version.n; i++)
			version = text_of(v, item, keys[i]);
		if (!name.n || !version.n)
			continue;
		map_put(&v->overrides, name, v->versions.n, NULL);
		vec_push(&v->versions, version);
	}
}

/* "name", or {"name": ..., "host": true} */
static void add(struct vcpkg *v, struct json_raw item, enum scope scope)
{
	struct extraction *x = v->x;
	struct str name = item.type == JSON_STRING
		? json_raw_str(item, x->scratch) : text_of(v, item, "name");
	struct purl p = {.type = STR("vcpkg"), .name = name};
	const size_t *at = map_get(&v->overrides, name);
	struct component *c;

	if (str_is(json_raw_get(item, "host").text, "true"))
		scope = SCOPE_BUILD;
	c = declare_component(x, &extract_vcpkg, name, "library", item.line);
	if (!c)
		return;
	c->scope = scope_of_path(x->path, scope);
	if (at)
		declare_version(x, c, v->versions.v[*at]);
	c->is_unpinned = !c->version.n;
	p.version = c->version;
	declare_purl(x, c, &p);
}

static void read_list(struct vcpkg *v, struct json_raw list)
{
	struct json_walk walk;
	struct json_raw item;

	json_walk_begin(&walk, list);
	while (json_walk_next(&walk, NULL, &item))
		if (!item.cut)
			add(v, item, SCOPE_RUNTIME);
}

static void read_features(struct vcpkg *v, struct json_raw features)
{
	struct json_walk walk;
	struct json_raw feature;
	struct str name;

	json_walk_begin(&walk, features);
	while (json_walk_next(&walk, &name, &feature))
		read_list(v, json_raw_get(feature, "dependencies"));
}

/* The registry at the commit that fixes the versions. */
static void add_baseline(struct vcpkg *v, struct json_raw baseline)
{
	struct str commit = json_raw_str(baseline, v->x->scratch);
	struct component *c;

	if (!declare_is_commit(commit))
		return;
	c = origin_repository(v->x, &extract_vcpkg,
			      STR("https://github.com/microsoft/vcpkg"),
			      commit, baseline.line);
	if (c)
		c->scope = scope_of_path(v->x->path, SCOPE_BUILD);
}

static bool wants(const struct file *f)
{
	return str_is(path_base(f->path), "vcpkg.json");
}

static enum err extract(struct extraction *x)
{
	struct vcpkg v = {.x = x};
	struct json_raw top;
	enum err err = json_open(x->text, diag_at(x->path), x->diags, &top);

	read_overrides(&v, json_raw_get(top, "overrides"));
	read_list(&v, json_raw_get(top, "dependencies"));
	read_features(&v, json_raw_get(top, "features"));
	add_baseline(&v, json_raw_get(top, "builtin-baseline"));
	map_release(&v.overrides);
	vec_release(&v.versions);
	return err;
}

const struct extractor extract_vcpkg = {
	.name = "native/vcpkg",
	.summary = "vcpkg: dependencies of a manifest",
	.version = 1,
	.sees = SEES_VERSION | SEES_REPOSITORY | SEES_COMMIT,
	.wants = wants,
	.extract = extract,
};
