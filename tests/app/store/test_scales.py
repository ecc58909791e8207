from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.store import EntryRefused, KnownLength, Workspace
from app.store.tables import AuditRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

A, B = "a" * 64, "b" * 64
KNOWN = KnownLength((10.0, 20.0), (310.0, 420.0), 50.0)


pytestmark = pytest.mark.usefixtures("either_database")


@pytest.fixture
def workspace(workspace_folder: Path) -> Iterator[Workspace]:
    with Workspace(workspace_folder) as opened:
        yield opened


def test_a_known_length_gives_the_pixels_of_a_millimetre() -> None:
    assert KNOWN.px_per_mm == pytest.approx(10.0), "a 3-4-5 triangle: 500 pixels for 50 mm"


def test_known_lengths_are_kept_for_each_reference(workspace: Workspace) -> None:
    assert workspace.known_length(A) is None
    workspace.set_known_length(A, KNOWN)
    workspace.close()
    with Workspace(workspace.folder) as again:
        assert again.known_length(A) == KNOWN
        assert again.known_length(B) is None
        again.set_known_length(A, KnownLength((0.0, 0.0), (100.0, 0.0), 25.0))
        assert again.known_length(A).px_per_mm == 4.0
        again.set_known_length(A, None)
        again.set_known_length(A, None)
        assert again.known_length(A) is None
        with again._database.reading() as session:
            told = list(session.scalars(select(AuditRow).where(AuditRow.act == "scale")))
        assert len(told) == 3


@pytest.mark.parametrize(
    "known",
    [
        KnownLength((1.0, 1.0), (1.0, 1.5), 5.0),
        KnownLength((0.0, 0.0), (9.0, 9.0), 0.0),
        KnownLength((0.0, 0.0), (9.0, 9.0), -3.0),
        KnownLength((0.0, 0.0), (9.0, float("nan")), 3.0),
        KnownLength((0.0, 0.0), (9.0, 9.0), 1e9),
    ],
)
def test_a_length_that_cannot_be_is_refused(workspace: Workspace, known: KnownLength) -> None:
    with pytest.raises(EntryRefused, match="length"):
        workspace.set_known_length(A, known)
    assert workspace.known_length(A) is None
