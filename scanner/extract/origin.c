/* Sources that files name by address. */
#include "extract/origin.h"

#include "base/limits.h"
#include "base/path.h"
#include "extract/artifact.h"
#include "extract/declare.h"
#include "extract/url.h"
#include "extract/vars.h"

#define QUOTED_BYTES 200

static void say_unknown(struct extraction *x, unsigned line, const char *what,
			struct str text)
{
	diag_add(x->diags, RW1302, diag_at_line(x->path, line),
		 "the %s is not known: %.*s", what,
		 STR_ARG(str_head(text, QUOTED_BYTES)));
}

/* What stands before the name of a branch or tag. */
static struct str plain_rev(struct str rev)
{
	static const char *const before[] = {"origin/", "refs/tags/",
					     "refs/heads/", "tags/"};

	for (size_t i = 0; i < sizeof before / sizeof *before; i++)
		if (str_has_prefix(rev, str_c(before[i])))
			return str_from(rev, str_c(before[i]).n);
	return str_is(rev, "HEAD") ? STR("") : rev;
}

/* There is no such component after all. */
static void take_back(struct extraction *x, struct component *c)
{
	vec_release(&c->evidence);
	x->parts->components.n--;
}

struct component *origin_repository(struct extraction *x,
				    const struct extractor *e,
				    struct str url, struct str rev,
				    unsigned line)
{
	struct component *c;

	if (!vars_is_known(url)) {
		say_unknown(x, line, "repository", url);
		return NULL;
	}
	if (!vars_is_known(rev)) {
		say_unknown(x, line, "revision", rev);
		rev = STR("");
	}
	c = declare_component(x, e, STR("-"), "repository", line);
	if (c && declare_repository(x, c, url, plain_rev(rev))) {
		c->name = path_base(c->provenance.repository);
		return c;
	}
	if (!c)
		return NULL;
	take_back(x, c);
	diag_add(x->diags, RW1304, diag_at_line(x->path, line),
		 "taken from %.*s", STR_ARG(str_head(url, QUOTED_BYTES)));
	return NULL;
}

struct component *origin_download(struct extraction *x,
				  const struct extractor *e, struct str url,
				  unsigned line)
{
	if (!url_is(url) || str_has_prefix_nocase(url, STR("file:")) ||
	    artifact_is_local(url) || artifact_is_check(url))
		return NULL;
	return artifact_add(x, e, url, line);
}

void origin_hash(struct extraction *x, struct component *c, struct str kind,
		 struct str hex)
{
	if (!c || !hex.n || hex.n > LIMIT_NAME_BYTES ||
	    !str_eq_nocase(kind, STR("sha256")))
		return;
	for (size_t i = 0; i < hex.n; i++)
		if (!ascii_is_hex(hex.p[i]))
			return;
	c->provenance.hash = arena_lower(x->arena,
		arena_fmt(x->scratch, "sha256:%.*s", STR_ARG(hex)));
}
