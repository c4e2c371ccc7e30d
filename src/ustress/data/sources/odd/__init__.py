"""Readers for publishers whose answers are no plain table: one file each, one function `read`."""
