/* Parts of addresses. */
#include "extract/url.h"

#include <string.h>

#include "base/path.h"

bool url_is(struct str s)
{
	size_t end = str_find(s, STR("://"));

	for (size_t i = 0; i < end && i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) && !memchr("+-.", s.p[i], 3))
			return false;
	return end != SIZE_MAX && end != 0;
}

struct str url_base(struct str url)
{
	return str_head(url, str_find_ch(url, '#'));
}

struct str url_fragment(struct str url, struct str key)
{
	size_t at = str_find_ch(url, '#');
	struct str rest = str_from(url, at == SIZE_MAX ? url.n : at + 1);
	struct str pair, name, value;

	while (str_split(&rest, '&', &pair))
		if (str_cut(pair, '=', &name, &value) && str_eq(name, key))
			return value;
	return STR("");
}

struct str url_revision(struct str url)
{
	struct str path = str_from(url, str_find(url, STR("://")) + 3);
	size_t at;

	path = str_from(path, str_find_ch(path, '/'));
	at = str_rfind_ch(path, '@');
	return at == SIZE_MAX ? STR("") : str_from(path, at + 1);
}

struct str url_name(struct str url)
{
	struct str revision = url_revision(url);

	url.n -= revision.n ? revision.n + 1 : 0;
	while (url.n && url.p[url.n - 1] == '/')
		url.n--;
	if (str_has_suffix(url, STR(".git")))
		url.n -= 4;
	return path_base(url);
}

struct str url_without_user(struct str url, struct arena *a)
{
	size_t begin = str_find(url, STR("://")) + 3;
	struct str rest = str_from(url, begin);
	struct str host = str_head(rest, str_find_ch(rest, '/'));
	size_t at = str_rfind_ch(host, '@');

	if (at == SIZE_MAX)
		return url;
	return arena_fmt(a, "%.*s%.*s",
			 STR_ARG(str_head(url, begin)),
			 STR_ARG(str_from(rest, at + 1)));
}
