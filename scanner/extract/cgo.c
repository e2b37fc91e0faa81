/*
 * C libraries that Go packages link, by the documentation of cgo: the lines
 * `#cgo LDFLAGS:` and `#cgo pkg-config:` before `import "C"`.
 */
#include "base/limits.h"
#include "base/path.h"
#include "extract/lines.h"
#include "extract/native.h"

struct cgo {
	struct native found;
	struct native strict; /* of a folder of the tree, most likely */
};

/* Are libraries looked for in folders of the tree alone? */
static bool is_local(struct str flags)
{
	bool is_near = false, is_far = false;
	struct str word;

	while (str_word(&flags, &word)) {
		if (str_has_prefix(word, STR("-L")))
			word = str_from(word, 2);
		is_near = is_near || str_has_prefix(word, STR("../")) ||
			  str_has_prefix(word, STR("./")) ||
			  str_has_prefix(word, STR("${SRCDIR}"));
		is_far = is_far || str_has_prefix(word, STR("/"));
	}
	return is_near && !is_far;
}

static void read_flags(struct cgo *c, struct str flags, unsigned line)
{
	struct native *n = is_local(flags) ? &c->strict : &c->found;
	struct str word;

	while (str_word(&flags, &word))
		if (str_has_prefix(word, STR("-l")) && word.n > 2)
			native_add(n, NATIVE_LINK, native_link_name(word),
				   STR(""), line);
}

/* #cgo [constraints] NAME: value */
static void read_line(struct cgo *c, struct str line, unsigned number)
{
	size_t at = str_find(line, STR("#cgo ")), value;

	if (at == SIZE_MAX)
		return;
	line = str_from(line, at + 5);
	value = str_find(line, STR("pkg-config:"));
	if (value != SIZE_MAX) {
		native_add_modules(&c->found, str_from(line, value + 11),
				   number);
		return;
	}
	value = str_find(line, STR("LDFLAGS:"));
	if (value != SIZE_MAX)
		read_flags(c, str_from(line, value + 8), number);
}

static bool wants(const struct file *f)
{
	return str_has_suffix(f->path, STR(".go")) &&
	       !path_has_dir(f->path, STR("vendor"));
}

static bool sniffs(struct str head)
{
	return str_find(head, STR("#cgo ")) != SIZE_MAX &&
	       str_find(head, STR("import \"C\"")) != SIZE_MAX;
}

static enum err extract(struct extraction *x)
{
	struct lines lines = lines_of(x);
	unsigned long lost = lines_lost(x);
	struct cgo c;
	struct str line;

	native_init(&c.found, x, &extract_cgo);
	native_init(&c.strict, x, &extract_cgo);
	c.strict.is_strict = true;
	while (lines_next(&lines, &line)) {
		if (str_has_prefix(line, STR("import \"C\"")))
			break;
		read_line(&c, line, lines.number);
	}
	native_release(&c.found);
	native_release(&c.strict);
	return lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_cgo = {
	.name = "native/cgo",
	.summary = "C libraries that Go packages link",
	.version = 1,
	.sees = SEES_VERSION | SEES_REPOSITORY,
	.wants = wants,
	.sniffs = sniffs,
	.extract = extract,
};
