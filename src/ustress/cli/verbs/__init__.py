"""One file per family of verbs; each parses, calls one workflow, prints."""
