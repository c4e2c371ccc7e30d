"""Charts, each declared once: the same declaration serves brief, notebook, terminal and browser."""
