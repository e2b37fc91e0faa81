/* The lines of a large file, one after the other, never all of it in memory. */
#ifndef FEEDS_LINE_FILE_H
#define FEEDS_LINE_FILE_H

#include "base/err.h"
#include "base/strbuf.h"

#define LINE_FILE_BYTES ((size_t)4 << 20) /* of one line */

struct line_file {
	int fd;
	struct strbuf b;
	size_t at;      /* where in b the next line begins */
	bool has_ended; /* all of the file is in b */
	/* OK; ERR_IO: it cannot be read; ERR_LIMIT: a line is too long. */
	enum err error;
};

/* Opens a file; where that fails, `error` says so and there is no line. */
void line_file_open(struct line_file *l, const char *path);
/* The next line without its end; valid until the next one.  False at the end
 * and after an error. */
bool line_file_next(struct line_file *l, struct str *ret_line);
void line_file_close(struct line_file *l);

#endif
