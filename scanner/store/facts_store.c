/*
 * Loading facts (docs/facts.md): the bundled rows and files of the user's,
 * and what can only be said when all rows are in: rows of the user's replace
 * bundled ones, ids must exist.  Contradictions are left to facts_check.c.
 */
#include "store/facts_store.h"

#include "base/csv_in.h"
#include "base/fs.h"
#include "base/utf8.h"
#include "model/facts_index.h"
#include "store/bundle.h"
#include "store/facts_check.h"
#include "store/facts_image.h"
#include "store/facts_pool.h"
#include "store/facts_sort.h"

/* After so many bytes of a file are read, their memory is given back. */
#define STEP_BYTES (16 * LIMIT_MB)

struct reader {
	struct facts *f;
	struct diags *ds;
	struct csv csv;
	struct str text, path;
	struct arena scratch; /* what the CSV reader unquotes */
	size_t read;          /* bytes of the text given back */
	bool is_assumed;
	bool is_own;          /* nobody needs the text afterwards */
	bool is_bad;
};

/* Where a field stands; the row's line where the field was unquoted into
 * memory of its own. */
static struct place place_of(const struct reader *r, struct str field)
{
	size_t at = (size_t)(field.p - r->text.p);
	size_t begin;

	if (field.p < r->text.p || at > r->text.n)
		return diag_at_line(r->path, r->csv.line);
	begin = str_rfind_ch(str_head(r->text, at), '\n');
	begin = begin == SIZE_MAX ? 0 : begin + 1;
	return diag_at_column(r->path, r->csv.line,
			      (unsigned)(at - begin + 1));
}

static void complain(struct reader *r, struct place place, const char *column,
		     const char *problem)
{
	diag_add(r->ds, RW1701, place, "%s%s%s", column, *column ? " " : "",
		 problem);
	r->is_bad = true;
}

const char *facts_store_put(struct facts *f, const struct str *fields,
			    const struct facts_origin *at,
			    enum facts_column *ret_column)
{
	struct fact_evidence evidence;
	struct fact fact;
	const char *problem = facts_row_parse(fields, &fact, &evidence,
					      ret_column);

	if (!problem && f->rows.n == LIMIT_FACTS)
		problem = "begins a row too many";
	if (problem)
		return problem;
	if (f->image)
		facts_image_open(f);
	evidence.file = at->file;
	fact.line = at->line;
	fact.is_assumed = at->is_assumed;
	facts_pool_keep(f, &fact);
	vec_push(&f->rows, fact);
	return NULL;
}

static void read_row(struct reader *r)
{
#define NAME(id, name) name,
	static const char *const names[] = {FACTS_COLUMNS(NAME)};
#undef NAME
	const struct facts_origin at = {r->path, r->csv.line, r->is_assumed};
	enum facts_column column;
	const char *problem;

	if (r->csv.n != COLUMN_COUNT) {
		complain(r, diag_at_column(r->path, r->csv.line, 1), "",
			 "the row does not have 12 columns");
		return;
	}
	problem = facts_store_put(r->f, r->csv.fields, &at, &column);
	if (problem)
		complain(r, place_of(r, r->csv.fields[column]),
			 names[column], problem);
}

/* Gives memory back between rows. */
static void forget(struct reader *r)
{
	size_t at = r->text.n - r->csv.rest.n;

	if (r->scratch.total > LIMIT_MB)
		arena_release(&r->scratch);
	if (!r->is_own || at - r->read < STEP_BYTES)
		return;
	mem_forget(r->text.p + r->read, at - r->read);
	r->read = at;
}

static void read_rows(struct reader *r)
{
	enum err e;

	csv_init(&r->csv, r->text, &r->scratch);
	e = csv_row(&r->csv);
	if (e || !facts_row_is_header(r->csv.fields, r->csv.n)) {
		complain(r, diag_at_column(r->path, 1, 1), "",
			 "the file does not begin with the header of a facts "
			 "file");
		return;
	}
	while ((e = csv_row(&r->csv)) != ERR_NOTFOUND) {
		if (e)
			complain(r, diag_at_column(r->path, r->csv.line, 1),
				 "", "the row is no CSV or too long");
		else
			read_row(r);
		forget(r);
	}
}

