/* Where objects are, and how they are put together. */
#include "history/odb.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/inflate.h"
#include "history/beneath.h"
#include "history/foreign.h"

/*
 * The pack is read through windows of WINDOW bytes that begin at multiples
 * of it; the overlap lets most entries lie in one window whole.
 */
#define WINDOW 4096
#define OVERLAP 4096
#define WINDOWS 256

struct window {
	const struct pack *pack; /* NULL: empty */
	uint64_t at;
	size_t n;
	char p[WINDOW + OVERLAP];
};

/* One delta on the way to a base. */
struct link {
	uint64_t offset;
	struct pack_entry entry;
};

struct odb_reader {
	struct odb *odb;
	struct inflate *z;
	struct cache *cache;
	struct foreign *foreign;   /* opened when it is needed */
	bool foreign_failed;       /* one of its packs was refused */
	size_t last_pack;          /* that had the object before */
	char *input, *delta;       /* buffers that grow */
	size_t input_cap, delta_cap;
	VEC(struct link) chain;
	struct window windows[WINDOWS];
};

/* ---- opening ----------------------------------------------------------- */

void odb_init(struct odb *o, size_t oid_bytes)
{
	*o = (struct odb){.oid_bytes = oid_bytes};
}

void odb_release(struct odb *o)
{
	for (size_t i = 0; i < o->packs.n; i++)
		pack_close(&o->packs.v[i]);
	for (size_t i = 0; i < o->folders.n; i++)
		close(o->folders.v[i].fd);
	vec_release(&o->packs);
	vec_release(&o->folders);
	vec_release(&o->foreign.list);
	arena_release(&o->arena);
}

