from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.commands.checking import ENOUGH, check_references
from app.reports.housekeeping import FindingKind
from vision import Provenance, Reference

if TYPE_CHECKING:
    from pathlib import Path

_TODAY = date(2026, 6, 15)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "picture.png"
    file.write_bytes(b"x")
    return file


def _reference(
    number: int, picture: Path, *, side: str = "front", sha256: str = "", **facts: str
) -> Reference:
    return Reference(
        id=f"r{number}",
        product="Aurora",
        side=side,
        sha256=sha256 or f"{number:064x}",
        path=str(picture),
        provenance=Provenance(**{"vouched_by": "Li", **facts}),
    )


def _kinds(references: list[Reference]) -> list[FindingKind]:
    return [finding.kind for finding in check_references(references, today=_TODAY)]


def test_a_good_gallery_has_no_findings(picture: Path) -> None:
    good = [_reference(n, picture, valid_to="2026-06-15") for n in range(ENOUGH)]
    assert _kinds(good) == []


def test_an_empty_gallery_has_no_findings() -> None:
    assert check_references([], today=_TODAY) == ()


def test_one_picture_under_two_sides_is_a_duplicate(picture: Path) -> None:
    references = [_reference(n, picture) for n in range(3)]
    references += [_reference(n, picture, side="back") for n in range(3, 6)]
    references.append(_reference(9, picture, side="back", sha256=references[0].sha256))
    [finding] = check_references(references, today=_TODAY)
    assert finding.kind is FindingKind.DUPLICATE
    assert set(finding.references) == {"r0", "r9"}


def test_a_thin_side_tells_how_many_are_needed(picture: Path) -> None:
    [finding] = check_references([_reference(n, picture) for n in range(2)], today=_TODAY)
    assert finding.kind is FindingKind.THIN_SIDE
    assert (finding.product, finding.side) == ("Aurora", "front")
    assert "3" in finding.sentence


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"vouched_by": " "}, FindingKind.NO_PROVENANCE),
        ({"valid_to": "2026-06-14"}, FindingKind.EXPIRED),
        ({"valid_to": "2026-06-14T10:00:00"}, FindingKind.EXPIRED),
        ({"valid_to": "next year"}, FindingKind.UNREADABLE_DATE),
    ],
)
def test_provenance_is_checked(picture: Path, facts: dict[str, str], kind: FindingKind) -> None:
    references = [_reference(n, picture) for n in range(3)]
    references.append(_reference(3, picture, **facts))
    [finding] = check_references(references, today=_TODAY)
    assert finding.kind is kind
    assert finding.references == ("r3",)
    assert "{" not in finding.sentence


def test_a_lost_original_is_told(picture: Path, tmp_path: Path) -> None:
    references = [_reference(n, picture) for n in range(3)]
    references.append(_reference(3, tmp_path / "gone.png"))
    assert _kinds(references) == [FindingKind.ORIGINAL_MISSING]
