/*
 * Wrap files of Meson: from where a subproject is fetched, by the manual
 * "Wrap dependency system".  Of a wrap the file that it fetches counts, not
 * the patch on it.
 */
#include "base/limits.h"
#include "base/path.h"
#include "extract/lines.h"
#include "extract/origin.h"
#include "extract/scope.h"

struct wrap {
	struct str section;
	struct str url, revision, hash;
	unsigned line; /* of the address */
};

static void read_key(struct wrap *w, struct str key, struct str value,
		     unsigned line)
{
	if (str_is(key, "url") || str_is(key, "source_url")) {
		w->url = value;
		w->line = line;
	} else if (str_is(key, "revision")) {
		w->revision = value;
	} else if (str_is(key, "source_hash")) {
		w->hash = value;
	}
}

static void read_line(struct wrap *w, struct extraction *x, struct str line,
		      unsigned number)
{
	struct str key, value;

	line = str_trim(line);
	if (!line.n || line.p[0] == '#' || line.p[0] == ';')
		return;
	if (line.p[0] == '[') {
		w->section = str_sub(line, 1, str_find_ch(line, ']'));
		return;
	}
	if (!str_cut(line, '=', &key, &value))
		lines_bad(x, number, "not understood", line);
	else if (str_has_prefix(w->section, STR("wrap-")))
		read_key(w, str_trim(key), str_trim(value), number);
}

static void add(const struct wrap *w, struct extraction *x)
{
	struct component *c;

	if (!w->url.n)
		return;
	if (str_is(w->section, "wrap-file"))
		c = origin_download(x, &extract_meson_wrap, w->url, w->line);
	else
		c = origin_repository(x, &extract_meson_wrap, w->url,
				      w->revision, w->line);
	if (!c)
		return;
	c->scope = scope_of_path(x->path, SCOPE_RUNTIME);
	origin_hash(x, c, STR("sha256"), w->hash);
}

static bool wants(const struct file *f)
{
	return str_has_suffix(f->path, STR(".wrap")) &&
	       path_has_dir(f->path, STR("subprojects"));
}

static enum err extract(struct extraction *x)
{
	struct lines lines = lines_of(x);
	struct wrap wrap = {.line = 0}, kept = {.line = 0};
	unsigned long lost = lines_lost(x);
	struct str line;

	while (lines_next(&lines, &line)) {
		read_line(&wrap, x, line, lines.number);
		if (str_has_prefix(wrap.section, STR("wrap-")))
			kept = wrap; /* [provide] may follow */
	}
	add(&kept, x);
	return lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_meson_wrap = {
	.name = "native/meson-wrap",
	.summary = "Meson: where subprojects are fetched from",
	.version = 1,
	.sees = SEES_VERSION | SEES_REPOSITORY | SEES_COMMIT | SEES_HASH,
	.wants = wants,
	.extract = extract,
};
