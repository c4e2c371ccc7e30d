"""Long tests: collected only where `make soak` asks for them."""

from __future__ import annotations

import os

collect_ignore_glob = [] if os.environ.get("USTRESS_SOAK") else ["test_*.py"]
