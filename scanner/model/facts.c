/*
 * The words of facts: names of kinds, classes and countries, the order of
 * rows, and when a row holds.
 */
#include "model/facts.h"

#include <string.h>

#define NAME(id, name) name,
static const char *const kind_names[] = {FACT_KINDS(NAME)};
#undef NAME

/* Words are kept in one text, each between blanks. */
static const char with_holders[] = " vendor company operator ";
static const char without_holders[] =
	" university research state-body foundation community "
	"standards-body ";
static const char neutral_classes[] =
	" consumer-mail forge-noreply personal placeholder bot alias testbed "
	"community ai-coauthor ";
static const char countries[] =
	" AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG "
	"BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI "
	"CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH "
	"ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ "
	"GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT "
	"JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS "
	"LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU "
	"MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG "
	"PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG "
	"SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK "
	"TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU "
	"WF WS YE YT ZA ZM ZW ";

static bool has_word(const char *words, struct str s)
{
	char word[24] = " ";

	if (!s.n || s.n > sizeof word - 2 || str_find_ch(s, ' ') != SIZE_MAX)
		return false;
	memcpy(word + 1, s.p, s.n);
	word[s.n + 1] = ' ';
	return str_find(str_c(words), str_n(word, s.n + 2)) != SIZE_MAX;
}

const char *facts_kind_name(enum fact_kind k)
{
	return kind_names[k];
}

bool facts_find_kind(struct str name, enum fact_kind *ret)
{
	for (size_t i = 0; i < FACT_KIND_COUNT; i++)
		if (str_is(name, kind_names[i])) {
			*ret = (enum fact_kind)i;
			return true;
		}
	return false;
}

char facts_confidence_letter(enum fact_confidence c)
{
	return "?CBA"[c];
}

const char *facts_state_name(enum fact_state s)
{
	static const char *const names[] = {"accepted", "disputed",
					    "withdrawn"};

	return names[s];
}

size_t facts_organisation(const struct facts *f, struct str id)
{
	size_t lo = 0, hi = f->organisations.n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = str_cmp(f->organisations.v[mid].id, id);

		if (!c)
			return mid;
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return SIZE_MAX;
}

bool facts_is_organisation_kind(struct str s)
{
	return has_word(with_holders, s) || has_word(without_holders, s);
}

bool facts_has_holders(struct str organisation_kind)
{
	return !has_word(without_holders, organisation_kind);
}

bool facts_is_neutral_class(struct str s)
{
	return has_word(neutral_classes, s);
}

bool facts_is_country(struct str s)
{
	return has_word(countries, s);
}

static int compare_spans(struct date_span a, struct date_span b)
{
	int c = (a.first > b.first) - (a.first < b.first);

	return c ? c : (a.last > b.last) - (a.last < b.last);
}

static int compare_evidence(const struct fact_evidence *a,
			    const struct fact_evidence *b)
{
	const struct str x[] = {a->source, a->speaks_for, a->read, a->note};
	const struct str y[] = {b->source, b->speaks_for, b->read, b->note};
	int c = 0;

	for (size_t i = 0; a != b && !c && i < sizeof x / sizeof *x; i++)
		c = str_cmp(x[i], y[i]);
	return c;
}

/* What is written in the columns from the object on. */
static int compare_said(const struct fact *a, const struct fact *b)
{
	int c = str_cmp(a->object, b->object);

	if (!c)
		c = str_cmp(a->value, b->value);
	if (!c)
		c = compare_spans(a->from, b->from);
	if (!c)
		c = compare_spans(a->to, b->to);
	return c ? c : compare_evidence(a->evidence, b->evidence);
}

int facts_compare(const struct fact *a, const struct fact *b)
{
	int c = (a->kind > b->kind) - (a->kind < b->kind);

	if (!c)
		c = str_cmp(a->subject, b->subject);
	if (!c)
		c = compare_said(a, b);
	if (!c)
		c = (a->confidence < b->confidence) -
		    (a->confidence > b->confidence);
	if (!c)
		c = (a->state > b->state) - (a->state < b->state);
	if (!c)
		c = a->is_assumed - b->is_assumed;
	if (!c)
		c = str_cmp(a->evidence->file, b->evidence->file);
	return c ? c : (a->line > b->line) - (a->line < b->line);
}

int64_t facts_low(const struct fact *f)
{
	return f->low_bp * FACT_BP + f->low_side;
}

int64_t facts_high(const struct fact *f)
{
	return f->high_bp * FACT_BP + f->high_side;
}

bool facts_holds(const struct fact *f, int32_t day)
{
	return day >= f->from.last && day < f->to.first;
}

bool facts_may_hold(const struct fact *f, int32_t day)
{
	return day >= f->from.first && day < f->to.last;
}