static enum err read_text(struct reader *r, struct str bytes)
{
	struct arena text = {0};

	if (utf8_decode(&text, bytes, &r->text))
		complain(r, diag_at_line(r->path, 1), "",
			 "the file is no text");
	read_rows(r);
	arena_release(&text);
	arena_release(&r->scratch);
	return r->is_bad ? ERR_CONFIG : OK;
}

enum err facts_store_load(struct facts *f, struct diags *ds)
{
	const struct bundle_file *files;
	size_t n = bundle_list("seed/", &files);
	enum err e = OK;

	if (!f->rows.n && facts_image_load(f))
		return OK;
	for (size_t i = 0; i < n; i++) {
		struct reader r = {.f = f, .ds = ds,
				   .path = str_c(files[i].path)};

		if (!str_has_suffix(r.path, STR(".csv")))
			continue;
		if (read_text(&r, str_n((const char *)files[i].data,
					files[i].size)))
			e = ERR_CONFIG;
	}
	return e;
}

enum err facts_store_add(struct facts *f, const char *path, struct diags *ds)
{
	struct arena scratch = {0};
	enum err e = ERR_CONFIG;
	struct str bytes;

	if (!fs_read(path, LIMIT_FACTS_BYTES, &scratch, ds, &bytes))
		e = facts_store_add_bytes(f, path, bytes, ds);
	arena_release(&scratch);
	return e;
}

enum err facts_store_add_bytes(struct facts *f, const char *path,
			       struct str bytes, struct diags *ds)
{
	struct reader r = {.f = f, .ds = ds, .is_assumed = true,
			   .is_own = true,
			   .path = arena_dup(&f->arena, str_c(path))};

	return read_text(&r, bytes);
}

enum err facts_store_parse(struct facts *f, struct str bytes, struct str path,
			   struct diags *ds)
{
	struct reader r = {.f = f, .ds = ds, .is_assumed = true,
			   .path = path};

	return read_text(&r, bytes);
}

/* What a row of the user's takes the place of: rows with the same key. */
static struct str key_of(const struct fact *r, struct arena *a)
{
	struct str kind = str_c(facts_kind_name(r->kind)), second = {0};

	switch (r->kind) {
	case FACT_NEUTRAL:
	case FACT_TYPO:
		kind = str_c(facts_kind_name(FACT_HOST));
		break;
	case FACT_OWNS:
	case FACT_CONTROLS:
		kind = STR("holds");
		second = r->object;
		break;
	case FACT_LISTS:
		second = r->object;
		break;
	case FACT_ALIAS:
		second = r->value;
		break;
	default:
		break;
	}
	return arena_fmt(a, "%.*s %.*s %.*s", STR_ARG(kind),
			 STR_ARG(r->subject), STR_ARG(second));
}

/* The keys of the user's rows that may be those of bundled ones. */
static void collect_keys(const struct facts *f, struct map *keys,
			 struct arena *a)
{
	bool *is_bundled = mem_new(f->pool->texts.n, sizeof *is_bundled);

	for (size_t i = 0; i < f->rows.n; i++)
		if (!f->rows.v[i].is_assumed)
			is_bundled[f->rows.v[i].subject_org] = true;
	for (size_t i = 0; i < f->rows.n; i++)
		if (f->rows.v[i].is_assumed &&
		    is_bundled[f->rows.v[i].subject_org])
			map_put(keys, key_of(&f->rows.v[i], a), 1, NULL);
	free(is_bundled);
}

