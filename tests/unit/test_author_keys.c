/* Keys of authors, and signatures of commits made with ssh-keygen. */
#include "unit.h"

#include "history/author_keys.h"
#include "history/sshsig.h"

#define KEY "AAAAC3NzaC1lZDI1NTE5AAAAID+ZpoYFuRRzjy7MOUppQUnImik4+BUhJjGrxhE8jp/G"
#define TREE "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n"
#define AUTHOR "author A <a@one.test> 1600000000 +0000\n"
#define BY "committer C <c@two.test> 1600000000 +0000\n"
#define END_OF_IT " -----END SSH SIGNATURE-----\n"
#define MESSAGE "\nt\n\nbody\n"
#define SIGNATURE(kind) \
	kind " -----BEGIN SSH SIGNATURE-----\n" \
	" U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgP5mmhgW5FHOPLsw5SmlBSciaKT\n" \
	" j4FSEmMavGETyOn8YAAAADZ2l0AAAAAAAAAAZzaGE1MTIAAABTAAAAC3NzaC1lZDI1NTE5\n" \
	" AAAAQMuzcgwD8YFoc4EBtmhd+vaAtgaTpDSXV3FMGmfry21iKqxay7BvB/JtG6BtT/whlK\n" \
	" 1YH6iDqEOGLwq0CLQmygU=\n" END_OF_IT
#define FOR_FILES \
	"gpgsig -----BEGIN SSH SIGNATURE-----\n" \
	" U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgP5mmhgW5FHOPLsw5SmlBSciaKT\n" \
	" j4FSEmMavGETyOn8YAAAAEZmlsZQAAAAAAAAAGc2hhNTEyAAAAUwAAAAtzc2gtZWQyNTUx\n" \
	" OQAAAEBd6yf97GTWxUXUt+5WxjGcOoFRfhyyVpLWzKE2XsQWvRz4MsMLfjIqwlhWE3VUxK\n" \
	" 7SfHSoK9ouNP4qMp8PRgMH\n" END_OF_IT

static struct author_keys keys;
static struct diags diags;

static int teardown(void **state)
{
	(void)state;
	author_keys_release(&keys);
	diag_release(&diags);
	diags = (struct diags){0};
	return 0;
}

static void given(const char *principals)
{
	struct arena a = {0};

	assert_int_equal(author_keys_parse(
		arena_fmt(&a, "# keys\n\n%s ssh-ed25519 " KEY " me\n",
			  principals), STR("k"), &diags, &keys), OK);
	arena_release(&a);
}

/* In memory of its very size, so that nothing behind it is read unseen. */
static bool is_signed(struct str raw, const char *host)
{
	char *copy = mem_new(raw.n, 1);
	bool ret;

	memcpy(copy, raw.p, raw.n);
	ret = author_keys_check(&keys, str_n(copy, raw.n), 20, str_c(host),
				STR("a@one.test")) == SIGNATURE_SOUND;
	free(copy);
	return ret;
}

#define SOUND TREE AUTHOR BY SIGNATURE("gpgsig") MESSAGE

static void test_signed_by_the_host(void **state)
{
	(void)state;
	given("b@One.test,*@three.test");
	assert_int_equal(keys.list.n, 2);
	assert_int_equal(keys.sha256.n, 64);
	assert_true(is_signed(STR(SOUND), "one.test"));
	assert_true(is_signed(STR(SOUND), "three.test"));
	assert_false(is_signed(STR(SOUND), "two.test"));
	assert_false(is_signed(STR(SOUND), "x.one.test"));
	assert_false(is_signed(STR(SOUND), ""));
	/* where the header stands makes no difference */
	assert_true(is_signed(STR(TREE SIGNATURE("gpgsig") AUTHOR BY
				  MESSAGE), "one.test"));
	/* nor does what another hash signs */
	assert_true(is_signed(STR(TREE AUTHOR BY SIGNATURE("gpgsig")
				  "gpgsig-sha256 x\n y\n" MESSAGE),
			      "one.test"));
}

