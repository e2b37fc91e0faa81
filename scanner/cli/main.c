/*
 * The entry of the program: finds the command and hands it its options.
 * Everything else is in the library, so that tests can call it.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "base/sha256.h"
#include "cli/ending.h"
#include "cli/say.h"
#include "cli/worker.h"

#define ENTRY(id) &command_##id,
static const struct command *const table[] = {COMMANDS(ENTRY)};
#undef ENTRY
#define TABLE_N (sizeof table / sizeof *table)

static void usage(void)
{
	printf("usage: ranwhence COMMAND [OPTION...] [TARGET...]\n\n"
	       "Says which organisations stand behind an Open-RAN stack, and "
	       "judges it\nby rulebooks on dated evidence.  Works offline.\n\n"
	       "commands:\n");
	for (size_t i = 0; i < TABLE_N; i++)
		printf("  %-11s %s\n", table[i]->name, table[i]->summary);
	printf("\n'ranwhence COMMAND --help' lists the options of a command; "
	       "'ranwhence --version'\nprints the version.  Exit status: "
	       "0 policy met, 1 not met, 2 usage or\nconfiguration, "
	       "3 incomplete, 4 internal error, 5 nothing to judge.\n");
}

static const struct command *find(const char *name)
{
	for (size_t i = 0; i < TABLE_N; i++)
		if (!strcmp(table[i]->name, name))
			return table[i];
	return NULL;
}

static bool is_confined(const struct command *c, const struct opts *o)
{
	return c->is_confined && !opt_given(o, OPT_ID_no_sandbox);
}

/* What no command could do as it is asked to.  (A usual configuration that is
 * not there is none; one that is named was meant.) */
static bool is_refused(const struct command *c, const struct opts *o)
{
	const char *config = opt_value(o, OPT_ID_config);

	if (config && fs_kind(config) != FS_FILE)
		say("--config=%s: there is no such file", config);
	else if (o->targets.list.n && !c->arguments[0])
		say("this command takes no argument");
	else if (opt_given(o, OPT_ID_no_sandbox) &&
		 opt_given(o, OPT_ID_require_sandbox))
		say("--no-sandbox and --require-sandbox exclude each other");
	else
		return false;
	return true;
}

static int run(const struct command *c, int argc, char **argv)
{
	struct opts o;
	int code = EXIT_USAGE;

	if (opt_parse(argc, argv, c->bit, &o))
		goto out;
	if (opt_given(&o, OPT_ID_help)) {
		printf("usage: ranwhence %s [OPTION...]%s%s\n\n%s\n\n"
		       "options:\n", c->name, c->arguments[0] ? " " : "",
		       c->arguments, c->summary);
		opt_help(c->bit);
		code = 0;
	} else if (o.targets.list.n < c->min_targets) {
		fprintf(stderr, "usage: ranwhence %s [OPTION...] %s\n",
			c->name, c->arguments);
	} else if (!is_refused(c, &o)) {
		code = is_confined(c, &o) ? worker_run(c, &o) : c->run(&o);
	}
out:
	opt_release(&o);
	return code;
}

static int main_of(int argc, char **argv)
{
	const struct command *c;

	if (argc < 2) {
		fputs("usage: ranwhence COMMAND [OPTION...] [TARGET...]\n"
		      "Try 'ranwhence --help'.\n", stderr);
		return EXIT_USAGE;
	}
	if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) {
		printf("%s\n", PACKAGE_STRING);
		return 0;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") ||
	    !strcmp(argv[1], "help")) {
		usage();
		return 0;
	}
	c = find(argv[1]);
	if (!c) {
		say("%s: no such command", argv[1]);
		fputs("Try 'ranwhence --help'.\n", stderr);
		return EXIT_USAGE;
	}
	return run(c, argc - 2, argv + 2);
}

int main(int argc, char **argv)
{
	/* A reader that goes away is an error of writing, not our end. */
	signal(SIGPIPE, SIG_IGN);
	sha256_init();
	if (ending_guard())
		return EXIT_INTERNAL;
	return ending_with(main_of(argc, argv));
}
