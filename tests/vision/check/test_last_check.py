"""What a check found is there until the next one, and says whether it still fits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from tests.vision.check.hand_made import filed
from vision import Gallery, check_gallery
from vision.check.flaws import Flaw, FlawKind, Mend
from vision.check.last_check import keep_check, last_check
from vision.terms import Fault, FaultKind, Provenance

if TYPE_CHECKING:
    from pathlib import Path

REFERENCES = filed("tea/front", "tea/front", "oil/back")
FLAWS = (
    Flaw(
        FlawKind.UNFIT,
        "tea",
        "front",
        ("0",),
        Mend.REMOVE,
        measured=3.5,
        limit=2.2,
        faults=(Fault(FaultKind.BLUR, (0, 0, 20, 10), 3.5, 2.2, severe=True),),
    ),
    Flaw(
        FlawKind.CONFLICT,
        "tea",
        "front",
        ("1",),
        Mend.TELL_APART,
        beside=("2",),
        elsewhere=("oil", "back"),
        detail="B7",
    ),
)


def test_all_flaws_come_back_as_they_were(tmp_path: Path) -> None:
    keep_check(tmp_path, REFERENCES, FLAWS)
    found = last_check(tmp_path)
    assert found is not None
    assert found.flaws == FLAWS
    assert abs((datetime.now(UTC) - found.at).total_seconds()) < 3600


def test_it_is_of_the_references_in_any_order_but_of_no_others(tmp_path: Path) -> None:
    keep_check(tmp_path, REFERENCES, ())
    found = last_check(tmp_path)
    assert found is not None
    assert found.is_of(REFERENCES[::-1])
    assert not found.is_of(REFERENCES[1:])
    moved = replace(REFERENCES[0], side="back")
    assert not found.is_of([moved, *REFERENCES[1:]])
    dated = replace(REFERENCES[0], provenance=Provenance(valid_to="2026-01-01"))
    assert not found.is_of([dated, *REFERENCES[1:]])
    corners = ((10.0, 10.0), (90.0, 12.0), (88.0, 70.0), (12.0, 70.0))
    cropped = [replace(REFERENCES[0], corners=corners), *REFERENCES[1:]]
    assert not found.is_of(cropped)
    keep_check(tmp_path, cropped, ())
    found = last_check(tmp_path)
    assert found is not None
    assert found.is_of(cropped)
    assert not found.is_of(REFERENCES)


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "[]",
        "{}",
        '{"version": 2, "at": "now", "state": "", "flaws": []}',
        '{"version": 1, "at": "2026-06-15T08:00:00+00:00", "state": "", "flaws": []}',
    ],
)
def test_a_damaged_file_counts_as_absent(tmp_path: Path, kept: str) -> None:
    assert last_check(tmp_path) is None
    (tmp_path / "last.json").write_text(kept)
    assert last_check(tmp_path) is None


def test_a_check_keeps_what_it_found(tmp_path: Path) -> None:
    steps = list(check_gallery(Gallery(REFERENCES), today=date(2026, 6, 15), cache=tmp_path))
    found = last_check(tmp_path)
    assert found is not None
    assert found.flaws == steps[-1].flaws
    assert FlawKind.ORIGINAL_MISSING in {flaw.kind for flaw in found.flaws}
    assert found.is_of(REFERENCES)
