# scanner/assess: policy, rules, score, verdict: pure
libranwhence_a_SOURCES += \
	scanner/assess/assess.c \
	scanner/assess/assess.h \
	scanner/assess/breadth.c \
	scanner/assess/concentration.c \
	scanner/assess/contributors.c \
	scanner/assess/contributors.h \
	scanner/assess/coverage.c \
	scanner/assess/decide.c \
	scanner/assess/decide.h \
	scanner/assess/exposure.c \
	scanner/assess/fields.c \
	scanner/assess/fields.h \
	scanner/assess/measure.c \
	scanner/assess/measure.h \
	scanner/assess/peak.c \
	scanner/assess/policy.c \
	scanner/assess/policy.h \
	scanner/assess/questions.c \
	scanner/assess/questions.h \
	scanner/assess/reach.c \
	scanner/assess/reach.h \
	scanner/assess/rollup.c \
	scanner/assess/rollup.h \
	scanner/assess/rules.c \
	scanner/assess/rules.h \
	scanner/assess/score.c \
	scanner/assess/score.h \
	scanner/assess/share.c \
	scanner/assess/share.h \
	scanner/assess/standing.c \
	scanner/assess/standing.h \
	scanner/assess/supplier.c \
	scanner/assess/tally.c \
	scanner/assess/tally.h \
	scanner/assess/unknown.c
