"""Sections of the brief, one file each: contents in, a `Section` out."""
