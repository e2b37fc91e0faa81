/* Folders of a known form: nothing is removed by walking into it. */
#include "feeds/git_clones.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/limits.h"
#include "base/sha256.h"

#define PACKS "/objects/pack"
#define MOST_PACKS 60
#define NOTE "ranwhence" /* a file that git knows nothing of */
#define NOTE_BYTES 200

static const char *const folders[] = {"", "/objects", PACKS, "/refs"};
static const char *const files[] = {"HEAD", "config", "packed-refs", NOTE};
#define COUNT(a) (sizeof(a) / sizeof *(a))

const char *git_clones_folder(struct str store, struct arena *a)
{
	return arena_fmt(a, "%.*s.clones", STR_ARG(store)).p;
}

void git_clones_find(const char *folder, struct str address, struct arena *a,
		     struct git_clone *ret)
{
	unsigned char digest[SHA256_BYTES];
	struct strbuf hex;

	strbuf_init(&hex, 0);
	sha256_of(address, digest);
	sha256_hex(&hex, digest, 16);
	*ret = (struct git_clone){
		.address = arena_dup(a, address),
		.name = arena_dup(a, strbuf_str(&hex)),
		.path = arena_fmt(a, "%s/%s.git", folder, hex.p).p,
		.next = arena_fmt(a, "%s/%s.next", folder, hex.p).p,
		.old = arena_fmt(a, "%s/%s.old", folder, hex.p).p};
	strbuf_release(&hex);
}

void git_clones_refs(const struct git_clone *c, struct arena *a,
		     struct git_refs *ret)
{
	const char *path = arena_fmt(a, "%s/packed-refs", c->path).p;
	struct diags unsaid = {0};
	struct str text = STR("");

	if (fs_kind(path) == FS_FILE &&
	    fs_read(path, LIMIT_REFS_BYTES, a, &unsaid, &text))
		text = STR("");
	git_wire_read(text, a, ret);
	diag_release(&unsaid);
}

struct str git_clones_note(const struct git_clone *c, struct arena *a)
{
	const char *path = arena_fmt(a, "%s/" NOTE, c->path).p;
	struct diags unsaid = {0};
	struct str text = STR("");

	if (fs_kind(path) == FS_FILE &&
	    fs_read(path, NOTE_BYTES, a, &unsaid, &text))
		text = STR("");
	diag_release(&unsaid);
	return str_trim(text);
}

/* --- packs ---------------------------------------------------------------- */

/* Calls with each file in the folder of packs; how many. */
static size_t each_pack(const char *clone,
			bool (*take)(void *with, int folder, const char *name),
			void *with, bool *ret_done)
{
	struct arena a = {0};
	DIR *d = opendir(arena_fmt(&a, "%s" PACKS, clone).p);
	struct dirent *e;
	size_t n = 0;

	arena_release(&a);
	*ret_done = true;
	while (d && (e = readdir(d))) {
		if (e->d_name[0] == '.')
			continue;
		n++;
		if (take && !take(with, dirfd(d), e->d_name))
			*ret_done = false;
	}
	if (d)
		closedir(d);
	return n;
}

static bool remove_pack(void *with, int folder, const char *name)
{
	(void)with;
	return !unlinkat(folder, name, 0);
}

static bool link_pack(void *with, int folder, const char *name)
{
	const int *to = with;

	return !linkat(folder, name, *to, name, 0);
}

static bool add_size(void *with, int folder, const char *name)
{
	uint64_t *sum = with;
	struct stat st;

	if (!fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW))
		*sum += (uint64_t)st.st_size;
	return true;
}

bool git_clones_is_scattered(const struct git_clone *c)
{
	bool done;

	return each_pack(c->path, NULL, NULL, &done) > 2 * MOST_PACKS;
}

/* --- a clone -------------------------------------------------------------- */

static bool remove_clone(const char *path)
{
	struct arena a = {0};
	bool done;

	each_pack(path, remove_pack, NULL, &done);
	fs_drop_temporaries(path, true);
	for (size_t i = 0; i < COUNT(files); i++)
		unlink(arena_fmt(&a, "%s/%s", path, files[i]).p);
	for (size_t i = COUNT(folders); i-- > 0;)
		if (rmdir(arena_fmt(&a, "%s%s", path, folders[i]).p) &&
		    errno != ENOENT)
			done = false;
	arena_release(&a);
	return done;
}

void git_clones_drop(const struct git_clone *c)
{
	remove_clone(c->next);
	remove_clone(c->old);
}

static enum err write_file(const char *clone, const char *name,
			   struct str text)
{
	struct arena a = {0};
	const char *path = arena_fmt(&a, "%s/%s", clone, name).p;
	struct diags unsaid = {0};
	enum err e = fs_write(path, text, &unsaid);

	diag_release(&unsaid);
	arena_release(&a);
	return e;
}

