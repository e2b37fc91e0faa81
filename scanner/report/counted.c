/* Names of components that count with others. */
#include "report/counted.h"

#include "base/strbuf.h"

#define SHOWN 5

struct str counted_with(const struct scan *s, const struct verdict *v,
			size_t component, struct arena *a)
{
	const struct joint_score *j = verdict_joint(v, component);
	struct strbuf b;
	struct str text;
	size_t n = 0;

	if (!j)
		return STR("");
	strbuf_init(&b, 0);
	for (size_t i = 0; i < j->components.n; i++) {
		const struct component *c =
			&s->parts.components.v[j->components.v[i]];

		if (j->components.v[i] == component || n++ >= SHOWN)
			continue;
		strbuf_fmt(&b, "%s%.*s", n > 1 ? ", " : "", STR_ARG(c->name));
		if (c->version.n)
			strbuf_fmt(&b, " %.*s", STR_ARG(c->version));
	}
	if (n > SHOWN)
		strbuf_fmt(&b, " and %zu more", n - SHOWN);
	text = arena_dup(a, strbuf_str(&b));
	strbuf_release(&b);
	return text;
}
