/*
 * Files of pkg-config, and what they are made from: the modules that a module
 * requires, by pc(5).  What is linked in Libs is the module itself.
 */
#include "base/limits.h"
#include "base/path.h"
#include "extract/lines.h"
#include "extract/native.h"

/* Modules without those that configure fills in, @LIKE_THIS@. */
static void add_modules(struct native *n, struct str list, unsigned line)
{
	struct str part;

	while (str_split(&list, '@', &part)) {
		native_add_modules(n, part, line);
		if (list.p && !str_split(&list, '@', &part))
			return;
	}
}

static bool wants(const struct file *f)
{
	return str_has_suffix(f->path, STR(".pc.in")) ||
	       str_has_suffix(f->path, STR(".pc")) ||
	       str_has_suffix(f->path, STR(".pc.cmake"));
}

static enum err extract(struct extraction *x)
{
	struct lines lines = lines_of(x);
	struct native found;
	unsigned long lost = lines_lost(x);
	struct str line, key, value;
	bool goes_on = false;

	native_init(&found, x, &extract_pkg_config);
	while (lines_next(&lines, &line)) {
		line = str_trim(line);
		value = line;
		if (!goes_on &&
		    !(str_cut(line, ':', &key, &value) &&
		      (str_is(key, "Requires") ||
		       str_is(key, "Requires.private"))))
			continue;
		goes_on = str_has_suffix(line, STR("\\"));
		if (goes_on)
			value.n--;
		add_modules(&found, value, lines.number);
	}
	native_release(&found);
	return lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_pkg_config = {
	.name = "native/pkg-config",
	.summary = "pkg-config: modules that a module requires",
	.version = 1,
	.sees = SEES_VERSION | SEES_REPOSITORY,
	.wants = wants,
	.extract = extract,
};
