/* Slices of bytes: comparison, search and splitting. */
#include "base/str.h"

#include <string.h>

bool str_eq_nocase(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (ascii_lower(a.p[i]) != ascii_lower(b.p[i]))
			return false;
	return true;
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;

	if (c)
		return c;
	return (a.n > b.n) - (a.n < b.n);
}

bool str_has_prefix_nocase(struct str s, struct str prefix)
{
	return s.n >= prefix.n && str_eq_nocase(str_head(s, prefix.n), prefix);
}

bool str_has_suffix(struct str s, struct str suffix)
{
	return s.n >= suffix.n && str_eq(str_from(s, s.n - suffix.n), suffix);
}

size_t str_rfind_ch(struct str s, char c)
{
	const char *at = s.n ? memrchr(s.p, c, s.n) : NULL;

	return at ? (size_t)(at - s.p) : SIZE_MAX;
}

size_t str_find(struct str s, struct str needle)
{
	const char *at;

	if (needle.n == 0)
		return 0;
	if (s.n < needle.n)
		return SIZE_MAX;
	at = memmem(s.p, s.n, needle.p, needle.n);
	return at ? (size_t)(at - s.p) : SIZE_MAX;
}

size_t str_find_nocase(struct str s, struct str needle)
{
	char first = needle.n ? ascii_lower(needle.p[0]) : '\0';

	for (size_t i = 0; i + needle.n <= s.n; i++)
		if (!needle.n || (ascii_lower(s.p[i]) == first &&
				  str_has_prefix_nocase(str_from(s, i),
							needle)))
			return i;
	return SIZE_MAX;
}

struct str str_trim(struct str s)
{
	while (s.n && ascii_is_blank(s.p[0]))
		s.p++, s.n--;
	while (s.n && ascii_is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

struct str str_unquote(struct str s)
{
	if (s.n >= 2 && (s.p[0] == '"' || s.p[0] == '\'') &&
	    s.p[s.n - 1] == s.p[0])
		return str_sub(s, 1, s.n - 1);
	return s;
}

bool str_split(struct str *rest, char sep, struct str *ret_part)
{
	size_t at;

	if (!rest->p)
		return false;
	at = str_find_ch(*rest, sep);
	if (at == SIZE_MAX) {
		*ret_part = *rest;
		*rest = (struct str){NULL, 0};
	} else {
		*ret_part = str_head(*rest, at);
		*rest = str_from(*rest, at + 1);
	}
	return true;
}

bool str_line(struct str *rest, struct str *ret_line)
{
	if (rest->n == 0)
		return false;
	if (!str_split(rest, '\n', ret_line))
		return false;
	if (ret_line->n && ret_line->p[ret_line->n - 1] == '\r')
		ret_line->n--;
	return true;
}

bool str_word(struct str *rest, struct str *ret_word)
{
	size_t i = 0;

	*rest = str_trim(*rest);
	if (rest->n == 0)
		return false;
	while (i < rest->n && !ascii_is_blank(rest->p[i]))
		i++;
	*ret_word = str_head(*rest, i);
	*rest = str_from(*rest, i);
	return true;
}

bool str_cut(struct str s, char sep, struct str *a, struct str *b)
{
	size_t at = str_find_ch(s, sep);

	if (at == SIZE_MAX) {
		*a = s;
		*b = str_from(s, s.n);
		return false;
	}
	*a = str_head(s, at);
	*b = str_from(s, at + 1);
	return true;
}

bool str_to_u64(struct str s, uint64_t *ret_value)
{
	uint64_t v = 0;

	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (!ascii_is_digit(s.p[i]) ||
		    __builtin_mul_overflow(v, (uint64_t)10, &v) ||
		    __builtin_add_overflow(v, (uint64_t)(s.p[i] - '0'), &v))
			return false;
	}
	*ret_value = v;
	return true;
}

bool str_to_i64(struct str s, int64_t *ret_value)
{
	bool negative = s.n && s.p[0] == '-';
	uint64_t u;

	if (!str_to_u64(negative ? str_from(s, 1) : s, &u) ||
	    u > (uint64_t)INT64_MAX + negative)
		return false;
	*ret_value = (int64_t)(negative ? 0 - u : u);
	return true;
}

/* Greedy with one place to come back to: linear in practice, never worse
 * than the product of the two lengths. */
bool str_glob(struct str s, struct str pattern, bool nocase)
{
	size_t i = 0, j = 0, star = SIZE_MAX, mark = 0;

	while (i < s.n) {
		char a = s.p[i], b = j < pattern.n ? pattern.p[j] : 0;

		if (j < pattern.n && b == '*') {
			star = j++;
			mark = i;
		} else if (j < pattern.n &&
			   (b == '?' || a == b ||
			    (nocase && ascii_lower(a) == ascii_lower(b)))) {
			i++, j++;
		} else if (star != SIZE_MAX) {
			j = star + 1;
			i = ++mark;
		} else {
			return false;
		}
	}
	while (j < pattern.n && pattern.p[j] == '*')
		j++;
	return j == pattern.n;
}

bool str_any_of(struct str s, const char *const *list, size_t n,
		bool (*is_as)(struct str s, struct str other))
{
	for (size_t i = 0; i < n; i++)
		if (is_as(s, str_c(list[i])))
			return true;
	return false;
}
