/*
 * The table of extractors, and how files come to them: read once, as text,
 * and forgotten before the next one.
 */
#include "extract/extract.h"

#include "base/archive_in.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "extract/extract_run.h"
#include "extract/inside.h"
#include "extract/locked.h"
#include "extract/poms.h"
#include "extract/sbom_file.h"
#include "extract/weigh.h"

#define HEAD_BYTES (64 * LIMIT_KB)

#define EXTRACT_ENTRY(id) &extract_##id,
const struct extractor *const extract_table[] = {
	EXTRACTORS(EXTRACT_ENTRY) NULL};
#undef EXTRACT_ENTRY
const size_t extract_count =
	sizeof extract_table / sizeof *extract_table - 1;

struct str extract_text(struct arena *a, struct str bytes,
			bool *ret_is_repaired)
{
	struct str text, sound;
	enum err err = utf8_decode(a, bytes, &text);

	sound = utf8_repair(a, text);
	*ret_is_repaired = err || sound.p != text.p;
	return sound;
}

void extract_say_repaired(struct extraction *x)
{
	diag_add(x->diags, RW1105, diag_at(x->path),
		 "bytes that are no text were replaced");
}

/* A tree that is being read. */
struct reading {
	struct scan *scan;
	struct tree *tree;
	struct target *target;
	size_t root;
	struct inside inside;
	struct locked locked;
	struct poms poms;
};

/* By its path and those beside it. */
static bool is_wanted(const struct extractor *e, const struct tree *t,
		      const struct file *f)
{
	return e->wants(f) &&
	       (!e->picks || e->picks(t, (size_t)(f - t->files.v)));
}

/* SBOMs may be compressed: then the name without that counts. */
static bool is_wanted_inside(const struct extractor *e, const struct file *f)
{
	struct file inside = *f;

	inside.path = sbom_file_inside(f->path);
	return inside.path.n != f->path.n && e->wants(&inside);
}

size_t extract_wanted_bytes(const struct tree *t, const struct file *f)
{
	size_t most = 0;

	for (size_t i = 0; i < extract_count; i++) {
		const struct extractor *e = extract_table[i];
		size_t max = e->max_bytes ? e->max_bytes : LIMIT_SOURCE_BYTES;

		if (max > most && (is_wanted(e, t, f) ||
				   (e->is_sbom && is_wanted_inside(e, f))))
			most = max;
	}
	return most;
}

enum err extract_run(const struct extractor *e, struct extraction *x)
{
	size_t components = x->parts->components.n;
	size_t edges = x->parts->edges.n;
	enum err err = e->extract(x);

	if (x->root != SIZE_MAX && x->parts->components.n > components)
		component_adopt(x->parts, x->root, components, edges);
	return err;
}

static bool is_sbom_wanted(const struct file *f)
{
	for (size_t i = 0; i < extract_count; i++)
		if (extract_table[i]->is_sbom &&
		    (extract_table[i]->wants(f) ||
		     is_wanted_inside(extract_table[i], f)))
			return true;
	return false;
}

/* Only an SBOM has such a name, whatever else is in the file. */
static bool is_named_sbom(struct str path)
{
	static const char *const endings[] = {
		".cdx.json", ".cdx.xml", ".spdx", ".spdx.json", ".spdx.yaml",
		".spdx.yml", "/sbom.json", "/sbom.xml"};
	struct str name = sbom_file_inside(path);

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (str_has_suffix(name, str_c(endings[i])) ||
		    str_is(name, endings[i] + 1))
			return true;
	return false;
}

static void say_no_sbom(struct extraction *x)
{
	if (is_named_sbom(x->path))
		diag_add(x->diags, RW1201, diag_at(x->path),
			 "it has the name of an SBOM, and no reader knows it");
}

/* What names the format of an SBOM may stand behind the head. */
static bool takes(const struct extractor *e, struct str text)
{
	struct str head = str_head(text, HEAD_BYTES);

	return !e->sniffs || e->sniffs(head) ||
	       (e->is_sbom && text.n > head.n && e->sniffs(text));
}

