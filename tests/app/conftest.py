"""One application object for all tests of the people's side, in whatever order they run."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session", autouse=True)
def _application_with_widgets(qapp: object) -> None:
    """Made first: once a command has made a plain one, no window could be opened any more."""
