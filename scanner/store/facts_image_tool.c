/*
 * A program of the build: writes the image of the bundled facts
 * (facts_image.h) to standard output.  It is without rows when the bundle is
 * not sound: the program reads the files then, and tells what is wrong.
 */
#include <stdio.h>

#include "base/map.h"
#include "model/facts_index.h"
#include "store/facts_image.h"
#include "store/facts_store.h"

struct writer {
	struct arena arena;
	struct map numbers;     /* text -> its number */
	VEC(struct facts_image_text) texts;
	struct strbuf bytes;
	struct map cited;       /* bytes of a record -> its index */
	VEC(struct facts_image_evidence) evidence;
	VEC(struct facts_image_row) rows;
};

static uint32_t number_of(struct writer *w, struct str text)
{
	bool is_new;
	size_t at = *map_put(&w->numbers, text, w->texts.n, &is_new);

	if (is_new) {
		vec_push(&w->texts, ((struct facts_image_text){
			(uint32_t)w->bytes.n, (uint32_t)text.n}));
		strbuf_add(&w->bytes, text);
	}
	return (uint32_t)at;
}

static uint32_t evidence_of(struct writer *w, const struct fact_evidence *e)
{
	const struct facts_image_evidence record = {
		number_of(w, e->source), number_of(w, e->speaks_for),
		number_of(w, e->read), number_of(w, e->note),
		number_of(w, e->file)};
	struct str key = arena_dup(&w->arena, str_n((const char *)&record,
						    sizeof record));
	bool is_new;
	size_t at = *map_put(&w->cited, key, w->evidence.n, &is_new);

	if (is_new)
		vec_push(&w->evidence, record);
	return (uint32_t)at;
}

static uint32_t organisation_of(size_t number)
{
	return number == SIZE_MAX ? FACTS_IMAGE_NONE : (uint32_t)number;
}

static void add_row(struct writer *w, const struct fact *r)
{
	vec_push(&w->rows, ((struct facts_image_row){
		.subject = number_of(w, r->subject),
		.object = number_of(w, r->object),
		.value = number_of(w, r->value),
		.evidence = evidence_of(w, r->evidence),
		.line = r->line,
		.subject_org = organisation_of(r->subject_org),
		.object_org = organisation_of(r->object_org),
		.from = r->from,
		.to = r->to,
		.low_bp = r->low_bp,
		.high_bp = r->high_bp,
		.low_side = r->low_side,
		.high_side = r->high_side,
		.kind = r->kind,
		.confidence = r->confidence,
		.state = r->state}));
}

static void write_items(const void *items, size_t n, size_t size)
{
	if (n)
		fwrite(items, size, n, stdout);
}
#define WRITE(vec) write_items((vec)->v, (vec)->n, sizeof *(vec)->v)

static void write_image(struct writer *w, const struct facts_names *names)
{
	const struct facts_image head = {
		(uint32_t)names->forms.entries.n,
		(uint32_t)names->shorts.entries.n, (uint32_t)w->rows.n,
		(uint32_t)w->texts.n, (uint32_t)w->evidence.n,
		(uint32_t)w->bytes.n};

	write_items(&head, 1, sizeof head);
	WRITE(&names->forms.entries);
	WRITE(&names->shorts.entries);
	WRITE(&w->rows);
	WRITE(&w->texts);
	WRITE(&w->evidence);
	write_items(w->bytes.p, w->bytes.n, 1);
}

static void release(struct writer *w)
{
	map_release(&w->numbers);
	map_release(&w->cited);
	vec_release(&w->texts);
	vec_release(&w->evidence);
	vec_release(&w->rows);
	strbuf_release(&w->bytes);
	arena_release(&w->arena);
}

int main(void)
{
	struct writer w = {0};
	struct facts f = {0};
	struct diags ds = {0};
	enum err e = facts_store_load(&f, &ds);

	strbuf_init(&w.bytes, 0);
	facts_store_index(&f, &ds);
	for (size_t i = 0; !e && !ds.kept.n && i < f.rows.n; i++)
		add_row(&w, &f.rows.v[i]);
	write_image(&w, facts_index_names(&f));
	release(&w);
	facts_store_release(&f);
	diag_release(&ds);
	return fflush(stdout) || ferror(stdout) ? 1 : 0;
}
