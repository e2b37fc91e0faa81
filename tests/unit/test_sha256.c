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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_digests),
		cmocka_unit_test(test_hmac),
		cmocka_unit_test(test_hex),
	};

	return cmocka_run_group_tests_name("sha256", tests, NULL, NULL);
}
