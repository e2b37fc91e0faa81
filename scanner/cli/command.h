/*
 * The commands of the program and what they need.  One line in COMMANDS and
 * one file cmd_NAME.c add a command.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "cli/opt.h"

struct command {
	const char *name, *arguments; /* as the usage line writes them */
	const char *summary;          /* one line of --help */
	unsigned bit;                 /* of enum opt_command */
	size_t min_targets;           /* fewer is a usage error */
	bool is_confined; /* reads hostile input: runs in a worker */
	int (*run)(const struct opts *o); /* the exit code */
};

#define COMMANDS(X) \
	X(scan) \
	X(components) \
	X(history) \
	X(entity) \
	X(report) \
	X(why) \
	X(compare) \
	X(check) \
	X(trend) \
	X(plan) \
	X(policy) \
	X(purl) \
	X(update) \
	X(feeds) \
	X(shards) \
	X(queue) \
	X(store) \
	X(list) \
	X(doctor) \
	X(completion) \
	X(explain)
#define COMMAND_EXTERN(id) extern const struct command command_##id;
COMMANDS(COMMAND_EXTERN)
#undef COMMAND_EXTERN

/* Exit codes; docs/ARCHITECTURE.md and ranwhence(1) list them. */
enum command_exit {
	EXIT_MET = 0, EXIT_NOT_MET = 1, EXIT_USAGE = 2, EXIT_INCOMPLETE = 3,
	EXIT_INTERNAL = 4, EXIT_NOTHING = 5,
	EXIT_AGAIN = 75 /* `shards run`, `queue`: trouble that may pass */
};

#endif