/* Takes out the bundled rows that rows of the user's replace. */
static void replace_rows(struct facts *f)
{
	struct map keys = {0};
	struct arena a;
	size_t n = 0;

	arena_init(&a);
	collect_keys(f, &keys, &a);
	for (size_t i = 0; keys.n && i < f->rows.n; i++)
		if (f->rows.v[i].is_assumed ||
		    !map_get(&keys, key_of(&f->rows.v[i], &a)))
			f->rows.v[n++] = f->rows.v[i];
	if (keys.n)
		f->rows.n = n;
	map_release(&keys);
	arena_release(&a);
}

/*
 * Rows are sorted: those that declare organisations come by id.  `of` gets
 * the organisation of the number of its id.
 */
static void collect_organisations(struct facts *f, size_t *of,
				  struct diags *ds)
{
	for (size_t i = 0; i < f->rows.n; i++) {
		const struct fact *r = &f->rows.v[i];

		if (r->kind != FACT_ORGANISATION ||
		    r->state == FACT_WITHDRAWN)
			continue;
		if (of[r->subject_org] != SIZE_MAX) {
			diag_add(ds, RW1701,
				 diag_at_line(r->evidence->file, r->line),
				 "organisation %.*s is declared twice",
				 STR_ARG(r->subject));
			continue;
		}
		of[r->subject_org] = f->organisations.n;
		vec_push(&f->organisations, ((struct organisation){
			.id = r->subject, .name = r->value,
			.kind = r->object, .fact = i}));
	}
}

/* Which of subject and object are ids of organisations. */
static void ends_of(enum fact_kind k, bool *ret_subject, bool *ret_object)
{
	*ret_object = k == FACT_OWNS || k == FACT_CONTROLS ||
		      k == FACT_HOST || k == FACT_LISTS ||
		      k == FACT_PUBLISHES;
	*ret_subject = k == FACT_OWNS || k == FACT_CONTROLS ||
		       k == FACT_ORGANISATION || k == FACT_ALIAS ||
		       k == FACT_LEI || k == FACT_ESTABLISHES ||
		       k == FACT_LOCATED || k == FACT_CONTROLLED_FROM ||
		       k == FACT_DISPERSED || k == FACT_UNDISCLOSED;
}

/* From the number of an id to its organisation; *number is replaced. */
static bool find_organisation(const struct fact *r, const size_t *of,
			      struct str id, size_t *number, struct diags *ds)
{
	*number = of[*number];
	if (*number == SIZE_MAX && r->state != FACT_WITHDRAWN)
		diag_add(ds, RW1701, diag_at_line(r->evidence->file, r->line),
			 "there is no organisation %.*s", STR_ARG(id));
	return *number != SIZE_MAX;
}

/* Sources and lists that rows declare. */
struct declared {
	struct map sources, lists;
	const struct fact_evidence *sound; /* its sources were found */
};

static bool has_sources(const struct fact *r, struct declared *d,
			struct diags *ds)
{
	struct place at = diag_at_line(r->evidence->file, r->line);
	struct str rest = r->evidence->source, id;

	if (!rest.n && r->confidence == FACT_A && !r->is_assumed &&
	    r->kind != FACT_SOURCE) {
		diag_add(ds, RW1701, at,
			 "a row of confidence A needs a source");
		return false;
	}
	if (d->sound == r->evidence)
		return true;
	while (rest.n && facts_row_next_source(&rest, &id))
		if (!map_get(&d->sources, id)) {
			diag_add(ds, RW1701, at, "there is no source %.*s",
				 STR_ARG(id));
			return false;
		}
	d->sound = r->evidence;
	return true;
}

static bool has_list(const struct fact *r, const struct declared *d,
		     struct diags *ds)
{
	if ((r->kind != FACT_LISTS && r->kind != FACT_EXTENT &&
	     r->kind != FACT_EXEMPTS) || map_get(&d->lists, r->subject))
		return true;
	diag_add(ds, RW1701, diag_at_line(r->evidence->file, r->line),
		 "there is no list %.*s", STR_ARG(r->subject));
	return false;
}

