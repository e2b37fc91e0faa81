/* Entries stand in a table of their own, as they are: to unpack them would
 * take longer than to read them. */
#include "store/kept.h"

#include "base/date.h"
#include "base/limits.h"
#include "store/digest_cache.h"

static struct str name_of(enum kept_kind kind)
{
	static const char *const names[] = {
#define NAME(id, name) name,
		KEPT_KINDS(NAME)
#undef NAME
	};

	return str_c(names[kind]);
}

static struct str key_text(const unsigned char *key)
{
	return str_n((const char *)key, SHA256_BYTES);
}

bool kept_find(struct store *s, enum kept_kind kind,
	       const unsigned char key[SHA256_BYTES], struct strbuf *to)
{
	struct db_query *q = db_query(s->db,
		"SELECT body, size FROM kept WHERE kind = ? AND key = ?");
	bool is_there;

	db_bind_text(q, 1, name_of(kind));
	db_bind_blob(q, 2, key_text(key));
	is_there = db_row(q) &&
		   db_text(q, 0).n == (uint64_t)db_i64(q, 1);
	if (is_there)
		strbuf_add(to, db_text(q, 0));
	db_reset(q);
	/* a store that nobody has written since has no such table */
	if (db_error(s->db))
		db_clear(s->db);
	return is_there;
}

static void insert(struct store *s, enum kept_kind kind,
		   const unsigned char *key, struct str bytes)
{
	struct db_query *q = db_query(s->db,
		"INSERT OR REPLACE INTO kept VALUES(?, ?, ?, ?, ?)");

	db_bind_text(q, 1, name_of(kind));
	db_bind_blob(q, 2, key_text(key));
	db_bind_i64(q, 3, date_now());
	db_bind_i64(q, 4, (int64_t)bytes.n);
	db_bind_blob(q, 5, bytes);
	db_step(q);
}

void kept_trim(struct store *s, uint64_t most)
{
	struct db_query *q = db_query(s->db,
		"DELETE FROM kept WHERE (kind, key) IN (SELECT kind, key FROM"
		" (SELECT kind, key, sum(length(body)) OVER"
		" (ORDER BY used DESC, kind, key) AS n FROM kept)"
		" WHERE n > ?)");

	db_bind_i64(q, 1, (int64_t)most);
	db_step(q);
}

void kept_put(const char *path, enum kept_kind kind,
	      const unsigned char key[SHA256_BYTES], struct str bytes)
{
	struct diags unsaid = {0};
	struct store *s = NULL;

	if (kind == KEPT_CLONE)
		digest_cache_put_clone(path, key, bytes);
	else if (bytes.n <= LIMIT_KEPT_BYTES &&
		 !store_open(path, DB_WRITE, &unsaid, &s)) {
		insert(s, kind, key, bytes);
		kept_trim(s, LIMIT_KEPT_STORE_BYTES);
	}
	store_close(s);
	diag_release(&unsaid);
}