/* Hands the text of a file to each extractor that wants it. */
static bool run_all(const struct scan *s, struct extraction *x,
		    bool is_repaired)
{
	bool is_sound = true, is_taken = false;

	for (size_t i = 0; i < extract_count; i++) {
		const struct extractor *e = extract_table[i];

		if (!is_wanted(e, x->tree, x->file) || !takes(e, x->text))
			continue;
		if (is_repaired)
			extract_say_repaired(x);
		is_repaired = false;
		is_taken |= e->is_sbom;
		if (s->watch)
			s->watch->reads(s->watch->with, x->path, e->name);
		is_sound &= extract_run(e, x) == OK;
	}
	if (!is_taken && is_sbom_wanted(x->file))
		say_no_sbom(x);
	return is_sound;
}

static void extract_file(struct reading *r, const struct file *f)
{
	struct scan *s = r->scan;
	struct target *target = r->target;
	size_t max = extract_wanted_bytes(r->tree, f);
	struct arena scratch = {0};
	struct str bytes = STR("");
	struct extraction x = {
		.file = f, .tree = r->tree, .root = r->root,
		.parts = &s->parts, .documents = &s->documents,
		.inside = &r->inside, .locked = &r->locked, .poms = &r->poms,
		.facts = s->facts, .as_of = s->as_of,
		.arena = &s->arena, .scratch = &scratch,
		.diags = &s->diags, .ret_root = SIZE_MAX};
	bool is_repaired = false;
	enum err err;

	if (!max)
		return;
	x.path = arena_dup(&s->arena, f->path); /* outlives the tree */
	if (f->is_link) {
		diag_add(&s->diags, RW1003, diag_at(f->path),
			 "a symbolic link is not followed");
		return;
	}
	if (!f->is_gitlink &&
	    r->tree->read(r->tree, f, max, &scratch, &s->diags, &bytes)) {
		target->files_failed++;
	} else if (is_sbom_wanted(f) && archive_sniffs(bytes)) {
		/* of all extractors only those of SBOMs see into archives */
		target->files_read++;
		err = sbom_file_read(&x, bytes);
		if (err == ERR_UNSUPPORTED)
			say_no_sbom(&x);
		target->files_failed += err != OK;
	} else {
		x.text = extract_text(&scratch, bytes, &is_repaired);
		target->files_read++;
		target->files_failed += !run_all(s, &x, is_repaired);
	}
	arena_release(&scratch);
}

/* Reads all files of a tree, or those alone that tell of seats. */
static void read_tree(struct reading *r, bool only_seats)
{
	struct scan *s = r->scan;
	const struct tree *t = r->tree;
	size_t seat = s->parts.seats.n, area = s->parts.areas.n;

	r->target->files_seen += t->files.n;
	for (size_t i = 0; i < t->files.n; i++) {
		if (s->watch)
			s->watch->files(s->watch->with, i, t->files.n);
		if (!only_seats || extract_wants_seats(&t->files.v[i]))
			extract_file(r, &t->files.v[i]);
	}
	inside_release(&r->inside);
	locked_apply(&r->locked, s);
	locked_release(&r->locked);
	poms_release(&r->poms);
	weigh_seats(s, r->tree, seat, area);
}

void extract_tree(struct scan *s, struct tree *t, size_t root,
		  struct target *target)
{
	read_tree(&(struct reading){.scan = s, .tree = t, .root = root,
				    .target = target}, false);
}

void extract_seats(struct scan *s, struct tree *t, size_t root,
		   struct target *target)
{
	read_tree(&(struct reading){.scan = s, .tree = t, .root = root,
				    .target = target}, true);
}

bool extract_wants_seats(const struct file *f)
{
	for (size_t i = 0; i < extract_count; i++)
		if (extract_table[i]->sees & SEES_SEATS &&
		    extract_table[i]->wants(f))
			return true;
	return false;
}
