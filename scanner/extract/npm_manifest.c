/* package.json: what a package of npm asks for, for use, development (test)
 * and as an option.  A range has no version here: a lock may give one. */
#include "base/path.h"
#include "extract/declare.h"
#include "extract/lines.h"
#include "extract/npm_lock.h"

static void add(struct extraction *x, const struct npm_need *need)
{
	struct package p = {.scope = need->scope, .line = need->line,
			    .is_optional = need->is_optional,
			    .may_be_locked = true};

	package_npm_name(&p, need->name);
	if (npm_read_spec(&p, need->spec, x->scratch))
		package_add(x, &extract_npm_manifest, &p);
	else
		diag_add(x->diags, RW1304,
			 diag_at_line(x->path, need->line),
			 "the package %.*s is taken from %.*s",
			 STR_ARG(str_head(need->name, 100)),
			 STR_ARG(str_head(need->spec, 200)));
}

static bool wants(const struct file *f)
{
	return str_is(path_base(f->path), "package.json") &&
	       !path_has_dir(f->path, STR("node_modules"));
}

static enum err extract(struct extraction *x)
{
	unsigned long lost = lines_lost(x);
	struct npm_needs needs = {0};
	struct json_raw root;
	enum err err = json_open(x->text, diag_at(x->path), x->diags, &root);

	/* a lock that somebody gave this name */
	if (json_raw_get(root, "lockfileVersion").type == JSON_NUMBER)
		npm_lock_read(x, root);
	else
		npm_read_needs(&needs, x, root);
	for (size_t i = 0; i < needs.list.n; i++)
		add(x, &needs.list.v[i]);
	npm_needs_release(&needs);
	return err ? err : lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_npm_manifest = {
	.name = "npm/manifest",
	.summary = "packages that a package.json asks for",
	.version = 1,
	.sees = SEES_VERSION | SEES_REPOSITORY | SEES_COMMIT,
	.wants = wants,
	.extract = extract,
};
