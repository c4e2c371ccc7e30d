"""Where compiled programs are kept between runs; a disk that refuses costs time, nothing else."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

from ustress.core.cache import cache_directory


@lru_cache(maxsize=1)
def use_compilation_cache() -> Path | None:
    """Let JAX keep compiled programs on disk; None where the disk cannot be written to."""
    try:
        folder = cache_directory() / "compiled"
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except (OSError, RuntimeError):  # RuntimeError: no home directory
        return None
    import jax

    jax.config.update("jax_compilation_cache_dir", str(folder))  # type: ignore[no-untyped-call]
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.3)  # type: ignore[no-untyped-call]
    jax.config.update("jax_persistent_cache_min_entry_size_bytes", 0)  # type: ignore[no-untyped-call]
    # Not in this folder's name: else XLA's own caches put it into the key, and a copy is no cache.
    jax.config.update("jax_persistent_cache_enable_xla_caches", "none")  # type: ignore[no-untyped-call]
    return folder
