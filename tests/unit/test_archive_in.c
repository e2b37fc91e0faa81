/* Compressed files and archives: what is read, and what is refused. */
#include "unit.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/archive_in.h"
#include "base/limits.h"
#include "extract/extract.h"

static struct diags ds;
static struct strbuf out;
static char *packed;
static size_t packed_n;
#define PACKED_MAX (8 * LIMIT_MB)

static int setup(void **state)
{
	(void)state;
	packed = malloc(PACKED_MAX);
	return packed == NULL;
}

static int teardown(void **state)
{
	(void)state;
	diag_release(&ds);
	strbuf_release(&out);
	free(packed);
	return 0;
}

struct inner { const char *name; struct str bytes; unsigned type; };

typedef int (*turn_on)(struct archive *);

static struct archive *begin(turn_on filter, turn_on format)
{
	struct archive *a = archive_write_new();

	assert_int_equal(filter(a), ARCHIVE_OK);
	assert_int_equal(format(a), ARCHIVE_OK);
	archive_write_set_bytes_per_block(a, 0);
	assert_int_equal(archive_write_open_memory(a, packed, PACKED_MAX,
						   &packed_n), ARCHIVE_OK);
	return a;
}

static void add(struct archive *a, const struct inner *f)
{
	struct archive_entry *e = archive_entry_new();

	archive_entry_set_pathname(e, f->name);
	archive_entry_set_filetype(e, f->type ? f->type : AE_IFREG);
	archive_entry_set_size(e, (la_int64_t)f->bytes.n);
	if (f->type == AE_IFLNK)
		archive_entry_set_symlink(e, "/etc/passwd");
	archive_write_header(a, e);
	archive_write_data(a, f->bytes.p, f->bytes.n);
	archive_entry_free(e);
}

static struct str pack(turn_on filter, turn_on format,
		       const struct inner *files, size_t n)
{
	struct archive *a = begin(filter, format);

	for (size_t i = 0; i < n; i++)
		add(a, &files[i]);
	archive_write_close(a);
	archive_write_free(a);
	return str_n(packed, packed_n);
}

static struct str compress(turn_on filter, struct str bytes)
{
	struct inner f = {"x", bytes, 0};

	return pack(filter, archive_write_set_format_raw, &f, 1);
}

/* All files as "name=bytes;". */
static enum err read_all(struct str bytes, size_t max)
{
	struct archive_in *a;
	struct strbuf inside = {0};
	struct str name;
	enum err err = ERR_FORMAT;

	diag_release(&ds);
	strbuf_clear(&out);
	a = archive_open(bytes, STR("f"), &ds);
	while (a && archive_next(a, max, &name, &inside)) {
		strbuf_fmt(&out, "%.*s=", STR_ARG(name));
		strbuf_add(&out, strbuf_str(&inside));
		strbuf_ch(&out, ';');
		strbuf_clear(&inside);
	}
	if (a)
		err = archive_error(a);
	archive_close(a);
	strbuf_release(&inside);
	return err;
}

static const turn_on filters[] = {
	archive_write_add_filter_gzip, archive_write_add_filter_bzip2,
	archive_write_add_filter_xz, archive_write_add_filter_zstd};
#define FILTERS 4

static void test_filters(void **state)
{
	(void)state;
	for (size_t i = 0; i < FILTERS; i++) {
		struct str bytes = compress(filters[i], STR("some text"));
		enum err err;

		assert_true(archive_sniffs(bytes));
		err = read_all(bytes, 100);
		assert_int_equal(err, OK);
		assert_str(strbuf_str(&out), "=some text;");
		/* cut anywhere, it is said */
		for (size_t n = 4; n < bytes.n; n++) {
			err = read_all(str_head(bytes, n), 100);
			if (err)
				assert_int_equal(ds.counts[RW1112], 1);
		}
		err = read_all(bytes, 4);
		assert_int_equal(err, ERR_LIMIT);
		assert_int_equal(ds.counts[RW1113], 1);
	}
}

