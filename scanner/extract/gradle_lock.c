/*
 * gradle.lockfile and libs.versions.toml: the versions that Gradle fixes
 * ("group:name:version=configurations") and the catalog of a project.
 */
#include "base/path.h"
#include "base/toml_in.h"
#include "extract/declare.h"
#include "extract/gradle.h"
#include "extract/lines.h"
#include "extract/lock.h"

/* --- gradle.lockfile ------------------------------------------------------ */

/* For tests or building where all configurations are. */
static enum scope scope_of(struct str configurations)
{
	bool is_build = true;
	struct str one;

	while (str_split(&configurations, ',', &one)) {
		bool is_test = str_find_nocase(one, STR("test")) != SIZE_MAX;

		if (!is_test && !str_is(one, "annotationProcessor") &&
		    !str_is(one, "classpath"))
			return SCOPE_RUNTIME;
		is_build &= !is_test;
	}
	return is_build ? SCOPE_BUILD : SCOPE_TEST;
}

static void read_lock(struct extraction *x)
{
	struct lock l = {.x = x, .extractor = &extract_gradle_lock,
			 .fixes_all = true};
	struct lines lines = lines_of(x);
	struct str line, coordinates, configurations;

	while (lines_next(&lines, &line)) {
		struct package p = {.line = lines.number};

		line = str_trim(line);
		if (!line.n || line.p[0] == '#' ||
		    str_has_prefix(line, STR("empty=")))
			continue;
		if (!str_cut(line, '=', &coordinates, &configurations) ||
		    !gradle_coordinates(&p, coordinates)) {
			lines_bad(x, lines.number, "not understood", line);
			continue;
		}
		p.scope = scope_of(configurations);
		lock_add(&l, &p);
	}
	lock_emit(&l);
}

/* --- libs.versions.toml --------------------------------------------------- */

/* "1.0", {ref = "name"}, {strictly = "1.0"}; `version` is the member. */
static struct str version_of(const struct toml *root,
			     const struct toml *version)
{
	static const char *const keys[] = {"strictly", "require", "prefer"};
	struct str ref = toml_get_str(version, "ref");

	if (ref.n) {
		const struct toml *all = toml_get(root, "versions");

		version = toml_get(root, "");
		for (const struct toml *m = all->type == TOML_TABLE
			     ? all->first : NULL; m; m = m->next)
			if (str_eq(m->key, ref))
				version = m;
	}
	for (size_t i = 0; i < 3; i++)
		if (toml_get_str(version, keys[i]).n)
			return gradle_version(toml_get_str(version, keys[i]));
	return gradle_version(toml_str(version));
}

static void add_library(struct extraction *x, const struct toml *root,
			const struct toml *m)
{
	struct package p = {.type = "maven", .line = m->line};
	struct str module = toml_get_str(m, "module");

	if (m->type == TOML_STRING)
		module = m->text;
	if (module.n && !gradle_coordinates(&p, module)) {
		lines_bad(x, m->line, "not a library", module);
		return;
	}
	if (!module.n) {
		p.namespace = toml_get_str(m, "group");
		p.name = toml_get_str(m, "name");
	}
	if (m->type == TOML_TABLE)
		p.version = version_of(root, toml_get(m, "version"));
	package_add(x, &extract_gradle_lock, &p);
}

static void add_plugin(struct extraction *x, const struct toml *root,
		       const struct toml *m)
{
	struct package p = {.line = m->line, .scope = SCOPE_BUILD};
	struct str id = toml_get_str(m, "id"), version;

	if (m->type == TOML_STRING) {
		str_cut(m->text, ':', &id, &version);
		p.version = gradle_version(version);
	} else {
		p.version = version_of(root, toml_get(m, "version"));
	}
	gradle_plugin(&p, id, x->scratch);
	if (id.n)
		package_add(x, &extract_gradle_lock, &p);
	else
		lines_bad(x, m->line, "a plugin without an id", m->key);
}

static enum err read_catalog(struct extraction *x)
{
	const struct toml *root, *list;
	enum err err = toml_parse(x->text, x->path, x->scratch, x->diags,
				  &root);

	list = toml_get(root, "libraries");
	for (const struct toml *m = list->type == TOML_TABLE ? list->first
							     : NULL;
	     m; m = m->next)
		add_library(x, root, m);
	list = toml_get(root, "plugins");
	for (const struct toml *m = list->type == TOML_TABLE ? list->first
							     : NULL;
	     m; m = m->next)
		add_plugin(x, root, m);
	return err;
}

/* --- files ---------------------------------------------------------------- */

static bool is_lock(struct str path)
{
	return str_has_suffix(path, STR(".lockfile"));
}

static bool wants(const struct file *f)
{
	struct str base = path_base(f->path);

	return str_is(base, "gradle.lockfile") ||
	       str_is(base, "buildscript-gradle.lockfile") ||
	       str_has_suffix(base, STR(".versions.toml"));
}

static enum err extract(struct extraction *x)
{
	unsigned long lost = lines_lost(x);
	enum err err = OK;

	if (is_lock(x->path))
		read_lock(x);
	else
		err = read_catalog(x);
	return err ? err : lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_gradle_lock = {
	.name = "gradle/versions",
	.summary = "gradle.lockfile, and catalogs *.versions.toml",
	.version = 1,
	.sees = SEES_VERSION,
	.wants = wants,
	.extract = extract,
};
