/* git_odb with two back-ends added by hand, so that it looks nowhere else. */
#include "history/foreign.h"

#include <git2.h>
#include <git2/sys/odb_backend.h>
#include <stdlib.h>

#include "base/vec.h"

struct open_folder {
	struct str path;
	git_odb *odb;      /* NULL: cannot be opened */
};

struct foreign {
	struct arena arena;
	VEC(struct open_folder) folders;
};

struct foreign *foreign_new(void)
{
	git_libgit2_init(); /* counts; slow, so only when it is needed */
	return mem_new(1, sizeof(struct foreign));
}

void foreign_free(struct foreign *f)
{
	if (!f)
		return;
	for (size_t i = 0; i < f->folders.n; i++)
		git_odb_free(f->folders.v[i].odb);
	vec_release(&f->folders);
	arena_release(&f->arena);
	free(f);
	git_libgit2_shutdown();
}

static git_odb *open_odb(const char *path)
{
	git_odb_backend *packs = NULL, *loose = NULL;
	git_odb *odb = NULL;

	if (git_odb_new(&odb))
		return NULL;
	if (!git_odb_backend_pack(&packs, path) &&
	    !git_odb_add_backend(odb, packs, 1))
		packs = NULL;
	if (!git_odb_backend_loose(&loose, path, -1, 0, 0, 0) &&
	    !git_odb_add_backend(odb, loose, 2))
		loose = NULL;
	if (packs)
		packs->free(packs);
	if (loose)
		loose->free(loose);
	return odb;
}

static git_odb *odb_of(struct foreign *f, struct str folder)
{
	struct open_folder *o;

	for (size_t i = 0; i < f->folders.n; i++)
		if (str_eq(f->folders.v[i].path, folder))
			return f->folders.v[i].odb;
	o = vec_add(&f->folders);
	o->path = arena_dup(&f->arena, folder);
	o->odb = open_odb(o->path.p);
	return o->odb;
}

static enum err copy(git_odb_object *from, size_t max, struct object **ret)
{
	size_t n = git_odb_object_size(from);
	git_object_t type = git_odb_object_type(from);

	if (n > max)
		return ERR_LIMIT;
	if (type < GIT_OBJECT_COMMIT || type > GIT_OBJECT_TAG)
		return ERR_FORMAT;
	*ret = cache_object((enum pack_type)type, n);
	if (n)
		memcpy((*ret)->p, git_odb_object_data(from), n);
	return OK;
}

enum err foreign_read(struct foreign *f, struct str folder,
		      const struct oid *id, size_t max, struct object **ret)
{
	git_odb *odb = odb_of(f, folder);
	git_odb_object *object;
	git_object_t type;
	git_oid oid;
	size_t n;
	int rc;
	enum err e;

	if (!odb)
		return ERR_NOTFOUND;
	git_oid_fromraw(&oid, id->b);
	rc = git_odb_read_header(&n, &type, odb, &oid);
	if (!rc && n > max)
		return ERR_LIMIT;
	if (!rc)
		rc = git_odb_read(&object, odb, &oid);
	if (rc)
		return rc == GIT_ENOTFOUND ? ERR_NOTFOUND : ERR_FORMAT;
	e = copy(object, max, ret);
	git_odb_object_free(object);
	return e;
}
