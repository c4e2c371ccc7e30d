"""Simulations for readers of the pages: asked for, queued, run beside the server, kept."""