static void test_archives(void **state)
{
	static const struct inner files[] = {
		{"a/b", {"one", 3}, 0}, {"../../up", {"two", 3}, 0},
		{"link", {"", 0}, AE_IFLNK}, {"fifo", {"", 0}, AE_IFIFO},
		{"\xff", {"", 0}, 0}};
	static const turn_on formats[] = {
		archive_write_set_format_ustar, archive_write_set_format_pax,
		archive_write_set_format_zip};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct str bytes = pack(archive_write_add_filter_none,
					formats[i], files, i < 2 ? 5 : 3);
		enum err err;

		assert_true(archive_sniffs(bytes));
		err = read_all(bytes, 100);
		assert_int_equal(err, OK);
		assert_int_equal(str_find(strbuf_str(&out),
					  STR("a/b=one;../../up=two;")), 0);
		assert_int_equal(str_find(strbuf_str(&out), STR("passwd")),
				 SIZE_MAX);
		err = read_all(str_head(bytes, 600), 100);
		if (err)
			assert_int_equal(ds.counts[RW1112], 1);
	}
}

static void test_bombs(void **state)
{
	struct strbuf same = {0};

	(void)state;
	strbuf_pad(&same, 'a', 64 * LIMIT_MB);
	for (size_t i = 0; i < FILTERS; i++) {
		struct str bytes = compress(filters[i], strbuf_str(&same));
		enum err err = read_all(bytes, LIMIT_SBOM_BYTES);

		assert_int_equal(err, ERR_LIMIT);
		assert_int_equal(ds.counts[RW1113], 1);
		assert_true(out.n < 17 * LIMIT_MB);
	}
	strbuf_release(&same);
}

/* The bytes of all files in one on disk, in pieces. */
static enum err read_pieces(struct str bytes)
{
	char path[] = "/tmp/rw-archive-XXXXXX";
	int fd = mkstemp(path);
	struct archive_in *a;
	struct str name, piece;
	enum err err = ERR_FORMAT;

	diag_release(&ds);
	strbuf_clear(&out);
	assert_int_equal(write(fd, bytes.p, bytes.n), bytes.n);
	close(fd);
	a = archive_open_file(path, &ds);
	while (a && archive_next_name(a, &name)) {
		strbuf_fmt(&out, "%.*s=", STR_ARG(name));
		while (archive_piece(a, &piece))
			strbuf_add(&out, piece);
		strbuf_ch(&out, ';');
	}
	if (a)
		err = archive_error(a);
	archive_close(a);
	unlink(path);
	return err;
}

static void test_pieces(void **state)
{
	struct strbuf big = {0};
	struct inner files[] = {{"a", {"one", 3}, 0}, {"b", {0}, 0}};
	struct str bytes;

	(void)state;
	for (unsigned i = 0; i < 300000; i++)
		strbuf_fmt(&big, "%u,", i * 2654435761u);
	files[1].bytes = strbuf_str(&big);
	bytes = pack(archive_write_add_filter_none,
		     archive_write_set_format_zip, files, 2);
	assert_int_equal(read_pieces(bytes), OK);
	assert_int_equal(out.n, big.n + 9);
	assert_int_equal(read_pieces(str_head(bytes, bytes.n / 2)),
			 ERR_FORMAT);
	assert_int_equal(ds.counts[RW1112], 1);
	packed[1000]++; /* the checksum of the second does not hold */
	assert_int_equal(read_pieces(bytes), ERR_FORMAT);
	strbuf_clear(&big);
	strbuf_pad(&big, 'a', 64 * LIMIT_MB);
	assert_int_equal(read_pieces(compress(archive_write_add_filter_gzip,
					      strbuf_str(&big))), ERR_LIMIT);
	assert_int_equal(ds.counts[RW1113], 1);
	strbuf_release(&big);
}

static void test_not_archives(void **state)
{
	(void)state;
	assert_false(archive_sniffs(STR("")));
	assert_false(archive_sniffs(STR("{\"a\":1}")));
	assert_false(archive_sniffs(STR("\x1f")));
	assert_false(archive_sniffs(STR("PK")));
	assert_int_equal(read_all(STR("PK\3\4 but no more"), 100),
			 ERR_FORMAT);
}

#define SBOM(name) "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\"," \
	"\"components\":[{\"name\":\"" name "\"}]}"

/* What extract_sbom makes of it: "path:line name" of each component. */
static enum err extract(struct str bytes, struct target *t)
{
	struct scan s = {0};
	enum err err;

	diag_release(&ds);
	strbuf_clear(&out);
	*t = (struct target){0};
	err = extract_sbom(&s, STR("f"), bytes, t);
	for (size_t i = 0; i < s.parts.components.n; i++) {
		const struct component *c = &s.parts.components.v[i];

		strbuf_fmt(&out, "%.*s:%u %.*s;",
			   STR_ARG(c->evidence.v[0].path),
			   c->evidence.v[0].line, STR_ARG(c->name));
	}
	diag_merge(&ds, &s.diags);
	scan_release(&s);
	return err;
}

