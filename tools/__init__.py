"""Tools of the repository: set-up, checks, and the builders of what is checked in."""
