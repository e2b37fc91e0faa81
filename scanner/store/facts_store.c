/*
 * Loading facts (docs/facts.md): the bundled rows and files of the user's,
 * and what can only be said when all rows are in: rows of the user's replace
 * bundled ones, ids must exist.  Contradictions are left to facts_check.c.
 */
#include "store/facts_store.h"

#include <string.h>

#include "base/csv_in.h"
#include "base/fs.h"
#include "base/utf8.h"
#include "model/facts_index.h"
#include "store/bundle.h"
#include "store/facts_check.h"
#include "store/facts_row.h"

struct reader {
	struct facts *f;
	struct diags *ds;
	struct csv csv;
	struct str text, path;
	bool is_assumed;
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

static void read_row(struct reader *r)
{
#define NAME(id, name) name,
	static const char *const names[] = {FACTS_COLUMNS(NAME)};
#undef NAME
	enum facts_column column;
	const char *problem;
	struct fact fact;

	if (r->csv.n != COLUMN_COUNT) {
		complain(r, diag_at_column(r->path, r->csv.line, 1), "",
			 "the row does not have 12 columns");
		return;
	}
	problem = facts_row_parse(r->csv.fields, &fact, &column);
	if (problem) {
		complain(r, place_of(r, r->csv.fields[column]),
			 names[column], problem);
		return;
	}
	fact.file = r->path;
	fact.line = r->csv.line;
	fact.is_assumed = r->is_assumed;
	vec_push(&r->f->rows, fact);
}

static void read_rows(struct reader *r)
{
	enum err e;

	csv_init(&r->csv, r->text, &r->f->arena);
	e = csv_row(&r->csv);
	if (e || !facts_row_is_header(r->csv.fields, r->csv.n)) {
		complain(r, diag_at_column(r->path, 1, 1), "",
			 "the file does not begin with the header of a facts "
			 "file");
		return;
	}
	while ((e = csv_row(&r->csv)) != ERR_NOTFOUND)
		if (e)
			complain(r, diag_at_column(r->path, r->csv.line, 1),
				 "", "the row is no CSV or too long");
		else
			read_row(r);
}

static enum err read_text(struct facts *f, struct str bytes, struct str path,
			  bool is_assumed, struct diags *ds)
{
	struct reader r = {.f = f, .ds = ds, .path = path,
			   .is_assumed = is_assumed};

	if (utf8_decode(&f->arena, bytes, &r.text))
		complain(&r, diag_at_line(path, 1), "", "the file is no text");
	read_rows(&r);
	return r.is_bad ? ERR_CONFIG : OK;
}

enum err facts_store_load(struct facts *f, struct diags *ds)
{
	const struct bundle_file *files;
	size_t n = bundle_list("seed/", &files);
	enum err e = OK;

	for (size_t i = 0; i < n; i++) {
		struct str path = str_c(files[i].path);

		if (!str_has_suffix(path, STR(".csv")))
			continue;
		if (read_text(f, str_n((const char *)files[i].data,
				       files[i].size), path, false, ds))
			e = ERR_CONFIG;
	}
	return e;
}

enum err facts_store_add(struct facts *f, const char *path, struct diags *ds)
{
	struct str bytes;

