/* Where discover, extract and history meet for the files of a target. */
#include "cli/reading.h"

#include "base/fs.h"
#include "base/limits.h"
#include "base/path.h"
#include "base/sha256.h"
#include "cli/terms.h"
#include "discover/discover.h"
#include "extract/extract.h"
#include "history/history.h"
#include "model/address.h"

/* --- trees ---------------------------------------------------------------- */

size_t reading_add_root(struct scan *s, struct str name, const char *type)
{
	struct str base = name;
	size_t i;

	while (base.n > 1 && base.p[base.n - 1] == '/')
		base.n--;
	base = path_base(base);
	if (str_is_empty(base) || str_is(base, ".") || str_is(base, ".."))
		base = name;
	i = component_add(&s->parts, base, STR(""), (struct evidence){name, 0});
	s->parts.components.v[i].type = str_c(type);
	s->parts.components.v[i].is_root = true;
	s->parts.components.v[i].is_scanned = true;
	return i;
}

static bool is_built(const struct file *f, const struct reading_item *of)
{
	for (size_t i = 0; i < of->n_built; i++)
		if (str_glob(f->path, of->built[i], false))
			return true;
	return false;
}

/* Leaves only the files that match one of the patterns, and those that say
 * who decides. */
static void keep_built(struct tree *t, const struct reading_item *of)
{
	size_t n = 0;

	if (!of->n_built)
		return;
	for (size_t i = 0; i < t->files.n; i++)
		if (is_built(&t->files.v[i], of) ||
		    extract_wants_seats(&t->files.v[i]))
			t->files.v[n++] = t->files.v[i];
	t->files.n = n;
}

static bool has_file(const struct tree *t, struct str glob)
{
	for (size_t i = 0; i < t->files.n; i++)
		if (str_glob(t->files.v[i].path, glob, false))
			return true;
	return false;
}

static int by_path(const void *va, const void *vb)
{
	const struct file *a = va, *b = vb;

	return str_cmp(a->path, b->path);
}

/* Whoever declares a submodule is asked for its history; nobody for that of
 * another repository which lies in the folder. */
static void tell_repositories(const struct tree *t, const struct tree *links,
			      struct arena *a, struct diags *ds)
{
	for (size_t i = 0; i < t->repositories.list.n; i++) {
		struct file f = {.path = t->repositories.list.v[i]};

		if (!links->files.n ||
		    !bsearch(&f, links->files.v, links->files.n, sizeof f,
			     by_path))
			diag_add(ds, RW1009,
				 diag_at(path_join(a, t->name, f.path)),
				 "a repository of its own: its history is not "
				 "counted with this target");
	}
}

/* Files of a work tree come from disk, the commits of its submodules from
 * the repository.  Attributes of both are looked through. */
static enum err open_tree(const struct reading_item *of, struct arena *a,
			  struct diags *ds, struct tree *ret)
{
	enum history_form form = history_form(of->path);
	struct tree links = {0};
	enum err e;

	if (form == HISTORY_BARE)
		return history_tree(of->path, false, a, ds, ret);
	e = discover_open(of->path, a, ds, ret);
	if (e)
		return e;
	if (form != HISTORY_NONE &&
	    !history_tree(of->path, true, a, ds, &links)) {
		for (size_t i = 0; i < links.files.n; i++)
			if (links.files.v[i].is_gitlink)
				vec_push(&ret->files, links.files.v[i]);
		history_attributes(&links, ds);
		vec_sort(&ret->files, by_path);
	}
	if (of->with_history)
		tell_repositories(ret, &links, a, ds);
	if (links.close)
		links.close(&links);
	return OK;
}

static void extract_files(struct scan *s, const struct reading_item *of,
			  size_t target, struct reading *ret)
{
	struct target *t = &s->targets.v[target];
	struct tree tree = {0};

	if (open_tree(of, &s->arena, &s->diags, &tree))
		return;
	if (t->kind == TARGET_REPOSITORY)
		history_attributes(&tree, &s->diags);
	for (size_t i = 0; i < of->n_built; i++)
		if (!has_file(&tree, of->built[i]))
			vec_push(&ret->unbuilt, of->built[i]);
	keep_built(&tree, of);
	extract_tree(s, &tree, t->root, t);
	tree.close(&tree);
}

static struct target *begin(struct scan *s, enum target_kind kind,
			    struct str name)
{
	struct target *t = vec_add(&s->targets);

