/*
 * The columns of a facts file (docs/facts.md).  For each kind of row a table
 * says what its subject, object and value must look like.
 */
#include "store/facts_row.h"

#include "base/limits.h"
#include "base/utf8.h"

#define WHOLE_BP 10000

typedef const char *check(struct str s, struct fact *f);

static bool is_made_of(struct str s, const char *others)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!ascii_is_digit(c) && !(c >= 'a' && c <= 'z') &&
		    str_find_ch(str_c(others), c) == SIZE_MAX)
			return false;
	}
	return s.n != 0;
}

static const char *check_nothing(struct str s, struct fact *f)
{
	(void)f;
	return s.n ? "must be empty in a row of this kind" : NULL;
}

static const char *check_any(struct str s, struct fact *f)
{
	(void)s;
	(void)f;
	return NULL;
}

static const char *check_text(struct str s, struct fact *f)
{
	(void)f;
	return str_trim(s).n ? NULL : "must not be empty";
}

static const char *check_id(struct str s, struct fact *f)
{
	(void)f;
	if (is_made_of(s, "-") && s.p[0] != '-' && s.p[s.n - 1] != '-' &&
	    str_find(s, STR("--")) == SIZE_MAX)
		return NULL;
	return "is not an id (lower-case words joined by '-')";
}

/* Who runs a mail service, where it is known. */
static const char *check_operator(struct str s, struct fact *f)
{
	return s.n ? check_id(s, f) : NULL;
}

static const char *check_kind(struct str s, struct fact *f)
{
	(void)f;
	return facts_is_organisation_kind(s)
		? NULL : "is not a kind of organisation";
}

static const char *check_class(struct str s, struct fact *f)
{
	(void)f;
	return facts_is_neutral_class(s) ? NULL
					 : "is not a class of neutral hosts";
}

static const char *check_country(struct str s, struct fact *f)
{
	(void)f;
	return facts_is_country(s)
		? NULL : "is not a code of ISO 3166-1 alpha-2";
}

static const char *check_host(struct str s, struct fact *f)
{
	(void)f;
	if (is_made_of(s, ".-_") && s.n <= LIMIT_HOST_BYTES &&
	    s.p[0] != '.' && s.p[s.n - 1] != '.' &&
	    str_find(s, STR("..")) == SIZE_MAX)
		return NULL;
	return "is not a host in lower case";
}

static const char *check_prefix(struct str s, struct fact *f)
{
	(void)f;
	for (size_t i = 0; i < s.n; i++)
		if (ascii_is_blank(s.p[i]) || ascii_lower(s.p[i]) != s.p[i])
			return "is not a prefix in lower case";
	if (!s.n || s.p[s.n - 1] == '/' ||
	    str_find(s, STR("://")) != SIZE_MAX)
		return "is not a prefix without scheme and last '/'";
	return NULL;
}

/* The name of a library with the words of those who use it before. */
static const char *check_library(struct str s, struct fact *f)
{
	static const char *const words[] = {"cmake/", "link/", "pkg-config/"};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_has_prefix(s, str_c(words[i])))
			return check_prefix(s, f);
	return "does not begin with cmake/, link/ or pkg-config/";
}

/* A repository, where there is a public one. */
static const char *check_origin(struct str s, struct fact *f)
{
	return s.n ? check_prefix(s, f) : NULL;
}

/* Of a package without a repository: what the source answered. */
static const char *check_answer(struct str s, struct fact *f)
{
	if (f->object.n)
		return check_nothing(s, f);
	return str_is(s, "unknown") || str_is(s, "no-source")
		? NULL : "is neither unknown nor no-source, and no repository "
			 "is named";
}

static const char *check_mirror(struct str s, struct fact *f)
{
	(void)f;
	return str_is(s, "same") || str_is(s, "dashes")
		? NULL : "is neither same nor dashes";
}

static const char *check_extent(struct str s, struct fact *f)
{
	(void)f;
	return str_is(s, "whole") || str_is(s, "part")
		? NULL : "is neither whole nor part";
}

static const char *check_rule(struct str s, struct fact *f)
{
	(void)f;
	return str_is(s, "exact") || str_is(s, "below") || str_is(s, "except")
		? NULL : "is neither exact nor below nor except";
}

