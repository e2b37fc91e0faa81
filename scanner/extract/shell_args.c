/* Options as getopt(3) of GNU takes them: also behind words. */
#include "extract/shell_args.h"

#include <string.h>

struct shell_args shell_args_of(const struct shell_word *words, size_t n,
				size_t skip,
				const struct shell_options *options)
{
	return (struct shell_args){.words = words, .n = n, .at = skip,
				   .options = options};
}

/* The next word as a value; "" when there is none. */
static struct str take_value(struct shell_args *a)
{
	return a->at < a->n ? a->words[a->at++].text : STR("");
}

static bool is_valued(const struct shell_args *a, struct str name)
{
	const char *const *names = a->options->names;

	while (names && *names && !str_is(name, *names))
		names++;
	return names && *names;
}

static void take_long(struct shell_args *a, struct str text,
		      struct shell_argument *ret)
{
	ret->kind = SHELL_ARG_OPTION;
	if (!str_cut(text, '=', &ret->name, &ret->value))
		ret->value = is_valued(a, text) ? take_value(a) : STR("");
}

static void take_letter(struct shell_args *a, struct shell_argument *ret)
{
	ret->kind = SHELL_ARG_OPTION;
	ret->name = str_head(a->cluster, 1);
	ret->value = STR("");
	a->cluster = str_from(a->cluster, 1);
	if (!strchr(a->options->letters, ret->name.p[0]))
		return;
	ret->value = a->cluster.n ? a->cluster : take_value(a);
	a->cluster = STR("");
}

bool shell_args_next(struct shell_args *a, struct shell_argument *ret)
{
	struct str text;

	if (a->cluster.n) {
		take_letter(a, ret);
		return true;
	}
	if (!a->is_ended && a->at < a->n &&
	    str_is(a->words[a->at].text, "--")) {
		a->is_ended = true;
		a->at++;
	}
	if (a->at >= a->n)
		return false;
	ret->line = a->words[a->at].line;
	text = a->words[a->at++].text;
	if (a->is_ended || text.n < 2 || text.p[0] != '-') {
		*ret = (struct shell_argument){SHELL_ARG_WORD, STR(""), text,
					       ret->line};
	} else if (str_has_prefix(text, STR("--"))) {
		take_long(a, str_from(text, 2), ret);
	} else if (a->options->has_long_dash) {
		take_long(a, str_from(text, 1), ret);
	} else {
		a->cluster = str_from(text, 1);
		take_letter(a, ret);
	}
	return true;
}

bool shell_args_is(const struct shell_argument *a, const char *names)
{
	struct str rest = str_c(names), name;

	while (a->kind == SHELL_ARG_OPTION && str_split(&rest, '|', &name))
		if (str_eq(name, a->name))
			return true;
	return false;
}
