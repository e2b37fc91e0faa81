/* Entries stand in a table of their own, compressed unless they hardly get
 * smaller: names of objects are most of a history. */
#include "store/kept.h"

#include "base/archive_in.h"
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

static bool is_packed(enum kept_kind kind)
{
	return kind != KEPT_HISTORY;
}

static bool unpack(enum kept_kind kind, struct str bytes, int64_t size,
		   struct strbuf *to)
{
	struct diags unsaid = {0};
	size_t before = to->n;
	bool is_sound = true;

	if (is_packed(kind))
		is_sound = !archive_gunzip(bytes, LIMIT_KEPT_BYTES,
					   STR("an entry"), &unsaid, to);
	else
		strbuf_add(to, bytes);
	is_sound = is_sound && to->n - before == (uint64_t)size;
	if (!is_sound)
		to->n = before;
	diag_release(&unsaid);
	return is_sound;
}

bool kept_find(struct store *s, enum kept_kind kind,
	       const unsigned char key[SHA256_BYTES], struct strbuf *to)
{
	struct db_query *q = db_query(s->db,
		"SELECT body, size FROM kept WHERE kind = ? AND key = ?");
	bool is_there;

	db_bind_text(q, 1, name_of(kind));
	db_bind_blob(q, 2, key_text(key));
	is_there = db_row(q) && unpack(kind, db_text(q, 0), db_i64(q, 1), to);
	db_reset(q);
	/* a store that nobody has written since has no such table */
	if (db_error(s->db))
		db_clear(s->db);
	return is_there;
}

static void insert(struct store *s, enum kept_kind kind,
		   const unsigned char *key, struct str bytes)
{
	struct strbuf packed;
	struct db_query *q;

	strbuf_init(&packed, 0);
	if (is_packed(kind))
		archive_gzip(bytes, &packed);
	q = db_query(s->db,
		     "INSERT OR REPLACE INTO kept VALUES(?, ?, ?, ?, ?)");
	db_bind_text(q, 1, name_of(kind));
	db_bind_blob(q, 2, key_text(key));
	db_bind_i64(q, 3, date_now());
	db_bind_i64(q, 4, (int64_t)bytes.n);
	db_bind_blob(q, 5, is_packed(kind) ? strbuf_str(&packed) : bytes);
	db_step(q);
	strbuf_release(&packed);
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

	if (kind == KEPT_DIGEST)
		digest_cache_put(path, key, bytes);
	else if (kind == KEPT_CLONE)
		digest_cache_put_clone(path, key, bytes);
	else if (bytes.n <= LIMIT_KEPT_BYTES &&
		 !store_open(path, DB_WRITE, &unsaid, &s)) {
		insert(s, kind, key, bytes);
		kept_trim(s, LIMIT_KEPT_STORE_BYTES);
	}
	store_close(s);
	diag_release(&unsaid);
}
