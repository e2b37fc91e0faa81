# tests/unit: one cmocka program per stem, one line each. The source of
# tests/unit/test_x is tests/unit/test_x.c.
EXTRA_DIST += tests/unit/diff_pairs.h tests/unit/extracting.h \
	tests/unit/facts_text.h tests/unit/folder.h tests/unit/judging.h \
	tests/unit/repo.h tests/unit/sbom_text.h tests/unit/slow_ladder.h \
	tests/unit/traps.h tests/unit/unit.h
check_PROGRAMS += \
	tests/unit/test_address \
	tests/unit/test_arena \
	tests/unit/test_attribute_host \
	tests/unit/test_attribute_name \
	tests/unit/test_bundle \
	tests/unit/test_component \
	tests/unit/test_churn \
	tests/unit/test_csv_in \
	tests/unit/test_date \
	tests/unit/test_diag \
	tests/unit/test_diff \
	tests/unit/test_digest \
	tests/unit/test_digest_seats \
	tests/unit/test_digest_store \
	tests/unit/test_discover \
	tests/unit/test_escape \
	tests/unit/test_extract \
	tests/unit/test_extract_cyclonedx \
	tests/unit/test_extract_dockerfile \
	tests/unit/test_extract_gitmodules \
	tests/unit/test_extract_gomod \
	tests/unit/test_extract_helm \
	tests/unit/test_extract_info_yaml \
	tests/unit/test_extract_parts \
	tests/unit/test_extract_requirements \
	tests/unit/test_extract_spdx \
	tests/unit/test_extract_spdx_tag \
	tests/unit/test_facts_name \
	tests/unit/test_facts_store \
	tests/unit/test_forge \
	tests/unit/test_fs \
	tests/unit/test_gate \
	tests/unit/test_gitconfig \
	tests/unit/test_gitdir \
	tests/unit/test_history \
	tests/unit/test_json_in \
	tests/unit/test_json_out \
	tests/unit/test_ladder \
	tests/unit/test_ladder_random \
	tests/unit/test_map \
	tests/unit/test_odb \
	tests/unit/test_path \
	tests/unit/test_policies \
	tests/unit/test_policy \
	tests/unit/test_purl \
	tests/unit/test_questions_list \
	tests/unit/test_report_file \
	tests/unit/test_resolve \
	tests/unit/test_rules \
	tests/unit/test_sbom_graph \
	tests/unit/test_sbom_party \
	tests/unit/test_score \
	tests/unit/test_seed \
	tests/unit/test_selector \
	tests/unit/test_sha256 \
	tests/unit/test_str \
	tests/unit/test_strbuf \
	tests/unit/test_utf8 \
	tests/unit/test_verdict \
	tests/unit/test_waive \
	tests/unit/test_waivers \
	tests/unit/test_yaml_in
