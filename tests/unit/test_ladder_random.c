/*
 * The ladder on random facts, against the slow solution: small graphs with
 * circles, undisclosed rests, partial dates and both confidences.  Seeds are
 * fixed.
 */
#include "slow_ladder.h"

/* --- comparing ------------------------------------------------------------ */

static const enum rung compared[] = {
	RUNG_LISTED, RUNG_AFFILIATE, RUNG_OWNED50, RUNG_CONTROLLED, RUNG_OWNED25,
	RUNG_OWNED10, RUNG_OWNED5, RUNG_STATE, RUNG_ESTABLISHED};

#define COMPARED (sizeof compared / sizeof *compared)

struct slow {
	enum rung_state states[NODES][COMPARED];
	int low[NODES], high[NODES];
};

static void remember(struct slow *s, enum fact_confidence level)
{
	solve_slowly(level);
	for (int i = 0; i < nodes_n; i++) {
		for (size_t k = 0; k < COMPARED; k++)
			s->states[i][k] = slow_state(i, compared[k]);
		s->low[i] = basis_points(low.share[i]);
		s->high[i] = basis_points(high.share[i]);
	}
}

static bool is_sum(enum rung r)
{
	return r == RUNG_OWNED50 || r == RUNG_OWNED25 || r == RUNG_OWNED10 ||
	       r == RUNG_OWNED5;
}

static void show(void)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	for (int i = 0; i < rows_n; i++)
		write_row(&b, &rows[i]);
	print_error("%s", b.p);
	strbuf_release(&b);
}

static bool is_same(const struct rung_result *r, const struct slow *a,
		    const struct slow *b, int i, size_t k)
{
	enum rung_state strict = a->states[i][k], on_b = b->states[i][k];
	enum rung_state want = strict == on_b ? strict
		: strict == RUNG_POSSIBLE && on_b == RUNG_NO ? RUNG_NO
							     : RUNG_POSSIBLE;

	if (r->state != want || r->state_on_b != on_b ||
	    (r->confidence == FACT_A) != (strict == on_b))
		return false;
	if (!is_sum(compared[k]) || strict != on_b)
		return true;
	return r->low_bp == a->low[i] && r->high_bp == a->high[i];
}

static void compare(const struct answer *a)
{
	struct slow strict, on_b;

	remember(&strict, FACT_A);
	remember(&on_b, FACT_B);
	for (int i = 0; i < nodes_n; i++)
		for (size_t k = 0; k < COMPARED; k++) {
			const struct rung_result *r =
				&a->ladders.v[i]->rungs[compared[k]];

			if (is_same(r, &strict, &on_b, i, k))
				continue;
			show();
			fail_msg("n%d %s: %s/%s [%d,%d], want %s, %s", i,
				 ladder_rung_name(compared[k]),
				 ladder_state_name(r->state),
				 ladder_state_name(r->state_on_b), r->low_bp,
				 r->high_bp,
				 ladder_state_name(strict.states[i][k]),
				 ladder_state_name(on_b.states[i][k]));
		}
}

static void run(uint64_t first, int graphs)
{
	struct answer a;

	for (int i = 0; i < graphs; i++) {
		seed = first + (uint64_t)i * 7919;
		generate();
		ask(&a);
		compare(&a);
		forget(&a);
	}
}

static void test_states_and_bounds(void **state)
{
	(void)state;
	is_paths = is_plain = false;
	run(1, 4000);
}

/* --- order and duplicates ------------------------------------------------- */

static void write_fact(struct strbuf *b, const struct fact *f)
{
	strbuf_fmt(b, "%s,%.*s,%.*s,%.*s,", facts_kind_name(f->kind),
		   STR_ARG(f->subject), STR_ARG(f->object),
		   STR_ARG(f->value));
	date_write_span(b, f->from);
	strbuf_ch(b, ',');
	date_write_span(b, f->to);
	strbuf_fmt(b, ",,,,%c,,\n", facts_confidence_letter(f->confidence));
}

/* All that a set of ladders says, as text. */
static void write_answer(struct strbuf *b, const struct answer *a)
{
	for (size_t i = 0; i < a->ladders.n; i++) {
		const struct ladder *l = a->ladders.v[i];

		strbuf_fmt(b, "%d %d %d %d\n", l->economic_low_bp,
			   l->economic_high_bp, l->economic_on_b_low_bp,
			   l->economic_on_b_high_bp);
		for (size_t k = 0; k < RUNG_COUNT; k++) {
			const struct rung_result *r = &l->rungs[k];

			strbuf_fmt(b, "%d %d %d %d %d\n", (int)r->state,
				   (int)r->state_on_b, (int)r->confidence,
				   r->low_bp, r->high_bp);
			for (size_t c = 0; c < r->chain_n; c++)
				write_fact(b, &a->facts.rows.v[r->chain[c]]);
		}
	}
}

