"""The interface for programs: the documents of the command line's `--json`, at addresses."""
