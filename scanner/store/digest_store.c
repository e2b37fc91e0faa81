/* Digests by the address of their repository. */
#include "store/digest_store.h"

#include "base/date.h"
#include "base/fs.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "model/address.h"
#include "store/answer.h"
#include "store/bundle.h"
#include "store/digest_cache.h"

#define FOLDER "seed/digests/"

/* --- adding --------------------------------------------------------------- */

static enum err parse(struct scan *s, struct str bytes, struct str path)
{
	struct digest d;
	struct str text, canonical;
	enum err e;

	if (utf8_decode(&s->arena, bytes, &text)) {
		diag_add(&s->diags, RW1803, diag_at(path),
			 "neither UTF-8 nor UTF-16");
		return ERR_FORMAT;
	}
	e = digest_parse(text, path, &s->arena, &s->diags, &d);
	if (e)
		return e;
	if (digest_is_part(&d)) {
		diag_add(&s->diags, RW1803, diag_at(path),
			 "counts only a part of the history");
		digest_release(&d);
		return ERR_FORMAT;
	}
	canonical = component_repository_url(d.repository, &s->arena);
	if (canonical.n)
		d.repository = canonical;
	vec_push(&s->digests, d);
	return OK;
}

static enum err add_file(struct scan *s, const char *path)
{
	struct arena scratch = {0};
	struct str bytes;
	enum err e = fs_read(path, LIMIT_DIGEST_BYTES, &scratch, &s->diags,
			     &bytes);

	if (!e)
		e = parse(s, bytes, str_c(path));
	arena_release(&scratch);
	return e;
}

static enum err add_entry(struct scan *s, const struct fs_root *root,
			  struct str path)
{
	struct arena scratch = {0};
	struct str bytes;
	enum err e = fs_root_read(root, path, LIMIT_DIGEST_BYTES, &scratch,
				  &s->diags, &bytes);

	if (!e)
		e = parse(s, bytes, arena_fmt(&s->arena, "%.*s/%.*s",
					      STR_ARG(root->name),
					      STR_ARG(path)));
	arena_release(&scratch);
	return e;
}

static enum err add_folder(struct scan *s, const char *path)
{
	struct fs_entries entries = {0};
	struct arena scratch = {0};
	struct fs_root root;
	enum err e = fs_root_open(&root, path), first;
	size_t found = 0;

	if (e) {
		diag_add(&s->diags, RW1002, diag_at(str_c(path)),
			 "the folder cannot be opened");
		return e;
	}
	first = fs_root_list(&root, &scratch, &s->diags, &entries);
	for (size_t i = 0; i < entries.list.n; i++) {
		struct str name = entries.list.v[i].path;

		if (!str_has_suffix(name, STR(".json")) ||
		    str_find_ch(name, '/') != SIZE_MAX)
			continue;
		found++;
		e = add_entry(s, &root, name);
		if (e && !first)
			first = e;
	}
	if (!found && !first)
		diag_add(&s->diags, RW1007, diag_at(str_c(path)),
			 "no digest (*.json) is in this folder");
	vec_release(&entries.list);
	fs_root_close(&root);
	arena_release(&scratch);
	return first;
}

enum err digest_store_add(struct scan *s, const char *path)
{
	return fs_kind(path) == FS_DIR ? add_folder(s, path)
				       : add_file(s, path);
}

/* --- finding -------------------------------------------------------------- */

static struct str key_of(struct digest_store *d, struct str repository)
{
	return address_key(d->scan->facts, d->scan->as_of, repository,
			   &d->arena);
}

/* Puts digest i behind those of its key. */
static void link_last(struct digest_store *d, size_t i, size_t *first)
{
	size_t *at = first;

	while (*at != SIZE_MAX)
		at = &d->next.v[*at];
	*at = i;
}

