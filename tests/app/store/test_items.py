from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.store import Workspace
from app.store.tables import AuditRow, ItemRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

A, B, C = "a" * 64, "b" * 64, "c" * 64


pytestmark = pytest.mark.usefixtures("either_database")


@pytest.fixture
def workspace(workspace_folder: Path) -> Iterator[Workspace]:
    with Workspace(workspace_folder) as opened:
        yield opened


def acts(workspace: Workspace) -> list[dict]:
    with workspace._database.reading() as session:
        query = select(AuditRow.detail).where(AuditRow.act == "item").order_by(AuditRow.id)
        return list(session.scalars(query))


def test_the_photos_of_an_item_are_kept_in_their_order(workspace: Workspace) -> None:
    workspace.set_item("i1", (C, A, C))
    workspace.set_item("i2", (B, A))
    assert workspace.items() == {"i1": (C, A), "i2": (B, A)}
    workspace.close()
    with Workspace(workspace.folder) as again:
        assert again.items() == {"i1": (C, A), "i2": (B, A)}


def test_an_item_changes_and_ends_and_every_change_is_remembered(workspace: Workspace) -> None:
    workspace.set_item("i1", (A, B))
    workspace.set_item("i1", (A, B))
    workspace.set_item("i1", (B, C))
    workspace.set_item("i1", ())
    workspace.set_item("i1", ())
    assert workspace.items() == {}
    with workspace._database.reading() as session:
        assert list(session.scalars(select(ItemRow))) == []
    assert acts(workspace) == [
        {"before": [], "after": [A, B]},
        {"before": [A, B], "after": [B, C]},
        {"before": [B, C], "after": []},
    ]
