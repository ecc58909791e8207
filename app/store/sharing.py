"""A workspace begins to use a gallery on a server, or its own again: done, or all as before."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from app.store.errors import ServerSilent, SharedFolderMissing
from app.store.shared_places import read_place, shown_address, write_place
from app.store.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from app.store.shared_places import SharedPlace


def begin_sharing(workspace: Path, place: SharedPlace) -> None:
    """Use the server from now on, once it was reached and its folder was seen.

    Raises:
        SharedFolderMissing: the folder of the pictures is not there.
        ServerSilent: the server was reached before, and does not answer now.
        StoreError: it cannot be reached or used.
    """
    if not place.originals.is_dir():
        raise SharedFolderMissing(place.originals)
    before = read_place(workspace)
    write_place(workspace, place)
    try:
        with Workspace(workspace) as opened:
            is_reached = not opened.is_away
    except BaseException:
        _take_back(workspace, before)
        raise
    if not is_reached:
        _take_back(workspace, before)
        raise ServerSilent(shown_address(place.url))


def end_sharing(workspace: Path) -> None:
    """Use the workspace's own gallery again; nothing on the server changes."""
    write_place(workspace, None)


def _take_back(workspace: Path, before: SharedPlace | None) -> None:
    with suppress(OSError):
        write_place(workspace, before)