static const char *check_level(struct str s, struct fact *f)
{
	(void)f;
	return str_is(s, "direct") || str_is(s, "ultimate")
		? NULL : "is neither direct nor ultimate";
}

static const char *check_pattern(struct str s, struct fact *f)
{
	size_t letters = 0;

	(void)f;
	for (size_t i = 0; i < s.n; i++) {
		if (ascii_lower(s.p[i]) != s.p[i])
			return "is not a pattern in lower case";
		letters += s.p[i] != '*' && s.p[i] != '?' && s.p[i] != '@';
	}
	return letters ? NULL : "is a pattern that matches everything";
}

/* 20 characters with check digits: ISO 17442, ISO 7064 MOD 97-10. */
static const char *check_lei(struct str s, struct fact *f)
{
	unsigned rest = 0;

	(void)f;
	for (size_t i = 0; i < s.n && s.n == 20; i++) {
		char c = s.p[i];

		if (ascii_is_digit(c))
			rest = (rest * 10 + (unsigned)(c - '0')) % 97;
		else if (c >= 'A' && c <= 'Z')
			rest = (rest * 100 + (unsigned)(c - 'A') + 10) % 97;
		else
			rest = 97;
		if (rest == 97)
			break;
	}
	return rest == 1 ? NULL : "is not an LEI";
}

/* Takes `12.345%` off the front; what basis points leave out rounds the
 * bounds outwards. */
static bool take_percent(struct str *s, int32_t *ret_low, int32_t *ret_high)
{
	size_t percent = str_find_ch(*s, '%');
	struct str whole, part;
	uint64_t v, bp;
	bool is_more = false;

	if (percent == SIZE_MAX || percent > 16)
		return false;
	if (str_cut(str_head(*s, percent), '.', &whole, &part) && !part.n)
		return false;
	if (!str_to_u64(whole, &v) || v > 100)
		return false;
	bp = v * 100;
	for (size_t i = 0; i < part.n; i++) {
		if (!ascii_is_digit(part.p[i]))
			return false;
		if (i < 2)
			bp += (uint64_t)(part.p[i] - '0') * (i ? 1 : 10);
		else
			is_more |= part.p[i] != '0';
	}
	if (bp + is_more > WHOLE_BP)
		return false;
	*ret_low = (int32_t)bp;
	*ret_high = (int32_t)bp + is_more;
	*s = str_from(*s, percent + 1);
	return true;
}

static bool take(struct str *s, const char *token)
{
	if (!str_has_prefix(*s, str_c(token)))
		return false;
	*s = str_from(*s, str_c(token).n);
	return true;
}

/* `>50%`, `>=25%`, `<50%`, `<=5%`: a bound on one side. */
static bool parse_bound(struct str s, struct fact *f)
{
	bool is_more = take(&s, ">"), is_less = !is_more && take(&s, "<");
	bool is_closed = (is_more || is_less) && take(&s, "=");
	int32_t low, high;

	if ((!is_more && !is_less) || !take_percent(&s, &low, &high) || s.n)
		return false;
	f->low_bp = is_more ? low : 0;
	f->low_side = is_more && !is_closed && low == high;
	f->high_bp = is_more ? WHOLE_BP : high;
	f->high_side = (int8_t)-(is_less && !is_closed && low == high);
	/* more than all and less than nothing are no shares */
	return !(f->low_side && f->low_bp == WHOLE_BP) &&
	       !(f->high_side && f->high_bp == 0);
}

/* `30.34%`, `50%+1` and `50%-1` (shares), `20%-30%`. */
static bool parse_share(struct str s, struct fact *f)
{
	int32_t ignored;

	if (!take_percent(&s, &f->low_bp, &f->high_bp))
		return false;
	if (!s.n)
		return true;
	if (str_is(s, "+1") || str_is(s, "-1")) {
		f->low_side = f->high_side = s.p[0] == '+' ? 1 : -1;
		return f->low_bp == f->high_bp && f->low_bp > 0 &&
		       f->low_bp < WHOLE_BP;
	}
	return take(&s, "-") && take_percent(&s, &ignored, &f->high_bp) &&
	       !s.n && f->low_bp <= ignored;
}

