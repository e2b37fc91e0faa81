/*
 * The comparable form of an organisation's name.  Case and marks are folded
 * for Latin letters, composed (Unicode Latin-1 Supplement, Extended-A and
 * Additional) or not, case for Greek and Cyrillic; letters of other scripts
 * stay as they are.  Names of another script are the same by an alias only.
 */
#include "model/facts_name.h"

#include "base/limits.h"

/* What U+00C0 to U+017F are without marks; digits stand for two letters. */
static const char latin[] =
	"aaaaaa1ceeeeiiiidnooooo ouuuuy23"
	"aaaaaa1ceeeeiiiidnooooo ouuuuy2y"
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii55jjkkk"
	"llllllllllnnnnnnnnnoooooo44rrrrrrssssssssttttttuuuuuuuuuuuu"
	"wwyyyzzzzzzs";
static const char *const two_letters[] = {"", "ae", "th", "ss", "oe", "ij"};

/* Further Latin letters with marks: from here to the next entry they are
 * this letter; 0 = as they are. */
struct letters {
	uint16_t first;
	char letter;
};

static const struct letters marked[] = {
	{0x180, 0}, {0x1a0, 'o'}, {0x1a2, 0}, {0x1af, 'u'}, {0x1b1, 0},
	{0x1cd, 'a'}, {0x1cf, 'i'}, {0x1d1, 'o'}, {0x1d3, 'u'}, {0x1dd, 0},
	{0x1de, 'a'}, {0x1e2, 0}, {0x1e6, 'g'}, {0x1e8, 'k'}, {0x1ea, 'o'},
	{0x1ee, 0}, {0x1f4, 'g'}, {0x1f6, 0}, {0x1f8, 'n'}, {0x1fa, 'a'},
	{0x1fc, 0}, {0x200, 'a'}, {0x204, 'e'}, {0x208, 'i'}, {0x20c, 'o'},
	{0x210, 'r'}, {0x214, 'u'}, {0x218, 's'}, {0x21a, 't'}, {0x21c, 0},
	{0x21e, 'h'}, {0x220, 0}, {0x226, 'a'}, {0x228, 'e'}, {0x22a, 'o'},
	{0x232, 'y'}, {0x234, 0}, {0x1e00, 'a'}, {0x1e02, 'b'},
	{0x1e08, 'c'}, {0x1e0a, 'd'}, {0x1e14, 'e'}, {0x1e1e, 'f'},
	{0x1e20, 'g'}, {0x1e22, 'h'}, {0x1e2c, 'i'}, {0x1e30, 'k'},
	{0x1e36, 'l'}, {0x1e3e, 'm'}, {0x1e44, 'n'}, {0x1e4c, 'o'},
	{0x1e54, 'p'}, {0x1e58, 'r'}, {0x1e60, 's'}, {0x1e6a, 't'},
	{0x1e72, 'u'}, {0x1e7c, 'v'}, {0x1e80, 'w'}, {0x1e8a, 'x'},
	{0x1e8e, 'y'}, {0x1e90, 'z'}, {0x1e96, 'h'}, {0x1e97, 't'},
	{0x1e98, 'w'}, {0x1e99, 'y'}, {0x1e9a, 'a'}, {0x1e9b, 's'},
	{0x1e9e, 0}, {0x1ea0, 'a'}, {0x1eb8, 'e'}, {0x1ec8, 'i'},
	{0x1ecc, 'o'}, {0x1ee4, 'u'}, {0x1ef2, 'y'}, {0x1efa, 0},
};

