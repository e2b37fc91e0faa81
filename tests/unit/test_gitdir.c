/*
 * Repositories that lead outside: each redirection is refused by name, and
 * nothing of the victim repository, whose author is canary@victim.test, is
 * ever seen.
 */
#include "repo.h"

#include "history/history.h"
#include "history/gitdir.h"

static struct digest digest;

/* A victim beside the folder "in", and a sound repository as in/r. */
static int setup(void **state)
{
	const char *p;

	if (repo_setup(state))
		return 1;
	repo_init("victim");
	p = repo_commit("victim", "C <canary@victim.test> 9 +0000", NULL,
			NULL);
	repo_commit("victim", "C <canary@victim.test> 9 +0000", p, NULL);
	folder_add("in/", "");
	repo_init("in-r");
	repo_commit("in-r", "A <a@sound.test> 9 +0000", NULL, NULL);
	return rename("in-r", "in/r");
}

static int teardown(void **state)
{
	digest_release(&digest);
	digest = (struct digest){0};
	return repo_teardown(state);
}

static enum err walk(const char *path)
{
	struct history_options o = {.axes = DIGEST_COMMITS};
	enum err e;

	digest_release(&digest);
	e = history_digest(path, &o, &repo_arena, &repo_diags, &digest);
	for (size_t i = 0; i < digest.hosts.n; i++)
		assert_false(str_is(digest.hosts.v[i].host, "victim.test"));
	return e;
}

/* Opening fails with one RW1408 that holds a text. */
static void assert_refused(const char *path, const char *text)
{
	unsigned long before = repo_diags.counts[RW1408];
	size_t kept = repo_diags.kept.n;

	assert_int_not_equal(walk(path), OK);
	assert_int_equal(repo_diags.counts[RW1408], before + 1);
	assert_int_not_equal(str_find(repo_diags.kept.v[kept].message,
				      str_c(text)), SIZE_MAX);
}

/* The sound history is counted, and one RW1408 holds a text. */
static void assert_told(const char *path, const char *text)
{
	unsigned long before = repo_diags.counts[RW1408];
	size_t kept = repo_diags.kept.n;

	assert_int_equal(walk(path), OK);
	assert_int_equal(digest.totals.commits, 1);
	assert_true(digest.incomplete);
	assert_int_equal(repo_diags.counts[RW1408], before + 1);
	assert_int_not_equal(str_find(repo_diags.kept.v[kept].message,
				      str_c(text)), SIZE_MAX);
}

static void test_forms(void **state)
{
	(void)state;
	folder_add("in/plain/", "");
	folder_add("in/work/", "");
	folder_add("in/odd/", "");
	assert_int_equal(rename("in/r", "in/work/.git"), 0);
	assert_int_equal(history_form("in"), HISTORY_NONE);
	assert_int_equal(history_form("in/plain"), HISTORY_NONE);
	assert_int_equal(history_form("in/absent"), HISTORY_NONE);
	assert_int_equal(history_form("victim"), HISTORY_BARE);
	assert_int_equal(history_form("in/work"), HISTORY_WORKTREE);
	assert_int_equal(history_form("in/work/.git"), HISTORY_BARE);
	folder_add("in/odd/.git", "nonsense");
	assert_int_equal(history_form("in/odd"), HISTORY_WORKTREE);
	assert_int_equal(walk("in/odd"), ERR_IO);
	assert_int_equal(repo_diags.counts[RW1401], 1);
	/* a folder below a repository is none: no search upwards */
	folder_add("in/work/below/", "");
	assert_int_equal(history_form("in/work/below"), HISTORY_NONE);
	assert_int_equal(walk("in/work/below"), ERR_IO);
}

static void test_gitfile(void **state)
{
	(void)state;
	folder_add("in/s/", "");
	folder_add("in/s/.git", "gitdir: ../../victim\n");
	assert_refused("in/s", "'../../victim'");
	repo_run("printf 'gitdir: %%s/victim' $PWD >in/s/.git");
	assert_refused("in/s", "/victim'");
	folder_add("in/s/.git", "gitdir: ../.git/modules/s\n");
	assert_refused("in/s", "'../.git/modules/s'");
	/* inside is fine */
	assert_int_equal(rename("in/r", "in/s/real"), 0);
	folder_add("in/s/.git", "gitdir: x/../real\r\n");
	assert_int_equal(walk("in/s"), OK);
	assert_int_equal(digest.totals.commits, 1);
	assert_int_equal(repo_diags.counts[RW1408], 3);
}

