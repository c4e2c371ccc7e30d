"""Sources: providers described in TOML, fetched, kept raw, parsed into rows."""
