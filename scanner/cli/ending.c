/*
 * Some libraries call exit() where memory ends; their status must not be taken
 * for a verdict.  Each process that ends by itself, a worker too, says so here.
 */
#include "cli/ending.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/command.h"

static bool is_ours; /* that the process ends now */

static void refuse_to_end(void)
{
	if (!is_ours)
		_exit(EXIT_INTERNAL);
}

enum err ending_guard(void)
{
	return atexit(refuse_to_end) ? ERR_IO : OK;
}

int ending_with(int code)
{
	is_ours = true;
	if (!fflush(stdout) && !ferror(stdout))
		return code;
	fputs("ranwhence: standard output cannot be written\n", stderr);
	return code == EXIT_MET ? EXIT_INCOMPLETE : code;
}
