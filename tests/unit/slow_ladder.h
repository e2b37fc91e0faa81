/*
 * Random facts, and the ladder written down rule by rule, as slowly as it
 * takes to be obviously right: every set is computed anew until nothing
 * changes.  Only test_ladder_random.c includes this.
 */
#ifndef TESTS_SLOW_LADDER_H
#define TESTS_SLOW_LADDER_H

#include "facts_text.h"

#include <stdlib.h>

#include "attribute/attribute.h"

#define NODES 7
#define ROWS 40
#define WHOLE 100000 /* 1 % is 1000: room for "one share more" */
#define HALF (WHOLE / 2)
#define AS_OF "2020-06-15"

static uint64_t seed;

static int random_of(int n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (int)((seed >> 33) % (unsigned)n);
}

/* --- random rows ---------------------------------------------------------- */

enum when { NEVER, MAYBE, SURE };

static const struct {
	const char *text;
	int low, high;
} shares[] = {
	{"60%", 60000, 60000}, {"50%", 50000, 50000}, {"30%", 30000, 30000},
	{"50%+1", 50001, 50001}, {"50%-1", 49999, 49999},
	{">50%", 50001, WHOLE}, {"<50%", 0, 49999}, {"10%", 10000, 10000},
	{"20%-60%", 20000, 60000}, {"unknown", 0, WHOLE},
	{"25%", 25000, 25000}, {"100%", WHOLE, WHOLE}, {"5%", 5000, 5000},
};
static const struct {
	const char *from, *to;
	enum when when;
} windows[] = {
	{"", "", SURE}, {"", "", SURE}, {"", "", SURE}, {"2010", "", SURE},
	{"", "2021-05", SURE}, {"2020-06-15", "2020-06-16", SURE},
	{"2020", "", MAYBE}, {"", "2020-06", MAYBE}, {"2020-06-16", "", NEVER},
	{"", "2020-06-15", NEVER},
};
static const char *const kinds[] = {"vendor", "vendor", "vendor", "operator",
				    "university", "state-body"};
static const struct {
	const char *text;
	int cap;
} caps[] = {{"no-controller", 49999}, {"<25%", 24999}, {"<5%", 4999}};

struct row {
	enum fact_kind kind;
	int s, o;       /* nodes */
	int value;      /* index into one of the tables, or 1: inside */
	int window;
	enum fact_confidence confidence;
};

static struct row rows[ROWS];
static int list_window; /* when the list is in force */
static int rows_n, nodes_n;
/* What the graphs are made of. */
static bool is_paths; /* every edge is control: proofs are paths */
static bool is_plain; /* only shares, for sure */

static void add(enum fact_kind kind, int s, int o, int value)
{
	int window = is_paths || is_plain ? 0 : random_of(10);
	bool is_b = !is_paths && !is_plain && random_of(3) == 0;

	if (rows_n < ROWS)
		rows[rows_n++] = (struct row){kind, s, o, value, window,
					      is_b ? FACT_B : FACT_A};
}

static void add_edge(void)
{
	int s = random_of(nodes_n), o = random_of(nodes_n);
	int share = random_of(sizeof shares / sizeof *shares);

	if (s == o)
		return;
	if (!is_plain && random_of(3) == 0)
		add(FACT_CONTROLS, s, o, 0);
	else
		add(FACT_OWNS, s, o, is_paths ? 0 : share);
}

/* Whether the list is held whole, and whom it cannot name. */
static void add_extent(void)
{
	list_window = is_paths || is_plain ? 0 : random_of(20);
	if (is_paths || is_plain) {
		add(FACT_EXTENT, 0, -1, 0);
		return;
	}
	if (random_of(4))
		add(FACT_EXTENT, 0, -1, random_of(5) == 0);
	if (random_of(4) == 0)
		add(FACT_EXEMPTS, 0, -1, random_of(4) == 0);
}

static void generate(void)
{
	int edges = random_of(11);

	rows_n = 0;
	nodes_n = 2 + random_of(NODES - 1);
	add_extent();
	for (int i = 0; i < nodes_n; i++) {
		int kind = is_paths || is_plain ? 0 : random_of(6);

		add(FACT_ORGANISATION, i, -1, kind);
		rows[rows_n - 1].window = 0;
		if (random_of(4))
			add(FACT_ESTABLISHES, i, -1, random_of(3) == 0);
		if (random_of(6) == 0)
			add(FACT_LISTS, i, -1, 0);
		if (is_paths || is_plain)
			continue;
		if (random_of(10) == 0)
			add(FACT_CONTROLLED_FROM, i, -1, random_of(2));
		if (random_of(8) == 0)
			add(FACT_DISPERSED, i, -1, random_of(3));
		if (random_of(12) == 0)
			add(FACT_LOCATED, i, -1, random_of(2));
	}
	for (int i = 0; i < edges; i++)
		add_edge();
}

