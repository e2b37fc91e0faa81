/*
 * Archives by libarchive 3.6.  Of its filters and formats only those named
 * here are turned on, and only where they are built in: for others it would
 * run programs.
 */
#include "base/archive_in.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/inflate.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/utf8.h"

#define PIECE_BYTES (64 * LIMIT_KB)
#define SUMMED_BYTES (64 * LIMIT_MB) /* of which the sum is checked */

struct archive_in {
	struct archive *archive;
	struct str path;
	uint64_t in;     /* bytes of the file */
	uint64_t max;    /* bytes out of it */
	char *piece;     /* PIECE_BYTES, for archive_piece */
	struct diags *diags;
	struct arena names;
	uint64_t out;    /* bytes handed over so far */
	size_t entries;
	bool is_done;
	bool is_altered; /* a gzip file whose sum does not fit */
	enum err err;
};

/* Of tar the mark lies behind the first name. */
#define TAR_MARK 257

bool archive_sniffs(struct str head)
{
	static const struct str marks[] = {
		{"\x1f\x8b", 2}, {"BZh", 3}, {"\xfd" "7zXZ\0", 6},
		{"\x28\xb5\x2f\xfd", 4}, {"PK\x03\x04", 4}};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (str_has_prefix(head, marks[i]))
			return true;
	return str_has_prefix(str_from(head, TAR_MARK), STR("ustar"));
}

static void fail(struct archive_in *a, enum err err, enum diag_code code,
		 const char *what)
{
	if (!a->err)
		diag_add(a->diags, code, diag_at(a->path), "%s",
			 what ? what : "damaged");
	a->err = err;
	a->is_done = true;
}

/* Anything but OK means that it is not built in. */
static bool turn_on(struct archive *ar)
{
	static int (*const readers[])(struct archive *) = {
		archive_read_support_filter_gzip,
		archive_read_support_filter_bzip2,
		archive_read_support_filter_xz,
		archive_read_support_filter_zstd,
		archive_read_support_format_tar,
		archive_read_support_format_zip,
		archive_read_support_format_raw,
		archive_read_support_format_empty};

	for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
		if (readers[i](ar) != ARCHIVE_OK)
			return false;
	return true;
}

static struct archive_in *begin(struct str path, uint64_t in, uint64_t max,
				struct diags *ds)
{
	struct archive_in *a = mem_new(1, sizeof *a);

	*a = (struct archive_in){.path = path, .in = in, .max = max,
				 .diags = ds};
	a->archive = archive_read_new();
	if (a->archive && !turn_on(a->archive)) {
		archive_read_free(a->archive);
		a->archive = NULL;
	}
	return a;
}

/* What was opened, if `rc` says that it was; else NULL. */
static struct archive_in *opened(struct archive_in *a, int rc)
{
	if (rc == ARCHIVE_OK &&
	    archive_filter_count(a->archive) <= LIMIT_FILTERS + 1)
		return a;
	fail(a, ERR_FORMAT, RW1112, a->archive
	     ? archive_error_string(a->archive) : NULL);
	archive_close(a);
	return NULL;
}

/* libarchive does not look at the sum of a gzip file; of one that holds
 * very much, nobody does. */
static bool is_altered(struct str bytes)
{
	struct strbuf b;
	bool is;

	if (!str_has_prefix(bytes, STR("\x1f\x8b")))
		return false;
	strbuf_init(&b, 0);
	is = inflate_gunzip(bytes, SUMMED_BYTES, &b) == ERR_FORMAT;
	strbuf_release(&b);
	return is;
}

struct archive_in *archive_open(struct str bytes, struct str path,
				struct diags *ds)
{
	struct archive_in *a = begin(path, bytes.n, LIMIT_INFLATE_BYTES, ds);

	a->is_altered = is_altered(bytes);
	return opened(a, a->archive
		      ? archive_read_open_memory(a->archive, bytes.p, bytes.n)
		      : ARCHIVE_FATAL);
}

struct archive_in *archive_open_file(const char *path, struct diags *ds)
{
	struct archive_in *a = begin(str_c(path), 0, LIMIT_BULK_BYTES, ds);
	struct stat st;

	if (!stat(path, &st))
		a->in = (uint64_t)st.st_size;
	return opened(a, a->archive
		      ? archive_read_open_filename(a->archive, path,
						   PIECE_BYTES)
		      : ARCHIVE_FATAL);
}

void archive_close(struct archive_in *a)
{
	if (!a)
		return;
	if (a->archive)
		archive_read_free(a->archive);
	arena_release(&a->names);
	free(a->piece);
	free(a);
}

/* More than any document grows; small ones may. */
static bool is_bomb(const struct archive_in *a)
{
	return a->out > LIMIT_INFLATE_FREE &&
	       a->out / LIMIT_INFLATE_RATIO > a->in;
}

/* Counts n bytes that came out, or fails; false when there are none. */
static bool count(struct archive_in *a, la_ssize_t n)
{
	if (n < 0) {
		fail(a, ERR_FORMAT, RW1112, archive_error_string(a->archive));
		return false;
	}
	a->out += (uint64_t)n;
	if (is_bomb(a))
		fail(a, ERR_LIMIT, RW1113, "it grows without bounds");
	else if (a->out > a->max)
		fail(a, ERR_LIMIT, RW1113, "more bytes than the limit");
	return n && !a->err;
}

/* The bytes of an entry. */
static void take_data(struct archive_in *a, size_t max, struct strbuf *to)
{
	char buffer[64 * 1024];
	la_ssize_t n;

	while (!a->err) {
		n = archive_read_data(a->archive, buffer, sizeof buffer);
		if (!count(a, n))
			return;
		if ((size_t)n > max - to->n) {
			fail(a, ERR_LIMIT, RW1113, "more bytes than the limit");
			return;
		}
		strbuf_add(to, str_n(buffer, (size_t)n));
	}
}

