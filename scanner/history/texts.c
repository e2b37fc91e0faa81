#include "history/texts.h"

void texts_init(struct texts *t, struct odb_reader *r, struct diff_work *w,
		size_t max)
{
	*t = (struct texts){.reader = r, .work = w, .max = max};
}

static size_t size_of(const struct texts_slot *s)
{
	return s->text.bytes.n +
	       s->text.n * (sizeof *s->text.end + sizeof *s->text.hash);
}

static void drop(struct texts *t, struct texts_slot *s)
{
	if (!s->object)
		return;
	t->bytes -= size_of(s);
	diff_text_release(&s->text);
	odb_drop(t->reader, s->object);
	s->object = NULL;
}

void texts_release(struct texts *t)
{
	for (size_t i = 0; i < TEXTS_SLOTS; i++)
		drop(t, &t->slots[i]);
}

/* The slot that was not used for longest; a free one first. */
static struct texts_slot *oldest(struct texts *t)
{
	struct texts_slot *s = NULL;

	for (size_t i = 0; i < TEXTS_SLOTS; i++) {
		struct texts_slot *x = &t->slots[i];

		if (!x->object)
			return x;
		if (!s || x->used < s->used)
			s = x;
	}
	return s;
}

/* Makes room, but leaves what the one use before took. */
static void shrink(struct texts *t)
{
	while (t->bytes > t->max) {
		struct texts_slot *s = NULL;

		for (size_t i = 0; i < TEXTS_SLOTS; i++) {
			struct texts_slot *x = &t->slots[i];

			if (x->object && (!s || x->used < s->used))
				s = x;
		}
		if (!s || s->used + 1 >= t->uses)
			return;
		drop(t, s);
	}
}

enum err texts_get(struct texts *t, const struct oid *blob,
		   const struct diff_text *like,
		   const struct diff_text **ret)
{
	struct texts_slot *s;
	struct object *o;
	enum err e;

	t->uses++;
	for (size_t i = 0; i < TEXTS_SLOTS; i++) {
		s = &t->slots[i];
		if (s->object && oid_eq(&s->blob, blob)) {
			s->used = t->uses;
			*ret = &s->text;
			return OK;
		}
	}
	e = odb_read(t->reader, blob, LIMIT_BLOB_BYTES, &o);
	if (!e && o->type != PACK_BLOB)
		e = ERR_FORMAT;
	if (e) {
		odb_drop(t->reader, o);
		return e;
	}
	shrink(t);
	s = oldest(t);
	drop(t, s);
	if (like)
		e = diff_text_init_like(&s->text, t->work,
					str_n(o->p, o->n), like);
	else
		e = diff_text_init(&s->text, t->work, str_n(o->p, o->n));
	if (e) {
		odb_drop(t->reader, o);
		return e;
	}
	s->blob = *blob;
	s->object = o;
	s->used = t->uses;
	t->bytes += size_of(s);
	*ret = &s->text;
	return OK;
}
