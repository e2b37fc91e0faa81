/*
 * From a file to the documents in it.  A compressed file holds one, an archive
 * any number; an archive in an archive is opened once more, not deeper.
 */
#include "extract/sbom_file.h"

#include "base/archive_in.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "extract/extract_run.h"

#define HEAD_BYTES (64 * LIMIT_KB)
#define DEPTH_MAX 2

/* What became of the documents of a file. */
struct tally {
	size_t seen, read, failed; /* files inside; documents among them */
	size_t root;
	struct str format;
	enum err err;
};

struct str sbom_file_inside(struct str path)
{
	static const char *const endings[] = {
		".gz", ".bz2", ".xz", ".zst", ".tgz", ".tar", ".zip"};
	bool again = true;

	while (again) {
		again = false;
		for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
			if (str_has_suffix(path, str_c(endings[i]))) {
				path.n -= str_c(endings[i]).n;
				again = true;
			}
	}
	return path;
}

static const struct extractor *find_reader(struct str text)
{
	for (size_t i = 0; i < extract_count; i++)
		if (extract_table[i]->is_sbom && extract_table[i]->sniffs(text))
			return extract_table[i];
	return NULL;
}

/* The name of an SBOM format that has no reader; NULL for any other text. */
static const char *foreign_sbom(struct str head)
{
	if (str_find(head, STR("http://spdx.org/rdf/terms#")) != SIZE_MAX &&
	    str_has_prefix(str_trim(head), STR("<")))
		return "SPDX RDF/XML";
	return NULL;
}

/* Reads one document, if the bytes are one. */
static enum err read_document(struct extraction *x, struct str bytes)
{
	const struct extractor *reader;
	bool is_repaired;
	struct str head;

	x->ret_root = SIZE_MAX;
	x->ret_format = STR("");
	x->text = extract_text(x->scratch, bytes, &is_repaired);
	head = str_head(x->text, HEAD_BYTES);
	reader = find_reader(head);
	/* what names the format may stand at the end */
	if (!reader && !foreign_sbom(head))
		reader = find_reader(x->text);
	if (is_repaired && (reader || foreign_sbom(head)))
		extract_say_repaired(x);
	if (reader)
		return extract_run(reader, x);
	if (foreign_sbom(head))
		diag_add(x->diags, RW1201, diag_at(x->path),
			 "no reader for %s", foreign_sbom(head));
	return ERR_UNSUPPORTED;
}

static void count(struct tally *t, const struct extraction *x, enum err err)
{
	t->seen++;
	if (err == ERR_UNSUPPORTED)
		return;
	t->read++;
	t->failed += err != OK;
	t->root = x->ret_root;
	t->format = x->ret_format;
	if (!t->err)
		t->err = err;
}

static void read_any(struct extraction *x, struct str bytes, int depth,
		     struct tally *t);

/* Reads each file of an archive under its name behind that of the archive. */
static void read_archive(struct extraction *x, struct str bytes, int depth,
			 struct tally *t)
{
	struct archive_in *a = archive_open(bytes, x->path, x->diags);
	struct str outer = x->path, name;
	struct strbuf inside = {0};

	if (!a) {
		t->err = ERR_FORMAT;
		return;
	}
	while (archive_next(a, LIMIT_SBOM_BYTES, &name, &inside)) {
		if (name.n)
			x->path = arena_fmt(x->arena, "%.*s/%.*s",
					    STR_ARG(outer), STR_ARG(name));
		read_any(x, strbuf_str(&inside), depth + 1, t);
		x->path = outer;
		strbuf_clear(&inside);
	}
	if (archive_error(a))
		t->err = archive_error(a);
	strbuf_release(&inside);
	archive_close(a);
}

static void read_any(struct extraction *x, struct str bytes, int depth,
		     struct tally *t)
{
	struct arena scratch = {0}, *outer = x->scratch;

	x->scratch = &scratch;
	if (!archive_sniffs(bytes)) {
		count(t, x, read_document(x, bytes));
	} else if (depth < DEPTH_MAX) {
		read_archive(x, bytes, depth, t);
	} else {
		diag_add(x->diags, RW1113, diag_at(x->path),
			 "archives in archives in archives");
		t->err = ERR_LIMIT;
	}
	x->scratch = outer;
	arena_release(&scratch);
}

static enum err outcome(const struct tally *t)
{
	return t->read || t->err ? t->err : ERR_UNSUPPORTED;
}

enum err sbom_file_read(struct extraction *x, struct str bytes)
{
	struct tally t = {0};

	read_any(x, bytes, 0, &t);
	return outcome(&t);
}

enum err extract_sbom(struct scan *s, struct str path, struct str bytes,
		      struct target *target)
{
	struct extraction x = {
		.path = path, .root = SIZE_MAX, .parts = &s->parts,
		.documents = &s->documents, .arena = &s->arena,
		.diags = &s->diags, .ret_root = SIZE_MAX};
	struct tally t = {.root = SIZE_MAX};

	read_any(&x, bytes, 0, &t);
	target->kind = TARGET_SBOM;
	target->root = t.read == 1 ? t.root : SIZE_MAX;
	target->format = t.read < 2 ? t.format
		: arena_fmt(&s->arena, "%zu documents", t.read);
	target->files_seen += t.seen;
	target->files_read += t.read;
	target->files_failed += t.failed + (!t.failed && t.err);
	return outcome(&t);
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
	is_sbom = find_reader(text) || foreign_sbom(text);
	arena_release(&scratch);
	return is_sbom;
}