/* The name of an entry, "" in a file that is only compressed. */
static struct str name_of(struct archive_in *a, struct archive_entry *e)
{
	const char *name = archive_entry_pathname(e);

	if (archive_format(a->archive) == ARCHIVE_FORMAT_RAW || !name)
		return STR("");
	arena_release(&a->names);
	return utf8_repair(&a->names, arena_dup(&a->names, str_c(name)));
}

bool archive_next_name(struct archive_in *a, struct str *ret_name)
{
	struct archive_entry *e;

	while (!a->is_done) {
		int rc = archive_read_next_header(a->archive, &e);

		if (rc == ARCHIVE_EOF && a->is_altered) {
			fail(a, ERR_FORMAT, RW1112, "the sum of the gzip file "
			     "does not fit, or more is behind it");
		} else if (rc == ARCHIVE_EOF) {
			a->is_done = true;
		} else if (rc != ARCHIVE_OK && rc != ARCHIVE_WARN) {
			fail(a, ERR_FORMAT, RW1112,
			     archive_error_string(a->archive));
		} else if (++a->entries > LIMIT_ARCHIVE_FILES) {
			fail(a, ERR_LIMIT, RW1113, "too many files");
		} else if (archive_entry_filetype(e) == AE_IFREG &&
			   !archive_entry_hardlink(e)) {
			*ret_name = name_of(a, e);
			return true;
		}
	}
	return false;
}

bool archive_next(struct archive_in *a, size_t max, struct str *ret_name,
		  struct strbuf *to)
{
	if (!archive_next_name(a, ret_name))
		return false;
	take_data(a, max, to);
	return true;
}

bool archive_piece(struct archive_in *a, struct str *ret_bytes)
{
	la_ssize_t n;

	if (a->is_done)
		return false;
	if (!a->piece)
		a->piece = mem_new(1, PIECE_BYTES);
	n = archive_read_data(a->archive, a->piece, PIECE_BYTES);
	*ret_bytes = str_n(a->piece, n > 0 ? (size_t)n : 0);
	return count(a, n);
}

enum err archive_error(const struct archive_in *a)
{
	return a->err;
}

/* --- writing -------------------------------------------------------------- */

struct archive_out {
	struct archive *archive;
	struct strbuf *to; /* or NULL: to fd */
	int fd;
	bool is_bad;
};

static la_ssize_t put_block(struct archive *archive, void *with,
			    const void *block, size_t n)
{
	struct archive_out *o = with;
	const char *p = block;
	size_t done = 0;

	(void)archive;
	if (o->to)
		strbuf_add(o->to, str_n(p, n));
	while (!o->to && done < n) {
		ssize_t got = write(o->fd, p + done, n - done);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return -1;
		done += (size_t)got;
	}
	return (la_ssize_t)n;
}

/* One entry without a name: nothing but its bytes goes into the file. */
static bool begin_entry(struct archive_out *o)
{
	struct archive_entry *e = archive_entry_new();
	bool is_done;

	if (!e)
		return false;
	archive_entry_set_filetype(e, AE_IFREG);
	is_done = archive_write_header(o->archive, e) == ARCHIVE_OK;
	archive_entry_free(e);
	return is_done;
}

struct archive_out *archive_create(int fd, struct strbuf *to)
{
	struct archive_out *o = mem_new(1, sizeof *o);
	struct archive *a = archive_write_new();

	*o = (struct archive_out){.archive = a, .to = to, .fd = fd};
	o->is_bad = !a || archive_write_add_filter_gzip(a) != ARCHIVE_OK ||
		    archive_write_set_format_raw(a) != ARCHIVE_OK ||
		    archive_write_set_filter_option(a, "gzip", "timestamp",
						    NULL) != ARCHIVE_OK ||
		    archive_write_set_bytes_in_last_block(a, 1) !=
		    ARCHIVE_OK ||
		    archive_write_open(a, o, NULL, put_block, NULL) !=
		    ARCHIVE_OK || !begin_entry(o);
	return o;
}

void archive_put(struct archive_out *o, struct str bytes)
{
	if (!o->is_bad && bytes.n)
		o->is_bad = archive_write_data(o->archive, bytes.p, bytes.n) !=
			    (la_ssize_t)bytes.n;
}

enum err archive_finish(struct archive_out *o)
{
	bool is_bad = o->is_bad ||
		      archive_write_close(o->archive) != ARCHIVE_OK;

	if (o->archive)
		archive_write_free(o->archive);
	free(o);
	return is_bad ? ERR_IO : OK;
}

void archive_gzip(struct str bytes, struct strbuf *to)
{
	struct archive_out *o = archive_create(-1, to);

	archive_put(o, bytes);
	if (archive_finish(o))
		strbuf_clear(to); /* what archive_gunzip refuses */
}

enum err archive_gunzip(struct str bytes, size_t max, struct str path,
			struct diags *ds, struct strbuf *to)
{
	size_t grown = bytes.n < LIMIT_INFLATE_BYTES / LIMIT_INFLATE_RATIO
		       ? bytes.n * LIMIT_INFLATE_RATIO : LIMIT_INFLATE_BYTES;
	enum err e;

	if (grown < LIMIT_INFLATE_FREE)
		grown = LIMIT_INFLATE_FREE;
	e = inflate_gunzip(bytes, grown < max ? grown : max, to);
	if (e == ERR_LIMIT)
		diag_add(ds, RW1113, diag_at(path),
			 "more bytes than the limit");
	else if (e)
		diag_add(ds, RW1112, diag_at(path), "not a whole gzip file");
	return e;
}

const char *archive_library_version(void)
{
	return archive_version_string();
}