static void test_another_key(void **state)
{
	(void)state;
	assert_int_equal(author_keys_parse(
		STR("*@one.test ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAA"
		    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"),
		STR("k"), &diags, &keys), OK);
	assert_false(is_signed(STR(SOUND), "one.test"));
}

static void test_what_was_not_signed(void **state)
{
#define WITH(s) {s, sizeof(s) - 1}
	static const struct str odd[] = {
		/* another author, message, tree, header */
		WITH(TREE "author A <b@one.test> 1600000000 +0000\n" BY
		     SIGNATURE("gpgsig") MESSAGE),
		WITH(SOUND "more\n"),
		WITH(AUTHOR BY SIGNATURE("gpgsig") MESSAGE),
		WITH(TREE AUTHOR BY "x y\n" SIGNATURE("gpgsig") MESSAGE),
		/* no signature, none that counts, two */
		WITH(TREE AUTHOR BY MESSAGE),
		WITH(TREE AUTHOR BY SIGNATURE("gpgsig-sha256") MESSAGE),
		WITH(TREE AUTHOR BY SIGNATURE("gpgsig") SIGNATURE("gpgsig")
		     MESSAGE),
		WITH(TREE AUTHOR BY MESSAGE SIGNATURE("gpgsig")),
		/* a NUL, where readers of C strings see an end */
		WITH(TREE AUTHOR BY "gpgsig \0\n" SIGNATURE("gpgsig")
		     MESSAGE),
		WITH(TREE AUTHOR BY SIGNATURE("gpgsig") " \0\n" MESSAGE),
		/* cut off */
		WITH(TREE AUTHOR BY SIGNATURE("gpgsig")),
		WITH(TREE AUTHOR BY "gpgsig -----BEGIN SSH SIGNATURE-----\n"
		     MESSAGE),
		WITH(TREE AUTHOR BY "gpgsig -----BEGIN SSH SIGNATURE-----\n"
		     END_OF_IT MESSAGE),
		WITH(TREE AUTHOR BY "gpgsig -----BEGIN SSH SIGNATURE-----\n"
		     " U1NIU0lHAAAAAf////8=\n" END_OF_IT MESSAGE),
		WITH("\ngpgsig -----BEGIN SSH SIGNATURE-----"),
		/* for files, not for git */
		WITH(TREE AUTHOR BY FOR_FILES MESSAGE),
	};

	(void)state;
	given("*@one.test");
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		if (is_signed(odd[i], "one.test"))
			print_error("%zu\n", i);
		assert_false(is_signed(odd[i], "one.test"));
	}
}

/* No byte of a signed commit is free but for blanks in the armour, and none
 * that is missing is made up. */
static void test_each_byte_counts(void **state)
{
	struct str raw = STR(SOUND);
	char *copy = mem_new(raw.n, 1);

	(void)state;
	given("*@one.test");
	memcpy(copy, raw.p, raw.n);
	for (size_t i = 0; i < raw.n; i++) {
		if (raw.p[i] == '\n')
			continue; /* would be another blank */
		copy[i] ^= 1;
		if (is_signed(str_n(copy, raw.n), "one.test"))
			print_error("byte %zu\n", i);
		assert_false(is_signed(str_n(copy, raw.n), "one.test"));
		copy[i] ^= 1;
		assert_false(is_signed(str_n(copy, i), "one.test"));
	}
	free(copy);
}

static void test_base64(void **state)
{
	static const char *const bad[] = {
		"", "A", "AA", "AAA", "AA=A", "AAAA=", "A===", "====", "AA=",
		"AA*A", "AAAA AA", "\x80xyz"};
	struct strbuf b;

	(void)state;
	strbuf_init(&b, 100);
	assert_true(sshsig_decode(STR("aGVs bG8\n="), &b));
	assert_str(strbuf_str(&b), "hello");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(sshsig_decode(str_c(bad[i]), &b));
	strbuf_release(&b);
}

static void test_refuses_keys(void **state)
{
	static const char *const bad[] = {
		"", "# nothing\n", "a@b\n", "a@b ssh-ed25519\n",
		"a@b ssh-ed25519 AAAA\n", "a@b ssh-ed25519 !\n",
		"a@b ssh-rsa AAAAB3NzaC1yc2E=\n",
		"a@b cert-authority ssh-ed25519 " KEY "\n",
		"a@b valid-before=\"2020\" ssh-ed25519 " KEY "\n",
		"a@b namespaces=\"file\" ssh-ed25519 " KEY "\n",
		"a@b namespaces=\"git\"\n",
		"* ssh-ed25519 " KEY "\n", "ab ssh-ed25519 " KEY "\n",
		"@b ssh-ed25519 " KEY "\n", "a@ ssh-ed25519 " KEY "\n",
		"a@*.b ssh-ed25519 " KEY "\n", "a*@b ssh-ed25519 " KEY "\n",
		"a@b,!c@d ssh-ed25519 " KEY "\n", "a@b, ssh-ed25519 " KEY "\n",
		"a@b ssh-ed25519 " KEY "\nc\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		if (!author_keys_parse(str_c(bad[i]), STR("k"), &diags,
				       &keys))
			print_error("taken: %s", bad[i]);
		assert_int_equal(diags.counts[RW1417], i + 1);
		assert_int_equal(keys.list.n, 0);
	}
}

static void test_takes_the_namespace_of_git(void **state)
{
	(void)state;
	given("*@one.test namespaces=\"git\"");
	assert_true(is_signed(STR(SOUND), "one.test"));
}

#define TEST(f) cmocka_unit_test_teardown(f, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_signed_by_the_host),
		TEST(test_another_key),
		TEST(test_what_was_not_signed),
		TEST(test_each_byte_counts),
		TEST(test_base64),
		TEST(test_refuses_keys),
		TEST(test_takes_the_namespace_of_git),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
