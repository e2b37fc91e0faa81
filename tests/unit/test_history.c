/* Whole histories: counts equal git's, and what is odd is told. */
#include "repo.h"

#include "base/map.h"
#include "history/history.h"

static struct digest digest;

static int teardown(void **state)
{
	digest_release(&digest);
	digest = (struct digest){0};
	return repo_teardown(state);
}

static enum err walk(const char *repo, const char *range,
		     const struct facts *facts)
{
	struct history_options o = {.range = range, .axes = DIGEST_COMMITS,
				    .facts = facts};

	digest_release(&digest);
	return history_digest(repo, &o, &repo_arena, &repo_diags, &digest);
}

/* The host of an address as people count it. */
static struct str host_of(struct str address)
{
	size_t at = str_rfind_ch(address, '@');

	return at == SIZE_MAX ? STR("")
			      : arena_lower(&repo_arena,
					    str_from(address, at + 1));
}

/* The digest of a range equals what git prints for it. */
static void assert_like_git(const char *repo, const char *range)
{
	struct str out = repo_output("GIT_GRAFT_FILE=/dev/null "
				     "git -C %s --no-replace-objects log "
				     "--no-merges --format=%%ae %s", repo,
				     range ? range : "HEAD");
	struct str merges = repo_output("GIT_GRAFT_FILE=/dev/null git "
					"-C %s --no-replace-objects "
					"rev-list --count --merges %s", repo,
					range ? range : "HEAD");
	struct str line;
	struct map want = {0};
	size_t n = 0;
	uint64_t m;

	assert_int_equal(walk(repo, range, NULL), OK);
	while (str_split(&out, '\n', &line) && out.p) {
		++*map_put(&want, host_of(line), 0, NULL);
		n++;
	}
	assert_int_equal(digest.totals.commits, n);
	assert_int_equal(digest.hosts.n, want.n);
	for (size_t i = 0; i < digest.hosts.n; i++) {
		size_t *count = map_get(&want, digest.hosts.v[i].host);

		assert_non_null(count);
		assert_int_equal(digest.hosts.v[i].counts.commits, *count);
	}
	assert_true(str_to_u64(str_trim(merges), &m));
	assert_int_equal(digest.merges, m);
	map_release(&want);
}

static const struct digest_host *host(const char *name)
{
	for (size_t i = 0; i < digest.hosts.n; i++)
		if (str_is(digest.hosts.v[i].host, name))
			return &digest.hosts.v[i];
	return NULL;
}

static const char *const odd_authors[] = {
	"A <a@one.test> 1600000000 +0000",
	"A <A@ONE.Test> 1600000000 +0000",
	"A B C <x@y@two.test> 1600000000 +0000",
	"A <no at sign> 1600000000 +0000",
	"A <> 1600000000 +0000",
	"<only@mail.test> 1600000000 +0000",
	"A <a@one.test> <b@three.test> 1600000000 +0000",
	"A <<a@double.test>> 1600000000 +0000",
	"A <a<b@nested.test> 1600000000 +0000",
	"A > B <gt@before.test> 1600000000 +0000",
	"A <trailing@at.test@> 1600000000 +0000",
	"A < spaces@around.test > 1600000000 +0000",
	"A <cr@crlf.test\r> 1600000000 +0000",
	"A <a@one.test>",
	"A <a@one.test> not a date",
	"A <a@one.test> 99999999999999999999 +0000",
	"A <a@one.test> -5 +0000",
	"A <a@one.test>1600000000 +0000",
	"A <\xc3\xa4@\xc3\xb6.test> 1600000000 +0000",
	"A \x01 <ctl@\x02.test> 1600000000 +0000",
	"A <unclosed@mail.test 1600000000 +0000",
	"no address at all",
	"A unopened@mail.test> 1600000000 +0000",
	"", " ",
};

