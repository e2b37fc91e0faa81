/* SHA-256 and HMAC against the vectors of FIPS 180-4 and RFC 4231. */
#include "unit.h"

#include <string.h>

#include "base/sha256.h"

static void assert_hex(const unsigned char *digest, const char *want)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	sha256_hex(&b, digest, SHA256_BYTES);
	assert_string_equal(b.p, want);
	strbuf_release(&b);
}

static void test_digests(void **state)
{
	static char million[1000000];
	unsigned char d[SHA256_BYTES];

	(void)state;
	sha256_of((struct str){NULL, 0}, d);
	assert_hex(d, "e3b0c44298fc1c149afbf4c8996fb924"
		      "27ae41e4649b934ca495991b7852b855");
	sha256_of(STR("abc"), d);
	assert_hex(d, "ba7816bf8f01cfea414140de5dae2223"
		      "b00361a396177a9cb410ff61f20015ad");
	sha256_of(STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnop"
		      "nopq"), d);
	assert_hex(d, "248d6a61d20638b8e5c026930c3e6039"
		      "a33ce45964ff2167f6ecedd419db06c1");
	memset(million, 'a', sizeof million);
	sha256_of(str_n(million, sizeof million), d);
	assert_hex(d, "cdc76e5c9914fb9281a1c7e284d73e67"
		      "f1809a48a497200e046d39ccc7112cd0");
}

static void test_hmac(void **state)
{
	unsigned char d[SHA256_BYTES], key[131];

	(void)state;
	memset(key, 0x0b, 20);
	sha256_hmac(str_n((char *)key, 20), STR("Hi There"), d);
	assert_hex(d, "b0344c61d8db38535ca8afceaf0bf12b"
		      "881dc200c9833da726e9376c2e32cff7");
	sha256_hmac(STR("Jefe"), STR("what do ya want for nothing?"), d);
	assert_hex(d, "5bdcc146bf60754e6a042426089575c7"
		      "5a003f089d2739839dec58b964ec3843");
	memset(key, 0xaa, sizeof key);
	sha256_hmac(str_n((char *)key, sizeof key),
		    STR("Test Using Larger Than Block-Size Key - "
			"Hash Key First"), d);
	assert_hex(d, "60e431591ee0b67f0d8a26aacbf5b77f"
		      "8e0bc6213728c5140546040f0ee37f54");
	sha256_hmac((struct str){NULL, 0}, (struct str){NULL, 0}, d);
	assert_hex(d, "b613679a0814d9ec772f95d778c35fc5"
		      "ff1697c493715653c6c712144292c5ad");
}

static void test_hex(void **state)
{
	struct strbuf b;

	(void)state;
	strbuf_init(&b, 0);
	sha256_hex(&b, (const unsigned char *)"\x00\x0f\xa5\xff", 4);
	sha256_hex(&b, NULL, 0);
	assert_str(strbuf_str(&b), "000fa5ff");
	strbuf_release(&b);
}

static void test_pieces(void **state)
{
	unsigned char d[SHA256_BYTES];
	struct sha256 *h = sha256_begin();

	(void)state;
	sha256_add(h, STR("a"));
	sha256_add(h, (struct str){NULL, 0});
	sha256_add(h, STR("bc"));
	sha256_end(h, d);
	assert_hex(d, "ba7816bf8f01cfea414140de5dae2223"
		      "b00361a396177a9cb410ff61f20015ad");
}

/* RFC 8032, 7.1, test 3. */
static void test_ed25519(void **state)
{
	static const char key[] =
		"-----BEGIN PUBLIC KEY-----\n"
		"MCowBQYDK2VwAyEA/FHNjmIYoaONpH7QAjDwWAgW7RO6MwOsXeuRFUiQgCU=\n"
		"-----END PUBLIC KEY-----\n";
	static const char rsa[] =
		"-----BEGIN PUBLIC KEY-----\nAAAA\n"
		"-----END PUBLIC KEY-----\n";
	static const unsigned char right[64] = {
		0x62, 0x91, 0xd6, 0x57, 0xde, 0xec, 0x24, 0x02, 0x48, 0x27,
		0xe6, 0x9c, 0x3a, 0xbe, 0x01, 0xa3, 0x0c, 0xe5, 0x48, 0xa2,
		0x84, 0x74, 0x3a, 0x44, 0x5e, 0x36, 0x80, 0xd7, 0xdb, 0x5a,
		0xc3, 0xac, 0x18, 0xff, 0x9b, 0x53, 0x8d, 0x16, 0xf2, 0x90,
		0xae, 0x67, 0xf7, 0x60, 0x98, 0x4d, 0xc6, 0x59, 0x4a, 0x7c,
		0x15, 0xe9, 0x71, 0x6e, 0xd2, 0x8d, 0xc0, 0x27, 0xbe, 0xce,
		0xea, 0x1e, 0xc4, 0x0a};
	struct str signature = str_n((const char *)right, sizeof right);
	struct str message = STR("\xaf\x82");

	(void)state;
	assert_int_equal(sha256_verify_ed25519(str_c(key), message, signature),
			 OK);
	assert_int_equal(sha256_verify_ed25519(str_c(key), STR("\xaf\x83"),
					       signature), ERR_FORMAT);
	assert_int_equal(sha256_verify_ed25519(str_c(key), message,
					       str_head(signature, 63)),
			 ERR_FORMAT);
	assert_int_equal(sha256_verify_ed25519(str_c(key), message, STR("")),
			 ERR_FORMAT);
	assert_int_equal(sha256_verify_ed25519(str_c(rsa), message, signature),
			 ERR_CONFIG);
	assert_int_equal(sha256_verify_ed25519(STR(""), message, signature),
			 ERR_CONFIG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_digests),
		cmocka_unit_test(test_hmac),
		cmocka_unit_test(test_hex),
		cmocka_unit_test(test_pieces),
		cmocka_unit_test(test_ed25519),
	};

	return cmocka_run_group_tests_name("sha256", tests, NULL, NULL);
}
