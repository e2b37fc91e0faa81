/* Digests in the store: as they are published, compressed. */
#include "store/digest_cache.h"

#include <string.h>

#include "base/archive_in.h"
#include "base/date.h"
#include "base/limits.h"

static struct str key_text(const unsigned char *key)
{
	return str_n((const char *)key, SHA256_BYTES);
}

/* Its text, as if nobody knew any organisation. */
static void write(const struct digest *d, const struct diags *told,
		  struct strbuf *to)
{
	struct digest_names names = {0};

	for (size_t i = 0; i < d->hosts.n; i++)
		vec_push(&names.hosts, ((struct digest_name){0}));
	digest_write(d, &names, told, to);
	vec_release(&names.hosts);
}

static bool unpack(struct str packed, struct str name, struct arena *a,
		   struct digest *ret)
{
	struct diags unsaid = {0};
	struct strbuf b;
	bool is_sound;

	strbuf_init(&b, 0);
	is_sound = !archive_gunzip(packed, LIMIT_DIGEST_BYTES, name, &unsaid,
				   &b) &&
		   !digest_parse(arena_dup(a, strbuf_str(&b)), name, a,
				 &unsaid, ret);
	strbuf_release(&b);
	diag_release(&unsaid);
	return is_sound;
}

bool digest_cache_find(struct store *s, const unsigned char key[SHA256_BYTES],
		       struct arena *a, struct digest *ret)
{
	struct db_query *q = db_query(s->db,
		"SELECT body, repository FROM digest WHERE key = ?");
	bool is_there;

	db_bind_blob(q, 1, key_text(key));
	is_there = db_row(q) && unpack(db_text(q, 0), db_text(q, 1), a, ret);
	db_reset(q);
	if (db_error(s->db))
		db_clear(s->db);
	return is_there;
}

static void insert(struct store *s, const unsigned char *key,
		   const struct digest *d, struct str text)
{
	struct strbuf packed;
	struct db_query *q;

	strbuf_init(&packed, 0);
	archive_gzip(text, &packed);
	q = db_query(s->db,
		     "INSERT OR REPLACE INTO digest VALUES(?, ?, ?, ?, ?, ?)");
	db_bind_blob(q, 1, key_text(key));
	db_bind_text(q, 2, d->repository);
	db_bind_text(q, 3, d->head);
	db_bind_i64(q, 4, date_now());
	db_bind_i64(q, 5, (int64_t)text.n);
	db_bind_blob(q, 6, strbuf_str(&packed));
	db_step(q);
	strbuf_release(&packed);
}

/* Is nothing lost on the way through the text? */
static bool is_faithful(const struct digest *d, struct str text)
{
	struct diags told = {0};
	struct strbuf b;
	bool is_same;

	strbuf_init(&b, 0);
	digest_cache_tell(d, STR(""), &told);
	write(d, &told, &b);
	is_same = str_eq(strbuf_str(&b), text);
	strbuf_release(&b);
	diag_release(&told);
	return is_same;
}

void digest_cache_tell(const struct digest *d, struct str path,
		       struct diags *ds)
{
	for (size_t i = 0; i < d->told.n; i++)
		diag_add(ds, d->told.v[i].code, diag_at(path), "%.*s",
			 STR_ARG(d->told.v[i].message));
}

bool digest_cache_text(const struct digest *d, const struct diags *told,
		       struct strbuf *to)
{
	write(d, told, to);
	return !d->incomplete && !to->full;
}

void digest_cache_clone_key(struct str address,
			    unsigned char ret_key[SHA256_BYTES])
{
	struct strbuf b;

	strbuf_init(&b, 0);
	strbuf_fmt(&b, "clone\n%.*s", STR_ARG(address));
	sha256_of(strbuf_str(&b), ret_key);
	strbuf_release(&b);
}

static bool is_key_of_clone(const unsigned char *key, const struct digest *d)
{
	unsigned char of_clone[SHA256_BYTES];

	digest_cache_clone_key(d->repository, of_clone);
	return !memcmp(key, of_clone, sizeof of_clone);
}

static void put(const char *path, const unsigned char *key, struct str text,
		bool is_clone)
{
	struct diags unsaid = {0};
	struct arena a = {0};
	struct store *s = NULL;
	struct digest d;

	if (text.n <= LIMIT_DIGEST_BYTES &&
	    !digest_parse(text, STR(""), &a, &unsaid, &d)) {
		if ((is_clone || !d.incomplete) &&
		    is_key_of_clone(key, &d) == is_clone &&
		    is_faithful(&d, text) &&
		    !store_open(path, DB_WRITE, &unsaid, &s))
			insert(s, key, &d, text);
		digest_release(&d);
	}
	store_close(s);
	arena_release(&a);
	diag_release(&unsaid);
}

void digest_cache_put(const char *path,
		      const unsigned char key[SHA256_BYTES], struct str text)
{
	put(path, key, text, false);
}

void digest_cache_put_clone(const char *path,
			    const unsigned char key[SHA256_BYTES],
			    struct str text)
{
	put(path, key, text, true);
}

bool digest_cache_find_clone(struct store *s, struct str address,
			     struct arena *a, struct digest *ret)
{
	unsigned char key[SHA256_BYTES];

	digest_cache_clone_key(address, key);
	if (!digest_cache_find(s, key, a, ret))
		return false;
	if (str_eq(ret->repository, address))
		return true;
	digest_release(ret);
	return false;
}
