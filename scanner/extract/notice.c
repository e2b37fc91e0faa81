/* Versions and holders in the text of files. */
#include "extract/notice.h"

#include <string.h>

#define NAME_BYTES 64
#define HOLDER_BYTES 120

bool notice_is_version(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) && !memchr(".-+_~", s.p[i], 5))
			return false;
	return s.n && s.n < NAME_BYTES && ascii_is_digit(s.p[0]);
}

/* --- holders -------------------------------------------------------------- */

/* Signs, years and their ranges before a name. */
static struct str without_years(struct str s)
{
	for (;;) {
		size_t n = 0;

		while (s.n && memchr(" \t,:-[](){}*/#;", s.p[0], 15))
			s = str_from(s, 1);
		if (str_has_prefix(s, STR("\xc2\xa9"))) {
			s = str_from(s, 2);
			continue;
		}
		if (s.n > 1 && ascii_lower(s.p[0]) == 'c' && s.p[1] == ')') {
			s = str_from(s, 2);
			continue;
		}
		if (str_has_prefix_nocase(s, STR("present"))) {
			s = str_from(s, 7);
			continue;
		}
		while (n < s.n && ascii_is_digit(s.p[n]))
			n++;
		if (n != 4) /* 6WIND is a name */
			return s;
		s = str_from(s, n);
	}
}

struct str notice_holder(struct str text)
{
	static const char *const words[] = {"notice", "holder", "law",
					    "owner", "and ", "or ", "in "};
	struct str line;

	while (str_line(&text, &line)) {
		size_t at = str_find_nocase(line, STR("copyright"));
		bool is_prose = false;

		if (at == SIZE_MAX)
			continue;
		line = str_from(line, at + 9);
		if (str_has_prefix_nocase(line, STR("text: ")))
			line = str_from(line, 6);
		line = without_years(line);
		for (size_t i = 0; i < sizeof words / sizeof *words; i++)
			is_prose = is_prose || str_has_prefix_nocase(
				line, str_c(words[i]));
		at = str_find_nocase(line, STR("all rights"));
		line = str_head(line, at);
		line = str_head(line, str_find_ch(line, '<'));
		line = str_head(line, str_find_ch(line, ','));
		line = str_head(str_trim(line), HOLDER_BYTES);
		while (line.n && memchr(".;:*/ ])}", line.p[line.n - 1], 9))
			line.n--;
		if (!is_prose && line.n > 2)
			return line;
	}
	return STR("");
}

/* --- versions ------------------------------------------------------------- */

/* Of "#define NAME value": name and value. */
static bool is_define(struct str line, struct str *ret_name,
		      struct str *ret_value)
{
	line = str_trim(line);
	if (!str_has_prefix(line, STR("#")))
		return false;
	line = str_trim(str_from(line, 1));
	if (!str_has_prefix(line, STR("define")))
		return false;
	line = str_from(line, 6);
	if (!str_word(&line, ret_name) || !str_word(&line, ret_value))
		return false;
	return true;
}

/* The folder's name as macros write it, in capitals. */
static struct str capitals(struct str name, char *to)
{
	size_t n = 0;

	for (size_t i = 0; i < name.n && n < NAME_BYTES; i++) {
		char c = name.p[i];

		if (c >= 'a' && c <= 'z')
			to[n++] = (char)(c - 'a' + 'A');
		else
			to[n++] = ascii_is_alnum(c) ? c : '_';
	}
	return str_n(to, n);
}

struct macros {
	struct str part[3]; /* major, minor, patch */
	struct str whole;
};

static void take(struct macros *m, struct str name, struct str value)
{
	static const char *const ends[] = {
		"_MAJOR", "_MINOR", "_PATCH", "_REVISION", "_BUGFIX"};
	uint64_t number;

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		struct str *part = &m->part[i < 3 ? i : 2];

		if (str_has_suffix(name, str_c(ends[i])) && !part->n &&
		    str_to_u64(value, &number))
			*part = value;
	}
	if (str_has_suffix(name, STR("_VERSION")) && value.n > 2 &&
	    value.p[0] == '"' && notice_is_version(str_unquote(value)) &&
	    !m->whole.n)
		m->whole = str_unquote(value);
}

struct str notice_macro_version(struct str text, struct str name,
				struct arena *a)
{
	char buffer[NAME_BYTES];
	struct str prefix = capitals(name, buffer), line, macro, value;
	struct macros m = {.whole = STR("")};

	while (str_line(&text, &line))
		if (is_define(line, &macro, &value) &&
		    str_has_prefix(macro, prefix) &&
		    str_find(macro, STR("VER")) != SIZE_MAX)
			take(&m, macro, value);
	if (m.whole.n)
		return arena_dup(a, m.whole);
	if (m.part[0].n && m.part[1].n && m.part[2].n)
		return arena_fmt(a, "%.*s.%.*s.%.*s", STR_ARG(m.part[0]),
				 STR_ARG(m.part[1]), STR_ARG(m.part[2]));
	return STR("");
}
