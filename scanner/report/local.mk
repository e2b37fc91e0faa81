# scanner/report: one file per output format
libranwhence_a_SOURCES += \
	scanner/report/report.h
