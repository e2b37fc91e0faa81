/*
 * A file of a tree through every extractor that wants it.  The first line of
 * the input is the path of the file, what follows its bytes; beside it stand
 * a gitlink and, for charts, a Chart.yaml.
 */
#include <assert.h>
#include <stdint.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "extract/extract.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* At most: a name, three bytes for each of a purl's, and what joins them. */
#define TEXT_MAX (8 * LIMIT_NAME_BYTES)

struct input {
	struct str path, text;
};

static enum err read_input(struct tree *t, const struct file *f, size_t max,
			   struct arena *a, struct diags *ds,
			   struct str *ret_bytes)
{
	const struct input *in = t->own;

	(void)ds;
	*ret_bytes = str_eq(f->path, in->path)
		? arena_dup(a, str_head(in->text, max))
		: STR("appVersion: 1.2.3\n");
	return OK;
}

static int compare(const void *va, const void *vb)
{
	const struct file *a = va, *b = vb;

	return str_cmp(a->path, b->path);
}

/* The tree that the input stands for. */
static void fill(struct tree *t, struct input *in)
{
	static char commit[] = "0123456789abcdef0123456789abcdef01234567";

	t->read = read_input;
	t->own = in;
	vec_push(&t->files, ((struct file){.path = STR("deps/sub"),
					   .is_gitlink = true,
					   .commit = str_c(commit)}));
	if (!str_is(in->path, "Chart.yaml"))
		vec_push(&t->files,
			 ((struct file){.path = STR("Chart.yaml")}));
	if (!str_is(in->path, "deps/sub"))
		vec_push(&t->files, ((struct file){.path = in->path,
						   .size = in->text.n}));
	vec_sort(&t->files, compare);
}

static void check_text(struct str s)
{
	assert(s.n <= TEXT_MAX);
	assert(utf8_is_valid(s));
}

static void check(const struct scan *s, const struct target *t)
{
	size_t n = s->parts.components.n;

	for (size_t i = 1; i < n; i++) {
		const struct component *c = &s->parts.components.v[i];

		assert(c->name.n && c->evidence.n && c->extractor.n);
		check_text(c->name);
		check_text(c->version);
		check_text(c->purl);
		check_text(c->provenance.repository);
		check_text(c->provenance.commit);
		check_text(c->provenance.ref);
		check_text(c->provenance.hash);
	}
	for (size_t i = 0; i < s->parts.edges.n; i++)
		assert(s->parts.edges.v[i].from < n &&
		       s->parts.edges.v[i].to < n);
	for (size_t i = 0; i < s->parts.seats.n; i++) {
		assert(s->parts.seats.v[i].component == 0);
		check_text(s->parts.seats.v[i].company);
		check_text(s->parts.seats.v[i].host);
	}
	assert(!t->files_failed || diag_has_effect(&s->diags,
						   DIAG_INCOMPLETE));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str all = {(const char *)bytes, n};
	struct scan s = {0};
	struct target target = {0};
	struct tree tree = {0};
	struct arena a = {0};
	struct input in;

	str_cut(all, '\n', &in.path, &in.text);
	in.path = utf8_repair(&a, in.path); /* as whoever lists it does */
	fill(&tree, &in);
	component_add(&s.parts, STR("root"), STR(""),
		      (struct evidence){STR(""), 0});
	extract_tree(&s, &tree, 0, &target);
	check(&s, &target);
	vec_release(&tree.files);
	scan_release(&s);
	arena_release(&a);
	return 0;
}
