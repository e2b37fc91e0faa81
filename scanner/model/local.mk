# scanner/model: what is judged: component, evidence, organisation, finding, scan
libranwhence_a_SOURCES +=