void digest_store_open(struct digest_store *d, struct scan *s)
{
	*d = (struct digest_store){.scan = s};
	for (size_t i = 0; i < s->digests.n; i++)
		vec_push(&d->next, SIZE_MAX);
	/* From the last on, each before those of its key: in order, and
	 * linear however many share one. */
	for (size_t i = s->digests.n; i-- > 0;) {
		struct str address = component_repository_url(
			s->digests.v[i].repository, &d->arena);
		size_t *first;

		/* what one product builds of it says nothing of others */
		if (!address.n || digest_is_part(&s->digests.v[i]))
			continue;
		first = map_put(&d->by_key, key_of(d, address), SIZE_MAX,
				NULL);
		d->next.v[i] = *first;
		*first = i;
	}
}

void digest_store_close(struct digest_store *d)
{
	map_release(&d->by_key);
	map_release(&d->tried);
	map_release(&d->asked);
	vec_release(&d->next);
	arena_release(&d->arena);
}

/* The name under which the digest of a key is bundled. */
static struct str bundled_name(struct digest_store *d, struct str key)
{
	char *name = arena_cstr(&d->arena, arena_lower(&d->arena, key));

	for (size_t i = 0; i < key.n; i++)
		if (name[i] == '/')
			name[i] = '-';
	return arena_fmt(&d->arena, FOLDER "%.*s.json", (int)key.n, name);
}

/* Loads the bundled digest of a key; SIZE_MAX if there is none. */
static size_t load_bundled(struct digest_store *d, struct str key)
{
	struct scan *s = d->scan;
	struct str name = bundled_name(d, key);
	const struct bundle_file *f = bundle_find(name.p);
	struct digest *made;

	if (!f || parse(s, str_n((const char *)f->data, f->size),
			arena_dup(&s->arena, name)))
		return SIZE_MAX;
	made = &s->digests.v[s->digests.n - 1];
	if (!str_eq(key_of(d, made->repository), key)) {
		digest_release(made); /* another one of the same file name */
		s->digests.n--;
		return SIZE_MAX;
	}
	made->is_bundled = true;
	vec_push(&d->next, SIZE_MAX);
	return s->digests.n - 1;
}

/* When the references of a repository were fetched last. */
static int32_t day_fetched(struct digest_store *d, struct str address)
{
	int64_t time = answer_time(d->scan->store, STR("git"), address);

	return time ? date_of_seconds(time) : DATE_MIN;
}

/* Loads that of the clone of an address; SIZE_MAX if there is none. */
static size_t load_clone(struct digest_store *d, struct str address)
{
	struct scan *s = d->scan;
	struct digest made;
	bool is_new;

	address = component_repository_url(address, &d->arena);
	if (!s->store || !address.n)
		return SIZE_MAX;
	/* a clone is as old as the last time its server was asked */
	if (s->store->oldest && day_fetched(d, address) == DATE_MIN)
		return SIZE_MAX;
	map_put(&d->asked, address, 0, &is_new);
	if (!is_new || !digest_cache_find_clone(s->store, address, &s->arena,
						&made))
		return SIZE_MAX;
	digest_cache_tell(&made, address, &s->diags);
	made.is_clone = true;
	made.fetched = day_fetched(d, address);
	vec_push(&s->digests, made);
	vec_push(&d->next, SIZE_MAX);
	return s->digests.n - 1;
}

static size_t with_commit(const struct digest_store *d, size_t i,
			  struct str commit)
{
	while (i != SIZE_MAX && !str_eq(d->scan->digests.v[i].head, commit))
		i = d->next.v[i];
	return i;
}

size_t digest_store_find(struct digest_store *d, struct str repository,
			 struct str commit)
{
	struct str key = key_of(d, repository);
	size_t *first, found;
	bool is_new;

	if (!key.n)
		return SIZE_MAX;
	first = map_put(&d->by_key, key, SIZE_MAX, NULL);
	found = with_commit(d, *first, commit);
	if (found != SIZE_MAX)
		return found;
	found = load_clone(d, repository);
	if (found != SIZE_MAX) {
		link_last(d, found, first);
		found = with_commit(d, found, commit);
	}
	if (found != SIZE_MAX)
		return found;
	map_put(&d->tried, key, 0, &is_new);
	found = is_new ? load_bundled(d, key) : SIZE_MAX;
	if (found == SIZE_MAX)
		return *first;
	link_last(d, found, first);
	found = with_commit(d, *first, commit);
	return found != SIZE_MAX ? found : *first;
}