static void test_linked_git_folder(void **state)
{
	(void)state;
	folder_add("in/s/", "");
	assert_int_equal(symlink("../../victim", "in/s/.git"), 0);
	assert_refused("in/s", "symbolic link");
	/* also by way of a gitfile */
	folder_add("in/t/", "");
	assert_int_equal(symlink("../../victim", "in/t/link"), 0);
	folder_add("in/t/.git", "gitdir: link\n");
	assert_int_equal(walk("in/t"), ERR_IO);
}

static void test_commondir(void **state)
{
	(void)state;
	folder_add("in/r/commondir", "../../victim\n");
	assert_refused("in/r", "'../../victim'");
	/* a linked work tree inside the folder */
	unlink("in/r/commondir");
	folder_add("in/w/", "");
	assert_int_equal(rename("in/r", "in/w/store"), 0);
	folder_add("in/w/.git", "gitdir: store/worktrees/a\n");
	folder_add("in/w/store/worktrees/", "");
	folder_add("in/w/store/worktrees/a/", "");
	folder_add("in/w/store/worktrees/a/commondir", "../..\n");
	folder_add("in/w/store/worktrees/a/HEAD", "ref: refs/heads/main\n");
	assert_int_equal(walk("in/w"), OK);
	assert_int_equal(digest.totals.commits, 1);
	assert_int_equal(history_form("in/w"), HISTORY_WORKTREE);
}

static void test_objects(void **state)
{
	(void)state;
	repo_run("cd in/r && mv objects away && ln -s ../../victim/objects .");
	assert_refused("in/r", "folder of objects");
	repo_run("git -C victim repack -qad && cd in/r && rm objects && "
		 "mv away objects && rm -rf objects/pack && "
		 "ln -s ../../../victim/objects/pack objects/pack");
	assert_refused("in/r", "folder of objects");
	repo_run("cd in/r && rm objects/pack && mkdir objects/pack && "
		 "for f in ../../victim/objects/pack/*; do "
		 "ln -s $PWD/$f objects/pack/; done; "
		 "git -C ../../victim rev-parse HEAD >refs/heads/main");
	assert_int_equal(walk("in/r"), ERR_NOTFOUND);
	assert_true(repo_diags.counts[RW1412] >= 1);
}

/* An index for libgit2's eyes does not make it look at the links beside. */
static void test_links_beside_an_old_index(void **state)
{
	(void)state;
	repo_run("cd in/r && git -c pack.indexVersion=1 repack -qad && "
		 "git -C ../../victim repack -qad && "
		 "for f in $PWD/../../victim/objects/pack/*; do "
		 "ln -s $f objects/pack/; done; "
		 "ln -s $PWD/../../victim/objects/?? objects/; true");
	assert_int_equal(walk("in/r"), OK);
	assert_int_equal(digest.totals.commits, 1);
	repo_run("git -C victim rev-parse HEAD >in/r/refs/heads/main");
	assert_int_equal(walk("in/r"), ERR_NOTFOUND);
}

static void test_loose_object_links(void **state)
{
	const char *id = repo_output("git -C victim rev-parse HEAD").p;

	(void)state;
	repo_run("mkdir -p in/r/objects/%.2s && ln -s "
		 "$PWD/victim/objects/%.2s/%.38s in/r/objects/%.2s/%.38s && "
		 "git -C victim rev-parse HEAD >in/r/refs/heads/main",
		 id, id, id + 2, id, id + 2);
	assert_int_equal(walk("in/r"), ERR_NOTFOUND);
}

