/* Images in the values of a Helm chart or a recipe. */
#ifndef EXTRACT_HELM_VALUES_H
#define EXTRACT_HELM_VALUES_H

#include "base/yaml_in.h"
#include "extract/extract.h"

/*
 * Adds the image of every node that describes one, in the shapes that charts
 * of Open-RAN projects use.  `app_version` is the chart's own, "" if none: it
 * stands for "{{ .Chart.AppVersion }}" and the tag of the chart's main image.
 */
void helm_values_read(struct extraction *x, const struct yaml *root,
		      struct str app_version);

#endif
