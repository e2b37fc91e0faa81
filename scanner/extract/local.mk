# scanner/extract: one file per grammar
libranwhence_a_SOURCES += \
	scanner/extract/declare.c \
	scanner/extract/declare.h \
	scanner/extract/dockerfile.c \
	scanner/extract/extract.c \
	scanner/extract/extract.h \
	scanner/extract/gomod.c \
	scanner/extract/image.c \
	scanner/extract/image.h \
	scanner/extract/lines.c \
	scanner/extract/lines.h \
	scanner/extract/requirements.c \
	scanner/extract/scope.c \
	scanner/extract/scope.h
