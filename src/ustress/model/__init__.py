"""The equations, one file per actor; parameters with unit, source, range and evidence."""