static int compare_names(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* The names of all indexes of a folder, sorted, without ".idx". */
static enum err list_indexes(struct odb *o, int folder, struct strs *ret)
{
	int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = again < 0 ? NULL : fdopendir(again);
	struct dirent *entry = NULL;
	enum err e;

	if (!d) {
		if (again >= 0)
			close(again);
		return ERR_IO;
	}
	while (ret->list.n < LIMIT_PACKS && (errno = 0, entry = readdir(d))) {
		struct str name = str_c(entry->d_name);

		if (str_has_suffix(name, STR(".promisor")))
			o->has_promised = true;
		if (str_has_suffix(name, STR(".idx")))
			vec_push(&ret->list,
				 arena_dup(&o->arena,
					   str_head(name, name.n - 4)));
	}
	e = entry ? ERR_LIMIT : errno ? ERR_IO : OK;
	closedir(d);
	vec_sort(&ret->list, compare_names);
	return e;
}

static void add_problem(struct odb *o, struct odb_problems *ps,
			struct str folder, struct str name, enum err what)
{
	struct str path = arena_fmt(&o->arena, "%.*s/pack%s%.*s",
				    STR_ARG(folder), name.n ? "/" : "",
				    STR_ARG(name));

	vec_push(&ps->list, ((struct odb_problem){path, what}));
}

static void open_packs(struct odb *o, int folder, struct str path,
		       struct odb_problems *ret)
{
	struct strs names = {0};
	enum err e = list_indexes(o, folder, &names);

	if (e)
		add_problem(o, ret, path, STR(""), e);
	for (size_t i = 0; i < names.list.n; i++) {
		struct pack *p;

		if (o->packs.n >= LIMIT_PACKS) {
			add_problem(o, ret, path, STR(""), ERR_LIMIT);
			break;
		}
		p = vec_add(&o->packs);

		e = pack_open(p, folder, names.list.v[i], o->oid_bytes);
		if (!e)
			continue;
		o->packs.n--;
		if (e == ERR_UNSUPPORTED && o->oid_bytes == OID_SHA1_BYTES)
			vec_push(&o->foreign.list, arena_fmt(
				&o->arena, "%.*s/pack/%.*s.idx",
				STR_ARG(path), STR_ARG(names.list.v[i])));
		else
			add_problem(o, ret, path, names.list.v[i], e);
	}
	vec_release(&names.list);
}

enum err odb_add_folder(struct odb *o, int fd, struct str path,
			struct odb_problems *ret)
{
	int packs;
	enum err e = beneath_open_folder(fd, STR("pack"), &packs);

	vec_push(&o->folders,
		 ((struct odb_folder){fd, arena_dup(&o->arena, path)}));
	if (e)
		return e == ERR_NOTFOUND ? OK : e;
	open_packs(o, packs, path, ret);
	close(packs);
	return OK;
}

void odb_prepare(struct odb *o)
{
	for (size_t i = 0; i < o->packs.n; i++)
		pack_sort_offsets(&o->packs.v[i]);
}

struct odb_reader *odb_reader_new(struct odb *o, size_t cache)
{
	/* From calloc, so that windows cost nothing before they are used. */
	struct odb_reader *r = mem_new(1, sizeof *r);

	r->odb = o;
	r->z = inflate_new();
	r->cache = cache_new(cache);
	return r;
}

void odb_reader_free(struct odb_reader *r)
{
	if (!r)
		return;
	foreign_free(r->foreign);
	inflate_free(r->z);
	cache_free(r->cache);
	vec_release(&r->chain);
	free(r->input);
	free(r->delta);
	free(r);
}

/* ---- bytes of a pack --------------------------------------------------- */

static char *grown(char **buffer, size_t *cap, size_t need)
{
	if (need > *cap) {
		*cap = need > 2 * *cap ? need : 2 * *cap;
		free(*buffer);
		*buffer = mem_resize(NULL, *cap, 1);
	}
	return *buffer;
}

static bool read_at(struct odb_reader *r, const struct pack *p, char *to,
		    size_t n, uint64_t at)
{
	bool is_read = beneath_pread(p->fd, to, n, at);

	if (!is_read)
		r->odb->has_failed = true;
	return is_read;
}

/* At least `need` bytes from an offset on, or as many as the pack has. */
static enum err bytes_at(struct odb_reader *r, const struct pack *p,
			 uint64_t at, size_t need, struct str *ret)
{
	uint64_t start = at / WINDOW * WINDOW, left = p->end - at;
	struct window *w = &r->windows[at / WINDOW % WINDOWS];

	if (need > left)
		need = (size_t)left;
	if (at + need > start + WINDOW + OVERLAP) {
		char *to = grown(&r->input, &r->input_cap, need);

		*ret = str_n(to, need);
		return read_at(r, p, to, need, at) ? OK : ERR_IO;
	}
	if (w->pack != p || w->at != start) {
		w->pack = NULL;
		w->n = sizeof w->p;
		if (w->n > p->end - start)
			w->n = (size_t)(p->end - start);
		if (!read_at(r, p, w->p, w->n, start))
			return ERR_IO;
		w->pack = p;
		w->at = start;
	}
	*ret = str_sub(str_n(w->p, w->n), (size_t)(at - start), w->n);
	return OK;
}

/*
 * Inflates an entry.  A stream is hardly ever larger than what it holds, so
 * that much is asked for when it is not known where the entry ends.
 */
static enum err inflate_entry(struct odb_reader *r, const struct pack *p,
			      uint64_t offset, const struct pack_entry *e,
			      char *to)
{
	uint64_t need = e->header + e->size + e->size / 1000 + 64, most;
	struct str in;
	enum err rc;

	if (need > OVERLAP) {
		most = pack_entry_end(p, offset) - offset;
		need = need < most ? need : most;
	}
	rc = bytes_at(r, p, offset, (size_t)need, &in);
	if (rc)
		return rc;
	return inflate_exact(r->z, str_from(in, e->header), to, e->size);
}

static uint64_t key_of(struct odb_reader *r, const struct pack *p,
		       uint64_t offset)
{
	return odb_key((struct odb_spot){(uint32_t)(p - r->odb->packs.v),
					 offset});
}

static enum err parse_entry(struct odb_reader *r, const struct pack *p,
			    uint64_t offset, struct pack_entry *ret)
{
	struct str bytes;
	enum err e = bytes_at(r, p, offset, PACK_HEADER_BYTES, &bytes);

	if (!e)
		e = pack_entry_parse(p, offset, bytes, ret);
	if (!e && ret->type == PACK_REF_DELTA) {
		uint32_t place;

		ret->base = pack_find(p, &ret->base_id, &place)
				    ? pack_offset(p, place) : 0;
		if (!ret->base)
			e = ERR_FORMAT;
	}
	return e;
}

static bool is_delta(const struct pack_entry *e)
{
	return e->type == PACK_OFS_DELTA || e->type == PACK_REF_DELTA;
}

/* Reads an entry that is no delta and caches it. */
static enum err read_whole(struct odb_reader *r, const struct pack *p,
			   const struct link *at, size_t max,
			   struct object **ret)
{
	struct object *o;
	enum err e;

	if (at->entry.size > max)
		return ERR_LIMIT;
	o = cache_object(at->entry.type, (size_t)at->entry.size);
	e = inflate_entry(r, p, at->offset, &at->entry, o->p);
	if (e) {
		cache_drop(r->cache, o);
		return e;
	}
	cache_put(r->cache, o, key_of(r, p, at->offset));
	*ret = o;
	return OK;
}

/*
 * Follows deltas from an offset down to a base, which is a cached object or
 * an entry that is whole; the deltas passed are left in r->chain.
 */
static enum err find_base(struct odb_reader *r, const struct pack *p,
			  uint64_t offset, size_t max, struct object **ret)
{
	vec_clear(&r->chain);
	for (;;) {
		struct link at = {.offset = offset};
		enum err e;

		*ret = cache_get(r->cache, key_of(r, p, offset));
		if (*ret)
			return OK;
		e = parse_entry(r, p, offset, &at.entry);
		if (e)
			return e;
		if (!is_delta(&at.entry))
			return read_whole(r, p, &at, max, ret);
		if (r->chain.n >= LIMIT_DELTA_DEPTH || at.entry.size > max)
			return ERR_LIMIT;
		vec_push(&r->chain, at);
		offset = at.entry.base;
	}
}

/* Makes the object of a delta from its base; caches it. */
static enum err apply_link(struct odb_reader *r, const struct pack *p,
			   const struct link *at, const struct object *base,
			   size_t max, struct object **ret)
{
	char *bytes = grown(&r->delta, &r->delta_cap,
			    (size_t)at->entry.size + 1);
	struct str delta = str_n(bytes, (size_t)at->entry.size);
	uint64_t base_size, size;
	struct object *o;
	enum err e = inflate_entry(r, p, at->offset, &at->entry, bytes);

	if (!e)
		e = pack_delta_sizes(&delta, &base_size, &size);
	if (e)
		return e;
	if (base_size != base->n)
		return ERR_FORMAT;
	if (size > max)
		return ERR_LIMIT;
	o = cache_object(base->type, (size_t)size);
	e = pack_delta_apply(delta, str_n(base->p, base->n), o->p, o->n);
	if (e) {
		cache_drop(r->cache, o);
		return e;
	}
	cache_put(r->cache, o, key_of(r, p, at->offset));
	*ret = o;
	return OK;
}

static enum err read_entry(struct odb_reader *r, const struct pack *p,
			   uint64_t offset, size_t max, struct object **ret)
{
	struct object *o = NULL;
	uint64_t rebuilt = 0;
	enum err e = find_base(r, p, offset, max, &o);

	while (!e && r->chain.n) {
		struct object *next = NULL;

		e = apply_link(r, p, &r->chain.v[--r->chain.n], o, max,
			       &next);
		cache_drop(r->cache, o);
		o = next;
		if (o && (rebuilt += o->n) > LIMIT_DELTA_BYTES)
			e = ERR_LIMIT;
	}
	if (!e && o->n > max)
		e = ERR_LIMIT; /* it was cached for somebody else */
	if (e) {
		cache_drop(r->cache, o);
		o = NULL;
	}
	*ret = o;
	return e;
}

/* Keeps the error that says most: anything is more than "not found". */
static void note(enum err e, enum err *worst)
{
	if (e && (*worst == ERR_NOTFOUND || *worst == OK))
		*worst = e;
}

/* ---- loose objects ----------------------------------------------------- */

/* Takes "blob 123" and the NUL off the front of a loose object. */
static bool loose_header(struct str *bytes, enum pack_type *ret_type)
{
	static const struct { const char *name; enum pack_type type; } types[] =
		{{"commit", PACK_COMMIT}, {"tree", PACK_TREE},
		 {"blob", PACK_BLOB}, {"tag", PACK_TAG}};
	struct str header, type, size;
	uint64_t n;
	size_t end = str_find_ch(str_head(*bytes, 32), '\0');

	header = str_head(*bytes, end);
	if (end == SIZE_MAX || !str_cut(header, ' ', &type, &size) ||
	    !str_to_u64(size, &n) || n != bytes->n - end - 1)
		return false;
	*bytes = str_from(*bytes, end + 1);
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_is(type, types[i].name)) {
			*ret_type = types[i].type;
			return true;
		}
	return false;
}

