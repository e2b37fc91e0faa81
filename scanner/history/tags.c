/* Folders below refs/tags are read from a list, and links are not followed. */
#include "history/tags.h"

#include <dirent.h>
#include <unistd.h>

#include "history/beneath.h"

#define FOLDER STR("refs/tags")
#define PREFIX STR("refs/tags/")

static int compare_names(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* Adds what is in one folder: files to `t`, folders to `todo`. */
static void list_folder(struct gitdir *g, struct str path, struct tags *t,
			struct tags *todo)
{
	struct dirent *entry;
	int fd;
	DIR *d;
	enum err e = beneath_open_folder(g->common, path, &fd);

	if (e) {
		g->has_unread |= e == ERR_IO;
		return;
	}
	d = fdopendir(fd);
	if (!d)
		close(fd);
	g->has_unread |= !d;
	while (d && t->names.n + todo->names.n <= LIMIT_TAGS &&
	       (entry = readdir(d))) {
		struct str full = arena_fmt(&g->arena, "%.*s/%s",
					    STR_ARG(path), entry->d_name);
		enum beneath_kind kind = beneath_kind(g->common, full);

		if (entry->d_name[0] == '.')
			continue;
		g->has_unread |= kind == BENEATH_UNREAD;
		if (kind == BENEATH_FOLDER)
			vec_push(&todo->names, full);
		else if (kind == BENEATH_FILE)
			vec_push(&t->names, str_from(full, PREFIX.n));
	}
	if (d)
		closedir(d);
}

static void list_packed(const struct gitdir *g, struct tags *t)
{
	struct str rest = g->packed_refs, line;

	while (t->names.n <= LIMIT_TAGS && str_line(&rest, &line)) {
		struct str name = str_from(line, 2 * g->oid_bytes + 1);

		if (str_has_prefix(name, PREFIX))
			vec_push(&t->names, str_from(name, PREFIX.n));
	}
}

bool tags_list(struct gitdir *g, struct tags *ret)
{
	struct tags todo = {0};
	size_t n = 0;

	*ret = (struct tags){0};
	list_packed(g, ret);
	vec_push(&todo.names, FOLDER);
	while (todo.names.n && ret->names.n <= LIMIT_TAGS)
		list_folder(g, todo.names.v[--todo.names.n], ret, &todo);
	tags_release(&todo);
	vec_sort(&ret->names, compare_names);
	for (size_t i = 0; i < ret->names.n; i++)
		if (!n || !str_eq(ret->names.v[i], ret->names.v[n - 1]))
			ret->names.v[n++] = ret->names.v[i];
	ret->names.n = n;
	return n <= LIMIT_TAGS;
}

void tags_release(struct tags *t)
{
	vec_release(&t->names);
}
