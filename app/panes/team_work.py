"""The work behind the settings of a team: where its gallery is kept, and whether two must agree."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.places import home_expanded
from app.store import SharedPlace, begin_sharing, end_sharing, read_place, shown_address

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from datetime import datetime

    from app.store import Workspace


@dataclass(frozen=True, slots=True)
class Team:
    """How the gallery is kept now.

    `person` is who sits here. `address` is that of a shared gallery without its password, "" where
    the workspace keeps it itself; while it `is_away`, a copy is read that is of `seen_at`.
    """

    person: str
    needs_two: bool
    address: str = ""
    originals: str = ""
    is_away: bool = False
    seen_at: datetime | None = None


class TeamWork:
    """What the settings ask for.

    Args:
        opened: gives the workspace, opened on the first call; called on a worker only.
        folder: where the workspace is.
        reopen: lets go of the workspace, so that the next call opens it anew.
    """

    def __init__(
        self, opened: Callable[[], Workspace], folder: Path, reopen: Callable[[], None]
    ) -> None:
        self._opened, self._folder, self._reopen = opened, folder, reopen

    def team(self) -> Generator[None, None, Team]:
        """FILES: how the gallery is kept now."""
        yield
        return self._team()

    def share(self, url: str, originals: str) -> Generator[None, None, Team]:
        """MODEL: keep the gallery on a server from now on, or say why not and change nothing."""
        yield
        begin_sharing(self._folder, SharedPlace(url, home_expanded(Path(originals)).absolute()))
        self._reopen()
        return self._team()

    def keep_own(self) -> Generator[None, None, Team]:
        """MODEL: use the workspace's own gallery again."""
        yield
        end_sharing(self._folder)
        self._reopen()
        return self._team()

    def need_two(self, holds: bool, agreed: str) -> Generator[None, None, Team]:
        """FILES: let changes need a second person or not; giving it up needs one who `agreed`."""
        yield
        self._opened().approvals.need(holds, agreed=agreed)
        return self._team()

    def _team(self) -> Team:
        workspace, place = self._opened(), read_place(self._folder)
        needs_two = workspace.approvals.is_needed  # asked first: it notices a server that is away
        return Team(
            person=workspace.author,
            needs_two=needs_two,
            address="" if place is None else shown_address(place.url),
            originals=str(workspace.originals),
            is_away=workspace.is_away,
            seen_at=workspace.seen_at,
        )
