/* git_odb with back-ends added by hand, so that it looks nowhere else. */
#include "history/foreign.h"

#include <git2.h>
#include <git2/sys/odb_backend.h>
#include <stdlib.h>

#include "base/mem.h"

struct foreign {
	git_odb *odb; /* NULL: libgit2 does not work */
};

struct foreign *foreign_new(void)
{
	struct foreign *f = mem_new(1, sizeof *f);

	git_libgit2_init(); /* counts; slow, so only when it is needed */
	if (git_odb_new(&f->odb))
		f->odb = NULL;
	return f;
}

void foreign_free(struct foreign *f)
{
	if (!f)
		return;
	git_odb_free(f->odb);
	git_libgit2_shutdown();
	free(f);
}

bool foreign_add(struct foreign *f, struct str index_path)
{
	struct arena scratch = {0};
	git_odb_backend *backend = NULL;
	int rc = f->odb ? git_odb_backend_one_pack(
				  &backend, arena_cstr(&scratch, index_path))
			: -1;

	if (!rc)
		rc = git_odb_add_backend(f->odb, backend, 1);
	if (rc && backend)
		backend->free(backend);
	arena_release(&scratch);
	return !rc;
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

enum err foreign_read(struct foreign *f, const struct oid *id, size_t max,
		      struct object **ret)
{
	git_odb_object *object;
	git_object_t type;
	git_oid oid;
	size_t n;
	enum err e;
	int rc;

	if (!f->odb)
		return ERR_NOTFOUND;
	git_oid_fromraw(&oid, id->b);
	rc = git_odb_read_header(&n, &type, f->odb, &oid);
	if (!rc && n > max)
		return ERR_LIMIT;
	if (!rc)
		rc = git_odb_read(&object, f->odb, &oid);
	if (rc)
		return rc == GIT_ENOTFOUND ? ERR_NOTFOUND : ERR_FORMAT;
	e = copy(object, max, ret);
	git_odb_object_free(object);
	return e;
}

const char *foreign_library_version(void)
{
	return LIBGIT2_VERSION;
}
