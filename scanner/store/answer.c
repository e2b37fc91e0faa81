/* Answers, with their bodies compressed. */
#include "store/answer.h"

#include "base/archive_in.h"
#include "base/limits.h"

#include <string.h>

enum err answer_put(struct store *s, struct str feed, struct str key,
		    const struct answer *a)
{
	unsigned char digest[SHA256_BYTES];
	struct strbuf body;
	struct db_query *q;

	if (a->body.n > LIMIT_ANSWER_BYTES)
		return ERR_LIMIT;
	strbuf_init(&body, 0);
	archive_gzip(a->body, &body);
	sha256_of(a->body, digest);
	q = db_query(s->db,
		"INSERT OR REPLACE INTO answer(feed, key, url, time, status,"
		" etag, last_modified, sha256, size, body, next)"
		" VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
	db_bind_text(q, 1, feed);
	db_bind_text(q, 2, key);
	db_bind_text(q, 3, a->url);
	db_bind_i64(q, 4, a->time);
	db_bind_i64(q, 5, a->status);
	db_bind_text(q, 6, a->etag);
	db_bind_text(q, 7, a->last_modified);
	db_bind_blob(q, 8, str_n((const char *)digest, sizeof digest));
	db_bind_i64(q, 9, (int64_t)a->body.n);
	db_bind_blob(q, 10, strbuf_str(&body));
	db_bind_text(q, 11, a->next);
	db_step(q);
	strbuf_release(&body);
	return store_settle(s);
}

/* The body as it came; false when it is not that any more. */
static bool read_body(struct store *s, struct str packed, struct str sha256,
		      struct arena *arena, struct answer *to)
{
	struct strbuf body;
	bool is_right;

	strbuf_init(&body, 0);
	is_right = !archive_gunzip(packed, LIMIT_ANSWER_BYTES, s->path,
				   s->diags, &body);
	to->body = arena_dup(arena, strbuf_str(&body));
	strbuf_release(&body);
	sha256_of(to->body, to->sha256);
	return is_right && str_eq(sha256, str_n((const char *)to->sha256,
						sizeof to->sha256));
}

enum err answer_get(struct store *s, struct str feed, struct str key,
		    struct arena *arena, struct answer *ret)
{
	struct db_query *q = db_query(s->db,
		"SELECT url, time, status, etag, last_modified, sha256, body,"
		" next FROM answer WHERE feed = ? AND key = ?");
	bool is_right;

	*ret = (struct answer){0};
	db_bind_text(q, 1, feed);
	db_bind_text(q, 2, key);
	if (!db_row(q))
		return db_error(s->db) ? store_settle(s) : ERR_NOTFOUND;
	ret->url = arena_dup(arena, db_text(q, 0));
	ret->time = db_i64(q, 1);
	ret->status = db_i64(q, 2);
	ret->etag = arena_dup(arena, db_text(q, 3));
	ret->last_modified = arena_dup(arena, db_text(q, 4));
	ret->next = arena_dup(arena, db_text(q, 7));
	is_right = read_body(s, db_text(q, 6), db_text(q, 5), arena, ret);
	db_reset(q);
	if (is_right)
		return OK;
	diag_add(s->diags, RW1820, diag_at(s->path),
		 "an answer of %.*s is not what was kept", STR_ARG(feed));
	return ERR_NOTFOUND;
}

enum err answer_list(struct store *s, struct str feed, struct arena *arena,
		     struct answer_keys *ret)
{
	struct db_query *q = db_query(s->db,
		"SELECT key FROM answer WHERE feed = ? ORDER BY key");

	*ret = (struct answer_keys){0};
	db_bind_text(q, 1, feed);
	while (db_row(q))
		vec_push(&ret->list, arena_dup(arena, db_text(q, 0)));
	return store_settle(s);
}

int64_t answer_time(struct store *s, struct str feed, struct str key)
{
	struct db_query *q = db_query(s->db,
		"SELECT time FROM answer WHERE feed = ? AND key = ?");
	int64_t time;

	db_bind_text(q, 1, feed);
	db_bind_text(q, 2, key);
	time = db_row(q) ? db_i64(q, 0) : 0;
	db_reset(q);
	return store_settle(s) ? 0 : time;
}

enum err answer_renew(struct store *s, struct str feed, struct str key,
		      int64_t time)
{
	struct db_query *q = db_query(s->db,
		"UPDATE answer SET time = ? WHERE feed = ? AND key = ?");

	db_bind_i64(q, 1, time);
	db_bind_text(q, 2, feed);
	db_bind_text(q, 3, key);
	db_step(q);
	return store_settle(s);
}

enum err answer_drop(struct store *s, struct str feed, struct str prefix,
		     int64_t before)
{
	struct db_query *q = db_query(s->db,
		"DELETE FROM answer WHERE feed = ?1 AND time < ?3 AND"
		" substr(key, 1, length(?2)) = ?2");

	db_bind_text(q, 1, feed);
	db_bind_text(q, 2, prefix);
	db_bind_i64(q, 3, before);
	db_step(q);
	return store_settle(s);
}
