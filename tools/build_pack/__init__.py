"""Builds the embedded pack from a folder of source tables."""
