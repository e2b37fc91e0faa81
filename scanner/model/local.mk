# scanner/model: what is judged: component, evidence, organisation, finding, scan
libranwhence_a_SOURCES += \
	scanner/model/address.c \
	scanner/model/address.h \
	scanner/model/component.c \
	scanner/model/component.h \
	scanner/model/digest.c \
	scanner/model/digest.h \
	scanner/model/digest_part.c \
	scanner/model/digest_part.h \
	scanner/model/digest_seats.c \
	scanner/model/digest_seats.h \
	scanner/model/document.c \
	scanner/model/document.h \
	scanner/model/facts.c \
	scanner/model/facts.h \
	scanner/model/facts_index.c \
	scanner/model/facts_index.h \
	scanner/model/facts_name.c \
	scanner/model/facts_name.h \
	scanner/model/facts_names.c \
	scanner/model/facts_names.h \
	scanner/model/file.h \
	scanner/model/forge.c \
	scanner/model/forge.h \
	scanner/model/ladder.c \
	scanner/model/ladder.h \
	scanner/model/purl.c \
	scanner/model/purl.h \
	scanner/model/purl_type.c \
	scanner/model/purl_type.h \
	scanner/model/scan.c \
	scanner/model/scan.h \
	scanner/model/selector.c \
	scanner/model/selector.h \
	scanner/model/verdict.c \
	scanner/model/verdict.h \
	scanner/model/waiver.h
