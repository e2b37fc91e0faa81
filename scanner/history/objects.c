/*
 * Which objects a repository has at hand, by the files that they are in.
 * What is missing today may be there tomorrow, and a damaged file mended: a
 * digest of which something could not be read is good for one state only.  A
 * file that was put back with its size and its time has another time of change.
 */
#include "history/history.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "history/beneath.h"
#include "history/gitdir.h"

#define LOOSE_MAX 20000 /* with more, looking takes as long as counting */

struct loose {
	struct arena arena;
	struct strs lines;
};

static void add_times(const struct stat *s, struct strbuf *to)
{
	strbuf_fmt(to, "%lld %lld %ld %lld %ld", (long long)s->st_size,
		   (long long)s->st_mtim.tv_sec, s->st_mtim.tv_nsec,
		   (long long)s->st_ctim.tv_sec, s->st_ctim.tv_nsec);
}

static bool add_packs(const struct odb *o, struct strbuf *to)
{
	struct stat s;

	strbuf_fmt(to, "promised %d\n", o->has_promised);
	for (size_t i = 0; i < o->packs.n; i++) {
		if (fstat(o->packs.v[i].fd, &s))
			return false;
		strbuf_fmt(to, "pack %.*s %u ", STR_ARG(o->packs.v[i].name),
			   o->packs.v[i].n);
		add_times(&s, to);
		strbuf_ch(to, '\n');
	}
	return !o->foreign.list.n;
}

/* The loose objects whose names begin with two digits. */
static bool list_loose(int folder, struct str digits, struct loose *ret)
{
	struct dirent *entry = NULL;
	struct stat s;
	bool is_whole;
	int fd;
	DIR *d;
	enum err e = beneath_open_folder(folder, digits, &fd);

	if (e)
		return e == ERR_NOTFOUND;
	d = fdopendir(fd);
	if (!d) {
		close(fd);
		return false;
	}
	while (ret->lines.list.n < LOOSE_MAX &&
	       (errno = 0, entry = readdir(d))) {
		struct strbuf line;

		if (entry->d_name[0] == '.')
			continue;
		if (fstatat(dirfd(d), entry->d_name, &s, AT_SYMLINK_NOFOLLOW))
			break;
		strbuf_init(&line, 0);
		strbuf_fmt(&line, "%.*s%s ", STR_ARG(digits), entry->d_name);
		add_times(&s, &line);
		vec_push(&ret->lines.list,
			 arena_dup(&ret->arena, strbuf_str(&line)));
		strbuf_release(&line);
	}
	is_whole = !entry && !errno;
	closedir(d);
	return is_whole;
}

static int compare_lines(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static bool add_loose(const struct odb *o, struct strbuf *to)
{
	struct loose all = {0};
	bool is_whole = true;

	for (size_t i = 0; i < o->folders.n; i++)
		for (unsigned k = 0; is_whole && k < 256; k++)
			is_whole = list_loose(o->folders.v[i].fd,
					      arena_fmt(&all.arena, "%02x", k),
					      &all);
	vec_sort(&all.lines.list, compare_lines);
	for (size_t i = 0; i < all.lines.list.n; i++)
		strbuf_fmt(to, "%.*s\n", STR_ARG(all.lines.list.v[i]));
	vec_release(&all.lines.list);
	arena_release(&all.arena);
	return is_whole;
}

bool history_objects(const char *path, struct strbuf *to)
{
	struct diags told = {0};
	struct gitdir g;
	bool is_whole = !gitdir_open(&g, path, &told) &&
			!told.counts[RW1408] && !told.counts[RW1412] &&
			add_packs(&g.odb, to) && add_loose(&g.odb, to);

	gitdir_close(&g);
	diag_release(&told);
	return is_whole;
}
