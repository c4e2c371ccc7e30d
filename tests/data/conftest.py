"""A store over the embedded pack alone, whatever the machine's own store holds."""

from __future__ import annotations

import pytest

from ustress.data.store import Store


@pytest.fixture(scope="session")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The embedded pack and no reader's segments."""
    return Store(root=tmp_path_factory.mktemp("nobody"))