/* Drops the rows whose sources or list do not exist. */
static void drop_unsourced(struct facts *f, struct diags *ds)
{
	struct declared d = {0};
	size_t n = 0;

	for (size_t i = 0; i < f->rows.n; i++) {
		const struct fact *r = &f->rows.v[i];

		if (r->kind == FACT_SOURCE)
			map_put(&d.sources, r->subject, i, NULL);
		if (r->kind == FACT_LIST)
			map_put(&d.lists, r->subject, i, NULL);
	}
	for (size_t i = 0; i < f->rows.n; i++)
		if (has_sources(&f->rows.v[i], &d, ds) &&
		    has_list(&f->rows.v[i], &d, ds))
			f->rows.v[n++] = f->rows.v[i];
	f->rows.n = n;
	map_release(&d.sources);
	map_release(&d.lists);
}

/* Finds the organisations of a row by the numbers of its ids. */
static bool has_organisations(struct fact *r, const size_t *of,
			      struct diags *ds)
{
	bool subject, object;

	ends_of(r->kind, &subject, &object);
	if (subject && !find_organisation(r, of, r->subject, &r->subject_org,
					  ds))
		return false;
	if (object && !find_organisation(r, of, r->object, &r->object_org,
					 ds))
		return false;
	if (!subject)
		r->subject_org = SIZE_MAX;
	if (!object)
		r->object_org = SIZE_MAX;
	return true;
}

/* Another row declares the same organisation. */
static bool is_second(const struct facts *f, size_t row)
{
	const struct fact *r = &f->rows.v[row];

	return r->kind == FACT_ORGANISATION && r->state != FACT_WITHDRAWN &&
	       f->organisations.v[r->subject_org].fact != row;
}

/* Finds the organisations of rows; drops rows about unknown ones. */
static void find_organisations(struct facts *f, struct diags *ds)
{
	size_t numbers = f->pool ? f->pool->texts.n : 0, n = 0;
	size_t *of = mem_new(numbers, sizeof *of);

	for (size_t i = 0; i < numbers; i++)
		of[i] = SIZE_MAX;
	collect_organisations(f, of, ds);
	for (size_t i = 0; i < f->rows.n; i++)
		if (has_organisations(&f->rows.v[i], of, ds) &&
		    !is_second(f, i))
			f->rows.v[n++] = f->rows.v[i];
	f->rows.n = n;
	free(of);
}

/* What organisations take from rows, whose places are settled now. */
static void fill_organisations(struct facts *f)
{
	for (size_t i = f->rows.n; i-- > 0;) {
		const struct fact *r = &f->rows.v[i];

		if (r->kind == FACT_ORGANISATION &&
		    r->state != FACT_WITHDRAWN)
			f->organisations.v[r->subject_org].fact = i;
		if (r->kind == FACT_LEI && r->state == FACT_ACCEPTED)
			f->organisations.v[r->subject_org].lei = r->value;
	}
}

/* Rows of the user's that say nothing, as they are in dispute. */
static void note_disputes(const struct facts *f, struct diags *ds)
{
	for (size_t i = 0; i < f->rows.n; i++) {
		const struct fact *r = &f->rows.v[i];

		if (r->is_assumed && r->state != FACT_ACCEPTED)
			diag_add(ds, RW1704,
				 diag_at_line(r->evidence->file, r->line),
				 "the row is %s", facts_state_name(r->state));
	}
}

void facts_store_index(struct facts *f, struct diags *ds)
{
	if (f->image) {
		/* the build did all this, and found nothing to tell */
		facts_image_index(f);
		fill_organisations(f);
		return;
	}
	if (f->pool)
		replace_rows(f);
	facts_sort(f);
	drop_unsourced(f, ds);
	find_organisations(f, ds);
	facts_pool_release(f);
	fill_organisations(f);
	facts_index_build(f);
	note_disputes(f, ds);
	facts_check(f, ds);
}

void facts_store_release(struct facts *f)
{
	facts_index_release(f);
	facts_pool_release(f);
	vec_release(&f->organisations);
	vec_release(&f->rows);
	arena_release(&f->arena);
	f->image = NULL;
}
