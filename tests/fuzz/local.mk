# tests/fuzz: with --enable-fuzzers programs of libFuzzer, to be run by hand:
#   tests/fuzz/fuzz_json -max_total_time=60 CORPUS tests/fuzz/seeds/json
# Without, each target replays its seeds as a test of `make check`.
fuzz_programs = \
	tests/fuzz/fuzz_answers \
	tests/fuzz/fuzz_diff \
	tests/fuzz/fuzz_digest \
	tests/fuzz/fuzz_extract \
	tests/fuzz/fuzz_facts \
	tests/fuzz/fuzz_feeds \
	tests/fuzz/fuzz_history \
	tests/fuzz/fuzz_json \
	tests/fuzz/fuzz_purl \
	tests/fuzz/fuzz_report \
	tests/fuzz/fuzz_sbom \
	tests/fuzz/fuzz_toml \
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

tests_fuzz_fuzz_answers_SOURCES = tests/fuzz/fuzz_answers.c $(fuzz_driver)
tests_fuzz_fuzz_answers_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_diff_SOURCES = tests/fuzz/fuzz_diff.c $(fuzz_driver)
tests_fuzz_fuzz_diff_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_digest_SOURCES = tests/fuzz/fuzz_digest.c $(fuzz_driver)
tests_fuzz_fuzz_digest_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_extract_SOURCES = tests/fuzz/fuzz_extract.c $(fuzz_driver)
tests_fuzz_fuzz_extract_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_facts_SOURCES = tests/fuzz/fuzz_facts.c $(fuzz_driver)
tests_fuzz_fuzz_facts_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_feeds_SOURCES = tests/fuzz/fuzz_feeds.c $(fuzz_driver)
tests_fuzz_fuzz_feeds_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_history_SOURCES = tests/fuzz/fuzz_history.c $(fuzz_driver)
tests_fuzz_fuzz_history_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_json_SOURCES = tests/fuzz/fuzz_json.c $(fuzz_driver)
tests_fuzz_fuzz_json_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_purl_SOURCES = tests/fuzz/fuzz_purl.c $(fuzz_driver)
tests_fuzz_fuzz_purl_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_report_SOURCES = tests/fuzz/fuzz_report.c $(fuzz_driver)
tests_fuzz_fuzz_report_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_sbom_SOURCES = tests/fuzz/fuzz_sbom.c $(fuzz_driver)
tests_fuzz_fuzz_sbom_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_toml_SOURCES = tests/fuzz/fuzz_toml.c $(fuzz_driver)
tests_fuzz_fuzz_toml_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_yaml_SOURCES = tests/fuzz/fuzz_yaml.c $(fuzz_driver)
tests_fuzz_fuzz_yaml_LDFLAGS = $(fuzz_ldflags)
