/*
 * The table of extractors, and how files come to them: read once, as text,
 * and forgotten before the next one.
 */
#include "extract/extract.h"

#include "base/limits.h"
#include "base/utf8.h"

#define HEAD_BYTES (64 * LIMIT_KB)

#define EXTRACT_ENTRY(id) &extract_##id,
const struct extractor *const extract_table[] = {
	EXTRACTORS(EXTRACT_ENTRY) NULL};
#undef EXTRACT_ENTRY
const size_t extract_count =
	sizeof extract_table / sizeof *extract_table - 1;

/* Bytes of a file as text; whether something in them was none. */
static struct str text_of(struct arena *a, struct str bytes,
			  bool *ret_is_repaired)
{
	struct str text, sound;
	enum err err = utf8_decode(a, bytes, &text);

	sound = utf8_repair(a, text);
	*ret_is_repaired = err || sound.p != text.p;
	return sound;
}

static void say_repaired(struct extraction *x)
{
	diag_add(x->diags, RW1105, diag_at(x->path),
		 "bytes that are no text were replaced");
}

/* How much of a file may be read; 0 when no extractor wants it. */
static size_t wanted_bytes(const struct file *f)
{
	size_t most = 0;

	for (size_t i = 0; i < extract_count; i++) {
		const struct extractor *e = extract_table[i];
		size_t max = e->max_bytes ? e->max_bytes : LIMIT_SOURCE_BYTES;

		if (max > most && e->wants(f))
			most = max;
	}
	return most;
}

/* Edges from the root to components that came in without one. */
static void add_root_edges(struct parts *p, size_t root, size_t old_components,
			   size_t old_edges)
{
	size_t n = p->components.n - old_components;
	bool *has_edge = mem_new(n, sizeof *has_edge);

	for (size_t i = old_edges; i < p->edges.n; i++)
		if (p->edges.v[i].to >= old_components)
			has_edge[p->edges.v[i].to - old_components] = true;
	for (size_t i = 0; i < n; i++)
		if (!has_edge[i])
			component_add_edge(p, root, old_components + i,
					   EDGE_DEPENDS_ON);
	free(has_edge);
}

static enum err run(const struct extractor *e, struct extraction *x)
{
	size_t components = x->parts->components.n;
	size_t edges = x->parts->edges.n;
	enum err err = e->extract(x);

	if (x->root != SIZE_MAX && x->parts->components.n > components)
		add_root_edges(x->parts, x->root, components, edges);
	return err;
}

/* Hands the text of a file to each extractor that wants it. */
static bool run_all(struct extraction *x, bool is_repaired)
{
	struct str head = str_head(x->text, HEAD_BYTES);
	bool is_sound = true;

	for (size_t i = 0; i < extract_count; i++) {
		const struct extractor *e = extract_table[i];

		if (!e->wants(x->file) || (e->sniffs && !e->sniffs(head)))
			continue;
		if (is_repaired)
			say_repaired(x);
		is_repaired = false;
		is_sound &= run(e, x) == OK;
	}
	return is_sound;
}

static void extract_file(struct scan *s, struct tree *t, const struct file *f,
			 size_t root, struct target *target)
{
	size_t max = wanted_bytes(f);
	struct arena scratch = {0};
	struct str bytes = STR("");
	struct extraction x = {
		.file = f, .tree = t, .root = root,
		.parts = &s->parts, .documents = &s->documents,
		.arena = &s->arena, .scratch = &scratch,
		.diags = &s->diags, .ret_root = SIZE_MAX};
	bool is_repaired = false;

	if (!max)
		return;
	x.path = arena_dup(&s->arena, f->path); /* outlives the tree */
	if (f->is_link) {
		diag_add(&s->diags, RW1003, diag_at(f->path),
			 "a symbolic link is not followed");
		return;
	}
	if (!f->is_gitlink &&
	    t->read(t, f, max, &scratch, &s->diags, &bytes)) {
		target->files_failed++;
	} else {
		x.text = text_of(&scratch, bytes, &is_repaired);
		target->files_read++;
		target->files_failed += !run_all(&x, is_repaired);
	}
	arena_release(&scratch);
}

void extract_tree(struct scan *s, struct tree *t, size_t root,
		  struct target *target)
{
	target->files_seen += t->files.n;
	for (size_t i = 0; i < t->files.n; i++)
		extract_file(s, t, &t->files.v[i], root, target);
}

static const struct extractor *sbom_reader(struct str text)
{
	for (size_t i = 0; i < extract_count; i++)
		if (extract_table[i]->is_sbom && extract_table[i]->sniffs(text))
			return extract_table[i];
	return NULL;
}

/* The name of an SBOM format that has no reader; NULL for any other text. */
static const char *foreign_sbom(struct str head)
{
	if (str_find(head, STR("spdx.org/rdf/3")) != SIZE_MAX)
		return "SPDX 3 JSON-LD";
	return NULL;
}

enum err extract_sbom(struct scan *s, struct str path, struct str bytes,
		      struct target *target)
{
	struct arena scratch = {0};
	struct extraction x = {
		.path = path, .root = SIZE_MAX, .parts = &s->parts,
		.documents = &s->documents,
		.arena = &s->arena, .scratch = &scratch, .diags = &s->diags,
		.ret_root = SIZE_MAX};
	struct str head;
	const struct extractor *reader;
	enum err err = ERR_UNSUPPORTED;
	bool is_repaired;

	x.text = text_of(&scratch, bytes, &is_repaired);
	if (is_repaired)
		say_repaired(&x);
	head = str_head(x.text, HEAD_BYTES);
	reader = sbom_reader(head);
	/* what names the format may stand at the end */
	if (!reader && !foreign_sbom(head))
		reader = sbom_reader(x.text);
	if (reader)
		err = run(reader, &x);
	else if (foreign_sbom(head))
		diag_add(&s->diags, RW1201, diag_at(path),
			 "no reader for %s", foreign_sbom(head));
	target->kind = TARGET_SBOM;
	target->root = x.ret_root;
	target->format = x.ret_format;
	target->files_seen++;
	target->files_read++;
	target->files_failed += err != OK;
	arena_release(&scratch);
	return err;
}

bool extract_is_sbom(struct str head)
{
	struct arena scratch = {0};
	struct str text;
	bool is_sbom;
	/* a character cut in half at the end does no harm */
	enum err err = utf8_decode(&scratch, str_head(head, HEAD_BYTES),
				   &text);

	(void)err;
	is_sbom = sbom_reader(text) || foreign_sbom(text);
	arena_release(&scratch);
	return is_sbom;
}
