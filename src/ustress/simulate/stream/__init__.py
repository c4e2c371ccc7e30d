"""Runs larger than memory: counted, not kept."""
