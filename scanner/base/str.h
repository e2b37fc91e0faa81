/*
 * A slice: bytes that somebody else owns.  Text from input is handled as
 * slices and never assumed to end in NUL, to be UTF-8 or to be free of NUL.
 * All classification is ASCII; no locale is consulted anywhere.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
	const char *p;
	size_t n;
};

/* A slice of a string literal. */
#define STR(lit) ((struct str){"" lit, sizeof(lit) - 1})
/* The two printf arguments for "%.*s". */
#define STR_ARG(s) (int)(s).n, (s).p

/* A slice of a C string; NULL gives the empty slice. */
static inline struct str str_c(const char *s)
{
	return (struct str){s ? s : "", s ? strlen(s) : 0};
}

/* A slice of n bytes at p. */
static inline struct str str_n(const char *p, size_t n)
{
	return (struct str){p, n};
}

/* Has it no bytes? */
static inline bool str_is_empty(struct str s)
{
	return s.n == 0;
}

/* Equality of bytes. */
static inline bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Equality to a C string. */
static inline bool str_is(struct str a, const char *b)
{
	return str_eq(a, str_c(b));
}

/* Equality, ASCII letters in either case. */
bool str_eq_nocase(struct str a, struct str b);
/* Bytewise order, shorter first on a common prefix: <0, 0, >0. */
int str_cmp(struct str a, struct str b);
/* Does it begin so? */
static inline bool str_has_prefix(struct str s, struct str prefix)
{
	return s.n >= prefix.n && str_eq(str_n(s.p, prefix.n), prefix);
}

/* The same at the end; the same at the start, ASCII letters in either case. */
bool str_has_suffix(struct str s, struct str suffix);
bool str_has_prefix_nocase(struct str s, struct str prefix);

/* The offset of the first byte c, or SIZE_MAX. */
static inline size_t str_find_ch(struct str s, char c)
{
	const char *at = s.n ? memchr(s.p, c, s.n) : NULL;

	return at ? (size_t)(at - s.p) : SIZE_MAX;
}

/* The same of the last. */
size_t str_rfind_ch(struct str s, char c);
/* The offset of the first occurrence of a needle, or SIZE_MAX. */
size_t str_find(struct str s, struct str needle);
/* The same, ASCII letters in either case. */
size_t str_find_nocase(struct str s, struct str needle);

/* From offset `from` to the end; past the end gives the empty slice. */
static inline struct str str_from(struct str s, size_t from)
{
	if (from > s.n)
		from = s.n;
	return (struct str){s.p ? s.p + from : s.p, s.n - from};
}

/* At most the first n bytes. */
static inline struct str str_head(struct str s, size_t n)
{
	return (struct str){s.p, n < s.n ? n : s.n};
}

/* Bytes [from, to), clamped to the slice. */
static inline struct str str_sub(struct str s, size_t from, size_t to)
{
	return str_from(str_head(s, to), from);
}

/* Without ASCII blanks (space, tab, CR, LF, VT, FF) at both ends. */
struct str str_trim(struct str s);
/* Without one pair of equal quotes (' or ") around it. */
struct str str_unquote(struct str s);

/*
 * Takes the text before the first `sep` off *rest and stores it in *ret_part
 * (the whole rest when there is no `sep`).  False when *rest was used up
 * (its p is NULL then).
 */
bool str_split(struct str *rest, char sep, struct str *ret_part);
/* The next line without its LF or CR LF; false at the end. */
bool str_line(struct str *rest, struct str *ret_line);
/* The next run of non-blank bytes; false at the end. */
bool str_word(struct str *rest, struct str *ret_word);
/* Cuts s at the first `sep` into two; false and all in *a when absent. */
bool str_cut(struct str s, char sep, struct str *a, struct str *b);

/* A decimal number without sign, all of s; false when it is not one or
 * does not fit. */
bool str_to_u64(struct str s, uint64_t *ret_value);
/* A decimal number with an optional '-'. */
bool str_to_i64(struct str s, int64_t *ret_value);

/* Shell-like match of s: `*` (any run) and `?` (one byte) only; in time
 * never more than the product of the two lengths. */
bool str_glob(struct str s, struct str pattern, bool nocase);

/* The same, ASCII letters in either case. */
static inline bool str_is_like(struct str s, struct str pattern)
{
	return str_glob(s, pattern, true);
}

/* Is s as any of n C strings, by one of the above? */
bool str_any_of(struct str s, const char *const *list, size_t n,
		bool (*is_as)(struct str s, struct str other));
/* The same of an array. */
#define str_any(s, list, is_as) \
	str_any_of(s, list, sizeof(list) / sizeof *(list), is_as)

/* ASCII tables; safe for every byte value. */
static inline char ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static inline bool ascii_is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool ascii_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool ascii_is_alpha(char c)
{
	c = ascii_lower(c);
	return c >= 'a' && c <= 'z';
}

static inline bool ascii_is_alnum(char c)
{
	return ascii_is_alpha(c) || ascii_is_digit(c);
}

static inline bool ascii_is_hex(char c)
{
	c = ascii_lower(c);
	return ascii_is_digit(c) || (c >= 'a' && c <= 'f');
}

#endif
