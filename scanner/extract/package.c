/* From a package to a component: printed name, purl, repository. */
#include "extract/package.h"

#include <string.h>

#include "base/limits.h"
#include "extract/declare.h"
#include "extract/locked.h"
#include "extract/scope.h"
#include "extract/url.h"

/* As its users write it: group:artifact, @scope/name, name. */
static struct str printed_name(const struct package *p, struct arena *a)
{
	bool is_maven = !strcmp(p->type, "maven");

	if (!p->namespace.n || !p->name.n)
		return p->name;
	return arena_fmt(a, "%.*s%c%.*s",
			 STR_ARG(str_head(p->namespace, LIMIT_NAME_BYTES)),
			 is_maven ? ':' : '/',
			 STR_ARG(str_head(p->name, LIMIT_NAME_BYTES)));
}

static void set_purl(struct extraction *x, struct component *c,
		     const struct package *p)
{
	struct purl purl = {.type = str_c(p->type),
			    .namespace = p->namespace, .name = p->name,
			    .version = c->version};

	if (p->classifier.n)
		vec_push(&purl.qualifiers, ((struct purl_qualifier){
			STR("classifier"), p->classifier}));
	if (p->kind.n && !str_is(p->kind, "jar"))
		vec_push(&purl.qualifiers, ((struct purl_qualifier){
			STR("type"), p->kind}));
	declare_purl(x, c, &purl);
}

struct component *package_add(struct extraction *x, const struct extractor *e,
			      const struct package *p)
{
	struct component *c = declare_component(
		x, e, printed_name(p, x->scratch), "library", p->line);

	if (!c)
		return NULL;
	c->scope = scope_of_path(x->path, p->scope);
	c->is_indirect = p->is_indirect;
	c->is_optional = p->is_optional;
	if (p->hash.n && p->hash.n <= LIMIT_NAME_BYTES)
		c->provenance.hash = arena_dup(x->arena, p->hash);
	if (p->url.n && declare_repository(x, c, p->url, p->rev))
		return c;
	if (p->url.n)
		diag_add(x->diags, RW1302, diag_at_line(x->path, p->line),
			 "the repository of %.*s is not known",
			 STR_ARG(c->name));
	else
		declare_version(x, c, p->version);
	c->is_unpinned = c->version.n == 0;
	if (p->download.n && p->download.n <= LIMIT_NAME_BYTES)
		c->provenance.repository = url_without_user(
			arena_dup(x->arena, p->download), x->arena);
	if (!p->url.n && !p->download.n)
		set_purl(x, c, p);
	if (p->may_be_locked && x->locked && c->purl.n && c->is_unpinned)
		locked_ask(x->locked, x->parts->components.n - 1);
	return c;
}

void package_npm_name(struct package *p, struct str name)
{
	struct str scope, rest;

	p->type = "npm";
	p->namespace = STR("");
	p->name = name;
	if (!str_has_prefix(name, STR("@")) ||
	    !str_cut(name, '/', &scope, &rest))
		return;
	p->namespace = scope;
	p->name = rest;
}

bool package_is_semver(struct str s)
{
	struct str core = str_head(s, str_find_ch(s, '+')), part;
	unsigned parts = 0;
	uint64_t number;

	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) && !memchr(".-+", s.p[i], 3))
			return false;
	core = str_head(core, str_find_ch(core, '-'));
	while (str_split(&core, '.', &part)) {
		if (!str_to_u64(part, &number))
			return false;
		parts++;
	}
	return parts == 3;
}
