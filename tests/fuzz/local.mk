# tests/fuzz: with --enable-fuzzers programs of libFuzzer; without, each target
# replays its seeds as a test of `make check`.
#   make fuzz TIME=60          every target for so many seconds, two at a time
#   make fuzz ONLY=fuzz_json   one of them
#   make fuzz SEED=1           the same inputs in the same order as the last
#                              time, where nothing was kept of other runs
#   make fuzz-totals           what all runs in this folder did
# They are built by clang (FUZZ_CC) with sanitizers in fuzz/; corpora and
# findings stay there.
fuzz_programs = \
	tests/fuzz/fuzz_answers \
	tests/fuzz/fuzz_commit \
	tests/fuzz/fuzz_compare \
	tests/fuzz/fuzz_diff \
	tests/fuzz/fuzz_digest \
	tests/fuzz/fuzz_exchange \
	tests/fuzz/fuzz_extract \
	tests/fuzz/fuzz_facts \
	tests/fuzz/fuzz_feeds \
	tests/fuzz/fuzz_fetch \
	tests/fuzz/fuzz_history \
	tests/fuzz/fuzz_json \
	tests/fuzz/fuzz_policy \
	tests/fuzz/fuzz_purl \
	tests/fuzz/fuzz_report \
	tests/fuzz/fuzz_sbom \
	tests/fuzz/fuzz_stack \
	tests/fuzz/fuzz_toml \
	tests/fuzz/fuzz_waivers \
	tests/fuzz/fuzz_yaml

if FUZZERS
noinst_PROGRAMS = $(fuzz_programs)
fuzz_driver =
fuzz_ldflags = $(AM_LDFLAGS) -fsanitize=fuzzer
else
check_PROGRAMS += $(fuzz_programs)
fuzz_driver = tests/fuzz/replay.c
fuzz_ldflags = $(AM_LDFLAGS)
endif

tests_fuzz_fuzz_answers_SOURCES = tests/fuzz/fuzz_answers.c \
	tests/fuzz/fuzz_store.h $(fuzz_driver)
tests_fuzz_fuzz_answers_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_commit_SOURCES = tests/fuzz/fuzz_commit.c $(fuzz_driver)
tests_fuzz_fuzz_commit_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_compare_SOURCES = tests/fuzz/fuzz_compare.c $(fuzz_driver)
tests_fuzz_fuzz_compare_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_diff_SOURCES = tests/fuzz/fuzz_diff.c $(fuzz_driver)
tests_fuzz_fuzz_diff_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_digest_SOURCES = tests/fuzz/fuzz_digest.c $(fuzz_driver)
tests_fuzz_fuzz_digest_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_exchange_SOURCES = tests/fuzz/fuzz_exchange.c \
	tests/fuzz/fuzz_store.h $(fuzz_driver)
tests_fuzz_fuzz_exchange_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_extract_SOURCES = tests/fuzz/fuzz_extract.c $(fuzz_driver)
tests_fuzz_fuzz_extract_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_facts_SOURCES = tests/fuzz/fuzz_facts.c $(fuzz_driver)
tests_fuzz_fuzz_facts_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_feeds_SOURCES = tests/fuzz/fuzz_feeds.c $(fuzz_driver)
tests_fuzz_fuzz_feeds_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_fetch_SOURCES = tests/fuzz/fuzz_fetch.c $(fuzz_driver)
tests_fuzz_fuzz_fetch_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_history_SOURCES = tests/fuzz/fuzz_history.c $(fuzz_driver)
tests_fuzz_fuzz_history_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_json_SOURCES = tests/fuzz/fuzz_json.c $(fuzz_driver)
tests_fuzz_fuzz_json_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_policy_SOURCES = tests/fuzz/fuzz_policy.c $(fuzz_driver)
tests_fuzz_fuzz_policy_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_purl_SOURCES = tests/fuzz/fuzz_purl.c $(fuzz_driver)
tests_fuzz_fuzz_purl_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_report_SOURCES = tests/fuzz/fuzz_report.c $(fuzz_driver)
tests_fuzz_fuzz_report_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_sbom_SOURCES = tests/fuzz/fuzz_sbom.c $(fuzz_driver)
tests_fuzz_fuzz_sbom_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_stack_SOURCES = tests/fuzz/fuzz_stack.c $(fuzz_driver)
tests_fuzz_fuzz_stack_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_toml_SOURCES = tests/fuzz/fuzz_toml.c $(fuzz_driver)
tests_fuzz_fuzz_toml_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_waivers_SOURCES = tests/fuzz/fuzz_waivers.c $(fuzz_driver)
tests_fuzz_fuzz_waivers_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_yaml_SOURCES = tests/fuzz/fuzz_yaml.c $(fuzz_driver)
tests_fuzz_fuzz_yaml_LDFLAGS = $(fuzz_ldflags)

TIME = 60
JOBS = 2
SEED = 0
FUZZ_CC = clang
fuzz_run = $(PYTHON3) $(srcdir)/tests/fuzz/run.py --srcdir $(srcdir) --work fuzz

fuzz:
	@SRCDIR=$(srcdir) MAKE="$(MAKE)" $(SHELL) $(srcdir)/tests/variant.sh \
		fuzz CC="$(FUZZ_CC)" --enable-fuzzers --enable-sanitizers
	@cd fuzz && $(MAKE) -s $(fuzz_programs)
	@$(fuzz_run) --time $(TIME) --jobs $(JOBS) --seed $(SEED) \
		--only "$(ONLY)" \
		$(addprefix fuzz/,$(fuzz_programs))

fuzz-totals:
	@$(fuzz_run) --totals

.PHONY: fuzz fuzz-totals
