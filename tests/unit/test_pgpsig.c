/* OpenPGP signatures of commits: fixtures/openpgp, made with GnuPG. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/fs.h"
#include "history/author_keys.h"
#include "history/pgpsig_text.h"
#include "history/sshsig.h"

static struct author_keys keys;
static struct diags diags;
static struct arena arena;

static struct str fixture(const char *name)
{
	const char *path = arena_fmt(&arena, "%s/fixtures/openpgp/%s",
				     getenv("SRCDIR"), name).p;
	struct str text;

	assert_int_equal(fs_read(path, 1 << 20, &arena, &diags, &text), OK);
	return text;
}

static int setup(void **state)
{
	(void)state;
	assert_int_equal(author_keys_parse(fixture("keys.asc"), STR("k"),
					   &diags, &keys), OK);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	author_keys_release(&keys);
	diag_release(&diags);
	arena_release(&arena);
	diags = (struct diags){0};
	return 0;
}

/* The address after "author A <". */
static struct str author_of(struct str raw)
{
	size_t at = str_find(raw, STR("author A <"));
	struct str rest = str_from(raw, at + 10);

	return str_head(rest, str_find_ch(rest, '>'));
}

/* In memory of its very size. */
static enum signature check(struct str raw, struct str address)
{
	size_t at = str_rfind_ch(address, '@');
	struct str host = arena_lower(&arena, str_from(address, at + 1));
	char *copy = mem_new(raw.n, 1);
	enum signature is;

	memcpy(copy, raw.p, raw.n);
	is = author_keys_check(&keys, str_n(copy, raw.n), 20, host, address);
	free(copy);
	return is;
}

static void test_each_kind(void **state)
{
	static const struct { const char *name; enum signature is; } all[] = {
		{"rsa", SIGNATURE_SOUND}, {"ed25519", SIGNATURE_SOUND},
		{"subkey", SIGNATURE_SOUND}, {"second-id", SIGNATURE_SOUND},
		{"sha512", SIGNATURE_SOUND},
		{"before-the-end", SIGNATURE_SOUND},
		{"of-another", SIGNATURE_OTHER},
		{"revoked-id", SIGNATURE_OTHER},
		{"past-the-end", SIGNATURE_EXPIRED},
		{"own-end", SIGNATURE_EXPIRED},
		{"revoked", SIGNATURE_REVOKED},
		{"short-key", SIGNATURE_WEAK}, {"sha1", SIGNATURE_WEAK},
		{"forged", SIGNATURE_FORGED},
		{"alien", SIGNATURE_NONE}, {"over-text", SIGNATURE_NONE},
		{"two", SIGNATURE_NONE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct str raw = fixture(arena_fmt(&arena, "%s.commit",
						   all[i].name).p);
		enum signature is = check(raw, author_of(raw));

		if (is != all[i].is)
			print_error("%s: %d\n", all[i].name, (int)is);
		assert_int_equal(is, all[i].is);
	}
}

static void test_speaks_for_addresses(void **state)
{
	struct str raw = fixture("ed25519.commit");

	(void)state;
	assert_int_equal(check(raw, STR("ed@one.test")), SIGNATURE_SOUND);
	assert_int_equal(check(raw, STR("Ed@One.Test")), SIGNATURE_SOUND);
	assert_int_equal(check(raw, STR("x@one.test")), SIGNATURE_OTHER);
	assert_int_equal(check(raw, STR("ed@two.test")), SIGNATURE_OTHER);
}

/* Every bit of commit and signature is signed, but for what the signature
 * leaves out by itself. */
static void test_each_byte_counts(void **state)
{
	struct str raw = fixture("ed25519.commit");
	size_t armour = str_find(raw, STR("\n \n ")), end;
	char *copy = mem_new(raw.n, 1);

	(void)state;
	end = str_find(raw, STR(" -----END"));
	memcpy(copy, raw.p, raw.n);
	for (size_t i = 0; i < raw.n; i++) {
		bool is_free = i > armour && i < end;

		assert_int_not_equal(check(str_n(copy, i),
					   STR("ed@one.test")),
				     SIGNATURE_SOUND);
		if (is_free || raw.p[i] == '\n')
			continue;
		copy[i] ^= 1;
		assert_int_not_equal(check(str_n(copy, raw.n),
					   STR("ed@one.test")),
				     SIGNATURE_SOUND);
		copy[i] ^= 1;
	}
	free(copy);
}

/* The bytes of the signature of a commit. */
static struct str bytes_of(struct str raw, struct strbuf *to)
{
	size_t from = str_find(raw, STR("\n \n ")) + 4;
	struct str base64 = str_sub(raw, from, str_find(raw, STR("\n =")));

	assert_true(sshsig_decode(base64, to));
	return strbuf_str(to);
}

/* A commit with these bytes for a signature. */
static struct str with(struct str raw, struct str bytes)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklm"
				     "nopqrstuvwxyz0123456789+/";
	size_t from = str_find(raw, STR("\n \n ")) + 4;
	size_t to = str_find(raw, STR("\n ="));
	struct strbuf b;
	struct str made;

	strbuf_init(&b, 0);
	for (size_t i = 0; i < bytes.n; i += 3) {
		unsigned char c[3] = {0};
		size_t n = bytes.n - i < 3 ? bytes.n - i : 3;

		memcpy(c, bytes.p + i, n);
		strbuf_ch(&b, digits[c[0] >> 2]);
		strbuf_ch(&b, digits[(c[0] & 3) << 4 | c[1] >> 4]);
		strbuf_ch(&b, n > 1 ? digits[(c[1] & 15) << 2 | c[2] >> 6]
				    : '=');
		strbuf_ch(&b, n > 2 ? digits[c[2] & 63] : '=');
	}
	made = arena_fmt(&arena, "%.*s%.*s%.*s", (int)from, raw.p,
			 STR_ARG(strbuf_str(&b)), (int)(raw.n - to),
			 raw.p + to);
	strbuf_release(&b);
	return made;
}