	*t = (struct target){.kind = kind, .name = name, .root = SIZE_MAX};
	return t;
}

void reading_tree(struct scan *s, const struct reading_item *of,
		  struct reading *ret)
{
	enum history_form form = history_form(of->path);
	bool is_repository = form != HISTORY_NONE && form != HISTORY_UNREAD;
	struct str name = arena_dup(&s->arena, str_c(of->path));
	size_t target = s->targets.n, root;
	struct provenance *p;

	root = reading_add_root(s, name,
				is_repository ? "repository" : "folder");
	begin(s, is_repository ? TARGET_REPOSITORY : TARGET_FOLDER,
	      name)->root = root;
	if (form == HISTORY_UNREAD) {
		diag_add(&s->diags, RW1002, diag_at(name), "cannot be looked "
			 "at: neither its files nor its history are read");
		return;
	}
	if (is_repository) {
		p = &s->parts.components.v[root].provenance;
		p->repository = history_origin(of->path, &s->arena,
					       &s->diags);
		p->commit = history_head(of->path, &s->arena, &s->diags);
		p->kind = PROVENANCE_REPOSITORY;
		p->how = STR("scanned");
		history_programs(of->path, &s->diags);
	}
	extract_files(s, of, target, ret);
	if (!is_repository && s->parts.components.n == root + 1)
		diag_add(&s->diags, RW1007, diag_at(name),
			 "no file that ranwhence reads was found");
}

enum err reading_document(struct scan *s, struct str name, struct str bytes)
{
	struct target *t = begin(s, TARGET_SBOM, arena_dup(&s->arena, name));

	return extract_sbom(s, t->name, bytes, t);
}

/* --- for a part ----------------------------------------------------------- */

bool reading_has_terms(const struct scan *s, size_t root)
{
	for (size_t i = 0; i < s->parts.seats.n; i++)
		if (s->parts.seats.v[i].component == root &&
		    str_has_suffix(s->parts.seats.v[i].evidence.path,
				   STR("INFO.yaml")))
			return true;
	return false;
}

void reading_all(struct scan *s, const struct reading_item *of,
		 struct reading *ret)
{
	struct str bytes;
	size_t target = s->targets.n;
	const struct component *root;

	if (fs_kind(of->path) != FS_DIR) {
		if (!fs_read(of->path, LIMIT_SBOM_BYTES, &s->arena, &s->diags,
			     &bytes))
			ret->e = reading_document(s, str_c(of->path), bytes);
		return;
	}
	reading_tree(s, of, ret);
	root = &s->parts.components.v[s->targets.v[target].root];
	if (s->targets.v[target].kind != TARGET_REPOSITORY ||
	    !reading_has_terms(s, s->targets.v[target].root))
		return;
	ret->terms.head = root->provenance.commit;
	terms_read(of->path, &ret->terms, &s->arena, &ret->terms_told,
		   NULL);
}

void reading_release(struct reading *r)
{
	vec_release(&r->unbuilt);
	digest_release(&r->terms);
	diag_release(&r->terms_told);
}

/* --- keys ----------------------------------------------------------------- */

void reading_basis(const struct facts *f, int32_t day,
		   const struct author_keys *keys, struct strbuf *to)
{
	unsigned char sum[SHA256_BYTES];
	struct strbuf b;

	strbuf_init(&b, 0);
	strbuf_cstr(&b, PACKAGE_VERSION "\n");
	for (size_t i = 0; i < extract_count; i++)
		strbuf_fmt(&b, "%s %u\n", extract_table[i]->name,
			   extract_table[i]->version);
	address_rows(f, day, &b);
	history_facts(f, &b);
	strbuf_cstr(&b, "authorship ");
	if (keys)
		strbuf_add(&b, keys->sha256);
	sha256_of(strbuf_str(&b), sum);
	sha256_hex(to, sum, sizeof sum);
	strbuf_release(&b);
}

bool reading_is_by(struct str basis, const struct facts *f, int32_t day,
		   const struct author_keys *keys)
{
	struct strbuf own;
	bool is;

	strbuf_init(&own, 0);
	reading_basis(f, day, keys, &own);
	is = str_eq(strbuf_str(&own), basis);
	strbuf_release(&own);
	return is;
}

