"""What a path does to households and the federal budget; each reads an ensemble."""
