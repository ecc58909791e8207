"""A draft: the gallery once more, on a database of its own, to change and then to propose."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sqlalchemy.engine import URL

from app.store.differences import differences
from app.store.errors import ProposalMade
from app.store.shared_places import SharedPlace, write_place
from app.store.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.store.contents import Contents
    from app.store.differences import Change


@dataclass(frozen=True, slots=True)
class Draft:
    """`workspace` is changed as any other; its originals go where those of the gallery are."""

    workspace: Workspace
    base: Contents

    def changes(self) -> tuple[Change, ...]:
        """What has been done on the draft so far."""
        return differences(self.base, self.workspace.snapshots.now())


@contextmanager
def draft_of(workspace: Workspace) -> Iterator[Draft]:
    """A draft of a gallery, gone at the end: what is worth keeping is proposed before.

    Raises:
        StoreError: the gallery cannot be read, or the draft not be written.
    """
    with TemporaryDirectory(prefix="touchstone-draft-", ignore_cleanup_errors=True) as folder:
        url = URL.create("sqlite", database=str(Path(folder) / "draft.db"))
        place = SharedPlace(url.render_as_string(), workspace.originals)
        write_place(Path(folder), place)
        with Workspace(folder, author=workspace.author) as opened:
            base = workspace.snapshots.now()
            opened.hold(base)
            yield Draft(opened, base)


@contextmanager
def changed(workspace: Workspace, *, note: str = "") -> Iterator[Workspace]:
    """What to change a gallery through: itself, or a draft where a second person has to agree.

    Raises:
        ProposalMade: at the end, where the changes now wait for a second person.
        StoreError: the gallery cannot be read, or the draft not be written.
    """
    if not workspace.approvals.is_needed:
        yield workspace
        return
    with draft_of(workspace) as draft:
        yield draft.workspace
        changes = draft.changes()
    if changes:
        raise ProposalMade(workspace.approvals.propose(changes, note=note).id)
