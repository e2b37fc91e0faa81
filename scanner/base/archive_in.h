/*
 * Compressed files and archives, read in memory through libarchive, and gzip
 * files written; its only door.  What a file is follows from its first bytes:
 * gzip, bzip2, xz or zstd around anything, tar and zip around several files.
 * Nothing is unpacked to disk, no other program is run, and what comes out is
 * counted: more than LIMIT_INFLATE_RATIO times what went in, or over a limit,
 * is RW1113.
 */
#ifndef BASE_ARCHIVE_IN_H
#define BASE_ARCHIVE_IN_H

#include "base/diag.h"
#include "base/strbuf.h"

struct archive_in;

/* Do the first bytes (64 KB are enough) begin a compressed file or an
 * archive? */
bool archive_sniffs(struct str head);
/* Opens one; `bytes` and `path` must outlive it.  NULL after RW1112. */
struct archive_in *archive_open(struct str bytes, struct str path,
				struct diags *ds);
void archive_close(struct archive_in *a);
/*
 * The next regular file: its name, "" for the one inside a compressed file,
 * and its bytes, at most `max`, added to the empty `to`.  False at the end,
 * and when nothing more can be had (archive_error).  Bytes that came before
 * damage or a limit are kept.
 */
bool archive_next(struct archive_in *a, size_t max, struct str *ret_name,
		  struct strbuf *to);
/*
 * The same for a file that is too large for the memory: of the program's own,
 * so that nobody changes it meanwhile.  archive_next_name goes on to the next
 * regular file in it; archive_piece gives the next of its bytes, valid until
 * the next call: false at its end, and when nothing more can be had.  At most
 * LIMIT_BULK_BYTES in all.
 */
struct archive_in *archive_open_file(const char *path, struct diags *ds);
bool archive_next_name(struct archive_in *a, struct str *ret_name);
bool archive_piece(struct archive_in *a, struct str *ret_bytes);
/* ERR_FORMAT (RW1112) or ERR_LIMIT (RW1113) when something was wrong. */
enum err archive_error(const struct archive_in *a);
/*
 * A gzip file that is written in pieces: to an open descriptor, or added to
 * `to` (the other one is -1, NULL).  The same bytes give the same file.
 */
struct archive_out;
struct archive_out *archive_create(int fd, struct strbuf *to);
void archive_put(struct archive_out *o, struct str bytes);
/* Ends it; ERR_IO when something was not written. */
NODISCARD enum err archive_finish(struct archive_out *o);
/* Bytes as a gzip file, and back: at most `max`, and no byte after it.
 * ERR_FORMAT (RW1112), ERR_LIMIT (RW1113). */
void archive_gzip(struct str bytes, struct strbuf *to);
NODISCARD enum err archive_gunzip(struct str bytes, size_t max,
				  struct str path, struct diags *ds,
				  struct strbuf *to);
/* The version of libarchive, in static storage. */
const char *archive_library_version(void);

#endif