/* Whoever has a key may write another's id beside his signature. */
static void test_the_id_beside_it_is_no_name(void **state)
{
	struct str raw = fixture("ed25519.commit");
	struct str other = fixture("rsa.commit");
	struct strbuf own, its;
	struct str a, b;
	size_t at = 0, of = 0;

	(void)state;
	strbuf_init(&own, 0);
	strbuf_init(&its, 0);
	a = bytes_of(raw, &own);
	b = bytes_of(other, &its);
	/* the subpacket of an issuer: nine bytes, kind 16 */
	for (size_t i = 0; i + 10 < a.n && !at; i++)
		at = a.p[i] == 9 && a.p[i + 1] == 16 ? i : 0;
	for (size_t i = 0; i + 10 < b.n && !of; i++)
		of = b.p[i] == 9 && b.p[i + 1] == 16 ? i : 0;
	assert_true(at && of);
	assert_int_equal(check(with(raw, a), STR("ed@one.test")),
			 SIGNATURE_SOUND);
	memcpy(own.p + at, its.p + of, 10);
	raw = with(raw, a);
	assert_int_not_equal(check(raw, STR("a@one.test")), SIGNATURE_SOUND);
	strbuf_release(&own);
	strbuf_release(&its);
}

/* Bytes that the library gets are of one packet; whatever is in it. */
static void test_odd_signatures(void **state)
{
	struct str raw = fixture("rsa.commit"), s;
	struct strbuf own, copy;

	(void)state;
	strbuf_init(&own, 0);
	strbuf_init(&copy, 0);
	s = bytes_of(raw, &own);
	for (size_t i = 0; i < s.n; i++) {
		enum signature is;

		strbuf_clear(&copy);
		strbuf_add(&copy, s);
		copy.p[i] = (char)(copy.p[i] ^ (i % 2 ? 0xff : 1));
		is = check(with(raw, strbuf_str(&copy)), STR("a@one.test"));
		/* of what is not signed only the id beside it may differ */
		if (is == SIGNATURE_SOUND)
			assert_true(i > 40 && i < 70);
		(void)check(with(raw, str_head(s, i)), STR("a@one.test"));
	}
	strbuf_add(&copy, s); /* two packets */
	assert_int_equal(check(with(raw, strbuf_str(&copy)),
			       STR("a@one.test")), SIGNATURE_NONE);
	strbuf_release(&own);
	strbuf_release(&copy);
}

static void test_refuses_keys(void **state)
{
	struct str sound = fixture("keys.asc"), alien = fixture("alien.asc");
	const struct str bad[] = {
		STR("-----BEGIN PGP PUBLIC KEY BLOCK-----\n"),
		STR("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n"
		    "-----END PGP PUBLIC KEY BLOCK-----\n"),
		STR("-----BEGIN PGP SIGNATURE-----\n\nAAAA\n"),
		STR("\x99"), STR("\x99\x01\x0d\x04"), STR("\xc6\xff"),
		STR("\x95\x01\x0d\x04"), STR("\xc5\x01"),
		STR("-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlFgE\n"),
		str_head(sound, sound.n / 2),
		arena_fmt(&arena, "%.*s%.*s", STR_ARG(sound),
			  (int)alien.n / 2, alien.p),
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct author_keys other = {0};
		unsigned long before = diags.counts[RW1417];

		if (!author_keys_parse(bad[i], STR("k"), &diags, &other))
			print_error("taken: %zu\n", i);
		assert_int_equal(diags.counts[RW1417], before + 1);
	}
}

