/*
 * The reader of objects against packs written by hand, most of which lie.
 * Streams are zlib's with stored blocks; names are one byte repeated, which
 * nothing checks.
 */
#include "repo.h"

#include "base/strbuf.h"
#include "base/vec.h"
#include "history/odb.h"

struct made {
	unsigned char name;
	size_t offset;
};

static struct strbuf pack;           /* the file being made */
static struct { VEC(struct made) list; } index_of;
static struct odb odb;
static struct odb_reader *reader;

static void close_odb(void)
{
	odb_reader_free(reader);
	reader = NULL;
	odb_release(&odb);
	odb = (struct odb){0};
}

static int setup(void **state)
{
	strbuf_init(&pack, 0);
	return repo_setup(state) || mkdir("objects", 0777) ||
	       mkdir("objects/pack", 0777);
}

static int teardown(void **state)
{
	close_odb();
	strbuf_release(&pack);
	vec_release(&index_of.list);
	return repo_teardown(state);
}

/* ---- writing ----------------------------------------------------------- */

static void add_be32(struct strbuf *b, uint32_t v)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		strbuf_ch(b, (char)(v >> shift));
}

/* A zlib stream of one stored block. */
static void add_stream(struct strbuf *b, struct str s)
{
	uint32_t low = 1, high = 0;

	assert_true(s.n < 65536);
	strbuf_add(b, STR("\x78\x01\x01"));
	strbuf_ch(b, (char)s.n);
	strbuf_ch(b, (char)(s.n >> 8));
	strbuf_ch(b, (char)~s.n);
	strbuf_ch(b, (char)(~s.n >> 8));
	strbuf_add(b, s);
	for (size_t i = 0; i < s.n; i++) {
		low = (low + (unsigned char)s.p[i]) % 65521;
		high = (high + low) % 65521;
	}
	add_be32(b, high << 16 | low);
}

static void begin(void)
{
	strbuf_clear(&pack);
	vec_clear(&index_of.list);
	strbuf_add(&pack, STR("PACK\0\0\0\2\0\0\0\0"));
}

/* The header of an entry, told apart from what it really holds. */
static void add_header(unsigned char name, int type, uint64_t size)
{
	vec_push(&index_of.list, ((struct made){name, pack.n}));
	strbuf_ch(&pack, (char)(type << 4 | (size & 15) |
				(size > 15 ? 128 : 0)));
	for (size >>= 4; size; size >>= 7)
		strbuf_ch(&pack, (char)((size & 127) |
					(size > 127 ? 128 : 0)));
}

static void add_entry(unsigned char name, int type, struct str bytes)
{
	add_header(name, type, bytes.n);
	add_stream(&pack, bytes);
}

/* A delta on the entry `back` bytes before (one or two bytes of it). */
static void add_ofs_delta(unsigned char name, size_t back, struct str delta)
{
	add_header(name, PACK_OFS_DELTA, delta.n);
	if (back > 127)
		strbuf_ch(&pack, (char)(128 | ((back >> 7) - 1)));
	strbuf_ch(&pack, (char)(back & 127));
	add_stream(&pack, delta);
}

static void add_ref_delta(unsigned char name, unsigned char base,
			  struct str delta)
{
	add_header(name, PACK_REF_DELTA, delta.n);
	strbuf_pad(&pack, (char)base, 20);
	add_stream(&pack, delta);
}

static int compare_made(const void *a, const void *b)
{
	return ((const struct made *)a)->name - ((const struct made *)b)->name;
}

static void write_file(const char *name, struct str s)
{
	FILE *f = fopen(name, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(s.p, 1, s.n, f), s.n);
	assert_int_equal(fclose(f), 0);
}

static void write_index(void)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	vec_sort(&index_of.list, compare_made);
	strbuf_add(&b, STR("\377tOc\0\0\0\2"));
	for (int first = 0; first < 256; first++) {
		uint32_t n = 0;

		for (size_t i = 0; i < index_of.list.n; i++)
			n += index_of.list.v[i].name <= first;
		add_be32(&b, n);
	}
	for (size_t i = 0; i < index_of.list.n; i++)
		strbuf_pad(&b, (char)index_of.list.v[i].name, 20);
	strbuf_pad(&b, 0, 4 * index_of.list.n);
	for (size_t i = 0; i < index_of.list.n; i++)
		add_be32(&b, (uint32_t)index_of.list.v[i].offset);
	strbuf_pad(&b, 0, 40);
	write_file("objects/pack/p.idx", strbuf_str(&b));
	strbuf_release(&b);
}

