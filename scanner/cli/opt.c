/*
 * The parser of the command line.  Own and small rather than getopt_long: it
 * takes options and targets in any order without the environment's say, and
 * knows which command takes which option.
 */
#include "cli/opt.h"
#include "cli/say.h"

#include <stdio.h>
#include <string.h>

#define ROW(id, letter, commands, argument, help) \
	{#id, letter, commands, argument, help},
static const struct opt_row table[] = {OPTIONS(ROW)};
#undef ROW

/* The long name of an option: '-' for '_'. */
static bool is_named(const struct opt_row *r, struct str name)
{
	size_t n = strlen(r->name);

	if (n != name.n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (name.p[i] != (r->name[i] == '_' ? '-' : r->name[i]))
			return false;
	return true;
}

static size_t find(struct str name, char letter)
{
	for (size_t i = 0; i < OPT_ID_COUNT; i++)
		if (letter ? table[i].letter == letter
			   : is_named(&table[i], name))
			return i;
	return OPT_ID_COUNT;
}

static enum err complain(const char *arg, const char *what)
{
	say("%s: %s", arg, what);
	fputs("Try 'ranwhence --help'.\n", stderr);
	return ERR_CONFIG;
}

/* Takes one option; *i moves on when its value is the next argument. */
static enum err take(int argc, char **argv, int *i, unsigned command,
		     struct opts *ret)
{
	const char *arg = argv[*i], *value = NULL;
	struct str name, tied;
	bool has_value;
	size_t id;

	if (arg[1] == '-') {
		has_value = str_cut(str_c(arg + 2), '=', &name, &tied);
		id = find(name, 0);
		value = has_value ? tied.p : NULL;
	} else {
		id = find(STR(""), arg[1]);
		has_value = arg[2] != 0;
		value = has_value ? arg + 2 : NULL;
	}
	if (id == OPT_ID_COUNT || !(table[id].commands & command))
		return complain(arg, "no such option of this command");
	if (!table[id].argument[0]) {
		if (has_value)
			return complain(arg, "takes no value");
	} else if (!has_value) {
		if (*i + 1 >= argc)
			return complain(arg, "needs a value");
		value = argv[++*i];
	}
	vec_push(&ret->given[id].list, value);
	return OK;
}

enum err opt_parse(int argc, char **argv, unsigned command, struct opts *ret)
{
	bool only_targets = false;

	*ret = (struct opts){0};
	for (int i = 0; i < argc; i++) {
		enum err e;

		if (only_targets || argv[i][0] != '-' || !argv[i][1]) {
			vec_push(&ret->targets.list, argv[i]);
			continue;
		}
		if (!strcmp(argv[i], "--")) {
			only_targets = true;
			continue;
		}
		e = take(argc, argv, &i, command, ret);
		if (e)
			return e;
	}
	return OK;
}

void opt_release(struct opts *o)
{
	for (size_t i = 0; i < OPT_ID_COUNT; i++)
		vec_release(&o->given[i].list);
	vec_release(&o->targets.list);
}

bool opt_given(const struct opts *o, enum opt_id id)
{
	return o->given[id].list.n > 0;
}

bool opt_verbose(const struct opts *o)
{
	return opt_given(o, OPT_ID_verbose) && !opt_given(o, OPT_ID_quiet);
}

const char *opt_value(const struct opts *o, enum opt_id id)
{
	size_t n = o->given[id].list.n;

	return n ? o->given[id].list.v[n - 1] : NULL;
}

struct opt_row opt_row(enum opt_id id)
{
	struct opt_row r = table[id];

	for (char *p = r.name; *p; p++)
		if (*p == '_')
			*p = '-';
	return r;
}

void opt_help(unsigned command)
{
	for (size_t i = 0; i < OPT_ID_COUNT; i++) {
		const struct opt_row *r = &table[i];
		char left[64];
		int n;

		if (!(r->commands & command))
			continue;
		n = snprintf(left, sizeof left, "%c%c%c --%s%s%s",
			     r->letter ? '-' : ' ',
			     r->letter ? r->letter : ' ',
			     r->letter ? ',' : ' ', r->name,
			     r->argument[0] ? "=" : "", r->argument);
		for (int j = 0; j < n && left[j] != '='; j++)
			if (left[j] == '_')
				left[j] = '-';
		printf("  %-26s %s\n", left, r->help);
	}
}
