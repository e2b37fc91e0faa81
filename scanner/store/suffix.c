/* The longest suffix decides: it is looked for from the whole host on. */
#include "store/suffix.h"

bool suffix_is_known(struct store *s)
{
	struct db_query *q = db_query(s->db,
		"SELECT 1 FROM fact WHERE edition IN (SELECT edition FROM feed)"
		" AND kind = 'suffix' LIMIT 1");
	bool is_known = db_row(q);

	db_reset(q);
	return is_known;
}

static bool has_rule(struct store *s, struct str host, const char *rule)
{
	struct db_query *q = db_query(s->db,
		"SELECT 1 FROM fact WHERE edition IN (SELECT edition FROM feed)"
		" AND kind = 'suffix' AND subject = ? AND value = ?");
	bool has;

	db_bind_text(q, 1, host);
	db_bind_text(q, 2, str_c(rule));
	has = db_row(q);
	db_reset(q);
	return has;
}

static struct str above(struct str host)
{
	size_t dot = str_find_ch(host, '.');

	return dot == SIZE_MAX ? STR("") : str_from(host, dot + 1);
}

static bool is_suffix(struct store *s, struct str host)
{
	struct str parent = above(host);

	if (has_rule(s, host, "except"))
		return false;
	/* names at the top that no rule knows are suffixes */
	return !parent.n || has_rule(s, host, "exact") ||
	       has_rule(s, parent, "below");
}

struct str suffix_registered(struct store *s, struct str host)
{
	if (!host.n || is_suffix(s, host))
		return STR("");
	while (!is_suffix(s, above(host)))
		host = above(host);
	return host;
}