/* Writes both files and opens them; how many packs were taken. */
static size_t open_odb(void)
{
	struct odb_problems problems = {0};
	int fd = open("objects", O_RDONLY | O_DIRECTORY);

	close_odb();
	odb_init(&odb, OID_SHA1_BYTES);
	assert_int_equal(odb_add_folder(&odb, fd, STR("objects"), &problems),
			 OK);
	assert_int_equal(odb.packs.n + problems.list.n + odb.foreign.list.n,
			 1);
	vec_release(&problems.list);
	reader = odb_reader_new(&odb, 1 << 20);
	return odb.packs.n;
}

static void end(void)
{
	pack.p[11] = (char)index_of.list.n;
	pack.p[10] = (char)(index_of.list.n >> 8);
	strbuf_pad(&pack, 0, 20);
	write_file("objects/pack/p.pack", strbuf_str(&pack));
	write_index();
	assert_int_equal(open_odb(), 1);
}

/* ---- reading ----------------------------------------------------------- */

static struct oid named(unsigned char c)
{
	struct oid o = {0};

	memset(o.b, c, OID_SHA1_BYTES);
	return o;
}

static enum err read_max(unsigned char name, size_t max, struct str *ret)
{
	struct oid id = named(name);
	struct object *o;
	enum err e = odb_read(reader, &id, max, &o);

	*ret = STR("");
	if (!e)
		*ret = arena_dup(&repo_arena, str_n(o->p, o->n));
	odb_drop(reader, o);
	return e;
}

static void assert_bytes(unsigned char name, const char *want)
{
	struct str got;

	assert_int_equal(read_max(name, 1 << 20, &got), OK);
	assert_string_equal(arena_cstr(&repo_arena, got), want);
}

static void assert_fails(unsigned char name, enum err want)
{
	struct str got;

	assert_int_equal(read_max(name, 1 << 20, &got), want);
}

/* "hello world" from "hello": copy 5 bytes, then " world". */
#define WORLD STR("\x05\x0b\x90\x05\x06 world")

static void test_sound_packs(void **state)
{
	(void)state;
	begin();
	add_entry('b', PACK_BLOB, STR("hello"));
	add_ofs_delta('o', pack.n - 12, WORLD);
	add_ref_delta('r', 'o', STR("\x0b\x05\x91\x06\x05"));
	add_entry('e', PACK_BLOB, STR(""));
	end();
	assert_bytes('r', "world");
	assert_bytes('o', "hello world");
	assert_bytes('b', "hello");
	assert_bytes('e', "");
	assert_fails('x', ERR_NOTFOUND);
	odb_prepare(&odb);
	assert_int_equal(pack_entry_end(&odb.packs.v[0], 12),
			 index_of.list.v[2].offset);
}

static void test_limits(void **state)
{
	struct str got;
	uint64_t size;
	struct oid id = named('o');

	(void)state;
	begin();
	add_entry('b', PACK_BLOB, STR("hello"));
	add_ofs_delta('o', pack.n - 12, WORLD);
	end();
	assert_int_equal(read_max('b', 4, &got), ERR_LIMIT);
	assert_int_equal(read_max('b', 5, &got), OK);
	assert_int_equal(read_max('o', 10, &got), ERR_LIMIT);
	assert_int_equal(read_max('o', 11, &got), OK);
	assert_int_equal(read_max('o', 10, &got), ERR_LIMIT); /* cached */
	assert_int_equal(odb_size(reader, &id, &size), OK);
	assert_int_equal(size, 11);
}

static void test_lying_deltas(void **state)
{
	static const struct { struct str delta; enum err want; } cases[] = {
		{STR("\x05\x05\x90\x05"), OK},
		{STR("\x06\x05\x90\x05"), ERR_FORMAT}, /* other base */
		{STR("\x05\x05\x90\x06"), ERR_FORMAT}, /* past the base */
		{STR("\x05\x05\x91\x06\x01"), ERR_FORMAT},
		{STR("\x05\x05\x9f\xff\xff\xff\xff\x05"), ERR_FORMAT},
		{STR("\x05\x04\x90\x05"), ERR_FORMAT}, /* more than said */
		{STR("\x05\x06\x90\x05"), ERR_FORMAT}, /* less */
		{STR("\x05\x05\x80"), ERR_FORMAT},     /* 64 KB of it */
		{STR("\x05\x05\x90"), ERR_FORMAT},     /* cut */
		{STR("\x05\x05\x05xyz"), ERR_FORMAT},
		{STR("\x05\x01\x00"), ERR_FORMAT},     /* no such operation */
		{STR("\x05"), ERR_FORMAT}, {STR(""), ERR_FORMAT},
		{STR("\x05\xff"), ERR_FORMAT},
		{STR("\x05\xff\xff\xff\xff\x7f"), ERR_LIMIT}, /* a bomb */
		{STR("\x05\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"),
		 ERR_FORMAT},
		{STR("\x05\x00"), OK},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		begin();
		add_entry('b', PACK_BLOB, STR("hello"));
		add_ref_delta('r', 'b', cases[i].delta);
		end();
		assert_fails('r', cases[i].want);
	}
}

