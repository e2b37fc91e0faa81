/*
 * .gitreview: which repository of a Gerrit server the tree is, by the
 * documentation of git-review.  It tells where nothing else does.
 */
#include "base/path.h"
#include "extract/declare.h"
#include "extract/lines.h"

static bool wants(const struct file *f)
{
	return str_is(f->path, ".gitreview");
}

/* The path before the project: "r" where the server is known to have it. */
static const char *server_path(struct str host)
{
	return str_is(host, "gerrit.o-ran-sc.org") ||
	       str_is(host, "gerrit.onap.org") ? "r/" : "";
}

/* OpenStack's reviews stand on another host than the repositories. */
static struct str public_host(struct str host)
{
	return str_is(host, "review.opendev.org") ? STR("opendev.org") : host;
}

static enum err extract(struct extraction *x)
{
	struct lines lines = lines_of(x);
	struct str line, key, value, host = STR(""), project = STR("");
	unsigned long lost = lines_lost(x);
	struct component *root;

	while (lines_next(&lines, &line)) {
		if (!str_cut(line, '=', &key, &value))
			continue;
		key = str_trim(key);
		if (str_is(key, "host"))
			host = str_trim(value);
		else if (str_is(key, "project"))
			project = str_trim(value);
	}
	if (lines_lost(x) > lost)
		return ERR_FORMAT;
	if (!host.n || !project.n || x->root >= x->parts->components.n)
		return OK;
	root = &x->parts->components.v[x->root];
	if (root->provenance.repository.n)
		return OK;
	root->provenance.repository = component_repository_url(
		arena_fmt(x->scratch, "https://%.*s/%s%.*s",
			  STR_ARG(public_host(host)), server_path(host),
			  STR_ARG(project)), x->arena);
	if (!root->provenance.repository.n)
		return OK;
	root->provenance.kind = PROVENANCE_REPOSITORY;
	root->provenance.how = STR(".gitreview of the tree");
	component_add_evidence(root, (struct evidence){x->path, 1});
	return OK;
}

const struct extractor extract_gitreview = {
	.name = "git/review",
	.summary = "which repository of a Gerrit server the tree is",
	.version = 1,
	.sees = SEES_REPOSITORY,
	.wants = wants,
	.extract = extract,
};
