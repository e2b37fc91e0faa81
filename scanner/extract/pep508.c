/*
 * Requirement specifiers.  Extras are taken off with the name, markers are
 * the caller's to cut; only an exact clause without a wildcard fixes a
 * version.
 */
#include "extract/pep508.h"

#include <string.h>

bool pep508_is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) && !memchr("._-", s.p[i], 3))
			return false;
	return s.n && ascii_is_alnum(s.p[0]) && ascii_is_alnum(s.p[s.n - 1]);
}

struct str pep508_take_name(struct str *rest)
{
	struct str name;
	size_t n = 0;

	while (n < rest->n && !ascii_is_blank(rest->p[n]) &&
	       !memchr("[(<>=!~;@,", rest->p[n], 10))
		n++;
	name = str_head(*rest, n);
	*rest = str_trim(str_from(*rest, n));
	if (str_has_prefix(*rest, STR("["))) {
		size_t end = str_find_ch(*rest, ']');

		if (end != SIZE_MAX)
			*rest = str_trim(str_from(*rest, end + 1));
	}
	return name;
}

static bool is_version(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) && !memchr("._-+!*", s.p[i], 6))
			return false;
	return s.n != 0;
}

/* Takes an operator off a clause; false when there is none. */
static bool take_operator(struct str *clause, struct str *ret)
{
	static const char *const operators[] = {
		"===", "==", "~=", "!=", "<=", ">=", "<", ">"};

	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (str_has_prefix(*clause, str_c(operators[i]))) {
			*ret = str_c(operators[i]);
			*clause = str_trim(str_from(*clause, ret->n));
			return true;
		}
	return false;
}

/* A value that another program fills in. */
static bool is_variable(struct str s)
{
	return str_find_ch(s, '$') != SIZE_MAX ||
	       str_find_ch(s, '{') != SIZE_MAX;
}

bool pep508_pinned(struct str clauses, struct str *ret_version,
		   struct str *ret_variable)
{
	struct str clause, operator;

	*ret_version = *ret_variable = STR("");
	clauses = str_trim(clauses);
	if (clauses.n >= 2 && clauses.p[0] == '(' &&
	    clauses.p[clauses.n - 1] == ')')
		clauses = str_sub(clauses, 1, clauses.n - 1);
	while (str_split(&clauses, ',', &clause)) {
		clause = str_trim(clause);
		if (clause.n == 0)
			continue;
		if (!take_operator(&clause, &operator))
			return false;
		if (is_variable(clause))
			*ret_variable = clause;
		else if (!is_version(clause))
			return false;
		else if (str_has_prefix(operator, STR("==")) &&
			 !str_has_suffix(clause, STR("*")))
			*ret_version = clause;
	}
	return true;
}
