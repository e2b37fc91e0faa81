/*
 * meta_data.yaml of StarlingX: from what a package of it is built.  Downloads
 * with their hash, or the source package of Debian by name and version.
 */
#include "base/limits.h"
#include "base/path.h"
#include "base/yaml_in.h"
#include "extract/declare.h"
#include "extract/origin.h"
#include "extract/os_package.h"
#include "extract/scope.h"

static enum scope scope_of(struct extraction *x)
{
	return scope_of_path(x->path, SCOPE_RUNTIME);
}

/* {url, sha256sum}; false when there is no address. */
static bool add_download(struct extraction *x, const struct yaml *y)
{
	struct str url = yaml_get_str(y, "url");
	struct component *c;

	if (!url.n)
		return false;
	c = origin_download(x, &extract_stx_meta, url,
			    yaml_get(y, "url")->line);
	if (c)
		c->scope = scope_of(x);
	origin_hash(x, c, STR("sha256"), yaml_get_str(y, "sha256sum"));
	return true;
}

/* The folder above debian/, which is called as the package. */
static struct str folder_name(struct str path)
{
	struct str dir = path_dir(path);

	while (dir.n && !str_is(path_base(dir), "debian"))
		dir = path_dir(dir);
	return path_base(path_dir(dir));
}

static void add_debian(struct extraction *x, const struct yaml *y)
{
	struct os_package p = {
		.name = yaml_get_str(y, "debname"),
		.version = yaml_get_str(y, "debver"),
		.component_type = "os-package", .type = "deb",
		.namespace = STR("debian"), .scope = scope_of(x)};

	if (!p.name.n)
		p.name = folder_name(x->path);
	os_package_add(x, &extract_stx_meta, &p, yaml_get(y, "debver")->line);
}

static bool wants(const struct file *f)
{
	return str_is(path_base(f->path), "meta_data.yaml") &&
	       path_has_dir(f->path, STR("debian"));
}

static enum err extract(struct extraction *x)
{
	const struct yaml *y, *files;
	enum err err = yaml_parse(x->text, 0, x->path, x->scratch, x->diags,
				  &y);
	bool has_source = yaml_get_str(y, "src_path").n != 0 ||
			  yaml_get_str(y, "dl_hook").n != 0;

	has_source |= add_download(x, yaml_get(y, "dl_path"));
	files = yaml_get(y, "dl_files");
	for (const struct yaml *f = files->first;
	     f && files->type == YAML_MAPPING; f = f->next)
		has_source |= add_download(x, f);
	if (!has_source && yaml_get_str(y, "debver").n)
		add_debian(x, y);
	return err == ERR_NOTFOUND ? OK : err;
}

const struct extractor extract_stx_meta = {
	.name = "stx/meta-data",
	.summary = "from what packages of StarlingX are built",
	.version = 1,
	.sees = SEES_VERSION | SEES_REPOSITORY | SEES_HASH,
	.wants = wants,
	.extract = extract,
};
