"""Catalogue, pack, store and panels: the only rooms where figures are read from disk."""
