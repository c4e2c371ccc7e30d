"""Statements judged by rules against the record."""
