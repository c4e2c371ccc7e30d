"""Property tests: new examples at a desk, the same ones wherever the automation runs them."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("automation", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("automation")