static void test_odd_authors(void **state)
{
	const char *parent = NULL;

	(void)state;
	repo_init("r");
	for (size_t i = 0; i < sizeof odd_authors / sizeof *odd_authors; i++)
		parent = repo_commit("r", odd_authors[i], parent, NULL);
	assert_like_git("r", NULL);
	assert_int_equal(host("one.test")->counts.commits, 8);
	/* "A <a@one.test>" and "A <A@ONE.Test>" are two raw addresses */
	assert_int_equal(host("one.test")->rest.contributors, 2);
	assert_true(repo_diags.counts[RW1407] >= 9);
	assert_true(digest.incomplete);
}

static void test_header_traps(void **state)
{
	static const char *const headers[] = {
		"author A <a@first.test> 1 +0000\n"
		"author A <a@second.test> 1 +0000\n",
		"encoding ISO-8859-1\nauthor A <a@late.test> 1 +0000\n",
		"author A <a@real.test> 1 +0000\n"
		"gpgsig -----BEGIN PGP SIGNATURE-----\n author X <x@y.test>\n"
		" -----END PGP SIGNATURE-----\n",
		"author A <a@tagged.test> 1 +0000\nmergetag object "
		REPO_EMPTY_TREE "\n author B <b@in.test> 1 +0000\n",
		"author  Two <two@blanks.test> 1 +0000\n",
		"authorA <a@glued.test> 1 +0000\n",
		"Author A <a@capital.test> 1 +0000\n",
		"parent-ish\nauthor A <a@odd.test> 1 +0000\n",
		"author A <a@crlf.test> 1 +0000\r\n",
	};
	const char *parent = NULL;

	(void)state;
	repo_init("r");
	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
		parent = repo_object("r", "commit", arena_fmt(
			&repo_arena, "tree " REPO_EMPTY_TREE "\n%s%s%s%s"
			"committer C <c@c.test> 1 +0000\n\n"
			"author M <m@message.test> 1 +0000\n",
			parent ? "parent " : "", parent ? parent : "",
			parent ? "\n" : "", headers[i]));
		repo_run("git -C r update-ref refs/heads/main %s", parent);
	}
	assert_like_git("r", NULL);
	assert_null(host("message.test"));
}

static void test_merges_and_ranges(void **state)
{
	const char *root, *a, *b, *m, *other, *octopus;

	(void)state;
	repo_init("r");
	root = repo_commit("r", "R <r@root.test> 0 +0000", NULL, NULL);
	a = repo_commit("r", "A <a@a.test> 86400 -1200", root, NULL);
	b = repo_commit("r", "B <b@b.test> 86400 +1200", root, NULL);
	m = repo_commit("r", "M <m@merge.test> 9 +0000", a, b);
	other = repo_commit("r", "O <o@other.test> 9 +0000", NULL, NULL);
	octopus = repo_object("r", "commit", arena_fmt(
		&repo_arena, "tree " REPO_EMPTY_TREE "\nparent %s\n"
		"parent %s\nparent %s\nauthor X <x@x.test> 9 +0000\n"
		"committer X <x@x.test> 9 +0000\n\nm\n", m, other, root));
	octopus = repo_commit("r", "T <t@tip.test> 9 +0000", octopus, NULL);
	repo_run("git -C r tag -a -m t v1 %s -f 2>/dev/null || "
		 "git -C r -c user.name=n -c user.email=e tag -a -m t v1 %s",
		 m, m);
	assert_like_git("r", NULL);
	assert_int_equal(digest.merges, 2);
	assert_like_git("r", "v1");
	assert_like_git("r", "v1..main");
	assert_like_git("r", "v1..");
	assert_like_git("r", "main..v1");
	assert_int_equal(digest.totals.commits, 0);
	assert_like_git("r", "main~1^2");
	assert_like_git("r", "HEAD^..HEAD");
	assert_like_git("r", arena_fmt(&repo_arena, "%s..%.7s", a, m).p);
	assert_int_equal(digest.range_from.n, 40);
	assert_true(str_is(digest.head, m));
	assert_false(digest.incomplete);
	assert_int_equal(repo_diags.kept.n, 0);
}

