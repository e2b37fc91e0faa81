/*
 * Prints what the history engine counts for every commit and path, as "id
 * TAB added TAB deleted TAB path NUL"; "-" for a binary file and "?" for what
 * could not be read.  For tests/oracle/numstat.py.
 */
#include <stdio.h>

#include "history/churn.h"
#include "history/refs.h"
#include "history/threads.h"

static void print_change(const struct churn *c, const struct churn_change *x,
			 struct arena *a)
{
	const struct walk *w = c->walk;
	struct strbuf path = {0};

	paths_write(&c->paths, x->path, &path);
	printf("%s\t", oid_hex(&w->commits.v[x->commit].id, w->git->oid_bytes,
			       a).p);
	if (x->error)
		printf("?\t?\t");
	else if (x->is_binary)
		printf("-\t-\t");
	else
		printf("%u\t%u\t", x->added, x->deleted);
	fwrite(path.p, 1, path.n, stdout);
	putchar('\0');
	strbuf_release(&path);
	arena_release(a);
}

int main(int argc, char **argv)
{
	struct arena arena = {0};
	struct diags diags = {0};
	struct gitdir git;
	struct odb_reader *reader;
	struct walk walk;
	struct churn churn;
	struct oid tip;

	if (argc != 2 || gitdir_open(&git, argv[1], &diags))
		return 2;
	reader = odb_reader_new(&git.odb, LIMIT_MB);
	if (refs_resolve(&git, reader, STR("HEAD"), &tip))
		return 2;
	walk_init(&walk, &git, NULL);
	walk.threads = threads_available();
	walk_load(&walk, reader, &tip);
	churn_run(&churn, &walk, &(struct churn_options){0}, &diags);
	for (size_t i = 0; i < churn.changes.n; i++)
		print_change(&churn, &churn.changes.v[i], &arena);
	churn_release(&churn);
	walk_release(&walk);
	odb_reader_free(reader);
	gitdir_close(&git);
	diag_release(&diags);
	return 0;
}
