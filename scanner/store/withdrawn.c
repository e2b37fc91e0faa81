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

/* --- too much ------------------------------------------------------------- */

/* What, how many rows there were, and how many are gone. */
#define OPEN(edition) " FROM fact WHERE edition = " edition \
	" AND ends = '' AND kind "
static const char lists[] =
	"SELECT subject, count(*), sum((subject, object) NOT IN"
	" (SELECT subject, object" OPEN("?2") "= 'lists') AND (value = '' OR"
	" (subject, value) NOT IN (SELECT subject, value" OPEN("?2")
	"= 'lists')))" OPEN("?1") "= 'lists' GROUP BY 1 ORDER BY 1";
#define OTHERS "IN ('owns', 'controls', 'controlled-from', 'establishes')"
static const char others[] =
	"SELECT kind, count(*), sum((kind, subject, object) NOT IN"
	" (SELECT kind, subject, object" OPEN("?2") OTHERS "))"
	OPEN("?1") OTHERS " GROUP BY 1 ORDER BY 1";
static const char relations[] =
	"SELECT 'relation', count(*), coalesce(sum((holder, held) NOT IN"
	" (SELECT holder, held FROM relation WHERE edition = ?2 AND ends = '')"
	"), 0) FROM relation WHERE edition = ?1 AND ends = ''";

static bool is_too_much(struct store *s, const struct edition *e,
			const char *sql, const int64_t editions[2])
{
	struct db_query *q = db_query(s->db, sql);
	bool is = false;

	db_bind_i64(q, 1, editions[0]);
	db_bind_i64(q, 2, editions[1]);
	while (db_row(q)) {
		int64_t all = db_i64(q, 1), gone_n = db_i64(q, 2);

		if (gone_n <= all / 100 * e->hold + all % 100 * e->hold / 100)
			continue;
		is = true;
		diag_add(s->diags, RW1832, diag_at(s->path),
			 "%.*s: the edition %.*s takes back %lld of %lld rows "
			 "of %.*s, more than %u %%: the one before stays; "
			 "--accept=%.*s takes it", STR_ARG(e->feed),
			 STR_ARG(e->name), (long long)gone_n, (long long)all,
			 STR_ARG(db_text(q, 0)), e->hold, STR_ARG(e->feed));
	}
	return is;
}

bool withdrawn_is_too_much(struct store *s, const struct edition *e,
			   int64_t before, int64_t now)
{
	const int64_t editions[2] = {before, now};
	bool is = false;

	if (!before || !e->hold)
		return false;
	is = is_too_much(s, e, lists, editions);
	if (!e->holds_lists_only) {
		is = is_too_much(s, e, others, editions) || is;
		is = is_too_much(s, e, relations, editions) || is;
	}
	return is;
}
