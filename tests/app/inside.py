"""One application in this process for all tests of a worker: a day's figures are read once."""

from __future__ import annotations

from functools import lru_cache

from fastapi import FastAPI
from starlette.testclient import TestClient

from ustress.app.make import create
from ustress.app.settings import Settings

ADDRESS = "http://127.0.0.1:8000"


@lru_cache(maxsize=1)
def application() -> FastAPI:
    """The application as it is on loopback; no worker is started, so that questions only wait."""
    return create(Settings())


def client() -> TestClient:
    """A reader of it."""
    return TestClient(application(), base_url=ADDRESS)
