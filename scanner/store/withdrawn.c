/*
 * What an edition takes back.  A feed that is wrong, or was fooled, can make
 * somebody of concern look like nobody in particular: whoever updates is told
 * which lists, holders and seats of control are not said any more.
 */
#include "store/withdrawn.h"

enum { SHOWN = 20 };

/* Rows that hold today, without the columns that each edition changes. */
#define FACTS(edition) \
	"SELECT kind, subject, object FROM fact WHERE edition = " edition \
	" AND kind IN ('lists', 'owns', 'controls', 'controlled-from'," \
	" 'establishes') AND ends = ''"
#define RELATIONS(edition) \
	"SELECT 'relation', holder, held FROM relation WHERE edition = " \
	edition " AND ends = ''"

static const char *const gone[] = {
	FACTS("?1") " EXCEPT " FACTS("?2") " ORDER BY 1, 2, 3",
	RELATIONS("?1") " EXCEPT " RELATIONS("?2") " ORDER BY 2, 3",
};

static void tell(struct store *s, struct str feed, const char *sql,
		 const int64_t editions[2])
{
	struct db_query *q = db_query(s->db, sql);
	unsigned long long n = 0;

	db_bind_i64(q, 1, editions[0]);
	db_bind_i64(q, 2, editions[1]);
	for (; db_row(q); n++)
		if (n < SHOWN)
			diag_add(s->diags, RW1829, diag_at(s->path),
				 "%.*s does not say any more: %.*s %.*s %.*s",
				 STR_ARG(feed), STR_ARG(db_text(q, 0)),
				 STR_ARG(db_text(q, 1)),
				 STR_ARG(db_text(q, 2)));
	if (n > SHOWN)
		diag_add(s->diags, RW1829, diag_at(s->path),
			 "%.*s does not say any more: %llu rows like these",
			 STR_ARG(feed), n - SHOWN);
}

void withdrawn_tell(struct store *s, struct str feed, int64_t before,
		    int64_t now)
{
	const int64_t editions[2] = {before, now};

	for (size_t i = 0; before && i < sizeof gone / sizeof *gone; i++)
		tell(s, feed, gone[i], editions);
}