static const char *check_share(struct str s, struct fact *f)
{
	if (str_is(s, "unknown")) {
		f->high_bp = WHOLE_BP;
		return NULL;
	}
	if (parse_bound(s, f) || parse_share(s, f))
		return NULL;
	return "is not a share (30.34%, >50%, <50%, >=25%, 20%-30%, 50%+1, "
	       "50%-1 or unknown)";
}

static const char *check_dispersed(struct str s, struct fact *f)
{
	if (str_is(s, "no-controller")) {
		f->high_bp = WHOLE_BP / 2;
		f->high_side = -1;
		return NULL;
	}
	if (str_has_prefix(s, STR("<")) && parse_bound(s, f) &&
	    f->high_bp <= WHOLE_BP / 2)
		return NULL;
	return "is neither no-controller nor `<NN%` up to <50%";
}

struct shape {
	check *subject, *object, *value;
};

static const struct shape shapes[FACT_KIND_COUNT] = {
	[FACT_SOURCE] = {check_id, check_any, check_text},
	[FACT_ORGANISATION] = {check_id, check_kind, check_text},
	[FACT_ALIAS] = {check_id, check_nothing, check_text},
	[FACT_LEI] = {check_id, check_nothing, check_lei},
	[FACT_HOST] = {check_host, check_id, check_nothing},
	[FACT_NEUTRAL] = {check_host, check_class, check_operator},
	[FACT_BOT] = {check_pattern, check_nothing, check_any},
	[FACT_TYPO] = {check_host, check_host, check_nothing},
	[FACT_ESTABLISHES] = {check_id, check_nothing, check_country},
	[FACT_LOCATED] = {check_id, check_nothing, check_country},
	[FACT_OWNS] = {check_id, check_id, check_share},
	[FACT_CONTROLS] = {check_id, check_id, check_text},
	[FACT_CONTROLLED_FROM] = {check_id, check_nothing, check_country},
	[FACT_DISPERSED] = {check_id, check_nothing, check_dispersed},
	[FACT_LIST] = {check_id, check_any, check_text},
	[FACT_LISTS] = {check_id, check_id, check_any},
	[FACT_EXTENT] = {check_id, check_extent, check_text},
	[FACT_EXEMPTS] = {check_id, check_nothing, check_country},
	[FACT_PUBLISHES] = {check_prefix, check_id, check_nothing},
	[FACT_MIRROR] = {check_prefix, check_prefix, check_mirror},
	[FACT_PACKAGE] = {check_prefix, check_origin, check_answer},
	[FACT_LIBRARY] = {check_library, check_origin, check_text},
	[FACT_SUFFIX] = {check_host, check_nothing, check_rule},
	[FACT_REGISTRANT] = {check_host, check_nothing, check_country},
	[FACT_UNDISCLOSED] = {check_id, check_level, check_text},
	[FACT_FORK] = {check_prefix, check_prefix, check_nothing},
};

bool facts_row_is_header(const struct str *fields, size_t n)
{
#define NAME(id, name) name,
	static const char *const names[] = {FACTS_COLUMNS(NAME)};
#undef NAME

	if (n != COLUMN_COUNT)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!str_is(fields[i], names[i]))
			return false;
	return true;
}

bool facts_row_next_source(struct str *rest, struct str *ret_id)
{
	return str_split(rest, ';', ret_id);
}

bool facts_row_is_lei(struct str s)
{
	return !check_lei(s, NULL);
}

const char *facts_row_check_text(struct str s)
{
	if (s.n > LIMIT_NAME_BYTES)
		return "is too long";
	if (!utf8_is_valid(s))
		return "is not UTF-8";
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
			return "holds a control character";
	return NULL;
}

static const char *parse_ends(const struct str *fields, struct fact *f,
			      enum facts_column *ret_column)
{
	struct str from = fields[COLUMN_FROM], to = fields[COLUMN_TO];

	f->from = (struct date_span){DATE_MIN, DATE_MIN};
	f->to = (struct date_span){DATE_MAX, DATE_MAX};
	*ret_column = COLUMN_FROM;
	if (from.n && date_parse_span(from, &f->from))
		return "is not a date";
	*ret_column = COLUMN_TO;
	if (to.n && date_parse_span(to, &f->to))
		return "is not a date";
	return f->from.first < f->to.last ? NULL
					  : "is not after the begin";
}