static enum err parse_loose(struct odb_reader *r, struct str file, size_t max,
			    struct object **ret)
{
	char *out;
	size_t n;
	enum pack_type type;
	enum err e = inflate_all(r->z, file, max + 32, &out, &n);

	if (!e) {
		struct str bytes = str_n(out, n);

		if (!loose_header(&bytes, &type)) {
			e = ERR_FORMAT;
		} else if (bytes.n > max) {
			e = ERR_LIMIT;
		} else {
			*ret = cache_object(type, bytes.n);
			if (bytes.n)
				memcpy((*ret)->p, bytes.p, bytes.n);
		}
	}
	free(out);
	return e;
}

static enum err read_loose(struct odb_reader *r, const struct odb_folder *f,
			   const struct oid *id, size_t max,
			   struct object **ret)
{
	struct arena scratch = {0};
	struct str hex = oid_hex(id, r->odb->oid_bytes, &scratch);
	struct str file;
	enum err e = beneath_read(
		f->fd, arena_fmt(&scratch, "%.2s/%s", hex.p, hex.p + 2),
		max + max / 1000 + 64, &scratch, &file);

	if (e == ERR_IO)
		r->odb->has_failed = true;
	if (!e)
		e = parse_loose(r, file, max, ret);
	arena_release(&scratch);
	return e;
}