static void test_order_and_duplicates(void **state)
{
	(void)state;
	is_paths = is_plain = false;
	for (uint64_t i = 0; i < 400; i++) {
		struct answer one, two;
		struct strbuf x, y;

		seed = 1000003 + i;
		generate();
		ask(&one);
		for (int k = 0; k < 3 && rows_n < ROWS; k++) {
			int from = random_of(rows_n);

			if (rows[from].kind != FACT_ORGANISATION)
				rows[rows_n++] = rows[from];
		}
		shuffle();
		ask(&two);
		strbuf_init(&x, 0);
		strbuf_init(&y, 0);
		write_answer(&x, &one);
		write_answer(&y, &two);
		assert_string_equal(x.p, y.p);
		strbuf_release(&x);
		strbuf_release(&y);
		forget(&one);
		forget(&two);
	}
}

/* --- proofs --------------------------------------------------------------- */

static bool is_declared(const struct answer *a, const struct rung_result *r,
			int i, size_t without)
{
	for (size_t k = 0; k < r->chain_n; k++) {
		const struct fact *f = &a->facts.rows.v[r->chain[k]];

		if (k != without && f->kind == FACT_ORGANISATION &&
		    f->subject.p[1] == '0' + i)
			return true;
	}
	return false;
}

/* The state of a rung when only the organisations and some rows of its proof
 * are known: all but the one at `without`. */
static enum rung_state only_by_proof(const struct answer *a, int i,
				     enum rung rung, size_t without)
{
	static const struct str places[] = {{"CN", 2}}, lists[] = {{"l", 1}};
	const struct rung_result *r = &a->ladders.v[i]->rungs[rung];
	struct concern c = {places, 1, lists, 1, 0};
	struct facts f = {0};
	struct diags ds = {0};
	struct arena arena = {0};
	struct ladder l;
	struct strbuf b;

	strbuf_init(&b, 0);
	strbuf_cstr(&b, A("list,l,,x"));
	for (size_t k = 0; k < r->chain_n; k++)
		if (k != without)
			write_fact(&b, &a->facts.rows.v[r->chain[k]]);
	/* the others are organisations of which nothing is known */
	for (int k = 0; k < nodes_n; k++)
		if (!is_declared(a, r, k, without))
			strbuf_fmt(&b, C("organisation,n%d,vendor,n%d"), k,
				   k);
	facts_text(&f, &ds, b.p);
	assert_int_equal(date_parse(STR(AS_OF), &c.as_of), OK);
	attribute_ladder(&f, (size_t)i, &c, &arena, &l);
	strbuf_release(&b);
	diag_release(&ds);
	facts_store_release(&f);
	arena_release(&arena);
	return l.rungs[rung].state_on_b;
}

/* A proof proves by itself, and no row of it is idle. */
static void check_proof(const struct answer *a, int i, enum rung rung)
{
	const struct rung_result *r = &a->ladders.v[i]->rungs[rung];
	enum rung_state want = r->state_on_b;

	if (only_by_proof(a, i, rung, SIZE_MAX) != want) {
		show();
		fail_msg("n%d %s: %s is not proven by its %zu rows", i,
			 ladder_rung_name(rung), ladder_state_name(want),
			 r->chain_n);
	}
	for (size_t k = 0; want == RUNG_PROVEN && k < r->chain_n; k++)
		if (a->facts.rows.v[r->chain[k]].kind != FACT_ORGANISATION &&
		    only_by_proof(a, i, rung, k) == RUNG_PROVEN) {
			show();
			fail_msg("n%d %s: row %zu of its proof is idle", i,
				 ladder_rung_name(rung), k);
		}
}

static bool has_proof(const struct rung_result *r, enum rung rung)
{
	if (r->state_on_b == RUNG_NO)
		return r->state == RUNG_NO && rung != RUNG_LISTED;
	return r->state_on_b == RUNG_PROVEN;
}

static void test_proofs(void **state)
{
	(void)state;
	is_paths = is_plain = false;
	for (uint64_t g = 0; g < 250; g++) {
		struct answer a;

		seed = 20000003 + g;
		generate();
		ask(&a);
		for (int i = 0; i < nodes_n; i++) {
			for (size_t k = 0; k < COMPARED; k++)
				if (has_proof(&a.ladders.v[i]->rungs[
						      compared[k]],
					      compared[k]))
					check_proof(&a, i, compared[k]);
		}
		forget(&a);
	}
}