static void test_documents_in_archives(void **state)
{
	static const struct inner files[] = {
		{"one.json", {SBOM("a"), sizeof SBOM("a") - 1}, 0},
		{"README", {"text", 4}, 0},
		{"d/two", {SBOM("b"), sizeof SBOM("b") - 1}, 0}};
	struct target t;
	struct str bytes;
	enum err err;

	(void)state;
	bytes = pack(archive_write_add_filter_zstd,
		     archive_write_set_format_pax, files, 3);
	err = extract(bytes, &t);
	assert_int_equal(err, OK);
	assert_str(strbuf_str(&out), "f/one.json:1 a;f/d/two:1 b;");
	assert_int_equal(t.files_seen, 3);
	assert_int_equal(t.files_read, 2);
	bytes = pack(archive_write_add_filter_none,
		     archive_write_set_format_pax, files + 1, 1);
	err = extract(bytes, &t);
	assert_int_equal(err, ERR_UNSUPPORTED);
	bytes = compress(archive_write_add_filter_gzip, STR(SBOM("c")));
	err = extract(bytes, &t);
	assert_int_equal(err, OK);
	assert_str(strbuf_str(&out), "f:1 c;");
}

static void test_nested_archives(void **state)
{
	struct inner f = {"x", STR(SBOM("a")), 0};
	struct target t;
	struct arena copies = {0};

	(void)state;
	for (int depth = 1; depth < 4; depth++) {
		struct str bytes = pack(archive_write_add_filter_none,
					archive_write_set_format_zip, &f, 1);
		enum err err = extract(bytes, &t);

		f.bytes = arena_dup(&copies, bytes);
		assert_int_equal(err, depth < 3 ? OK : ERR_LIMIT);
		assert_int_equal(ds.counts[RW1113], depth == 3);
	}
	arena_release(&copies);
}

/* What archive_open_file gives, and archive_gunzip, of a file cut at n. */
static void read_back(struct str all, size_t n, enum err *ret_file,
		      enum err *ret_memory)
{
	char name[] = "/tmp/rw-archive-XXXXXX";
	FILE *f = fdopen(mkstemp(name), "wb");
	struct archive_in *a;
	struct str inner, piece;

	assert_non_null(f);
	fwrite(all.p, 1, n, f);
	fclose(f);
	strbuf_clear(&out);
	*ret_file = ERR_FORMAT;
	a = archive_open_file(name, &ds);
	if (a && archive_next_name(a, &inner)) {
		while (archive_piece(a, &piece))
			strbuf_add(&out, piece);
		*ret_file = archive_error(a);
	}
	archive_close(a);
	remove(name);
	*ret_memory = archive_gunzip(str_head(all, n), 10 * LIMIT_MB,
				     STR("x.gz"), &ds, &out);
}

static void test_written(void **state)
{
	struct strbuf gz, again;
	char *text = calloc(300000, 1);
	struct str all = str_n(text, 300000);
	enum err file, memory;

	(void)state;
	for (size_t i = 0; i < all.n; i++)
		text[i] = (char)('a' + i * i % 17 + i / 9000);
	strbuf_init(&gz, 0);
	strbuf_init(&again, 0);
	archive_gzip(all, &gz);
	archive_gzip(all, &again);
	assert_true(gz.n < all.n / 2);
	assert_true(str_eq(strbuf_str(&gz), strbuf_str(&again)));
	read_back(strbuf_str(&gz), gz.n, &file, &memory);
	assert_int_equal(file, OK);
	assert_int_equal(memory, OK);
	assert_int_equal(out.n, 2 * all.n);
	assert_memory_equal(out.p, text, all.n);
	assert_memory_equal(out.p + all.n, text, all.n);
	for (size_t n = 0; n < gz.n; n += 1 + gz.n / 7) {
		read_back(strbuf_str(&gz), n, &file, &memory);
		assert_true(file != OK);
		assert_true(memory != OK);
	}
	strbuf_release(&gz);
	strbuf_release(&again);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_filters),
		cmocka_unit_test(test_archives),
		cmocka_unit_test(test_bombs),
		cmocka_unit_test(test_pieces),
		cmocka_unit_test(test_not_archives),
		cmocka_unit_test(test_documents_in_archives),
		cmocka_unit_test(test_nested_archives),
		cmocka_unit_test(test_written),
	};

	return cmocka_run_group_tests_name("archive_in", tests, setup,
					   teardown);
}
