/* The arguments of a command: options, their values, and words. */
#ifndef EXTRACT_SHELL_ARGS_H
#define EXTRACT_SHELL_ARGS_H

#include "base/str.h"

/* A word of a command, values of variables put in. */
struct shell_word {
	struct str text;
	unsigned line;
};

/* Which options of a command take a value. */
struct shell_options {
	const char *letters;      /* -x value, -xvalue */
	const char *const *names; /* --name value; ended by NULL */
	bool has_long_dash;       /* -name is one option, as in Go */
};

struct shell_args {
	const struct shell_word *words;
	size_t n, at;
	const struct shell_options *options;
	struct str cluster;   /* letters left of -abc */
	bool is_ended;        /* behind "--" */
};

enum shell_arg { SHELL_ARG_END, SHELL_ARG_WORD, SHELL_ARG_OPTION };

/* What an argument is. */
struct shell_argument {
	enum shell_arg kind;
	struct str name;  /* of an option: "x" or "name" */
	struct str value; /* of an option that takes one; or the word */
	unsigned line;
};

/* Begins with the words behind the first `skip`. */
struct shell_args shell_args_of(const struct shell_word *words, size_t n,
				size_t skip,
				const struct shell_options *options);
/* The next argument; false at the end. */
bool shell_args_next(struct shell_args *a, struct shell_argument *ret);
/* Is an option one of these, separated by '|': "b|branch"? */
bool shell_args_is(const struct shell_argument *a, const char *names);

#endif