/* Edges on the shortest way down to a node from one that is of concern by
 * itself, at least one; 0 when there is none. */
static int distance(int to, bool by_shares)
{
	int way[NODES], found = 0;
	bool ours[NODES];

	find_ours(ours);
	for (int i = 0; i < nodes_n; i++)
		way[i] = is_party(i) || ours[i] ? 0 : -1;
	for (int d = 1; d <= nodes_n && !found; d++) {
		int next[NODES];

		for (int o = 0; o < nodes_n; o++) {
			next[o] = way[o];
			for (int s = 0; s < nodes_n; s++) {
				bool is_edge = by_shares
					? pair[s][o].low > HALF
					: pair[s][o].is_control;

				if (!is_edge || way[s] < 0)
					continue;
				if (o == to && (!found || way[s] + 1 < found))
					found = way[s] + 1;
				if (next[o] < 0)
					next[o] = way[s] + 1;
			}
		}
		for (int o = 0; o < nodes_n; o++)
			way[o] = next[o];
	}
	return found;
}

/* Some are of concern only because all of their controllers are: a way from
 * there is not counted in `want`. */
static void check_length(int i, const struct rung_result *r, bool by_shares)
{
	size_t want = (size_t)distance(i, by_shares) + 1;

	if (r->state != RUNG_PROVEN || want == 1 || r->chain_n <= want)
		return;
	show();
	fail_msg("n%d: %zu rows, want %zu", i, r->chain_n, want);
}

static void test_shortest_paths(void **state)
{
	(void)state;
	is_paths = true;
	for (uint64_t g = 0; g < 1500; g++) {
		struct answer a;

		seed = 3000000019 + g;
		generate();
		ask(&a);
		solve_slowly(FACT_A);
		for (int i = 0; i < nodes_n; i++) {
			const struct rung_result *r = a.ladders.v[i]->rungs;
			check_length(i, &r[RUNG_CONTROLLED], false);
			check_length(i, &r[RUNG_OWNED50], true);
		}
		forget(&a);
	}
	is_paths = false;
}

/* --- all worlds ----------------------------------------------------------- */

/* One way in which things may really be: shares between their bounds, and
 * who has the rest of each organisation. */
struct world {
	int share[NODES][NODES];
	bool is_rest_ours[NODES];
};

static bool fill_world(struct world *w, unsigned bits)
{
	for (int o = 0; o < nodes_n; o++) {
		int sum = 0;

		w->is_rest_ours[o] = bits & 1;
		bits >>= 1;
		for (int s = 0; s < nodes_n; s++) {
			const struct pair *p = &pair[s][o];

			w->share[s][o] = p->low;
			if (p->low != p->high) {
				w->share[s][o] = bits & 1 ? p->high : p->low;
				bits >>= 1;
			}
			sum += w->share[s][o];
		}
		if (sum > WHOLE)
			return false;
	}
	return true;
}

/* What parties of concern hold in this world. */
static void solve_world(const struct world *w, int *held)
{
	bool in[NODES], is_changed = true;

	for (int i = 0; i < nodes_n; i++)
		in[i] = node[i].listed;
	while (is_changed) {
		is_changed = false;
		for (int o = 0; o < nodes_n; o++) {
			int known = 0;

			held[o] = 0;
			for (int s = 0; s < nodes_n; s++) {
				known += w->share[s][o];
				held[o] += in[s] ? w->share[s][o] : 0;
			}
			held[o] += w->is_rest_ours[o] ? WHOLE - known : 0;
			if (held[o] >= HALF && !in[o])
				in[o] = is_changed = true;
		}
	}
}

static int open_bits(void)
{
	int n = nodes_n;

	for (int s = 0; s < nodes_n; s++)
		for (int o = 0; o < nodes_n; o++)
			n += pair[s][o].low != pair[s][o].high;
	return n;
}

/* Least and most that is held in any world; false where there is none. */
static bool all_worlds(int *least, int *most)
{
	struct world w;
	bool is_any = false;

	for (int i = 0; i < nodes_n; i++) {
		least[i] = WHOLE;
		most[i] = 0;
	}
	for (unsigned bits = 0; bits < 1u << open_bits(); bits++) {
		int held[NODES];

		if (!fill_world(&w, bits))
			continue;
		is_any = true;
		solve_world(&w, held);
		for (int i = 0; i < nodes_n; i++) {
			least[i] = min(least[i], held[i]);
			most[i] = max(most[i], held[i]);
		}
	}
	return is_any;
}

/* Holders sort before what they hold. */
static bool has_no_circle(void)
{
	for (int i = 0; i < rows_n; i++)
		if (rows[i].kind == FACT_OWNS && rows[i].s > rows[i].o)
			return false;
	return true;
}

