/* One option after the other; what is wrong is said and ends the run. */
#include "cli/ask.h"
#include "cli/say.h"

#include <stdio.h>

#include "base/date.h"
#include "base/limits.h"
#include "cli/setup.h"

static enum err complain(const char *option, const char *value,
			 const char *what)
{
	say("--%s=%s: %s", option, value, what);
	return ERR_CONFIG;
}

static enum err ask_number(const struct opts *o, enum opt_id id,
			   const char *name, uint64_t *ret)
{
	const char *value = opt_value(o, id);

	*ret = 0;
	if (value && (!str_to_u64(str_c(value), ret) || !*ret ||
		      *ret > UINT32_MAX))
		return complain(name, value, "not a number from 1 on");
	return OK;
}

static enum err ask_since(const struct opts *o, struct history_options *ret)
{
	const char *value = opt_value(o, OPT_ID_since);

	ret->has_since = value != NULL;
	if (value && date_parse(str_c(value), &ret->since))
		return complain("since", value, "not a date YYYY-MM-DD");
	return OK;
}

static enum err ask_scope(const struct opts *o, struct history_options *ret)
{
	const char *value = opt_value(o, OPT_ID_scope);

	if (value && str_is(str_c(value), "runtime"))
		ret->scope = DIGEST_RUNTIME;
	else if (value && !str_is(str_c(value), "all"))
		return complain("scope", value, "not all or runtime");
	return OK;
}

static enum err ask_paths(const struct opts *o, struct arena *a,
			  struct history_options *ret)
{
	const struct opt_values *given = &o->given[OPT_ID_paths];
	struct str *paths = arena_alloc(a, given->list.n * sizeof *paths);

	for (size_t i = 0; i < given->list.n; i++) {
		paths[i] = str_c(given->list.v[i]);
		if (!paths[i].n || paths[i].n > LIMIT_NAME_BYTES)
			return complain("paths", given->list.v[i],
					"not a pattern of paths");
	}
	ret->paths = paths;
	ret->n_paths = given->list.n;
	return OK;
}

enum err ask_history(const struct opts *o, struct arena *a,
		     struct history_options *ret)
{
	enum err e = setup_threads(o, &ret->threads);

	ret->range = opt_value(o, OPT_ID_range);
	e = e ? e : setup_axes(o, &ret->axes);
	e = e ? e : ask_since(o, ret);
	e = e ? e : ask_scope(o, ret);
	e = e ? e : ask_paths(o, a, ret);
	e = e ? e : ask_number(o, OPT_ID_max_commits, "max-commits",
			       &ret->max_commits);
	return e ? e : ask_number(o, OPT_ID_max_seconds, "max-seconds",
				  &ret->max_seconds);
}
