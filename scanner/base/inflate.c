/* libdeflate behind two calls: it works on whole buffers only. */
#include "base/inflate.h"

#include <libdeflate.h>
#include <stdlib.h>

#include "base/mem.h"

struct inflate {
	struct libdeflate_decompressor *of;
};

struct inflate *inflate_new(void)
{
	struct inflate *z = mem_new(1, sizeof *z);

	z->of = libdeflate_alloc_decompressor();
	if (!z->of)
		mem_fail();
	return z;
}

void inflate_free(struct inflate *z)
{
	if (z)
		libdeflate_free_decompressor(z->of);
	free(z);
}

enum err inflate_exact(struct inflate *z, struct str in, void *out, size_t n)
{
	enum libdeflate_result r = libdeflate_zlib_decompress(
		z->of, in.p, in.n, out, n, NULL);

	return r == LIBDEFLATE_SUCCESS ? OK : ERR_FORMAT;
}

enum err inflate_all(struct inflate *z, struct str in, size_t max,
		     char **ret_out, size_t *ret_n)
{
	/* Deflate makes at most 1032 bytes of one, so a small input never
	 * asks for a large buffer. */
	size_t most = in.n < max / 1032 ? in.n * 1032 + 64 : max;
	size_t room = in.n < most / 4 ? in.n * 4 + 64 : most;

	*ret_out = NULL;
	for (;;) {
		enum libdeflate_result r;

		*ret_out = mem_resize(*ret_out, room, 1);
		r = libdeflate_zlib_decompress(z->of, in.p, in.n, *ret_out,
					       room, ret_n);
		if (r == LIBDEFLATE_SUCCESS)
			return OK;
		if (r != LIBDEFLATE_INSUFFICIENT_SPACE)
			return ERR_FORMAT;
		if (room >= most)
			return ERR_LIMIT;
		room = room < most / 4 ? room * 4 : most;
	}
}

enum err inflate_gunzip(struct str in, size_t max, struct strbuf *to)
{
	struct inflate *z = inflate_new();
	size_t room = in.n < max / 4 ? in.n * 4 + 64 : max, used, made;
	enum libdeflate_result r;
	char *out = NULL;

	do {
		out = mem_resize(out, room + 1, 1);
		r = libdeflate_gzip_decompress_ex(z->of, in.p, in.n, out, room,
						  &used, &made);
		if (r != LIBDEFLATE_INSUFFICIENT_SPACE || room >= max)
			break;
		room = room < max / 4 ? room * 4 : max;
	} while (true);
	if (r == LIBDEFLATE_SUCCESS && used == in.n)
		strbuf_add(to, str_n(out, made));
	free(out);
	inflate_free(z);
	return r == LIBDEFLATE_INSUFFICIENT_SPACE ? ERR_LIMIT
	       : r == LIBDEFLATE_SUCCESS && used == in.n ? OK : ERR_FORMAT;
}

const char *inflate_library_version(void)
{
	return LIBDEFLATE_VERSION_STRING;
}
