"""Scenarios declared in TOML, validated, and overridden key by key."""