/* The address is one of ours: it has nothing that a value must quote. */
static enum err write_files(const struct git_clone *c,
			    const struct git_clones_next *n)
{
	struct strbuf b;
	enum err e;

	strbuf_init(&b, 0);
	git_wire_write(n->refs, &b);
	e = write_file(c->next, "packed-refs", strbuf_str(&b));
	strbuf_clear(&b);
	strbuf_fmt(&b, "ref: %.*s\n", STR_ARG(n->refs->head));
	if (!e)
		e = write_file(c->next, "HEAD", strbuf_str(&b));
	strbuf_clear(&b);
	strbuf_fmt(&b, "[core]\n\trepositoryformatversion = 0\n\tbare = true\n"
		   "[remote \"origin\"]\n\turl = %.*s\n", STR_ARG(c->address));
	if (!e)
		e = write_file(c->next, "config", strbuf_str(&b));
	strbuf_clear(&b);
	strbuf_fmt(&b, "%.*s\n", STR_ARG(n->note));
	if (!e && n->note.n)
		e = write_file(c->next, NOTE, strbuf_str(&b));
	strbuf_release(&b);
	return e;
}

static enum err link_packs(const struct git_clone *c)
{
	struct arena a = {0};
	int to = open(arena_fmt(&a, "%s" PACKS, c->next).p,
		      O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool done;

	each_pack(c->path, link_pack, &to, &done);
	if (to >= 0)
		close(to);
	arena_release(&a);
	return done ? OK : ERR_IO;
}

enum err git_clones_begin(const struct git_clone *c,
			  const struct git_clones_next *n)
{
	struct arena a = {0};
	bool is_made = remove_clone(c->next);

	for (size_t i = 0; is_made && i < COUNT(folders); i++)
		is_made = !mkdir(arena_fmt(&a, "%s%s", c->next, folders[i]).p,
				 0700);
	arena_release(&a);
	if (!is_made || write_files(c, n))
		return ERR_IO;
	return n->is_anew ? OK : link_packs(c);
}

enum err git_clones_settle(const struct git_clone *c)
{
	/* killed in between, it is gone and comes anew: never half */
	if (!remove_clone(c->old) ||
	    (rename(c->path, c->old) && errno != ENOENT) ||
	    rename(c->next, c->path))
		return ERR_IO;
	remove_clone(c->old);
	return OK;
}

/* --- all of them ---------------------------------------------------------- */

struct found {
	const char *path;
	struct timespec touched;
	uint64_t bytes;
};
struct all { struct arena arena; VEC(struct found) list; };

static int by_time(const void *va, const void *vb)
{
	const struct found *a = va, *b = vb;

	if (a->touched.tv_sec != b->touched.tv_sec)
		return a->touched.tv_sec < b->touched.tv_sec ? -1 : 1;
	if (a->touched.tv_nsec != b->touched.tv_nsec)
		return a->touched.tv_nsec < b->touched.tv_nsec ? -1 : 1;
	return strcmp(a->path, b->path);
}

static bool is_half(struct str name)
{
	return str_has_suffix(name, STR(".next")) ||
	       str_has_suffix(name, STR(".old"));
}

static void list_all(const char *folder, struct all *ret)
{
	DIR *d = opendir(folder);
	struct dirent *e;
	struct stat st;

	while (d && (e = readdir(d))) {
		struct str name = str_c(e->d_name);
		struct found f = {.path = arena_fmt(&ret->arena, "%s/%s",
						    folder, e->d_name).p};
		bool done;

		if (name.n < 32 || lstat(f.path, &st) || !S_ISDIR(st.st_mode))
			continue;
		each_pack(f.path, add_size, &f.bytes, &done);
		if (str_has_suffix(name, STR(".git")))
			f.touched = st.st_mtim;
		else if (!is_half(name))
			continue;
		vec_push(&ret->list, f);
	}
	if (d)
		closedir(d);
}

/* First under a name that never counts. */
static void put_away(const char *path)
{
	struct arena a = {0};
	struct str name = str_c(path);
	const char *old = path;

	if (str_has_suffix(name, STR(".git"))) {
		old = arena_fmt(&a, "%.*s.old",
				STR_ARG(str_head(name, name.n - 4))).p;
		if (!remove_clone(old) || rename(path, old))
			old = path;
	}
	remove_clone(old);
	arena_release(&a);
}

uint64_t git_clones_bytes(const char *folder)
{
	struct all all = {0};
	uint64_t sum = 0;

	list_all(folder, &all);
	for (size_t i = 0; i < all.list.n; i++)
		sum += all.list.v[i].bytes;
	vec_release(&all.list);
	arena_release(&all.arena);
	return sum;
}

uint64_t git_clones_clean(const char *folder, uint64_t most)
{
	struct all all = {0};
	uint64_t sum = 0, gone = 0;

	list_all(folder, &all);
	for (size_t i = 0; i < all.list.n; i++)
		sum += all.list.v[i].bytes;
	vec_sort(&all.list, by_time);
	for (size_t i = 0; i < all.list.n; i++) {
		const struct found *f = &all.list.v[i];

		if (!is_half(str_c(f->path)) && sum <= most)
			continue;
		put_away(f->path);
		sum -= f->bytes;
		gone += f->bytes;
	}
	vec_release(&all.list);
	arena_release(&all.arena);
	return gone;
}
