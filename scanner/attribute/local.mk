# scanner/attribute: contribution to organisation, organisation to control
libranwhence_a_SOURCES += \
	scanner/attribute/attribute.h
