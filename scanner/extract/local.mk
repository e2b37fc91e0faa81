# scanner/extract: one file per grammar
libranwhence_a_SOURCES += \
	scanner/extract/extract.c \
	scanner/extract/extract.h