/* Legal forms, as they look once points are gone; sorted. */
static const char *const forms[] = {
	"a s", "ab", "ad", "ag", "aktiebolag", "aktiengesellschaft",
	"anonim sirketi", "ans", "ao", "aps", "as", "asa", "berhad",
	"besloten vennootschap", "bhd", "bt", "bv", "bvba", "cjsc", "co",
	"company", "corp", "corporation", "cv", "cvba", "cyf", "dac", "dd",
	"designated activity company", "doo", "ead", "eg", "ehf", "eireli",
	"ek", "eood", "eurl", "ev", "fz llc", "fzco", "fze", "gbr", "gesmbh",
	"ggmbh", "gie", "gk", "gmbh", "godo kaisha", "haftungsbeschrankt",
	"hb", "hf", "inc", "incorporated", "ivs", "jsc", "k k", "k s",
	"kabushiki gaisha", "kabushiki kaisha", "kb", "kda", "kft", "kg",
	"kgaa", "kk", "ks", "ky", "lda", "limitada", "limited", "llc", "lllp",
	"llp", "lp", "ltd", "ltda", "ltee", "mbh", "naamloze vennootschap",
	"nv", "nyrt", "oao", "ohf", "ohg", "ojsc", "ood", "ooo", "opc",
	"osakeyhtio", "ou", "oy", "oyj", "pao", "pbc", "pcl", "pjsc", "plc",
	"pllc", "private", "proprietary", "psc", "pt", "pte", "pty", "publ",
	"public company", "pvt", "qpsc", "qsc", "rt", "s a", "s a de c v",
	"s de rl de cv", "s p a", "sa", "sa de cv", "sa rl", "sal", "saoc",
	"saog", "sapi de cv", "sarl", "sas", "sasu", "sau", "sca", "scarl",
	"sce", "scl", "scop", "scpa", "scrl", "scs", "sdn", "se", "sgps",
	"sia", "sicav", "sl", "slu", "snc", "sociedad anonima",
	"sociedad limitada", "societa per azioni", "societe anonyme", "sp j",
	"sp k", "sp z oo", "sp zoo", "spa", "spc", "spj", "spk", "spol s ro",
	"spol sro", "spolka akcyjna", "sprl", "spzoo", "srl", "srls", "sro",
	"sti", "tbk", "teo", "too", "uab", "uc", "ug", "ulc", "unlimited",
	"vof", "wll", "yk", "yugen kaisha", "zao", "zrt", "ао", "зао", "оао",
	"ооо", "пао", "тов", "株", "유", "주",
};
/* The same, where they come first in a name. */
static const char *const first_forms[] = {
	"ab", "ao", "oao", "ooo", "pao", "pt", "uab", "zao", "ао", "зао",
	"оао", "ооо", "пао", "株", "주", "유",
};
static const char *const joined_forms[] = {
	"股份有限公司", "有限责任公司", "有限責任公司", "有限公司",
	"株式会社", "有限会社", "合同会社", "주식회사", "유한회사",
};
/* The most words of a legal form. */
#define FORM_WORDS 5

/* Text that grows within memory that is large enough. */
struct text {
	char *p;
	size_t n;
};

/* The code point at the front of s and its length; 0xFFFD, 1 where it is no
 * UTF-8. */
static uint32_t front(struct str s, size_t *ret_n)
{
	unsigned char c = (unsigned char)s.p[0];
	size_t n = c < 0x80 ? 1 : c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
	uint32_t v = n == 1 ? c : c & (0xffu >> (n + 1));

	*ret_n = 1;
	if (n > s.n)
		return 0xfffd;
	for (size_t i = 1; i < n; i++)
		v = v << 6 | ((unsigned char)s.p[i] & 0x3f);
	*ret_n = n;
	return v;
}

static void add_text(struct text *b, const char *s)
{
	while (*s)
		b->p[b->n++] = *s++;
}

static void add_blank(struct text *b)
{
	if (b->n && b->p[b->n - 1] != ' ')
		b->p[b->n++] = ' ';
}

static void add_ascii(struct text *b, char c)
{
	if (ascii_is_alnum(c)) {
		b->p[b->n++] = ascii_lower(c);
	} else if (c == '&') {
		add_blank(b);
		add_text(b, "and ");
	} else if (c != '.' && c != '\'') {
		add_blank(b);
	}
}

/* Signs without meaning for a name: quotes, (R), (C), TM, and marks that
 * stand behind their letter. */
static bool is_dropped(uint32_t v)
{
	return v == 0x2018 || v == 0x2019 || v == 0xa9 || v == 0xae ||
	       v == 0x2122 || (v >= 0x300 && v <= 0x36f);
}

static bool is_blank(uint32_t v)
{
	return (v >= 0x80 && v < 0xc0) || (v >= 0x2000 && v <= 0x206f) ||
	       (v >= 0x3000 && v <= 0x303f) || v == 0x30fb;
}

static void add_latin(struct text *b, char c)
{
	if (c == ' ')
		add_blank(b);
	else if (ascii_is_digit(c))
		add_text(b, two_letters[c - '0']);
	else
		b->p[b->n++] = c;
}

/* The letter below the marks, 0 where there are none that are known. */
static char without_marks(uint32_t v)
{
	char letter = 0;

	for (size_t i = 0; i < sizeof marked / sizeof *marked &&
	     marked[i].first <= v; i++)
		letter = marked[i].letter;
	return v < 0x1f00 ? letter : 0;
}

/* Small letters of Greek and Cyrillic, two bytes both. */
static uint32_t lower(uint32_t v)
{
	if ((v >= 0x391 && v <= 0x3a9) || (v >= 0x410 && v <= 0x42f))
		return v + 0x20;
	return v >= 0x400 && v <= 0x40f ? v + 0x50 : v;
}