static void shuffle(void)
{
	for (int i = rows_n - 1; i > 0; i--) {
		int k = random_of(i + 1);
		struct row r = rows[i];

		rows[i] = rows[k];
		rows[k] = r;
	}
}

static void write_said(struct strbuf *b, const struct row *r)
{
	const char *place = r->value ? "CN" : "US";

	switch (r->kind) {
	case FACT_ORGANISATION:
		strbuf_fmt(b, "n%d,%s,n%d", r->s, kinds[r->value], r->s);
		break;
	case FACT_LISTS:
		strbuf_fmt(b, "l,n%d,x", r->s);
		break;
	case FACT_EXTENT:
		strbuf_fmt(b, "l,%s,x", r->value ? "part" : "whole");
		break;
	case FACT_EXEMPTS:
		strbuf_fmt(b, "l,,%s", place);
		break;
	case FACT_OWNS:
		strbuf_fmt(b, "n%d,n%d,%s", r->s, r->o,
			   shares[r->value].text);
		break;
	case FACT_CONTROLS:
		strbuf_fmt(b, "n%d,n%d,x", r->s, r->o);
		break;
	case FACT_DISPERSED:
		strbuf_fmt(b, "n%d,,%s", r->s, caps[r->value].text);
		break;
	default:
		strbuf_fmt(b, "n%d,,%s", r->s, place);
		break;
	}
}

static void write_row(struct strbuf *b, const struct row *r)
{
	strbuf_fmt(b, "%s,", facts_kind_name(r->kind));
	write_said(b, r);
	strbuf_fmt(b, ",%s,%s,,,,%c,,\n", windows[r->window].from,
		   windows[r->window].to,
		   facts_confidence_letter(r->confidence));
}

static void write_list(struct strbuf *b)
{
	int w = list_window < 10 ? list_window : 0;

	strbuf_fmt(b, "list,l,,x,%s,%s,,,,A,,\n", windows[w].from,
		   windows[w].to);
}

/* --- what the program says ------------------------------------------------ */

struct answer {
	struct facts facts;
	struct arena arena;
	struct ladders ladders;
};

static void ask(struct answer *a)
{
	static const struct str places[] = {{"CN", 2}}, lists[] = {{"l", 1}};
	struct concern c = {places, !is_plain, lists, 1, 0};
	struct diags ds = {0};
	struct strbuf b;

	*a = (struct answer){0};
	strbuf_init(&b, 0);
	write_list(&b);
	for (int i = 0; i < rows_n; i++)
		write_row(&b, &rows[i]);
	facts_text(&a->facts, &ds, b.p);
	/* they may contradict, but each row is a fact */
	assert_int_equal(ds.counts[RW1701], 0);
	assert_int_equal(date_parse(STR(AS_OF), &c.as_of), OK);
	attribute_ladders(&a->facts, &c, NULL, &a->arena, &a->ladders);
	strbuf_release(&b);
	diag_release(&ds);
}

static void forget(struct answer *a)
{
	facts_store_release(&a->facts);
	arena_release(&a->arena);
}

/* --- the slow solution ---------------------------------------------------- */

struct pair {
	int low, high;
	bool is_control, is_known, is_possible;
};

struct node {
	bool in, may_in, out, listed, may_listed, from_in, may_from_in,
	     from_out, may_from_out, dispersed, has_kind, is_body, is_state;
	int cap;
};

static struct node node[NODES];
static bool is_list_open; /* whoever is missing may still be on it */
static struct pair pair[NODES][NODES]; /* holder, held */

static enum when holds(const struct row *r, enum fact_confidence level)
{
	return r->confidence >= level ? windows[r->window].when : NEVER;
}