/* Several blocks, and several files of either kind. */
static void test_takes_all_keys(void **state)
{
	struct str raw = fixture("alien.commit");
	struct str both = arena_fmt(&arena, "%.*s%.*s",
				    STR_ARG(fixture("keys.asc")),
				    STR_ARG(fixture("alien.asc")));
	struct str before;

	(void)state;
	assert_int_equal(check(raw, author_of(raw)), SIGNATURE_NONE);
	before = keys.sha256;
	assert_int_equal(before.n, 64);
	assert_int_equal(author_keys_parse(fixture("alien.asc"), STR("k"),
					   &diags, &keys), OK);
	assert_false(str_eq(before, keys.sha256));
	assert_int_equal(keys.sha256.n, 64);
	assert_int_equal(check(raw, author_of(raw)), SIGNATURE_SOUND);
	assert_int_equal(author_keys_parse(
		STR("*@one.test ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAID+ZpoYFu"
		    "RRzjy7MOUppQUnImik4+BUhJjGrxhE8jp/G\n"), STR("k"),
		&diags, &keys), OK);
	assert_int_equal(check(raw, author_of(raw)), SIGNATURE_SOUND);
	raw = fixture("rsa.commit");
	assert_int_equal(check(raw, author_of(raw)), SIGNATURE_SOUND);
	author_keys_release(&keys);
	assert_int_equal(author_keys_parse(both, STR("k"), &diags, &keys), OK);
	assert_int_equal(check(raw, author_of(raw)), SIGNATURE_SOUND);
	raw = fixture("alien.commit");
	assert_int_equal(check(raw, author_of(raw)), SIGNATURE_SOUND);
}

static void test_packets(void **state)
{
#define ARMOUR(x) PGPSIG_BEGIN "\n\n" x "\n-----END PGP SIGNATURE-----\n"
	static const struct { const char *text; bool is_one; } all[] = {
		/* 0x88 0x06 04 00 01 08 00 00: old, one byte of length */
		{ARMOUR("iAYEAAEIAAA="), true},
		{ARMOUR("iAYEAAEIAAA=\n=abcd"), true},
		{PGPSIG_BEGIN "\nVersion: 1\nComment: x\n\niAYEAAEIAAA=\n"
		 "-----END PGP SIGNATURE-----", true},
		/* two, four, and of the new form one, two and five */
		{ARMOUR("iQAGBAABCAAA"), true},
		{ARMOUR("igAAAAYEAAEIAAA="), true},
		{ARMOUR("wgYEAAEIAAA="), true},
		{ARMOUR("wv8AAAAGBAABCAAA"), true},
		/* in pieces, without end, too long, too short, other kinds */
		{ARMOUR("wuEEAAEIAAA="), false},
		{ARMOUR("iwQAAQgAAA=="), false},
		{ARMOUR("iAUEAAEIAAA="), false},
		{ARMOUR("iAcEAAEIAAA="), false},
		{ARMOUR("iAUEAAEIAA=="), false},
		{ARMOUR("mAYEAAEIAAA="), false},
		{ARMOUR("iAYDAAEIAAA="), false},
		{ARMOUR("iAYEAQEIAAA="), false},
		{ARMOUR("CAYEAAEIAAA="), false},
		{ARMOUR("iA=="), false}, {ARMOUR("iQA="), false},
		{ARMOUR("wv8A"), false}, {ARMOUR(""), false},
		{PGPSIG_BEGIN "iAYEAAEIAAA=\n-----END PGP SIGNATURE-----",
		 false},
		{PGPSIG_BEGIN "\niAYEAAEIAAA=\n-----END PGP SIGNATURE-----",
		 false},
		{PGPSIG_BEGIN, false}, {"", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct strbuf b;
		int hash = 0;
		bool is_one;

		strbuf_init(&b, 100);
		is_one = pgpsig_text_parse(str_c(all[i].text), &b, &hash);
		if (is_one != all[i].is_one)
			print_error("%zu\n", i);
		assert_int_equal(is_one, all[i].is_one);
		assert_true(!is_one || hash == 8);
		strbuf_release(&b);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_each_kind),
		TEST(test_speaks_for_addresses),
		TEST(test_each_byte_counts),
		TEST(test_the_id_beside_it_is_no_name),
		TEST(test_odd_signatures),
		TEST(test_refuses_keys),
		TEST(test_takes_all_keys),
		cmocka_unit_test(test_packets),
	};

	if (!pgpsig_library()) {
		puts("1..0 # SKIP the library RNP is not there");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
