"""Both databases that a gallery can be kept in; PostgreSQL starts only where a test asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.store.shared_places import SharedPlace, write_place
from tests.app.store.postgres_server import PostgresServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A running server; tests that need one are skipped where there is none."""
    server = PostgresServer()
    try:
        if server.why_not is not None:
            pytest.skip(server.why_not)
        yield server
    finally:
        server.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def either_database(request: pytest.FixtureRequest, workspace_folder: Path) -> str:
    """The workspace of `workspace_folder` is kept in a file, and once more on a server."""
    kind = str(request.param)
    if kind == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        originals = workspace_folder / "originals"
        originals.mkdir(parents=True)
        write_place(workspace_folder, SharedPlace(server.new_database(), originals))
    return kind