static void read_node(const struct row *r, bool is_sure)
{
	struct node *n = &node[r->s];

	switch (r->kind) {
	case FACT_ORGANISATION:
		n->has_kind = true;
		n->is_body = r->value >= 4;
		n->is_state = r->value == 5;
		break;
	case FACT_ESTABLISHES:
		n->in |= is_sure && r->value;
		n->may_in |= r->value;
		n->out |= is_sure && !r->value;
		break;
	case FACT_LISTS:
		n->listed |= is_sure;
		n->may_listed = true;
		break;
	case FACT_CONTROLLED_FROM:
		n->from_in |= is_sure && r->value;
		n->may_from_in |= r->value;
		n->from_out |= is_sure && !r->value;
		n->may_from_out |= !r->value;
		break;
	case FACT_DISPERSED:
		n->dispersed |= is_sure;
		if (is_sure && caps[r->value].cap < n->cap)
			n->cap = caps[r->value].cap;
		break;
	default:
		break;
	}
}

static int max(int a, int b)
{
	return a > b ? a : b;
}

static int min(int a, int b)
{
	return a < b ? a : b;
}

/* The order in which a pair's rows are met matters only where they
 * contradict each other: the interval grows to hold them all then. */
static void read_owns(int s, int o, enum fact_confidence level)
{
	struct pair *p = &pair[s][o];
	enum fact_confidence best = 0;
	int low = 0, high = WHOLE, least = WHOLE, most = 0;

	for (int i = 0; i < rows_n; i++) {
		const struct row *r = &rows[i];

		if (r->kind != FACT_OWNS || r->s != s || r->o != o ||
		    holds(r, level) == NEVER)
			continue;
		p->is_known |= shares[r->value].low > HALF;
		if (holds(r, level) == SURE && r->confidence > best)
			best = r->confidence;
		p->high = max(p->high, shares[r->value].high);
	}
	for (int i = 0; best && i < rows_n; i++) {
		const struct row *r = &rows[i];

		if (r->kind != FACT_OWNS || r->s != s || r->o != o ||
		    holds(r, level) != SURE || r->confidence != best)
			continue;
		low = max(low, shares[r->value].low);
		high = min(high, shares[r->value].high);
		least = min(least, shares[r->value].low);
		most = max(most, shares[r->value].high);
	}
	if (best) {
		p->low = low <= high ? low : least;
		p->high = low <= high ? high : most;
	}
}

static bool has_list_row(enum fact_kind kind, int value)
{
	for (int i = 0; i < rows_n; i++)
		if (rows[i].kind == kind && rows[i].value == value &&
		    holds(&rows[i], FACT_A) == SURE)
			return true;
	return false;
}

/* No entry names it, and that does not clear it of the list: by the rows of
 * confidence A the list is held in part, and may name what is established
 * where this one is. */
static bool may_be_missing(int node_i)
{
	bool is_sure = false;

	for (int i = 0; i < rows_n; i++) {
		const struct row *r = &rows[i];

		if (r->kind != FACT_ESTABLISHES || r->s != node_i ||
		    holds(r, FACT_A) == NEVER)
			continue;
		if (!has_list_row(FACT_EXEMPTS, r->value))
			return true;
		is_sure |= holds(r, FACT_A) == SURE;
	}
	return !is_sure;
}

static void read_rows(enum fact_confidence level)
{
	for (int i = 0; i < NODES; i++)
		node[i] = (struct node){.cap = WHOLE};
	for (int s = 0; s < NODES; s++)
		for (int o = 0; o < NODES; o++) {
			pair[s][o] = (struct pair){0};
			read_owns(s, o, level);
		}
	for (int i = 0; i < rows_n; i++) {
		const struct row *r = &rows[i];
		enum when when = holds(r, level);

		if (when != NEVER)
			read_node(r, when == SURE);
		if (when != NEVER && r->kind == FACT_CONTROLS) {
			pair[r->s][r->o].is_known = true;
			pair[r->s][r->o].is_control |= when == SURE;
		}
	}
	is_list_open = level == FACT_A && !has_list_row(FACT_EXTENT, 0) &&
		       (list_window >= 10 ||
			windows[list_window].when != NEVER);
	for (int i = 0; i < nodes_n; i++) {
		node[i].may_listed |= is_list_open && may_be_missing(i);
		if (!node[i].in && !node[i].out)
			node[i].may_in = true;
	}
}

/* A control row, kept apart as it also closes half of the shares. */
static bool by_row[NODES][NODES];

static void read_pairs(void)
{
	for (int o = 0; o < nodes_n; o++) {
		int sum = 0;

		for (int s = 0; s < nodes_n; s++)
			sum += pair[s][o].low;
		for (int s = 0; s < nodes_n; s++) {
			struct pair *p = &pair[s][o];

			by_row[s][o] = p->is_control;
			p->is_control |= p->low > HALF;
			p->is_possible = p->is_known ||
				(p->high > HALF &&
				 WHOLE - (sum - p->low) > HALF);
		}
	}
}

