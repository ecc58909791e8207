"""Both databases that a gallery can be kept in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.store.shared_places import SharedPlace, write_place

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.store.postgres_server import PostgresServer


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
