# scanner/base: words without a word of SBOMs: strings, memory, files, formats
libranwhence_a_SOURCES +=