static void test_months_are_utc(void **state)
{
	const char *p;

	(void)state;
	repo_init("r");
	/* 2020-03-01 00:00 UTC and a second before, told in far zones */
	p = repo_commit("r", "A <a@a.test> 1583020800 -1200", NULL, NULL);
	p = repo_commit("r", "A <a@a.test> 1583020799 +1400", p, NULL);
	repo_commit("r", "A <a@a.test> 253402300800 +0000", p, NULL);
	assert_like_git("r", NULL);
	assert_int_equal(digest.hosts.v[0].months.n, 3);
	assert_int_equal(digest.hosts.v[0].months.v[0].month, 50 * 12 + 1);
	assert_int_equal(digest.hosts.v[0].months.v[1].month, 50 * 12 + 2);
	assert_int_equal(digest.hosts.v[0].months.v[2].month,
			 (9999 - 1970) * 12 + 11);
	assert_int_equal(repo_diags.counts[RW1407], 1);
}

static void test_bots_are_nobody(void **state)
{
	struct fact rows[] = {
		{.kind = FACT_BOT, .subject = STR("*[bot]@users.test"),
		 .confidence = FACT_A},
		{.kind = FACT_BOT, .subject = STR("ci@*"),
		 .confidence = FACT_A, .state = FACT_WITHDRAWN},
		{.kind = FACT_HOST, .subject = STR("*"),
		 .confidence = FACT_A}};
	struct facts facts = {.rows = {rows, 3, 3}};
	const char *p;

	(void)state;
	repo_init("r");
	p = repo_commit("r", "B <49+dep[bot]@Users.test> 9 +0000", NULL,
			NULL);
	p = repo_commit("r", "B <me@users.test> 9 +0000", p, NULL);
	repo_commit("r", "B <ci@ci.test> 9 +0000", p, NULL);
	assert_int_equal(walk("r", NULL, &facts), OK);
	assert_int_equal(digest.totals.commits, 3);
	assert_int_equal(digest.totals.excluded, 0);
	assert_int_equal(digest.rest.contributors, 3);
	assert_int_equal(host("users.test")->counts.commits, 1);
	assert_int_equal(host("(robots)")->counts.commits, 1);
}

static void test_no_commits(void **state)
{
	(void)state;
	repo_init("r");
	assert_int_equal(walk("r", NULL, NULL), ERR_NOTFOUND);
	assert_int_equal(repo_diags.counts[RW1402], 1);
	assert_int_equal(walk("r", "nothing", NULL), ERR_NOTFOUND);
	assert_int_equal(repo_diags.counts[RW1409], 1);
	folder_add("plain/", "");
	assert_int_equal(walk("plain", NULL, NULL), ERR_IO);
	assert_int_equal(walk("absent", NULL, NULL), ERR_IO);
	assert_int_equal(repo_diags.counts[RW1401], 2);
	assert_int_equal(history_head("r", &repo_arena, &repo_diags).n, 0);
}

static void test_missing_commits(void **state)
{
	const char *a, *b, *c;

	(void)state;
	repo_init("r");
	a = repo_commit("r", "A <a@a.test> 9 +0000", NULL, NULL);
	b = repo_commit("r", "B <b@b.test> 9 +0000", a, NULL);
	c = repo_commit("r", "C <c@c.test> 9 +0000", b, a);
	repo_run("rm -f r/objects/%.2s/%s", b, b + 2);
	assert_int_equal(walk("r", NULL, NULL), OK);
	assert_int_equal(digest.totals.commits, 1);
	assert_int_equal(digest.merges, 1);
	assert_true(digest.incomplete);
	assert_int_equal(repo_diags.counts[RW1403], 1);
	assert_int_not_equal(
		str_find(repo_diags.kept.v[0].message, str_c(b)), SIZE_MAX);
	repo_run("rm -f r/objects/%.2s/%s", c, c + 2);
	assert_int_equal(walk("r", NULL, NULL), ERR_NOTFOUND);
	assert_int_equal(repo_diags.counts[RW1403], 2);
}

