/* What every unit test begins with: cmocka, and a comparison of slices. */
#ifndef TESTS_UNIT_H
#define TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"

/* The slice s holds exactly the bytes of a string literal. */
#define assert_str(s, want) unit_assert_str(s, STR(want), __FILE__, __LINE__)

static inline void unit_assert_str(struct str s, struct str want,
				   const char *file, int line)
{
	if (str_eq(s, want))
		return;
	print_error("got  \"%.*s\"\nwant \"%.*s\"\n", STR_ARG(s),
		    STR_ARG(want));
	_fail(file, line);
}

#endif
