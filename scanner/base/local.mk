# scanner/base: words without a word of SBOMs: strings, memory, files, formats
libranwhence_a_SOURCES += \
	scanner/base/arena.c \
	scanner/base/arena.h \
	scanner/base/csv_in.c \
	scanner/base/csv_in.h \
	scanner/base/date.c \
	scanner/base/date.h \
	scanner/base/diag.c \
	scanner/base/diag.h \
	scanner/base/diag_codes.h \
	scanner/base/diag_json.c \
	scanner/base/diag_json.h \
	scanner/base/err.c \
	scanner/base/err.h \
	scanner/base/fs.h \
	scanner/base/json_in.c \
	scanner/base/json_in.h \
	scanner/base/json_out.c \
	scanner/base/json_out.h \
	scanner/base/json_tree.c \
	scanner/base/limits.h \
	scanner/base/map.c \
	scanner/base/map.h \
	scanner/base/mem.c \
	scanner/base/mem.h \
	scanner/base/path.c \
	scanner/base/path.h \
	scanner/base/sha256.h \
	scanner/base/str.c \
	scanner/base/str.h \
	scanner/base/strbuf.c \
	scanner/base/strbuf.h \
	scanner/base/utf8.c \
	scanner/base/utf8.h \
	scanner/base/vec.h \
	scanner/base/yaml_in.c \
	scanner/base/yaml_in.h