static void test_cycles(void **state)
{
	(void)state;
	begin();
	add_ref_delta('a', 'c', STR("\x05\x05\x90\x05"));
	add_ref_delta('b', 'a', STR("\x05\x05\x90\x05"));
	add_ref_delta('c', 'b', STR("\x05\x05\x90\x05"));
	add_ref_delta('s', 's', STR("\x05\x05\x90\x05"));
	add_ref_delta('n', 'x', STR("\x05\x05\x90\x05"));
	end();
	assert_fails('a', ERR_LIMIT);
	assert_fails('s', ERR_LIMIT);
	assert_fails('n', ERR_FORMAT);
}

static void test_long_chains(void **state)
{
	(void)state;
	begin();
	add_entry('0', PACK_BLOB, STR("hello"));
	for (int i = 0; i < 9990; i++) {
		size_t back = i ? 17 : pack.n - 12;

		add_ofs_delta(i == 4999 ? '1' : '9', back,
			      STR("\x05\x05\x90\x05"));
		if (i != 4999)
			index_of.list.n--;
	}
	add_ofs_delta('2', 17, STR("\x05\x05\x90\x05"));
	for (int i = 0; i < 10; i++) {
		add_ofs_delta('9', 17, STR("\x05\x05\x90\x05"));
		index_of.list.n--;
	}
	add_ofs_delta('3', 17, STR("\x05\x05\x90\x05"));
	end();
	assert_fails('3', ERR_LIMIT); /* before its bases are cached */
	assert_bytes('1', "hello");
	assert_bytes('2', "hello");
}

static void test_lying_entries(void **state)
{
	(void)state;
	begin();
	add_header('h', PACK_BLOB, (uint64_t)1 << 40); /* huge by its word */
	add_stream(&pack, STR("x"));
	add_header('m', PACK_BLOB, 6); /* more than there is */
	add_stream(&pack, STR("hello"));
	add_header('l', PACK_BLOB, 4); /* less */
	add_stream(&pack, STR("hello"));
	add_header('5', 5, 5); /* no such type */
	add_stream(&pack, STR("hello"));
	add_header('0', 0, 5);
	add_stream(&pack, STR("hello"));
	add_ofs_delta('f', 0, STR("\x05\x05\x90\x05")); /* on itself */
	add_ofs_delta('g', 16000, STR("\x05\x05\x90\x05")); /* before all */
	add_ofs_delta('i', 3, STR("\x05\x05\x90\x05")); /* inside another */
	add_header('v', PACK_BLOB, 0);
	pack.p[pack.n - 1] = (char)0xb0; /* a size that never ends */
	strbuf_pad(&pack, (char)0xff, 12);
	vec_push(&index_of.list, ((struct made){'z', pack.n + 50}));
	vec_push(&index_of.list, ((struct made){'y', 5}));
	vec_push(&index_of.list, ((struct made){'w', 0x80000007}));
	end();
	assert_fails('h', ERR_LIMIT);
	for (const char *p = "ml50fgivzyw"; *p; p++)
		assert_fails((unsigned char)*p, ERR_FORMAT);
}

static void test_files_cut_and_changed(void **state)
{
	struct str got;
	struct stat st;

	(void)state;
	begin();
	add_entry('b', PACK_BLOB, STR("hello"));
	add_ofs_delta('o', pack.n - 12, WORLD);
	add_ref_delta('r', 'o', STR("\x0b\x05\x91\x06\x05"));
	end();
	assert_int_equal(stat("objects/pack/p.idx", &st), 0);
	for (off_t n = st.st_size - 1; n >= 0; n -= n > 1040 ? 1 : 100) {
		assert_int_equal(truncate("objects/pack/p.idx", n), 0);
		assert_int_equal(open_odb(), 0);
	}
	write_index();
	assert_int_equal(stat("objects/pack/p.pack", &st), 0);
	for (off_t n = st.st_size - 1; n >= 0; n--) {
		assert_int_equal(truncate("objects/pack/p.pack", n), 0);
		if (open_odb())
			assert_int_not_equal(
				read_max('r', 1 << 20, &got) +
				read_max('b', 1 << 20, &got), OK);
	}
	end(); /* and under an opened one */
	assert_int_equal(truncate("objects/pack/p.pack", 20), 0);
	assert_fails('b', ERR_IO);
}