static void test_alternates(void **state)
{
	(void)state;
	folder_add("in/r/objects/info/alternates",
		   "# a comment\n../../../victim/objects\n");
	assert_told("in/r", "'../../../victim/objects'");
	repo_run("echo $PWD/victim/objects >in/r/objects/info/alternates");
	assert_told("in/r", "/victim/objects'");
}

static void test_config(void **state)
{
	(void)state;
	repo_run("git config -f victim.cfg remote.origin.url "
		 "https://victim.test/canary");
	repo_run("git -C in/r config include.path ../../victim.cfg");
	assert_told("in/r", "'../../victim.cfg'");
	assert_true(str_is(digest.repository, "in/r"));
	repo_run("git -C in/r config --unset include.path; git -C in/r "
		 "config includeIf.gitdir:/.path ../../victim.cfg");
	assert_told("in/r", "'../../victim.cfg'");
	assert_int_equal(history_origin("in/r", &repo_arena, &repo_diags).n, 0);
	repo_run("git -C in/r config --unset includeIf.gitdir:/.path; "
		 "git -C in/r config core.worktree ../../victim");
	assert_told("in/r", "'../../victim'");
	repo_run("rm in/r/config && ln -s ../../victim.cfg in/r/config");
	assert_told("in/r", "another file");
}

static void test_refs(void **state)
{
	(void)state;
	repo_run("rm in/r/refs/heads/main && "
		 "ln -s ../../../../victim/refs/heads/main in/r/refs/heads/");
	assert_int_equal(walk("in/r"), ERR_NOTFOUND);
	repo_run("echo 'ref: ../../victim/refs/heads/main' >in/r/HEAD");
	assert_int_equal(walk("in/r"), ERR_NOTFOUND);
	assert_int_equal(repo_diags.counts[RW1402], 2);
	repo_run("rm in/r/HEAD && ln -s ../../victim/HEAD in/r/HEAD");
	assert_int_equal(walk("in/r"), ERR_NOTFOUND);
}

static void test_head_as_link(void **state)
{
	(void)state;
	repo_run("rm in/r/HEAD && ln -s refs/heads/main in/r/HEAD");
	assert_int_equal(walk("in/r"), OK);
	assert_int_equal(digest.totals.commits, 1);
	assert_int_equal(repo_diags.kept.n, 0);
}

static void test_formats(void **state)
{
	(void)state;
	repo_run("git -C in/r config core.repositoryformatversion 1 && "
		 "git config -f in/r/config extensions.refStorage reftable");
	assert_int_equal(walk("in/r"), ERR_IO);
	repo_run("git config -f in/r/config extensions.refStorage files");
	assert_int_equal(walk("in/r"), OK);
	repo_run("git config -f in/r/config extensions.objectFormat sha512");
	assert_int_equal(walk("in/r"), ERR_IO);
	repo_run("git config -f in/r/config core.repositoryformatversion 2");
	assert_int_equal(walk("in/r"), ERR_IO);
	assert_int_equal(repo_diags.counts[RW1401], 3);
}

static void test_origin(void **state)
{
	(void)state;
	folder_add("in/r/config", "[core]\n\tbare = true\n"
		   "[remote \"origin\"]\n\turl = git@Host.test:a/b.git ; c\n"
		   "[remote.other]\n\turl = https://o.test/x\nbroken line\n");
	assert_str(history_origin("in/r", &repo_arena, &repo_diags),
		   "https://host.test/a/b");
	assert_int_equal(walk("in/r"), OK);
	assert_str(digest.repository, "https://host.test/a/b");
	diag_sort(&repo_diags); /* told twice, kept once */
	assert_int_equal(repo_diags.counts[RW1301], 1);
	assert_int_equal(history_head("in/r", &repo_arena, &repo_diags).n, 40);
	assert_int_equal(history_head("in", &repo_arena, &repo_diags).n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		T(test_forms), T(test_gitfile), T(test_linked_git_folder),
		T(test_commondir), T(test_objects),
		T(test_links_beside_an_old_index),
		T(test_loose_object_links), T(test_alternates),
		T(test_config), T(test_refs), T(test_head_as_link),
		T(test_formats), T(test_origin),
	};

	return cmocka_run_group_tests_name("gitdir", tests, NULL, NULL);
}
