"""A workspace keeps the zones of its sides, whole and with a way back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from sqlalchemy import select

from app.store import EntryRefused, Workspace
from app.store.tables import AuditRow, SideRow
from vision import Reference, UnknownSide, Zone, ZoneKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CORNERS = ((3.0, 4.5), (20.0, 4.5), (20.0, 18.0))


pytestmark = pytest.mark.usefixtures("either_database")


@pytest.fixture
def workspace(workspace_folder: Path) -> Iterator[Workspace]:
    with Workspace(workspace_folder) as opened:
        yield opened


@pytest.fixture
def reference(workspace: Workspace, tmp_path: Path) -> Reference:
    return _added(workspace, tmp_path, 1)


def _added(workspace: Workspace, folder: Path, seed: int, side: str = "正面") -> Reference:
    pixels = np.random.default_rng(seed).integers(0, 256, (24, 32, 3), dtype=np.uint8)
    file = folder / f"{seed}.png"
    Image.fromarray(pixels).save(file)
    return workspace.add_reference(file, product="茶", side=side)


def _zones(reference: Reference) -> tuple[Zone, ...]:
    return (
        Zone(ZoneKind.VARIABLE, CORNERS, reference.sha256, "批号"),
        Zone(ZoneKind.MUST_MATCH, CORNERS[::-1], reference.sha256),
    )


def test_zones_are_there_after_opening_again(
    workspace: Workspace, workspace_folder: Path, reference: Reference
) -> None:
    zones = _zones(reference)
    assert workspace.set_zones("茶", "正面", zones) == ()
    with Workspace(workspace_folder) as later:
        assert later.zones("茶", "正面") == zones
        assert later.zones("茶", "背面") == ()


def test_setting_zones_gives_back_those_before(workspace: Workspace, reference: Reference) -> None:
    zones = _zones(reference)
    workspace.set_zones("茶", "正面", zones)
    assert workspace.set_zones("茶", "正面", zones[1:]) == zones
    assert workspace.zones("茶", "正面") == zones[1:]
    assert workspace.set_zones("茶", "正面", zones) == zones[1:]
    assert workspace.zones("茶", "正面") == zones


def test_a_kept_zone_has_been_accepted(workspace: Workspace, reference: Reference) -> None:
    proposed = replace(_zones(reference)[0], proposed=True)
    workspace.set_zones("茶", "正面", [proposed])
    assert workspace.zones("茶", "正面") == (replace(proposed, proposed=False),)


def test_the_gallery_carries_the_zones(workspace: Workspace, reference: Reference) -> None:
    plain = workspace.gallery(None).version
    workspace.set_zones("茶", "正面", _zones(reference))
    gallery = workspace.gallery(None)
    assert gallery.zones("茶", "正面") == _zones(reference)
    assert gallery.version != plain


def test_every_change_of_zones_is_remembered(workspace: Workspace, reference: Reference) -> None:
    workspace.set_zones("茶", "正面", _zones(reference)[:1])
    workspace.set_zones("茶", "正面", ())
    with workspace._database.reading() as session:
        query = select(AuditRow.detail).where(AuditRow.act == "zones").order_by(AuditRow.id)
        first, second = session.scalars(query)
    assert (first["product"], first["side"], first["before"]) == ("茶", "正面", [])
    assert first["after"] == second["before"]
    assert first["after"] == [
        {
            "kind": "variable",
            "label": "批号",
            "reference": reference.sha256,
            "polygon": [list(corner) for corner in CORNERS],
        }
    ]
    assert second["after"] == []


def test_zones_of_a_side_that_is_not_there_are_refused(
    workspace: Workspace, reference: Reference
) -> None:
    with pytest.raises(UnknownSide):
        workspace.set_zones("茶", "背面", _zones(reference))


@pytest.mark.parametrize(
    "change",
    [{"reference": "00" * 32}, {"label": "x" * 201}, {"label": "two\nlines"}],
    ids=["no reference of the side", "long", "line break"],
)
def test_zones_that_cannot_be_kept_change_nothing(
    workspace: Workspace, reference: Reference, change: dict[str, str]
) -> None:
    zones = _zones(reference)
    workspace.set_zones("茶", "正面", zones)
    with pytest.raises(EntryRefused) as caught:
        workspace.set_zones("茶", "正面", [zones[1], replace(zones[0], **change)])
    assert caught.value.field == "zone"
    assert workspace.zones("茶", "正面") == zones


def test_zones_outlive_a_reference_that_is_removed_and_put_back(
    workspace: Workspace, reference: Reference, tmp_path: Path
) -> None:
    zones = _zones(reference)
    workspace.set_zones("茶", "正面", zones)
    workspace.remove_reference(reference.id)
    assert workspace.references() == ()
    assert workspace.zones("茶", "正面") == zones
    assert workspace.set_zones("茶", "正面", zones[:1]) == zones
    assert _added(workspace, tmp_path, 1).sha256 == reference.sha256
    assert workspace.gallery(None).zones("茶", "正面") == zones[:1]


def test_a_side_without_references_and_zones_is_forgotten(
    workspace: Workspace, reference: Reference, tmp_path: Path
) -> None:
    other = _added(workspace, tmp_path, 2, side="背面")
    workspace.set_zones("茶", "正面", _zones(reference))
    workspace.remove_reference(other.id)
    workspace.remove_reference(reference.id)
    with workspace._database.reading() as session:
        assert list(session.scalars(select(SideRow.name))) == ["正面"]