struct sets {
	bool established[NODES], owned[NODES], controlled[NODES],
	     owner[NODES], concern[NODES], state[NODES], affiliate[NODES];
	int share[NODES];
};

static struct sets low, high;

static bool is_party(int i)
{
	return node[i].listed || node[i].from_in ||
	       (node[i].is_state && node[i].in);
}

static bool is_base(int i)
{
	return node[i].in && !node[i].may_from_out;
}

/* Inside, and no way up leads elsewhere. */
static void find_ours(bool *ours)
{
	bool is_changed = true;

	for (int i = 0; i < nodes_n; i++)
		ours[i] = is_base(i);
	while (is_changed) {
		is_changed = false;
		for (int o = 0; o < nodes_n; o++)
			for (int s = 0; s < nodes_n; s++)
				if (ours[o] && pair[s][o].is_known &&
				    !ours[s] && !is_party(s)) {
					ours[o] = false;
					is_changed = true;
				}
	}
}

static bool is_below_listed(int i)
{
	for (int s = 0; s < nodes_n; s++)
		if (pair[s][i].is_control &&
		    (node[s].listed || low.affiliate[s]))
			return true;
	return false;
}

static bool step_low(int i, const bool *ours)
{
	struct sets was = low;
	bool all_known = is_base(i), controller = false, state = false;
	int share = 0;

	for (int s = 0; s < nodes_n; s++) {
		const struct pair *p = &pair[s][i];

		all_known &= !p->is_known || low.concern[s];
		controller |= p->is_control && low.concern[s];
		state |= p->is_control && low.state[s];
		share += low.owner[s] ? p->low : 0;
	}
	low.share[i] = min(share, WHOLE);
	low.established[i] = ours[i] || all_known;
	low.owned[i] = share >= HALF;
	low.owner[i] = is_party(i) || low.established[i] || low.owned[i];
	low.controlled[i] = node[i].from_in || controller ||
			    (node[i].is_state && node[i].in) ||
			    (node[i].is_body && low.established[i]);
	low.concern[i] = low.owner[i] || low.controlled[i];
	low.state[i] = (node[i].is_state && node[i].in) || state;
	low.affiliate[i] = is_below_listed(i);
	return was.share[i] != low.share[i] ||
	       was.concern[i] != low.concern[i] ||
	       was.owner[i] != low.owner[i] || was.state[i] != low.state[i] ||
	       was.affiliate[i] != low.affiliate[i] ||
	       was.controlled[i] != low.controlled[i];
}

static void solve_low(void)
{
	bool ours[NODES], is_changed = true;

	low = (struct sets){0};
	find_ours(ours);
	while (is_changed) {
		is_changed = false;
		for (int i = 0; i < nodes_n; i++)
			is_changed |= step_low(i, ours);
	}
}

static int share_high(int i)
{
	const struct node *n = &node[i];
	int share = WHOLE, most = 0;
	bool is_named_elsewhere = false;

	for (int s = 0; s < nodes_n; s++) {
		share -= high.owner[s] ? 0 : pair[s][i].low;
		most += high.owner[s] ? pair[s][i].high : 0;
		is_named_elsewhere |= by_row[s][i] && !high.concern[s];
	}
	share = min(share, n->cap);
	if (n->is_body || (n->from_out && !n->may_from_in))
		share = min(share, most);
	if (is_named_elsewhere)
		share = min(share, HALF - 1);
	return max(share, low.share[i]);
}

static bool is_open(int i, const bool *set)
{
	const struct node *n = &node[i];
	int elsewhere = 0;

	for (int s = 0; s < nodes_n; s++) {
		elsewhere += set[s] ? 0 : pair[s][i].low;
		if (pair[s][i].is_control && !set[s])
			return false;
	}
	return !n->is_body && !n->from_out && !n->dispersed &&
	       elsewhere < WHOLE;
}

static bool has_possible(int i, const bool *set)
{
	for (int s = 0; s < nodes_n; s++)
		if (pair[s][i].is_possible && set[s])
			return true;
	return false;
}

static bool has_sure_elsewhere(int i, const bool *set)
{
	for (int s = 0; s < nodes_n; s++)
		if (pair[s][i].is_control && !set[s])
			return true;
	return false;
}

static bool may_be_state(int i)
{
	const struct node *n = &node[i];
	bool inside = n->may_in &&
		(n->is_state || !n->has_kind ||
		 (n->is_body && !has_sure_elsewhere(i, high.state)));

	return inside || has_possible(i, high.state) ||
	       is_open(i, high.state) ||
	       (n->may_from_in && n->has_kind && !n->is_state);
}

