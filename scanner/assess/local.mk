# scanner/assess: policy, rules, score, verdict: pure
libranwhence_a_SOURCES += \
	scanner/assess/assess.h \
	scanner/assess/policy.h