/* From the cache, or from the first folder that has it. */
static enum err find_loose(struct odb_reader *r, const struct oid *id,
			   size_t max, struct object **ret)
{
	uint64_t key = oid_word(id) | (uint64_t)1 << 63;
	enum err worst = ERR_NOTFOUND;
	struct object *o = cache_get(r->cache, key);
	bool is_taken = o != NULL;

	if (o && oid_eq(&o->id, id) && o->n <= max) {
		*ret = o;
		return OK;
	}
	cache_drop(r->cache, o);
	for (size_t i = 0; i < r->odb->folders.n; i++) {
		enum err e = read_loose(r, &r->odb->folders.v[i], id, max,
					ret);

		note(e, &worst);
		if (e)
			continue;
		(*ret)->id = *id;
		if (!is_taken)
			cache_put(r->cache, *ret, key);
		return OK;
	}
	return worst;
}

/* ---- everything together ----------------------------------------------- */

static enum err read_packed(struct odb_reader *r, const struct oid *id,
			    size_t max, struct object **ret)
{
	enum err worst = ERR_NOTFOUND;
	size_t n = r->odb->packs.n;

	for (size_t i = 0; i < n; i++) {
		size_t at = (r->last_pack + i) % n;
		const struct pack *p = &r->odb->packs.v[at];
		uint32_t place;
		uint64_t offset;
		enum err e;

		if (!pack_find(p, id, &place))
			continue;
		offset = pack_offset(p, place);
		e = offset ? read_entry(r, p, offset, max, ret) : ERR_FORMAT;
		if (!e) {
			r->last_pack = at;
			return OK;
		}
		note(e, &worst);
	}
	return worst;
}

