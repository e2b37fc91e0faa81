# scanner/report: one file per output format
libranwhence_a_SOURCES += \
	scanner/report/check.c \
	scanner/report/compare.c \
	scanner/report/compare.h \
	scanner/report/compare_json.c \
	scanner/report/compare_text.c \
	scanner/report/components.c \
	scanner/report/entity.c \
	scanner/report/escape.c \
	scanner/report/escape.h \
	scanner/report/github.c \
	scanner/report/gitlab.c \
	scanner/report/history.c \
	scanner/report/issues.c \
	scanner/report/issues.h \
	scanner/report/json.c \
	scanner/report/json_parts.c \
	scanner/report/json_parts.h \
	scanner/report/junit.c \
	scanner/report/line.c \
	scanner/report/markdown.c \
	scanner/report/matrix.c \
	scanner/report/matrix.h \
	scanner/report/page.c \
	scanner/report/page.h \
	scanner/report/paint.c \
	scanner/report/paint.h \
	scanner/report/questions.c \
	scanner/report/questions_csv.c \
	scanner/report/questions_list.c \
	scanner/report/questions_list.h \
	scanner/report/report.c \
	scanner/report/report.h \
	scanner/report/sarif.c \
	scanner/report/text.c