static void add_sum(struct str bytes, struct strbuf *to)
{
	unsigned char sum[SHA256_BYTES];

	sha256_of(bytes, sum);
	sha256_hex(to, sum, sizeof sum);
}

/* What is larger than any extractor reads is known by its size. */
static void add_file(struct tree *t, const struct file *f, struct strbuf *to,
		     bool *is_whole)
{
	size_t most = extract_wanted_bytes(t, f);
	struct diags unsaid = {0};
	struct arena scratch = {0};
	struct str bytes;

	if (most < LIMIT_BLOB_BYTES)
		most = LIMIT_BLOB_BYTES;
	strbuf_fmt(to, "%zu:%.*s %llu %d%d%d %.*s ", f->path.n,
		   STR_ARG(f->path), (unsigned long long)f->size, f->is_link,
		   f->is_gitlink, f->is_executable, STR_ARG(f->commit));
	if (!f->is_link && !f->is_gitlink) {
		enum err e = t->read(t, f, most, &scratch, &unsaid, &bytes);

		*is_whole = *is_whole && e != ERR_IO;
		if (e)
			strbuf_cstr(to, "cannot be read");
		else
			add_sum(bytes, to);
	}
	strbuf_ch(to, '\n');
	arena_release(&scratch);
	diag_release(&unsaid);
}

static void add_told(const struct diags *told, struct strbuf *to)
{
	for (size_t i = 0; i < told->kept.n; i++)
		strbuf_fmt(to, "%s %.*s %.*s\n",
			   diag_name(told->kept.v[i].code),
			   STR_ARG(told->kept.v[i].place.path),
			   STR_ARG(told->kept.v[i].message));
}

static void add_tree(const struct reading_item *of, struct strbuf *to,
		     struct arena *a, struct reading_size *ret)
{
	enum history_form form = history_form(of->path);
	struct diags told = {0};
	struct arena scratch = {0};
	struct tree t = {0};

	strbuf_fmt(to, "tree %d\n", (int)form);
	ret->is_whole = form != HISTORY_UNREAD;
	if (!ret->is_whole)
		return;
	if (form != HISTORY_NONE) {
		struct str from = history_origin(of->path, &scratch, &told);

		ret->commit = history_head(of->path, a, &told);
		history_programs(of->path, &told);
		strbuf_fmt(to, "%.*s\n%.*s\n", STR_ARG(from),
			   STR_ARG(ret->commit));
	}
	if (!open_tree(of, &scratch, &told, &t)) {
		ret->files = t.files.n;
		for (size_t i = 0; i < t.files.n; i++) {
			ret->bytes += t.files.v[i].size;
			if (form != HISTORY_BARE)
				add_file(&t, &t.files.v[i], to,
					 &ret->is_whole);
		}
		t.close(&t);
	}
	add_told(&told, to);
	ret->is_whole = ret->is_whole &&
			!diag_has_effect(&told, DIAG_INCOMPLETE) &&
			!diag_has_effect(&told, DIAG_FATAL);
	arena_release(&scratch);
	diag_release(&told);
}

static void add_document(const struct reading_item *of, struct strbuf *to,
			 struct reading_size *ret)
{
	struct diags unsaid = {0};
	struct arena scratch = {0};
	struct str bytes;

	strbuf_cstr(to, "document ");
	ret->files = 1;
	if (fs_read(of->path, LIMIT_SBOM_BYTES, &scratch, &unsaid, &bytes)) {
		strbuf_cstr(to, "cannot be read");
	} else {
		add_sum(bytes, to);
		ret->bytes = bytes.n;
		ret->is_whole = true;
	}
	arena_release(&scratch);
	diag_release(&unsaid);
}

void reading_key(struct str basis, const struct reading_item *of,
		 struct strbuf *to, struct arena *a, struct reading_size *ret)
{
	struct strbuf b;

	*ret = (struct reading_size){.commit = STR("")};
	strbuf_init(&b, 0);
	strbuf_fmt(&b, "components of %s\nby %.*s\n", of->path,
		   STR_ARG(basis));
	for (size_t i = 0; i < of->n_built; i++)
		strbuf_fmt(&b, "built %.*s\n", STR_ARG(of->built[i]));
	if (fs_kind(of->path) == FS_DIR)
		add_tree(of, &b, a, ret);
	else
		add_document(of, &b, ret);
	add_sum(strbuf_str(&b), to);
	strbuf_release(&b);
}
