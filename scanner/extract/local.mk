# scanner/extract: one file per grammar
libranwhence_a_SOURCES += \
	scanner/extract/cyclonedx_json.c \
	scanner/extract/declare.c \
	scanner/extract/declare.h \
	scanner/extract/dockerfile.c \
	scanner/extract/dockerfile_args.c \
	scanner/extract/dockerfile_args.h \
	scanner/extract/dockerfile_lines.c \
	scanner/extract/dockerfile_lines.h \
	scanner/extract/extract.c \
	scanner/extract/extract.h \
	scanner/extract/gitmodules.c \
	scanner/extract/gomod.c \
	scanner/extract/helm.c \
	scanner/extract/helm_values.c \
	scanner/extract/helm_values.h \
	scanner/extract/image.c \
	scanner/extract/image.h \
	scanner/extract/info_yaml.c \
	scanner/extract/lines.c \
	scanner/extract/lines.h \
	scanner/extract/pep508.c \
	scanner/extract/pep508.h \
	scanner/extract/requirements.c \
	scanner/extract/sbom.c \
	scanner/extract/sbom.h \
	scanner/extract/sbom_graph.c \
	scanner/extract/sbom_graph.h \
	scanner/extract/sbom_party.c \
	scanner/extract/sbom_party.h \
	scanner/extract/scope.c \
	scanner/extract/scope.h \
	scanner/extract/spdx_json.c \
	scanner/extract/url.c \
	scanner/extract/url.h