/* Any byte may be anything: nothing crashes, nothing is read past its end. */
static void test_every_byte_changed(void **state)
{
	static const char values[] = {0, 1, 127, (char)128, (char)255};
	struct str got;
	struct strbuf copy;

	(void)state;
	begin();
	add_entry('b', PACK_BLOB, STR("hello"));
	add_ofs_delta('o', pack.n - 12, WORLD);
	add_ref_delta('r', 'o', STR("\x0b\x05\x91\x06\x05"));
	end();
	strbuf_init(&copy, 0);
	for (size_t i = 0; i < pack.n - 20; i++)
		for (size_t v = 0; v < sizeof values; v++) {
			strbuf_clear(&copy);
			strbuf_add(&copy, strbuf_str(&pack));
			copy.p[i] = values[v];
			write_file("objects/pack/p.pack", strbuf_str(&copy));
			if (open_odb() && !read_max('r', 100, &got))
				assert_true(got.n <= 100);
		}
	strbuf_release(&copy);
}

static void write_loose(unsigned char name, struct str content)
{
	struct strbuf b;
	char hex[42];

	strbuf_init(&b, 0);
	add_stream(&b, content);
	for (int i = 0; i < 20; i++)
		snprintf(hex + 2 * i, 3, "%02x", name);
	mkdir(arena_fmt(&repo_arena, "objects/%.2s", hex).p, 0777);
	write_file(arena_fmt(&repo_arena, "objects/%.2s/%s", hex, hex + 2).p,
		   strbuf_str(&b));
	strbuf_release(&b);
}

static void test_loose(void **state)
{
	struct str got;

	(void)state;
	begin();
	add_entry('p', PACK_BLOB, STR("packed"));
	add_header('d', PACK_BLOB, 9); /* corrupt here, sound below */
	add_stream(&pack, STR("hello"));
	end();
	write_loose('a', STR("blob 5\0hello"));
	write_loose('d', STR("blob 5\0again"));
	write_loose('s', STR("blob 6\0hello"));
	write_loose('t', STR("blub 5\0hello"));
	write_loose('n', STR("blob -5\0hello"));
	write_loose('u', STR("blob 5hello"));
	write_loose('e', STR("blob 0\0"));
	write_loose('z', STR(""));
	assert_bytes('a', "hello");
	assert_bytes('d', "again");
	assert_bytes('e', "");
	for (const char *p = "stnuz"; *p; p++)
		assert_fails((unsigned char)*p, ERR_FORMAT);
	assert_int_equal(read_max('a', 4, &got), ERR_LIMIT);
	assert_int_equal(read_max('a', 5, &got), OK);
	assert_int_equal(read_max('a', 4, &got), ERR_LIMIT);
}

/* 64 MB of zeros in 64 KB. */
static void test_loose_bomb(void **state)
{
	struct str got;

	(void)state;
	begin();
	add_entry('p', PACK_BLOB, STR("packed"));
	end();
	repo_run("mkdir objects/7a && python3 -c 'import sys,zlib; "
		 "sys.stdout.buffer.write(zlib.compress(b\"blob 67108864\\0\" "
		 "+ bytes(1 << 26)))' >objects/7a/%038d",
		 0);
	repo_run("mv objects/7a/* objects/7a/$(printf '7a%%.0s' $(seq 19))");
	assert_int_equal(read_max('z', 1 << 20, &got), ERR_LIMIT);
}

static void test_prefixes(void **state)
{
	struct oid prefix = named('b'), found;

	(void)state;
	begin();
	add_entry('b', PACK_BLOB, STR("x"));
	add_entry('c', PACK_BLOB, STR("x"));
	end();
	write_loose('b', STR("blob 1\0x")); /* the same one twice */
	prefix.b[3] = 0;
	assert_int_equal(odb_find_prefix(reader, &prefix, 5, &found), 1);
	assert_int_equal(found.b[19], 'b');
	assert_int_equal(odb_find_prefix(reader, &prefix, 7, &found), 0);
	assert_int_equal(odb_find_prefix(reader, &prefix, 1, &found), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		T(test_sound_packs), T(test_limits), T(test_lying_deltas),
		T(test_cycles), T(test_long_chains), T(test_lying_entries),
		T(test_files_cut_and_changed), T(test_every_byte_changed),
		T(test_loose), T(test_loose_bomb), T(test_prefixes),
	};

	return cmocka_run_group_tests_name("odb", tests, NULL, NULL);
}
