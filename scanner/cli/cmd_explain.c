/* `ranwhence explain CODE`: what a diagnostic means. */
#include <stdio.h>

#include "base/diag.h"
#include "cli/command.h"
#include "cli/say.h"

static const char *effect_text(enum diag_effect e)
{
	switch (e) {
	case DIAG_HARMLESS: return "nothing is missing from the result";
	case DIAG_INCOMPLETE: return "the result is incomplete (exit 3)";
	case DIAG_FATAL: return "the run stops (exit 2)";
	}
	return "";
}

/* Prints a text in lines of at most 76 columns; it is ASCII. */
static void print_wrapped(const char *text)
{
	struct str rest = str_c(text), word;
	size_t column = 0;

	while (str_word(&rest, &word)) {
		if (column && column + 1 + word.n > 76) {
			putchar('\n');
			column = 0;
		}
		printf("%s%.*s", column ? " " : "", STR_ARG(word));
		column += word.n + !!column;
	}
	putchar('\n');
}

static int explain(const char *name)
{
	enum diag_code code;

	if (!diag_find(str_c(name), &code)) {
		say("%s: no such code", name);
		return EXIT_USAGE;
	}
	printf("%s: %s (%s)\n\n", diag_name(code), diag_title(code),
	       diag_severity_name(diag_severity(code)));
	print_wrapped(diag_text(code));
	printf("\nEffect: %s.\n", effect_text(diag_effect(code)));
	return 0;
}

static int run_explain(const struct opts *o)
{
	int code = 0;

	for (size_t i = 0; i < o->targets.list.n; i++) {
		if (i)
			putchar('\n');
		if (explain(o->targets.list.v[i]))
			code = EXIT_USAGE;
	}
	return code;
}

const struct command command_explain = {
	.name = "explain", .arguments = "CODE...",
	.summary = "explain a diagnostic such as RW1404",
	.bit = OPT_EXPLAIN, .min_targets = 1, .run = run_explain,
};
