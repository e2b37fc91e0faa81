# scanner/attribute: contribution to organisation, organisation to control
libranwhence_a_SOURCES += \
	scanner/attribute/attribute.h \
	scanner/attribute/host.c \
	scanner/attribute/name.c \
	scanner/attribute/namespace.c \
	scanner/attribute/seats.c