static void test_corrupt_and_strange_objects(void **state)
{
	const char *a, *b, *blob;

	(void)state;
	repo_init("r");
	blob = repo_object("r", "blob", STR("x"));
	a = repo_commit("r", "A <a@a.test> 9 +0000", blob, NULL);
	b = repo_commit("r", "B <b@b.test> 9 +0000", a, NULL);
	assert_int_equal(walk("r", NULL, NULL), OK);
	assert_int_equal(repo_diags.counts[RW1412], 1);
	assert_int_equal(digest.totals.commits, 2);
	repo_run("chmod u+w r/objects/%.2s/%s && printf xyz >r/objects/%.2s/%s",
		 a, a + 2, a, a + 2);
	assert_int_equal(walk("r", NULL, NULL), OK);
	assert_int_equal(repo_diags.counts[RW1412], 2);
	assert_int_equal(digest.totals.commits, 1);
	repo_object("r", "commit", STR("nonsense"));
	repo_run("git -C r hash-object -t commit --literally ../raw-object "
		 ">r/refs/heads/main");
	assert_int_equal(walk("r", NULL, NULL), OK);
	assert_int_equal(repo_diags.counts[RW1407], 1);
	assert_int_equal(host("")->counts.commits, 1);
	(void)b;
}

static void test_limit_of_commits(void **state)
{
	struct history_options o = {.max_commits = 2};
	const char *p;

	(void)state;
	repo_init("r");
	p = repo_commit("r", "A <a@a.test> 9 +0000", NULL, NULL);
	p = repo_commit("r", "A <a@a.test> 9 +0000", p, NULL);
	repo_commit("r", "A <a@a.test> 9 +0000", p, NULL);
	assert_int_equal(history_digest("r", &o, &repo_arena, &repo_diags,
					&digest), OK);
	assert_int_equal(digest.totals.commits, 2);
	assert_true(digest.incomplete);
	assert_int_equal(repo_diags.counts[RW1413], 1);
}

static void make_linear(const char *repo, int n)
{
	FILE *f = fopen("stream", "wb");

	assert_non_null(f);
	for (int i = 0; i < n; i++) {
		fprintf(f, "commit refs/heads/main\nauthor A%d <a%d@h%d.test> "
			"%d +0100\ncommitter C <c@c.test> %d +0000\n"
			"data 2\nm\nM 644 inline dir/f%d\ndata 3\n%3d",
			i % 7, i % 7, i % 5, 1000000 + 100000 * i,
			2000000 + 100000 * i, i % 10, i % 100);
	}
	assert_int_equal(fclose(f), 0);
	repo_run("git init -q --bare -b main %s && "
		 "git -C %s fast-import --quiet <stream", repo, repo);
}

static void test_shallow(void **state)
{
	(void)state;
	make_linear("full", 9);
	repo_run("git clone -q --bare --depth 4 file://$PWD/full r");
	assert_like_git("r", NULL);
	assert_int_equal(digest.totals.commits, 4);
	assert_int_equal(repo_diags.counts[RW1404], 1);
	assert_int_equal(repo_diags.counts[RW1403], 0);
	assert_true(digest.incomplete);
}

static void test_partial(void **state)
{
	(void)state;
	make_linear("full", 9);
	repo_run("git -C full config uploadpack.allowFilter true");
	repo_run("git clone -q --bare --filter=blob:none file://$PWD/full r");
	assert_like_git("r", NULL);
	assert_int_equal(repo_diags.counts[RW1405], 1);
	assert_int_equal(repo_diags.counts[RW1403], 0);
	assert_false(digest.incomplete); /* all commits are there */
}

