/* Coordinates of Gradle 8, which are those of Maven in one text. */
#include "extract/gradle.h"

#include <string.h>

#include "base/limits.h"

struct str gradle_version(struct str version)
{
	struct str v = str_trim(version);

	if (str_has_suffix(v, STR("!!")))
		v.n -= 2;
	for (size_t i = 0; i < v.n; i++)
		if (!ascii_is_alnum(v.p[i]) && !memchr(".-_", v.p[i], 3))
			return STR("");
	if (str_has_prefix(v, STR("latest.")) ||
	    str_has_suffix(v, STR("SNAPSHOT")))
		return STR("");
	return v;
}

static bool is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) && !memchr("._-", s.p[i], 3))
			return false;
	return s.n != 0;
}

bool gradle_coordinates(struct package *p, struct str text)
{
	struct str version, classifier;

	str_cut(text, '@', &text, &p->kind);
	if (!str_cut(text, ':', &p->namespace, &text))
		return false;
	str_cut(text, ':', &p->name, &text);
	str_cut(text, ':', &version, &classifier);
	p->type = "maven";
	p->version = gradle_version(version);
	p->classifier = classifier;
	return is_name(p->namespace) && is_name(p->name);
}

void gradle_plugin(struct package *p, struct str id, struct arena *a)
{
	p->type = "maven";
	p->namespace = str_head(id, LIMIT_NAME_BYTES);
	p->name = arena_fmt(a, "%.*s.gradle.plugin", STR_ARG(p->namespace));
}
