/* The history gives the editions, the extractors read them. */
#include "cli/terms.h"

#include "extract/extract.h"
#include "model/digest_terms.h"

#define FILE_NAME "INFO.yaml"

struct terms {
	const char *path;
	struct digest *digest;
	struct arena *arena;
	struct diags *diags;
	int32_t month;  /* of the latest edition: they hold one after another,
			   whatever their dates */
	const struct history_edition *edition;
	size_t past_errors; /* editions that were read past an error */
};

static enum err read_edition(struct tree *t, const struct file *f, size_t max,
			     struct arena *a, struct diags *ds,
			     struct str *ret_bytes)
{
	const struct terms *terms = t->own;

	(void)f;
	(void)a;
	(void)ds;
	if (terms->edition->text.n > max)
		return ERR_LIMIT;
	*ret_bytes = terms->edition->text;
	return OK;
}

static void tell(struct terms *t, const char *what)
{
	diag_add(t->diags, RW1416, diag_at(str_c(t->path)),
		 FILE_NAME " of commit %.*s %s",
		 STR_ARG(t->edition->commit), what);
}

/* False when the edition cannot be read in full: what was read counts. */
static bool extract(struct terms *t, struct scan *s, struct digest *ret)
{
	struct file file = {.path = STR(FILE_NAME),
			    .size = t->edition->text.n};
	struct tree tree = {.name = STR(""), .read = read_edition, .own = t};
	struct target target = {0};
	size_t root = component_add(&s->parts, STR(""), STR(""),
				    (struct evidence){STR(""), 0});
	bool is_whole;

	tree.files.v = &file;
	tree.files.n = 1;
	extract_seats(s, &tree, root, &target);
	digest_seats_count(ret, &s->parts, root);
	is_whole = !target.files_failed &&
		   !diag_has_effect(&s->diags, DIAG_INCOMPLETE);
	t->past_errors += is_whole && s->diags.counts[RW1307];
	return is_whole;
}

static void take(const struct history_edition *e, void *with)
{
	struct terms *t = with;
	struct digest seats = {0};
	struct scan scan = {0};
	int32_t month = date_month(e->day);
	bool is_whole = true;

	t->edition = e;
	t->month = month > t->month ? month : t->month;
	if (e->is_there)
		is_whole = extract(t, &scan, &seats);
	if (!is_whole)
		tell(t, "cannot be read in full");
	if (!digest_terms_add(t->digest, &(struct digest_edition){
			&seats, t->month, is_whole}, t->arena))
		tell(t, "is left out: there are too many terms");
	digest_release(&seats);
	scan_release(&scan);
}

void terms_read(const char *path, struct digest *d, struct arena *a,
		struct diags *ds, struct history_reads *reads)
{
	struct terms t = {.path = path, .digest = d, .arena = a, .diags = ds,
			  .month = INT32_MIN};

	history_editions(path, d->head, FILE_NAME,
			 (struct history_editions_to){take, &t, reads}, ds);
	digest_terms_end(d);
	if (t.past_errors)
		diag_add(ds, RW1307, diag_at(str_c(path)), "editions of "
			 FILE_NAME " that are not as YAML wants, but plain "
			 "to read: %zu", t.past_errors);
}