static const char *parse_evidence(const struct str *fields,
				  struct fact_evidence *ret,
				  enum facts_column *ret_column)
{
	struct str rest = fields[COLUMN_SOURCE], id;
	struct date_span ignored;

	*ret = (struct fact_evidence){
		.source = fields[COLUMN_SOURCE],
		.speaks_for = fields[COLUMN_SPEAKS_FOR],
		.read = fields[COLUMN_READ],
		.note = fields[COLUMN_NOTE],
	};
	*ret_column = COLUMN_SOURCE;
	while (rest.n && facts_row_next_source(&rest, &id))
		if (check_id(id, NULL))
			return "is not a list of ids joined by ';'";
	*ret_column = COLUMN_SPEAKS_FOR;
	if (ret->speaks_for.n && date_parse_span(ret->speaks_for, &ignored))
		return "is not a date";
	*ret_column = COLUMN_READ;
	if (ret->read.n && date_parse_span(ret->read, &ignored))
		return "is not a date";
	return NULL;
}

static const char *parse_confidence(struct str s, struct fact *f,
				    enum facts_column *ret_column)
{
	*ret_column = COLUMN_CONFIDENCE;
	if (s.n == 1 && s.p[0] >= 'A' && s.p[0] <= 'C')
		f->confidence = (enum fact_confidence)(FACT_A - (s.p[0] - 'A'));
	else if (!s.n && f->kind == FACT_SOURCE)
		f->confidence = FACT_A;
	else
		return "is not A, B or C";
	return NULL;
}

static const char *parse_state(struct str s, struct fact *f)
{
	f->state = str_is(s, "disputed") ? FACT_DISPUTED
		: str_is(s, "withdrawn") ? FACT_WITHDRAWN : FACT_ACCEPTED;
	return s.n && f->state == FACT_ACCEPTED
		? "is neither empty nor disputed nor withdrawn" : NULL;
}

/* Subject, object and value, as the kind wants them. */
static const char *parse_said(struct fact *f, enum facts_column *ret_column)
{
	const char *problem;

	*ret_column = COLUMN_SUBJECT;
	problem = shapes[f->kind].subject(f->subject, f);
	if (problem)
		return problem;
	*ret_column = COLUMN_OBJECT;
	problem = shapes[f->kind].object(f->object, f);
	if (problem)
		return problem;
	if ((f->kind == FACT_OWNS || f->kind == FACT_CONTROLS ||
	     f->kind == FACT_TYPO || f->kind == FACT_MIRROR ||
	     f->kind == FACT_FORK) &&
	    str_eq(f->subject, f->object))
		return "is the same as the subject";
	*ret_column = COLUMN_VALUE;
	return shapes[f->kind].value(f->value, f);
}

/* The kind, which says what the other columns must look like. */
static const char *parse_kind(struct str s, struct fact *f)
{
	enum fact_kind kind;

	if (!facts_find_kind(s, &kind))
		return "is not a kind of fact";
	f->kind = kind;
	return NULL;
}

const char *facts_row_parse(const struct str *fields, struct fact *ret,
			    struct fact_evidence *ret_evidence,
			    enum facts_column *ret_column)
{
	const char *problem;

	*ret = (struct fact){
		.subject = fields[COLUMN_SUBJECT],
		.object = fields[COLUMN_OBJECT],
		.value = fields[COLUMN_VALUE],
		.evidence = ret_evidence,
		.subject_org = SIZE_MAX, .object_org = SIZE_MAX,
	};
	for (size_t i = 0; i < COLUMN_COUNT; i++) {
		*ret_column = (enum facts_column)i;
		problem = facts_row_check_text(fields[i]);
		if (problem)
			return problem;
	}
	*ret_column = COLUMN_KIND;
	problem = parse_kind(fields[COLUMN_KIND], ret);
	if (!problem)
		problem = parse_said(ret, ret_column);
	if (!problem)
		problem = parse_ends(fields, ret, ret_column);
	if (!problem)
		problem = parse_evidence(fields, ret_evidence, ret_column);
	if (!problem)
		problem = parse_confidence(fields[COLUMN_CONFIDENCE], ret,
					   ret_column);
	if (problem)
		return problem;
	*ret_column = COLUMN_STATE;
	return parse_state(fields[COLUMN_STATE], ret);
}
