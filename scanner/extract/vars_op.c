/* Cutting and replacing in values, by section 2.6.2 of the POSIX shell
 * language and the manual of bash. */
#include "extract/vars_op.h"

#include <string.h>

#include "base/strbuf.h"
#include "base/utf8.h"

#define VALUE_MAX 256 /* every cut of a value is tried */
#define PATTERN_MAX 64

static bool is_plain(struct str pattern)
{
	for (size_t i = 0; i < pattern.n; i++)
		if (memchr("$`'\"\\[]", pattern.p[i], 7))
			return false;
	return pattern.n <= PATTERN_MAX;
}

/* Cuts the shortest (longest) match off the front or the end. */
static struct str cut(struct str value, struct str pattern, bool at_end,
		      bool is_longest)
{
	for (size_t i = 0; i <= value.n; i++) {
		size_t n = is_longest ? value.n - i : i;
		struct str part = at_end ? str_from(value, value.n - n)
					 : str_head(value, n);

		if (str_glob(part, pattern, false))
			return at_end ? str_head(value, value.n - n)
				      : str_from(value, n);
	}
	return value;
}

static struct str replace(struct str value, struct str what, struct str with,
			  bool is_all, struct arena *a)
{
	struct strbuf b;
	struct str made;

	strbuf_init(&b, VALUE_MAX * PATTERN_MAX);
	for (;;) {
		size_t at = str_find(value, what);

		strbuf_add(&b, str_head(value, at));
		if (at == SIZE_MAX)
			break;
		strbuf_add(&b, with);
		value = str_from(value, at + what.n);
		if (!is_all) {
			strbuf_add(&b, value);
			break;
		}
	}
	made = arena_dup(a, strbuf_str(&b));
	strbuf_release(&b);
	return made;
}

bool vars_op(struct str value, struct str op, struct arena *a, struct str *ret)
{
	char sign = op.n ? op.p[0] : 0;
	bool is_double = op.n > 1 && op.p[1] == sign;
	struct str what, with = STR("");

	what = str_from(op, is_double ? 2 : 1);
	if (value.n > VALUE_MAX || !sign || !memchr("#%/", sign, 3))
		return false;
	if (sign == '/')
		str_cut(what, '/', &what, &with);
	if (!is_plain(what) || !is_plain(with))
		return false;
	if (sign != '/') {
		*ret = cut(value, what, sign == '%', is_double);
		return utf8_is_valid(*ret); /* ? is one byte here */
	}
	if (!what.n || memchr("#%", what.p[0], 2) ||
	    str_find_ch(what, '*') != SIZE_MAX ||
	    str_find_ch(what, '?') != SIZE_MAX)
		return false;
	*ret = replace(value, what, with, is_double, a);
	return true;
}
