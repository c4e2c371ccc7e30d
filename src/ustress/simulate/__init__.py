"""Opening state, shocks, the engine, ensembles and sweeps."""