/* Rows lead down from what may be listed, or an undisclosed holder may be. */
static bool may_be_affiliate(int i)
{
	bool reached[NODES], is_any = is_list_open;

	for (int k = 0; k < nodes_n; k++) {
		reached[k] = node[k].may_listed || high.affiliate[k];
		is_any |= node[k].may_listed;
	}
	return is_any &&
	       (has_possible(i, reached) || is_open(i, reached));
}

static bool step_high(int i)
{
	const struct node *n = &node[i];
	bool party = n->may_listed || n->may_from_in ||
		     (n->is_state && n->may_in);
	struct sets was = high;

	high.established[i] = n->may_in && !n->from_out &&
			      !has_sure_elsewhere(i, high.concern);
	high.share[i] = share_high(i);
	high.owned[i] = high.share[i] >= HALF;
	high.controlled[i] = n->may_from_in || is_open(i, high.concern) ||
			     has_possible(i, high.concern) ||
			     (n->is_body && high.established[i]) ||
			     (n->is_state && n->may_in);
	high.owner[i] = party || high.established[i] || high.owned[i];
	high.concern[i] = high.owner[i] || high.controlled[i];
	high.state[i] = may_be_state(i);
	high.affiliate[i] = may_be_affiliate(i);
	return was.share[i] != high.share[i] ||
	       was.concern[i] != high.concern[i] ||
	       was.owner[i] != high.owner[i] ||
	       was.state[i] != high.state[i] ||
	       was.affiliate[i] != high.affiliate[i] ||
	       was.controlled[i] != high.controlled[i] ||
	       was.established[i] != high.established[i];
}

static void solve_high(void)
{
	bool is_changed = true;

	for (int i = 0; i < nodes_n; i++) {
		high.established[i] = high.owned[i] = high.controlled[i] =
			high.owner[i] = high.concern[i] = high.state[i] =
			high.affiliate[i] = true;
		high.share[i] = WHOLE;
	}
	while (is_changed) {
		is_changed = false;
		for (int i = 0; i < nodes_n; i++)
			is_changed |= step_high(i);
	}
}

static void solve_slowly(enum fact_confidence level)
{
	read_rows(level);
	read_pairs();
	solve_low();
	solve_high();
}

static enum rung_state state_of(bool is_proven, bool is_possible)
{
	return is_proven ? RUNG_PROVEN : is_possible ? RUNG_POSSIBLE : RUNG_NO;
}

/* Of the group of a listed one: below what controls one, that is of concern
 * and no ministry. */
static bool is_mate(int i)
{
	bool head[NODES] = {false}, below[NODES] = {false};
	bool is_changed = true;

	while (is_changed) {
		is_changed = false;
		for (int s = 0; s < nodes_n; s++)
			for (int o = 0; o < nodes_n; o++) {
				if (!pair[s][o].is_control)
					continue;
				if (!head[s] && low.concern[s] &&
				    !node[s].is_state &&
				    (node[o].listed || head[o]))
					is_changed = head[s] = true;
				if (!below[o] && (head[s] || below[s]))
					is_changed = below[o] = true;
			}
	}
	return (head[i] || below[i]) && !node[i].listed;
}

static enum rung_state by_share(int i, int share)
{
	return state_of(low.share[i] >= share, high.share[i] >= share);
}

static enum rung_state slow_state(int i, enum rung r)
{
	switch (r) {
	case RUNG_LISTED:
		return state_of(node[i].listed, node[i].may_listed);
	case RUNG_AFFILIATE:
		return state_of(low.affiliate[i],
				high.affiliate[i] || is_mate(i));
	case RUNG_OWNED50: return by_share(i, 50000);
	case RUNG_OWNED25: return by_share(i, 25000);
	case RUNG_OWNED10: return by_share(i, 10000);
	case RUNG_OWNED5: return by_share(i, 5000);
	case RUNG_CONTROLLED:
		return state_of(low.controlled[i], high.controlled[i]);
	case RUNG_STATE: return state_of(low.state[i], high.state[i]);
	default:
		return state_of(low.established[i], high.established[i]);
	}
}

/* The shares of the tables are whole percents, a few units more or less. */
static int basis_points(int share)
{
	int rest = (share + 500) % 1000 - 500;

	return (share - rest) / 10 + (rest > 0) - (rest < 0);
}

#endif