static void check_world(const struct ladder *l, int i, int least, int most,
			bool is_exact)
{
	for (size_t k = 0; k < COMPARED; k++) {
		enum rung r = compared[k];
		int share = r == RUNG_OWNED50 ? 50000
			: r == RUNG_OWNED25 ? 25000
			: r == RUNG_OWNED10 ? 10000 : 5000;
		enum rung_state want = state_of(least >= share,
						most >= share);
		enum rung_state got = l->rungs[r].state;

		if (!is_sum(r) || got == want)
			continue;
		if (!is_exact && got == RUNG_POSSIBLE)
			continue;
		show();
		fail_msg("n%d %s: %s, but %d..%d over all worlds", i,
			 ladder_rung_name(r), ladder_state_name(got), least,
			 most);
	}
}

static void test_all_worlds(void **state)
{
	int exact = 0;

	(void)state;
	is_plain = true;
	for (uint64_t g = 0; g < 600; g++) {
		int least[NODES], most[NODES];
		struct answer a;

		seed = 40000000003 + g;
		generate();
		solve_slowly(FACT_A);
		if (open_bits() > 12 || !all_worlds(least, most))
			continue;
		ask(&a);
		exact += has_no_circle();
		for (int i = 0; i < nodes_n; i++)
			check_world(a.ladders.v[i], i, least[i], most[i],
				    has_no_circle());
		forget(&a);
	}
	assert_true(exact > 50);
	is_plain = false;
}

/* --- integrated ownership ------------------------------------------------- */

static double weight(int i, bool is_high, const double *share)
{
	const struct node *n = &node[i];

	if (!is_high)
		return is_party(i) || low.established[i] ? 1 : share[i];
	return n->may_listed || n->may_from_in ||
	       (n->is_state && n->may_in) || high.established[i]
		? 1 : share[i];
}

static double one_share(int i, const double *lows, const double *highs,
			bool is_high)
{
	double sum = 0, known = 0, most = 0;
	const struct node *n = &node[i];

	for (int s = 0; s < nodes_n; s++) {
		double least = pair[s][i].low / 10 / 10000.0;
		double top = (pair[s][i].high + 9) / 10 / 10000.0;

		sum += least * weight(s, false, lows);
		known += least * (1 - weight(s, true, highs));
		most += top * weight(s, true, highs);
	}
	sum = sum > 1 ? 1 : sum;
	if (!is_high)
		return sum;
	known = known > 1 ? 0 : 1 - known;
	if (known > (n->cap + 9) / 10 / 10000.0)
		known = (n->cap + 9) / 10 / 10000.0;
	if ((n->is_body || (n->from_out && !n->may_from_in)) && known > most)
		known = most;
	return known < sum ? sum : known;
}

static void integrate(double *lows, double *highs)
{
	for (int i = 0; i < nodes_n; i++) {
		lows[i] = 0;
		highs[i] = 1;
	}
	for (int round = 0; round < 400; round++) {
		double l[NODES], h[NODES];

		for (int i = 0; i < nodes_n; i++) {
			l[i] = one_share(i, lows, highs, false);
			h[i] = one_share(i, lows, highs, true);
		}
		for (int i = 0; i < nodes_n; i++) {
			lows[i] = l[i];
			highs[i] = h[i];
		}
	}
}

static void test_integrated_ownership(void **state)
{
	(void)state;
	is_paths = is_plain = false;
	for (uint64_t g = 0; g < 1000; g++) {
		double lows[NODES], highs[NODES];
		struct answer a;

		seed = 5000000029 + g;
		generate();
		solve_slowly(FACT_A);
		integrate(lows, highs);
		ask(&a);
		for (int i = 0; i < nodes_n; i++) {
			const struct ladder *l = a.ladders.v[i];
			double x = lows[i] * 10000, y = highs[i] * 10000;

			if (l->economic_low_bp <= x + 0.01 &&
			    l->economic_low_bp > x - 2 &&
			    l->economic_high_bp >= y - 0.01 &&
			    l->economic_high_bp < y + 2)
				continue;
			show();
			fail_msg("n%d: [%d,%d], want [%f,%f]", i,
				 l->economic_low_bp, l->economic_high_bp, x,
				 y);
		}
		forget(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_states_and_bounds),
		cmocka_unit_test(test_order_and_duplicates),
		cmocka_unit_test(test_proofs),
		cmocka_unit_test(test_shortest_paths),
		cmocka_unit_test(test_all_worlds),
		cmocka_unit_test(test_integrated_ownership),
	};

	return cmocka_run_group_tests_name("ladder_random", tests, NULL,
					   NULL);
}