static enum err read_foreign(struct odb_reader *r, const struct oid *id,
			     size_t max, struct object **ret)
{
	const struct strs *paths = &r->odb->foreign;

	enum err e;

	if (!r->foreign) {
		r->foreign = foreign_new();
		for (size_t i = 0; i < paths->list.n; i++)
			r->foreign_failed |= !foreign_add(r->foreign,
							  paths->list.v[i]);
	}
	e = foreign_read(r->foreign, id, max, ret);
	return e == ERR_NOTFOUND && r->foreign_failed ? ERR_FORMAT : e;
}

enum err odb_read(struct odb_reader *r, const struct oid *id, size_t max,
		  struct object **ret)
{
	enum err worst, e;

	*ret = NULL;
	worst = read_packed(r, id, max, ret);
	if (worst) {
		e = find_loose(r, id, max, ret);
		if (!e)
			return OK;
		note(e, &worst);
	}
	if (worst && r->odb->foreign.list.n) {
		e = read_foreign(r, id, max, ret);
		if (!e)
			return OK;
		note(e, &worst);
	}
	if (worst)
		r->odb->has_lacked = true;
	return worst;
}

enum err odb_read_commit_at(struct odb_reader *r, const struct pack *p,
			    uint64_t offset, unsigned deltas,
			    struct object **ret)
{
	uint64_t at = offset;
	struct pack_entry entry;

	for (unsigned i = 0; i <= deltas; i++) {
		enum err e = parse_entry(r, p, at, &entry);

		if (e)
			return e;
		if (!is_delta(&entry))
			return entry.type != PACK_COMMIT
				       ? ERR_UNSUPPORTED
				       : read_entry(r, p, offset,
						    LIMIT_COMMIT_BYTES, ret);
		at = entry.base;
	}
	return ERR_UNSUPPORTED;
}

struct odb_spot odb_find(const struct odb *o, const struct oid *id,
			 uint32_t *hint)
{
	uint32_t n = (uint32_t)o->packs.n;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t at = (*hint + i) % n, place;
		uint64_t offset;

		if (!pack_find(&o->packs.v[at], id, &place))
			continue;
		offset = pack_offset(&o->packs.v[at], place);
		if (!offset)
			continue;
		*hint = at;
		return (struct odb_spot){at, offset};
	}
	return (struct odb_spot){UINT32_MAX, 0};
}

enum err odb_read_spot(struct odb_reader *r, const struct oid *id,
		       struct odb_spot spot, size_t max, struct object **ret)
{
	if (spot.pack != UINT32_MAX &&
	    !read_entry(r, &r->odb->packs.v[spot.pack], spot.offset, max,
			ret))
		return OK;
	return odb_read(r, id, max, ret); /* another copy, or the error */
}

enum err odb_read_key(struct odb_reader *r, uint64_t key, size_t max,
		      struct object **ret)
{
	const struct pack *p = &r->odb->packs.v[key >> 48];
	uint64_t offset = key & (((uint64_t)1 << 48) - 1);
	enum err e = read_entry(r, p, offset, max, ret), again;
	struct oid id;

	if (e)
		r->odb->has_lacked = true;
	if (!e || e == ERR_LIMIT || !pack_id_at(p, offset, &id))
		return e;
	again = odb_read(r, &id, max, ret); /* another copy, perhaps */
	return again == ERR_NOTFOUND ? e : again;
}

