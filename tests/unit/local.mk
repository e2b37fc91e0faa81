# tests/unit: one cmocka program per stem, one line each. The source of
# tests/unit/test_x is tests/unit/test_x.c.
check_PROGRAMS += \
	tests/unit/test_bundle
