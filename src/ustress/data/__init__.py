"""Catalogue, pack, store: every observation with the date on which it became known."""
