/*
 * `ranwhence doctor`: what this machine gives the program, for a report of a
 * fault and before it is trusted in a pipeline.
 */
#include <stdio.h>

#include "base/archive_in.h"
#include "base/date.h"
#include "base/inflate.h"
#include "base/json_in.h"
#include "base/regex.h"
#include "base/sandbox.h"
#include "base/sha256.h"
#include "base/xml_in.h"
#include "base/yaml_in.h"
#include "cli/command.h"
#include "cli/setup.h"
#include "feeds/pq.h"
#include "history/foreign.h"
#include "history/pgpsig.h"
#include "store/facts_store.h"
#include "store/store.h"

static void show_libraries(void)
{
	const char *pgp = pgpsig_library();

	printf("libraries\n");
	printf("  libgit2     %s\n", foreign_library_version());
	printf("  libdeflate  %s\n", inflate_library_version());
	printf("  cJSON       %s\n", json_library_version());
	printf("  libyaml     %s\n", yaml_library_version());
	printf("  %s\n", xml_library_version());
	printf("  %s\n", archive_library_version());
	printf("  PCRE2       %s\n", regex_library_version());
	printf("  SQLite      %s\n", db_library_version());
	printf("  %s\n", sha256_library_version());
	if (pq_is_built_in())
		printf("  libpq       %d.%d\n", pq_library_version() / 10000,
		       pq_library_version() % 10000);
	else
		printf("  libpq       not built in: no queue\n");
	printf("  RNP         %s\n", pgp ? pgp : "not there: signatures of "
	       "OpenPGP cannot be verified");
}

/* A worker tries what it must not be able to do. */
static enum sandbox_level show_sandbox(void)
{
	struct sandbox_trial trials[SANDBOX_TRIALS];
	enum sandbox_level level = sandbox_try(trials);

	printf("sandbox: %s\n", sandbox_level_name(level));
	for (size_t i = 0; i < SANDBOX_TRIALS; i++) {
		printf("  %-18s %s\n", trials[i].what,
		       trials[i].was_refused ? "refused" : "ALLOWED");
		if (!trials[i].was_refused && level == SANDBOX_FULL)
			level = SANDBOX_PARTIAL;
	}
	return level;
}

static void show_store(const struct opts *o)
{
	struct arena a = {0};
	struct diags ds = {0};
	const char *path = setup_store_path(o, &a);
	struct store *s;
	enum err e = path ? store_open(path, DB_READ, &ds, &s)
			  : ERR_NOTFOUND;

	printf("store: %s%s\n", path ? path : "no folder for it is known",
	       !path ? "" : !e ? "" : e == ERR_NOTFOUND
	       ? " (not there; a scan works without)" : " (not usable)");
	if (!e)
		store_close(s);
	setup_complain(&ds, DIAG_WARNING);
	diag_release(&ds);
	arena_release(&a);
}

static void show_facts(void)
{
	struct opts none = {0};
	struct diags ds = {0};
	struct facts f = {0};

	if (!setup_facts(&none, NULL, NULL, &f, &ds))
		printf("facts: %zu rows about %zu organisations\n",
		       f.rows.n, f.organisations.n);
	setup_complain(&ds, DIAG_WARNING);
	facts_store_release(&f);
	diag_release(&ds);
}

static void show_day(void)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	date_write(&b, date_now());
	printf("day of judgement, if none is given: %s\n", b.p);
	strbuf_release(&b);
}

static int run_doctor(const struct opts *o)
{
	enum sandbox_level level;

	printf("%s\n", PACKAGE_STRING);
	show_libraries();
	fflush(stdout);
	level = show_sandbox();
	show_store(o);
	show_facts();
	show_day();
	if (level == SANDBOX_FULL)
		return 0;
	return opt_given(o, OPT_ID_require_sandbox) ? EXIT_USAGE : 0;
}

const struct command command_doctor = {
	.name = "doctor", .arguments = "",
	.summary = "show libraries, isolation, store, facts and clock",
	.bit = OPT_DOCTOR, .run = run_doctor,
};
