/*
 * The image is part of the program, like its code: nothing in it is checked
 * again.
 */
#include "store/facts_image.h"

#include "model/facts_index.h"
#include "store/facts_pool.h"

/* Members that are added go into the image, too: here, in its tool, and in
 * its test, which compares them one by one. */
_Static_assert(sizeof(void *) != 8 || sizeof(struct fact) == 112,
	       "another struct fact than the image holds");
_Static_assert(sizeof(struct fact_evidence) == 5 * sizeof(struct str),
	       "another struct fact_evidence than the image holds");

struct tables {
	const uint64_t *forms, *shorts;
	const struct facts_image_row *rows;
	const struct facts_image_text *texts;
	const struct facts_image_evidence *evidence;
	const char *bytes;
};

/* In facts_image_data.S, with which the program is linked. */
extern const struct facts_image facts_image_data[] __attribute__((weak));

static struct tables tables_of(const struct facts_image *image)
{
	struct tables t;

	t.forms = (const void *)(image + 1);
	t.shorts = t.forms + image->forms;
	t.rows = (const void *)(t.shorts + image->shorts);
	t.texts = (const void *)(t.rows + image->rows);
	t.evidence = (const void *)(t.texts + image->texts);
	t.bytes = (const void *)(t.evidence + image->evidence);
	return t;
}

static struct str text_of(const struct tables *t, uint32_t number)
{
	return str_n(t->bytes + t->texts[number].at, t->texts[number].n);
}

static const struct fact_evidence *
load_evidence(struct facts *f, const struct tables *t, size_t n)
{
	struct fact_evidence *all = arena_alloc(&f->arena, n * sizeof *all);

	for (size_t i = 0; i < n; i++) {
		const struct facts_image_evidence *e = &t->evidence[i];

		all[i] = (struct fact_evidence){
			text_of(t, e->source), text_of(t, e->speaks_for),
			text_of(t, e->read), text_of(t, e->note),
			text_of(t, e->file)};
	}
	return all;
}

static size_t organisation_of(uint32_t number)
{
	return number == FACTS_IMAGE_NONE ? SIZE_MAX : number;
}

static struct fact load_row(const struct tables *t,
			    const struct fact_evidence *evidence,
			    const struct facts_image_row *r)
{
	return (struct fact){
		.subject = text_of(t, r->subject),
		.object = text_of(t, r->object),
		.value = text_of(t, r->value),
		.from = r->from,
		.to = r->to,
		.evidence = evidence + r->evidence,
		.subject_org = organisation_of(r->subject_org),
		.object_org = organisation_of(r->object_org),
		.low_bp = r->low_bp,
		.high_bp = r->high_bp,
		.line = r->line,
		.low_side = (int8_t)r->low_side,
		.high_side = (int8_t)r->high_side,
		.kind = (enum fact_kind)r->kind,
		.confidence = (enum fact_confidence)r->confidence,
		.state = (enum fact_state)r->state};
}

bool facts_image_load(struct facts *f)
{
	const struct facts_image *image = facts_image_data;
	const struct fact_evidence *evidence;
	struct tables t;

	if (!image || !image->rows)
		return false;
	t = tables_of(image);
	evidence = load_evidence(f, &t, image->evidence);
	f->rows.v = mem_large(image->rows, sizeof *f->rows.v);
	f->rows.n = f->rows.cap = image->rows;
	for (size_t i = 0; i < f->rows.n; i++)
		f->rows.v[i] = load_row(&t, evidence, &t.rows[i]);
	f->image = image;
	return true;
}

void facts_image_open(struct facts *f)
{
	struct tables t = tables_of(f->image);

	f->pool = mem_new(1, sizeof *f->pool);
	for (uint32_t i = 0; i < f->image->texts; i++) {
		struct str text = text_of(&t, i);

		vec_push(&f->pool->texts, text);
		map_put(&f->pool->numbers, text, i, NULL);
	}
	for (size_t i = 0; i < f->rows.n; i++) {
		f->rows.v[i].subject_org = t.rows[i].subject;
		f->rows.v[i].object_org = t.rows[i].object;
	}
	f->image = NULL;
}

static void take_names(struct facts_names_table *table, const uint64_t *v,
		       size_t n)
{
	for (size_t i = 0; i < n; i++)
		vec_push(&table->entries, v[i]);
}

void facts_image_index(struct facts *f)
{
	struct tables t = tables_of(f->image);
	struct facts_names names = {0};

	for (size_t i = 0; i < f->rows.n; i++) {
		const struct fact *r = &f->rows.v[i];

		if (r->kind == FACT_ORGANISATION &&
		    r->state != FACT_WITHDRAWN)
			vec_push(&f->organisations, ((struct organisation){
				.id = r->subject, .name = r->value,
				.kind = r->object, .fact = i}));
	}
	take_names(&names.forms, t.forms, f->image->forms);
	take_names(&names.shorts, t.shorts, f->image->shorts);
	facts_index_take(f, &names);
}