	if (fs_read(path, LIMIT_FACTS_BYTES, &f->arena, ds, &bytes))
		return ERR_CONFIG;
	return facts_store_parse(f, bytes, arena_dup(&f->arena, str_c(path)),
				 ds);
}

enum err facts_store_parse(struct facts *f, struct str bytes, struct str path,
			   struct diags *ds)
{
	return read_text(f, bytes, path, true, ds);
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

/* Takes out the bundled rows that rows of the user's replace. */
static void replace_rows(struct facts *f)
{
	struct map keys = {0};
	struct arena a;
	size_t n = 0;

	arena_init(&a);
	for (size_t i = 0; i < f->rows.n; i++)
		if (f->rows.v[i].is_assumed)
			map_put(&keys, key_of(&f->rows.v[i], &a), 1, NULL);
	for (size_t i = 0; keys.n && i < f->rows.n; i++)
		if (f->rows.v[i].is_assumed ||
		    !map_get(&keys, key_of(&f->rows.v[i], &a)))
			f->rows.v[n++] = f->rows.v[i];
	if (keys.n)
		f->rows.n = n;
	map_release(&keys);
	arena_release(&a);
}

static int compare_rows(const void *a, const void *b)
{
	return facts_compare(a, b);
}

/* Rows are sorted: those that declare organisations come by id. */
static void collect_organisations(struct facts *f, struct diags *ds)
{
	bool is_new;

	for (size_t i = 0; i < f->rows.n; i++) {
		const struct fact *r = &f->rows.v[i];

		if (r->kind != FACT_ORGANISATION ||
		    r->state == FACT_WITHDRAWN)
			continue;
		map_put(&f->by_id, r->subject, f->organisations.n, &is_new);
		if (is_new)
			vec_push(&f->organisations, ((struct organisation){
				.id = r->subject, .name = r->value,
				.kind = r->object, .fact = i}));
		else
			diag_add(ds, RW1701, diag_at_line(r->file, r->line),
				 "organisation %.*s is declared twice",
				 STR_ARG(r->subject));
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
		       k == FACT_DISPERSED;
}

static bool find_organisation(const struct facts *f, const struct fact *r,
			      struct str id, struct diags *ds, size_t *ret)
{
	*ret = facts_organisation(f, id);
	if (*ret == SIZE_MAX && r->state != FACT_WITHDRAWN)
		diag_add(ds, RW1701, diag_at_line(r->file, r->line),
			 "there is no organisation %.*s", STR_ARG(id));
	return *ret != SIZE_MAX;
}

static bool has_sources(const struct fact *r, const struct map *sources,
			struct diags *ds)
{
	struct str rest = r->source, id;

	if (!rest.n && r->confidence == FACT_A && !r->is_assumed &&
	    r->kind != FACT_SOURCE) {
		diag_add(ds, RW1701, diag_at_line(r->file, r->line),
			 "a row of confidence A needs a source");
		return false;
	}
	while (rest.n && facts_row_next_source(&rest, &id))
		if (!map_get(sources, id)) {
			diag_add(ds, RW1701, diag_at_line(r->file, r->line),
				 "there is no source %.*s", STR_ARG(id));
			return false;
		}
	return true;
}

static bool has_list(const struct fact *r, const struct map *lists,
		     struct diags *ds)
{
	if (r->kind != FACT_LISTS || map_get(lists, r->subject))
		return true;
	diag_add(ds, RW1701, diag_at_line(r->file, r->line),
		 "there is no list %.*s", STR_ARG(r->subject));
	return false;
}

/* Drops the rows whose sources or list do not exist. */
static void drop_unsourced(struct facts *f, struct diags *ds)
{
	struct map sources = {0}, lists = {0};
	size_t n = 0;

	for (size_t i = 0; i < f->rows.n; i++) {
		const struct fact *r = &f->rows.v[i];

		if (r->kind == FACT_SOURCE)
			map_put(&sources, r->subject, i, NULL);
		if (r->kind == FACT_LIST)
			map_put(&lists, r->subject, i, NULL);
	}
	for (size_t i = 0; i < f->rows.n; i++)
		if (has_sources(&f->rows.v[i], &sources, ds) &&
		    has_list(&f->rows.v[i], &lists, ds))
			f->rows.v[n++] = f->rows.v[i];
	f->rows.n = n;
	map_release(&sources);
	map_release(&lists);
}

static bool has_organisations(const struct facts *f, struct fact *r,
			      struct diags *ds)
{
	bool subject, object;

	ends_of(r->kind, &subject, &object);
	return (!subject || find_organisation(f, r, r->subject, ds,
					      &r->subject_org)) &&
	       (!object || find_organisation(f, r, r->object, ds,
					     &r->object_org));
}

/* Another row declares the same organisation. */
static bool is_second(const struct facts *f, size_t row)
{
	const struct fact *r = &f->rows.v[row];

	return r->kind == FACT_ORGANISATION && r->state != FACT_WITHDRAWN &&
	       f->organisations.v[r->subject_org].fact != row;
}

/* Finds the organisations of rows; drops rows about unknown ones. */
static void drop_dangling(struct facts *f, struct diags *ds)
{
	size_t n = 0;

	for (size_t i = 0; i < f->rows.n; i++)
		if (has_organisations(f, &f->rows.v[i], ds) &&
		    !is_second(f, i))
			f->rows.v[n++] = f->rows.v[i];
	f->rows.n = n;
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
			diag_add(ds, RW1704, diag_at_line(r->file, r->line),
				 "the row is %s", facts_state_name(r->state));
	}
}

void facts_store_index(struct facts *f, struct diags *ds)
{
	replace_rows(f);
	vec_sort(&f->rows, compare_rows);
	drop_unsourced(f, ds);
	collect_organisations(f, ds);
	drop_dangling(f, ds);
	fill_organisations(f);
	facts_index_build(f);
	note_disputes(f, ds);
	facts_check(f, ds);
}

void facts_store_release(struct facts *f)
{
	facts_index_release(f);
	map_release(&f->by_id);
	vec_release(&f->organisations);
	vec_release(&f->rows);
	arena_release(&f->arena);
}
