/*
 * Repositories for tests, made with git itself in the temporary folder of
 * folder.h.  Commits are written as raw text, because many of them are odd.
 */
#ifndef TESTS_REPO_H
#define TESTS_REPO_H

#include "folder.h"

#include "base/arena.h"
#include "base/diag.h"

#define REPO_EMPTY_TREE "4b825dc642cb6eb9a060e54bf8d69288fbee4904"

static struct arena repo_arena;
static struct diags repo_diags;

static inline int repo_setup(void **state)
{
	return folder_setup(state);
}

static inline int repo_teardown(void **state)
{
	arena_release(&repo_arena);
	diag_release(&repo_diags);
	return folder_teardown(state);
}

/* Runs a shell command, which must succeed. */
static inline void repo_run(const char *fmt, ...) PRINTF_LIKE(1, 2);
static inline void repo_run(const char *fmt, ...)
{
	va_list args;
	struct str s;

	va_start(args, fmt);
	s = arena_vfmt(&repo_arena, fmt, args);
	va_end(args);
	if (system(s.p)) {
		print_error("failed: %s\n", s.p);
		fail();
	}
}

/* What a shell command prints. */
static inline struct str repo_output(const char *fmt, ...)
	PRINTF_LIKE(1, 2);
static inline struct str repo_output(const char *fmt, ...)
{
	static char out[1 << 20];
	va_list args;
	size_t n;
	FILE *f;

	va_start(args, fmt);
	f = popen(arena_vfmt(&repo_arena, fmt, args).p, "r");
	va_end(args);
	assert_non_null(f);
	n = fread(out, 1, sizeof out, f);
	assert_int_equal(pclose(f), 0);
	return arena_dup(&repo_arena, str_n(out, n));
}

/* An empty bare repository with an empty tree. */
static inline void repo_init(const char *name)
{
	repo_run("git init -q --bare -b main %s && "
		 "git -C %s hash-object -w -t tree /dev/null >/dev/null",
		 name, name);
}

/* Writes a raw object as it is; its name. */
static inline const char *repo_object(const char *repo, const char *type,
				      struct str raw)
{
	FILE *f = fopen("raw-object", "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(raw.p, 1, raw.n, f), raw.n);
	assert_int_equal(fclose(f), 0);
	return str_trim(repo_output("git -C %s hash-object -w --literally "
				    "-t %s ../raw-object | tr -d '\\n'",
				    repo, type)).p;
}

/* A commit of the empty tree with an author line and up to two parents;
 * its name.  refs/heads/main follows. */
static inline const char *repo_commit(const char *repo, const char *author,
				      const char *parent1,
				      const char *parent2)
{
	const char *id = repo_object(repo, "commit", arena_fmt(
		&repo_arena, "tree " REPO_EMPTY_TREE "\n%s%s%s%s%s%s"
		"author %s\ncommitter C <c@committer.test> 1 +0000\n\nm\n",
		parent1 ? "parent " : "", parent1 ? parent1 : "",
		parent1 ? "\n" : "", parent2 ? "parent " : "",
		parent2 ? parent2 : "", parent2 ? "\n" : "", author));

	repo_run("git -C %s update-ref refs/heads/main %s", repo, id);
	return id;
}

#endif
