/*
 * Attributes that would make git run a program on files: what they name is
 * run only where settings say how, but those of the user may (gitattributes(5),
 * "filter", "Performing a three-way merge", "Generating diff text").
 */
#include "history/attributes.h"

#include "base/limits.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "history/history.h"

#define NAMES_SHOWN 8

struct kind {
	const char *attribute;       /* with '=' */
	const char *const *built_in; /* what git itself does */
};

static const char *const no_names[] = {NULL};
static const char *const merges[] = {"binary", "text", "union", NULL};
static const char *const diffs[] = {
	"ada", "bash", "bibtex", "cpp", "csharp", "css", "dts", "elixir",
	"fortran", "fountain", "golang", "html", "ini", "java", "kotlin",
	"markdown", "matlab", "objc", "pascal", "perl", "php", "python",
	"r", "ruby", "rust", "scheme", "tex", NULL};
static const struct kind kinds[] = {
	{"filter=", no_names}, {"merge=", merges}, {"diff=", diffs}};

static bool is_in(struct str name, const char *const *names)
{
	for (size_t i = 0; names[i]; i++)
		if (str_is(name, names[i]))
			return true;
	return false;
}

static bool names_program(struct str word)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct str prefix = str_c(kinds[i].attribute);

		if (str_has_prefix(word, prefix))
			return !is_in(str_from(word, prefix.n),
				      kinds[i].built_in);
	}
	return false;
}

/* The words of a line that name a filter or a driver. */
static void add_names(struct str line, size_t *n, struct strbuf *to)
{
	struct str word;
	bool is_first = true; /* the pattern */

	for (; str_word(&line, &word); is_first = false)
		if (!is_first && names_program(word) && ++*n <= NAMES_SHOWN)
			strbuf_fmt(to, "%s%.*s", *n > 1 ? ", " : "",
				   STR_ARG(str_head(word, 60)));
}

void attributes_tell(struct str text, struct str path, struct diags *ds)
{
	struct str line;
	struct strbuf names;
	size_t n = 0;
	unsigned number = 0, first = 0;

	strbuf_init(&names, 0);
	while (str_line(&text, &line)) {
		number++;
		line = str_trim(line);
		if (!line.n || line.p[0] == '#')
			continue;
		add_names(line, &n, &names);
		if (n && !first)
			first = number;
	}
	if (n)
		diag_add(ds, RW1420, diag_at_line(path, first),
			 "attributes name programs, which were not run: "
			 "%.*s%s", STR_ARG(strbuf_str(&names)),
			 n > NAMES_SHOWN ? " and more" : "");
	strbuf_release(&names);
}

/* A link is none: git does not follow it in a tree. */
static bool is_attributes(const struct file *f)
{
	return str_is(path_base(f->path), ".gitattributes") && !f->is_link &&
	       !f->is_gitlink;
}

void history_attributes(struct tree *t, struct diags *ds)
{
	uint64_t n = 0, bytes = 0;

	for (size_t i = 0; i < t->files.n; i++) {
		const struct file *f = &t->files.v[i];
		struct arena a = {0};
		struct str text;

		if (!is_attributes(f))
			continue;
		if (++n > LIMIT_ATTRIBUTE_FILES ||
		    (bytes += f->size) > LIMIT_ATTRIBUTE_BYTES) {
			diag_add(ds, RW1005, diag_at(path_join(
				 &a, t->name, f->path)),
				 "too many files of attributes: what these "
				 "and later ones name is not known");
			arena_release(&a);
			break;
		}
		if (!t->read(t, f, LIMIT_CONFIG_BYTES, &a, ds, &text))
			attributes_tell(text, path_join(&a, t->name, f->path),
					ds);
		arena_release(&a);
	}
}
