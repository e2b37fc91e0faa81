# tests/fuzz: fuzz targets come here