static void add_letter(struct text *b, uint32_t v, struct str s)
{
	char plain = v < 0x250 || (v >= 0x1e00 && v < 0x1f00)
		? without_marks(v) : 0;
	uint32_t small = lower(v);

	if (v == 0x3231 || v == 0x321c) /* (stock), in one sign */
		add_text(b, v == 0x3231 ? " 株 " : " 주 ");
	else if (plain) {
		b->p[b->n++] = plain;
	} else if (small != v) {
		b->p[b->n++] = (char)(0xc0 | small >> 6);
		b->p[b->n++] = (char)(0x80 | (small & 0x3f));
	} else {
		for (size_t i = 0; i < s.n; i++)
			b->p[b->n++] = s.p[i];
	}
}

static void fold(struct str name, struct text *b)
{
	size_t n;

	for (struct str s = name; s.n; s = str_from(s, n)) {
		uint32_t v = front(s, &n);

		if (v >= 0xff01 && v <= 0xff5e)
			v -= 0xfee0;
		if (v < 0x80)
			add_ascii(b, (char)v);
		else if (v >= 0xc0 && v < 0x180)
			add_latin(b, latin[v - 0xc0]);
		else if (v == 0xa9 && !b->n)
			add_text(b, "copyright ");
		else if (is_dropped(v))
			continue;
		else if (is_blank(v))
			add_blank(b);
		else
			add_letter(b, v, str_head(s, n));
	}
}

static bool is_form(struct str s)
{
	size_t lo = 0, hi = sizeof forms / sizeof *forms;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = str_cmp(str_c(forms[mid]), s);

		if (!c)
			return true;
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return false;
}

static bool take_joined_form(struct str *s)
{
	for (size_t i = 0; i < sizeof joined_forms / sizeof *joined_forms;
	     i++) {
		struct str form = str_c(joined_forms[i]);

		if (s->n > form.n && str_has_suffix(*s, form)) {
			*s = str_trim(str_head(*s, s->n - form.n));
			return true;
		}
	}
	return false;
}

/* Takes the longest legal form off the end; false when there is none. */
static bool take_form(struct str *s)
{
	size_t at = s->n, longest = 0;

	for (size_t words = 0; words < FORM_WORDS; words++) {
		at = str_rfind_ch(str_head(*s, at), ' ');
		if (at == SIZE_MAX)
			break;
		if (is_form(str_from(*s, at + 1)))
			longest = at;
	}
	if (!longest)
		return s->n && (s->p[s->n - 1] & 0x80) && take_joined_form(s);
	*s = str_head(*s, longest);
	/* "GmbH & Co. KG" */
	if (str_has_suffix(*s, STR(" and")))
		*s = str_head(*s, s->n - 4);
	return true;
}

/* Takes one legal form off the front. */
static void take_first_form(struct str *s)
{
	size_t blank = str_find_ch(*s, ' ');

	for (size_t i = 0; i < sizeof joined_forms / sizeof *joined_forms;
	     i++) {
		struct str form = str_c(joined_forms[i]);

		if (s->n > form.n && str_has_prefix(*s, form)) {
			*s = str_trim(str_from(*s, form.n));
			return;
		}
	}
	for (size_t i = 0; blank != SIZE_MAX &&
	     i < sizeof first_forms / sizeof *first_forms; i++)
		if (str_eq(str_head(*s, blank), str_c(first_forms[i]))) {
			*s = str_from(*s, blank + 1);
			return;
		}
}

static bool is_year(struct str s)
{
	uint64_t v;

	return s.n == 4 && str_to_u64(s, &v) && v > 1900 && v < 2200;
}

/* "Copyright (c) 2019-2021 X. All rights reserved" is about X. */
static struct str without_notice(struct str s)
{
	struct str rest = s, word;
	bool is_notice = str_has_prefix(s, STR("copyright "));

	if (str_has_suffix(s, STR(" all rights reserved")))
		s.n -= STR(" all rights reserved").n;
	rest = s;
	while (is_notice && str_word(&rest, &word) &&
	       (str_is(word, "copyright") || str_is(word, "c") ||
		str_is(word, "by") || str_is(word, "present") ||
		is_year(word)))
		s = str_trim(rest);
	return s;
}

/* No byte becomes more than five ("&": " and "). */
#define GROWTH 5

struct str facts_name_form(struct arena *a, struct str name)
{
	struct text b = {0};
	struct str s;

	if (name.n > LIMIT_NAME_BYTES)
		return STR("");
	b.p = arena_alloc(a, (name.n + 3) * GROWTH);
	fold(name, &b);
	s = without_notice(str_trim(str_n(b.p, b.n)));
	if (s.n > 4 && str_has_prefix(s, STR("the ")))
		s = str_from(s, 4);
	return s;
}

struct str facts_name_short(struct str form)
{
	struct str all = form;

	take_first_form(&form);
	while (take_form(&form))
		;
	return form.n ? form : all;
}