static void test_replace_and_grafts(void **state)
{
	(void)state;
	make_linear("r", 9);
	repo_run("cd r && git replace HEAD~2 HEAD~7 && git replace --graft "
		 "HEAD~1 HEAD~5 && git rev-parse HEAD >info/grafts");
	assert_like_git("r", NULL);
	assert_int_equal(digest.totals.commits, 9);
	assert_int_equal(repo_diags.counts[RW1406], 2);
	repo_run("git -C r pack-refs --all");
	assert_like_git("r", NULL);
	assert_int_equal(repo_diags.counts[RW1406], 4);
	assert_false(digest.incomplete);
	repo_run("cd r && git replace -d $(git replace) >/dev/null && "
		 ": >info/grafts && mkdir -p refs/replace");
	assert_like_git("r", NULL);
	assert_int_equal(repo_diags.counts[RW1406], 4);
}

static void test_packs_and_alternates(void **state)
{
	(void)state;
	make_linear("r", 60);
	repo_run("cd r && git repack -q -a -d -f --depth=50");
	assert_like_git("r", NULL);
	repo_run("cd r && git -c pack.indexVersion=1 repack -q -a -d -f && "
		 "! head -c 4 objects/pack/*.idx | grep -q tOc");
	assert_like_git("r", NULL); /* by way of libgit2 */
	assert_false(digest.incomplete);
	/* alternates inside the folder that is scanned */
	repo_run("mkdir w && mv r w/.git && mv w/.git/objects w/.git/store && "
		 "mkdir -p w/.git/objects/info && echo ../store "
		 ">w/.git/objects/info/alternates");
	assert_like_git("w", NULL);
	assert_int_equal(repo_diags.kept.n, 0);
}

/* Enough commits in a pack for the helpers to begin. */
static void test_threads(void **state)
{
	struct history_options o = {.axes = DIGEST_COMMITS};
	struct strbuf texts[3] = {{0}};
	struct digest_names names = {0};
	unsigned threads[] = {1, 2, 8};

	(void)state;
	make_linear("r", 2500);
	repo_run("cd r && git repack -q -a -d");
	for (size_t i = 0; i < 3; i++) {
		o.threads = threads[i];
		digest_release(&digest);
		assert_int_equal(history_digest("r", &o, &repo_arena,
						&repo_diags, &digest), OK);
		while (names.hosts.n < digest.hosts.n)
			vec_push(&names.hosts, ((struct digest_name){0}));
		digest_write(&digest, &names, &repo_diags, &texts[i]);
		assert_true(str_eq(strbuf_str(&texts[i]),
				   strbuf_str(&texts[0])));
	}
	vec_release(&names.hosts);
	assert_like_git("r", "HEAD~900..HEAD~10");
	for (size_t i = 0; i < 3; i++)
		strbuf_release(&texts[i]);
}

static void test_sha256(void **state)
{
	(void)state;
	repo_run("git init -q --bare -b main --object-format=sha256 r");
	make_linear("tmp", 9);
	repo_run("git -C r fast-import --quiet <stream");
	assert_like_git("r", NULL);
	assert_int_equal(digest.head.n, 64);
	repo_run("git -C r repack -q -a -d");
	assert_like_git("r", "HEAD~3..HEAD");
	assert_int_equal(digest.totals.commits, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, repo_setup, teardown)
		T(test_odd_authors), T(test_header_traps),
		T(test_merges_and_ranges), T(test_months_are_utc),
		T(test_bots_are_nobody), T(test_no_commits),
		T(test_missing_commits), T(test_corrupt_and_strange_objects),
		T(test_limit_of_commits), T(test_shallow), T(test_partial),
		T(test_replace_and_grafts), T(test_packs_and_alternates),
		T(test_threads), T(test_sha256),
	};

	return cmocka_run_group_tests_name("history", tests, NULL, NULL);
}
