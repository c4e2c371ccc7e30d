"""The indicators by family, each one small function over a panel, declared with its sources."""
