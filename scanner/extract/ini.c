/* INI files, line by line. */
#include "extract/ini.h"

struct ini ini_of(struct extraction *x)
{
	return (struct ini){.lines = lines_of(x)};
}

static struct str without_comment(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((s.p[i] == '#' || s.p[i] == ';') &&
		    (i == 0 || (s.p[i] == '#' && ascii_is_blank(s.p[i - 1]))))
			return str_head(s, i);
	return s;
}

/* "key = value" or "key: value" */
static bool take_key(struct str *line, struct str *ret)
{
	for (size_t i = 0; i < line->n; i++)
		if (line->p[i] == '=' || line->p[i] == ':') {
			*ret = str_trim(str_head(*line, i));
			*line = str_trim(str_from(*line, i + 1));
			return ret->n != 0;
		}
	return false;
}

bool ini_next(struct ini *ini, struct str *ret_value)
{
	struct str line;

	while (lines_next(&ini->lines, &line)) {
		bool is_indented = line.n && ascii_is_blank(line.p[0]);

		*ret_value = str_trim(without_comment(str_trim(line)));
		if (!ret_value->n)
			continue;
		if (is_indented && ini->key.n)
			return true;
		if (str_has_prefix(*ret_value, STR("["))) {
			size_t end = str_find_ch(*ret_value, ']');

			ini->section = str_trim(str_sub(*ret_value, 1, end));
			ini->key = STR("");
			if (end != SIZE_MAX)
				continue;
		} else if (take_key(ret_value, &ini->key)) {
			return true;
		}
		lines_bad(ini->lines.x, ini->lines.number, "not understood",
			  line);
	}
	return false;
}
