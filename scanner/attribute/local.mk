# scanner/attribute: contribution to organisation, organisation to control
libranwhence_a_SOURCES += \
	scanner/attribute/asked.c \
	scanner/attribute/attribute.h \
	scanner/attribute/extent.c \
	scanner/attribute/extent.h \
	scanner/attribute/graph.c \
	scanner/attribute/graph.h \
	scanner/attribute/host.c \
	scanner/attribute/ladder.c \
	scanner/attribute/links.c \
	scanner/attribute/name.c \
	scanner/attribute/namespace.c \
	scanner/attribute/proof.c \
	scanner/attribute/proof.h \
	scanner/attribute/seats.c \
	scanner/attribute/solve.c \
	scanner/attribute/solve.h \
	scanner/attribute/solve_economic.c \
	scanner/attribute/solve_high.c \
	scanner/attribute/solve_low.c
