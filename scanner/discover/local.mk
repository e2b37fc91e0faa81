# scanner/discover: walks a tree under limits
libranwhence_a_SOURCES +=
