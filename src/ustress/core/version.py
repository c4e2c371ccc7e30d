"""The version, on its own so that provenance can name it without importing the package root."""

VERSION = "0.1.0"