/* The size stands before the entry, or at the start of a delta. */
static enum err entry_size(struct odb_reader *r, const struct pack *p,
			   uint64_t offset, uint64_t *ret)
{
	struct pack_entry entry;
	struct str delta;
	uint64_t base;
	char *bytes;
	enum err e = parse_entry(r, p, offset, &entry);

	if (e || !is_delta(&entry)) {
		*ret = e ? 0 : entry.size;
		return e;
	}
	if (entry.size > LIMIT_BLOB_BYTES)
		return ERR_LIMIT;
	bytes = grown(&r->delta, &r->delta_cap, (size_t)entry.size + 1);
	e = inflate_entry(r, p, offset, &entry, bytes);
	delta = str_n(bytes, (size_t)entry.size);
	return e ? e : pack_delta_sizes(&delta, &base, ret);
}

enum err odb_size(struct odb_reader *r, const struct oid *id, uint64_t *ret)
{
	struct object *o;
	enum err e;

	for (size_t i = 0; i < r->odb->packs.n; i++) {
		const struct pack *p = &r->odb->packs.v[i];
		uint32_t place;

		if (pack_find(p, id, &place) && pack_offset(p, place) &&
		    !entry_size(r, p, pack_offset(p, place), ret))
			return OK;
	}
	e = odb_read(r, id, LIMIT_BLOB_BYTES, &o);
	*ret = e ? 0 : o->n;
	odb_drop(r, o);
	return e;
}

void odb_drop(struct odb_reader *r, struct object *o)
{
	cache_drop(r->cache, o);
}

/* ---- abbreviated names ------------------------------------------------- */

struct prefix {
	const struct oid *oid;
	size_t digits, bytes;
	unsigned found;
	struct oid *ret;
};

static bool has_prefix(const struct prefix *p, const struct oid *o)
{
	size_t whole = p->digits / 2;

	return !memcmp(o->b, p->oid->b, whole) &&
	       (p->digits % 2 == 0 ||
		o->b[whole] >> 4 == p->oid->b[whole] >> 4);
}

static void prefix_found(struct prefix *p, const struct oid *o)
{
	if (p->found < 2 && !(p->found && oid_eq(o, p->ret))) {
		p->found++;
		*p->ret = *o;
	}
}

static void prefix_in_pack(struct prefix *p, const struct pack *pack)
{
	for (uint32_t i = pack_lower_bound(pack, p->oid);
	     i < pack->n && p->found < 2; i++) {
		struct oid o = pack_id(pack, i);

		if (!has_prefix(p, &o))
			return;
		prefix_found(p, &o);
	}
}

static void prefix_in_folder(struct prefix *p, int folder)
{
	struct arena scratch = {0};
	struct str first = oid_hex(p->oid, 1, &scratch);
	struct dirent *entry;
	int fd;
	DIR *d = NULL;

	if (!beneath_open_folder(folder, first, &fd)) {
		d = fdopendir(fd);
		if (!d)
			close(fd);
	}
	while (d && p->found < 2 && (entry = readdir(d))) {
		struct oid o;

		if (oid_parse(arena_fmt(&scratch, "%.*s%s", STR_ARG(first),
					entry->d_name), p->bytes, &o) &&
		    has_prefix(p, &o))
			prefix_found(p, &o);
	}
	if (d)
		closedir(d);
	arena_release(&scratch);
}

unsigned odb_find_prefix(struct odb_reader *r, const struct oid *prefix,
			 size_t digits, struct oid *ret)
{
	struct prefix p = {.oid = prefix, .digits = digits, .ret = ret,
			   .bytes = r->odb->oid_bytes};

	for (size_t i = 0; i < r->odb->packs.n; i++)
		prefix_in_pack(&p, &r->odb->packs.v[i]);
	for (size_t i = 0; i < r->odb->folders.n; i++)
		prefix_in_folder(&p, r->odb->folders.v[i].fd);
	return p.found;
}
