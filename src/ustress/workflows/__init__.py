"""The jobs a user asks for: the only place where data meets mathematics."""
