"""The Treasury yields that outcomes read, by observable, in years."""

YIELDS = {
    "ust.1m": 1 / 12, "ust.3m": 0.25, "ust.6m": 0.5, "ust.1y": 1.0, "ust.2y": 2.0, "ust.3y": 3.0,
    "ust.5y": 5.0, "ust.7y": 7.0, "ust.10y": 10.0, "ust.20y": 20.0, "ust.30y": 30.0,
}  # fmt: skip
SHORTEST_NOTE = 2.0
"""Years at issue; what is shorter is a bill."""
