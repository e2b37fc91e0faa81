/* Components from the statements of files. */
#include "extract/declare.h"

#include "base/limits.h"
#include "base/path.h"
#include "extract/lines.h"

struct component *declare_component(struct extraction *x,
				    const struct extractor *e,
				    struct str name, const char *type,
				    unsigned line)
{
	struct component *c;
	size_t i;

	if (name.n == 0 || name.n > LIMIT_NAME_BYTES) {
		lines_bad(x, line, name.n ? "name too long" : "no name", name);
		return NULL;
	}
	if (x->parts->components.n >= LIMIT_COMPONENTS) {
		diag_add(x->diags, RW1901, diag_at_line(x->path, line),
			 "more than %d components", LIMIT_COMPONENTS);
		return NULL;
	}
	i = component_add(x->parts, arena_dup(x->arena, name), str_c(e->name),
			  (struct evidence){x->path, line});
	c = &x->parts->components.v[i];
	c->type = str_c(type);
	return c;
}

void declare_version(struct extraction *x, struct component *c,
		     struct str version)
{
	if (version.n > LIMIT_NAME_BYTES)
		lines_bad(x, c->evidence.v[0].line, "version too long",
			  version);
	else
		c->version = arena_dup(x->arena, version);
}

void declare_purl(struct extraction *x, struct component *c, struct purl *p)
{
	const char *why;

	if (purl_normalise(p, x->scratch, &why) == OK)
		c->purl = purl_write(p, x->arena);
	else
		diag_add(x->diags, RW1206,
			 diag_at_line(x->path, c->evidence.v[0].line),
			 "%.*s: %s", STR_ARG(c->name), why);
	purl_release(p);
}

bool declare_is_commit(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_hex(s.p[i]))
			return false;
	return s.n == 40 || s.n == 64;
}

/* An abbreviated object id, as people write it. */
static bool is_short_commit(struct str s)
{
	bool has_digit = false;

	for (size_t i = 0; i < s.n; i++) {
		if (!ascii_is_hex(s.p[i]))
			return false;
		has_digit |= ascii_is_digit(s.p[i]);
	}
	return s.n >= 7 && has_digit;
}

/* A commit, or what looks like the tag of a release. */
static bool is_fixed(struct str rev)
{
	if (declare_is_commit(rev) || is_short_commit(rev))
		return true;
	if (str_has_prefix_nocase(rev, STR("v")))
		rev = str_from(rev, 1);
	return rev.n && ascii_is_digit(rev.p[0]);
}

/* The purl of https://host/path at the version of c. */
static void repository_purl(struct extraction *x, struct component *c)
{
	struct str url = str_from(c->provenance.repository,
				  STR("https://").n);
	struct purl p = {.type = STR("git"), .version = c->version};
	struct str owner, name;

	str_cut(url, '/', &p.namespace, &p.name);
	if (str_is(p.namespace, "github.com"))
		p.type = STR("github");
	else if (str_is(p.namespace, "bitbucket.org"))
		p.type = STR("bitbucket");
	if (!str_is(p.type, "git") && str_cut(p.name, '/', &owner, &name) &&
	    str_find_ch(name, '/') == SIZE_MAX) {
		p.namespace = owner;
		p.name = name;
	} else {
		p.type = STR("git");
	}
	declare_purl(x, c, &p);
}

bool declare_repository(struct extraction *x, struct component *c,
			struct str url, struct str rev)
{
	struct provenance *from = &c->provenance;

	if (url.n > LIMIT_NAME_BYTES || rev.n > LIMIT_NAME_BYTES ||
	    str_has_prefix(url, STR(".")) || str_has_prefix(url, STR("/")) ||
	    str_has_prefix_nocase(url, STR("file:")))
		return false;
	from->repository = component_repository_url(url, x->arena);
	if (from->repository.n == 0)
		return false;
	from->kind = PROVENANCE_REPOSITORY;
	if (declare_is_commit(rev))
		rev = from->commit = arena_lower(x->arena, rev);
	else
		from->ref = arena_dup(x->arena, rev);
	c->is_unpinned = !is_fixed(rev);
	if (!c->is_unpinned)
		declare_version(x, c, rev);
	repository_purl(x, c);
	return true;
}

const struct file *declare_find(const struct tree *t, struct str path)
{
	size_t lo = 0, hi = t ? t->files.n : 0;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = str_cmp(t->files.v[mid].path, path);

		if (c == 0)
			return &t->files.v[mid];
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

bool declare_is_inside(struct extraction *x, struct str name)
{
	/* the tree itself has no path of its own */
	return declare_path(x, path_join(x->scratch, name, STR("x"))).n != 0;
}

struct str declare_path(struct extraction *x, struct str name)
{
	struct str path;

	if (str_has_prefix(name, STR("/")) ||
	    path_normalise(x->scratch,
			   path_join(x->scratch, path_dir(x->path), name),
			   &path))
		return STR("");
	return path;
}
