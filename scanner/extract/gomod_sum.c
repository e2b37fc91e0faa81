/*
 * go.sum, a companion of go.mod: "module version hash" a line.  It also lists
 * what was looked at and not taken, so it adds no component; lines of a
 * go.mod alone are passed over.
 */
#include "extract/gomod_sum.h"

#include "base/limits.h"
#include "base/path.h"
#include "extract/companion.h"

static void read_line(struct gomod_sum *s, struct str line, unsigned number)
{
	struct str rest = line, module, version, hash, more;
	bool is_new;

	if (!str_word(&rest, &module) || !str_word(&rest, &version) ||
	    !str_word(&rest, &hash) || str_word(&rest, &more) ||
	    !str_has_prefix(hash, STR("h1:")) || hash.n > LIMIT_NAME_BYTES)
		return;
	/* the words lie one blank apart, as Go writes them */
	module.n = (size_t)(version.p + version.n - module.p);
	map_put(&s->lines, module, s->hashes.n, &is_new);
	if (is_new)
		vec_push(&s->hashes, ((struct gomod_hash){hash, number}));
}

void gomod_sum_read(struct gomod_sum *s, struct extraction *x)
{
	struct str rest = companion_beside(x, "go.sum"), line;
	unsigned number = 0;

	if (!rest.n)
		return;
	s->path = path_join(x->arena, path_dir(x->path), STR("go.sum"));
	while (str_line(&rest, &line))
		read_line(s, line, ++number);
}

void gomod_sum_release(struct gomod_sum *s)
{
	map_release(&s->lines);
	vec_release(&s->hashes);
}

void gomod_sum_confirm(struct gomod_sum *s, struct extraction *x,
		       struct component *c, struct str version)
{
	struct str key = arena_fmt(x->scratch, "%.*s %.*s", STR_ARG(c->name),
				   STR_ARG(version));
	const size_t *i = map_get(&s->lines, key);

	if (!i)
		return;
	c->provenance.hash = arena_dup(x->arena, s->hashes.v[*i].hash);
	component_add_evidence(c, (struct evidence){
		s->path, s->hashes.v[*i].line});
}
