/*
 * Any text as the records of a store that comes as a file: a line each, its
 * fields parted by tabs.  Lengths, numbers of rows, sums, compression and the
 * last record are made here, so that what is behind them is reached; what
 * begins with '!' becomes the file as it is.  An import takes all of it or
 * nothing, and leaves a store that is sound.
 */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/archive_in.h"
#include "base/sha256.h"
#include "fuzz_store.h"
#include "store/exchange.h"
#include "store/verify.h"

#define FIELDS 13

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static struct diags ds;

static void begin(void)
{
	if (fuzz_store_open(&ds))
		db_run(fuzz_store->db, "PRAGMA synchronous = OFF");
}

static void empty_store(void)
{
	static const char *const tables[] = {
		"feed", "edition", "fact", "entity", "alias", "form",
		"relation", "exception", "answer", "digest"};
	char text[64];

	db_begin(fuzz_store->db);
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		snprintf(text, sizeof text, "DELETE FROM %s", tables[i]);
		db_run(fuzz_store->db, text);
	}
	if (db_commit(fuzz_store->db))
		abort();
}

/* --- the file ------------------------------------------------------------- */

struct writer {
	struct strbuf text, rows;
	struct str edition[FIELDS]; /* waits for its rows */
	size_t edition_n, rows_n, records;
};

/* The last field holds what is too many. */
static size_t split(struct str line, struct str *f)
{
	size_t n = 0;

	while (n < FIELDS - 1 && str_find_ch(line, '\t') != SIZE_MAX)
		str_cut(line, '\t', &f[n++], &line);
	f[n++] = line;
	return n;
}

static void put(struct writer *w, const struct str *f, size_t n)
{
	strbuf_add(&w->text, f[0]);
	for (size_t i = 1; i < n; i++)
		strbuf_fmt(&w->text, " %zu", f[i].n);
	strbuf_ch(&w->text, '\n');
	for (size_t i = 1; i < n; i++)
		strbuf_add(&w->text, f[i]);
	strbuf_ch(&w->text, '\n');
	w->records++;
}

static void put_sum(struct strbuf *to, struct str s)
{
	unsigned char sum[SHA256_BYTES];

	sha256_of(s, sum);
	sha256_hex(to, sum, sizeof sum);
}

static bool is_row(struct str name)
{
	return str_is(name, "fact") || str_is(name, "entity") ||
	       str_is(name, "alias") || str_is(name, "relation") ||
	       str_is(name, "exception");
}

/* The edition that waits, and then its rows. */
static void put_edition(struct writer *w)
{
	struct strbuf sum = {0}, count = {0};
	struct str rows = strbuf_str(&w->rows), line, f[FIELDS];

	if (w->edition_n == 8) {
		put_sum(&sum, rows);
		strbuf_fmt(&count, "%zu", w->rows_n);
		if (str_is(w->edition[4], "?"))
			w->edition[4] = strbuf_str(&count);
		if (str_is(w->edition[5], "?"))
			w->edition[5] = strbuf_str(&sum);
	}
	if (w->edition_n)
		put(w, w->edition, w->edition_n);
	while (str_line(&rows, &line))
		put(w, f, split(line, f));
	w->edition_n = w->rows_n = 0;
	strbuf_clear(&w->rows);
	strbuf_release(&sum);
	strbuf_release(&count);
}

/* An answer or a digest: size, body and sum are made of a plain body. */
static void put_body(struct writer *w, struct str *f, size_t n)
{
	struct strbuf body = {0}, size = {0}, sum = {0};

	archive_gzip(f[n - 1], &body);
	strbuf_fmt(&size, "%zu", f[n - 1].n);
	put_sum(&sum, f[n - 1]);
	if (n == 12)
		f[9] = strbuf_str(&sum);
	f[n - 2] = strbuf_str(&size);
	f[n - 1] = strbuf_str(&body);
	put(w, f, n);
	strbuf_release(&body);
	strbuf_release(&size);
	strbuf_release(&sum);
}

static void put_line(struct writer *w, struct str line)
{
	struct str f[FIELDS];
	size_t n = split(line, f);

	if (is_row(f[0])) {
		strbuf_add(&w->rows, line);
		strbuf_ch(&w->rows, '\n');
		w->rows_n++;
		return;
	}
	put_edition(w);
	if (str_is(f[0], "edition")) {
		memcpy(w->edition, f, sizeof f);
		w->edition_n = n;
	} else if ((str_is(f[0], "answer") && n == 12) ||
		   (str_is(f[0], "digest") && n == 6)) {
		put_body(w, f, n);
	} else {
		put(w, f, n);
	}
}

static void make_file(struct str text, struct strbuf *to)
{
	struct strbuf sum = {0}, count = {0};
	struct writer w = {0};
	struct str line, end[3];

	strbuf_cstr(&w.text, "ranwhence-store 1\n");
	while (str_line(&text, &line))
		put_line(&w, line);
	put_edition(&w);
	strbuf_fmt(&count, "%zu", w.records);
	put_sum(&sum, strbuf_str(&w.text));
	end[0] = STR("end");
	end[1] = strbuf_str(&count);
	end[2] = strbuf_str(&sum);
	put(&w, end, 3);
	archive_gzip(strbuf_str(&w.text), to);
	strbuf_release(&w.text);
	strbuf_release(&w.rows);
	strbuf_release(&sum);
	strbuf_release(&count);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str text = {(const char *)bytes, n};
	struct exchange_counts counts;
	struct verify_counts verified;
	struct strbuf file = {0};

	begin();
	if (str_has_prefix(text, STR("!")))
		strbuf_add(&file, str_from(text, 1));
	else
		make_file(text, &file);
	if (store_import(fuzz_store, strbuf_str(&file), STR("f"), NULL, &counts)) {
		assert(ds.kept.n);
	} else {
		assert(!verify_store(fuzz_store, &verified));
		empty_store();
	}
	diag_release(&ds);
	strbuf_release(&file);
	return 0;
}
