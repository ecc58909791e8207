"""Straps, spines and barrels: sides so long that the border of others would leave little."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from tests.vision.samples import (
    artwork,
    corners_of,
    photo_of,
    reference_of,
    saved,
    shift,
    texture,
    tilted,
)
from vision import Embedder, Gallery, Outcome, Reason, ReasonCode, Zone, ZoneKind, inspect
from vision.align import transform
from vision.spread import BORDER, DEEP, border_of

if TYPE_CHECKING:
    from vision import Inspection, Pixels, Points

_LONG, _NARROW = 1500, 100  # pixels of the print, 15:1
_TABLE = (1800, 500)
_AT = (150, 200)  # where it lies on the table, about
_LEAST = 0.5  # of a side that must be judged


def _print() -> Pixels:
    return artwork(1, _LONG, _NARROW)


def _shot(strap: Pixels, number: int) -> tuple[Pixels, Points]:
    """A photo of a strap on a table that no other photo shows, and the corners of the strap."""
    matrix = shift(*_AT) @ tilted(_LONG, _NARROW, number, most=4.0)
    lit = cv2.warpPerspective(strap, matrix, _TABLE, flags=cv2.INTER_AREA)
    covers = cv2.warpPerspective(np.ones((_NARROW, _LONG), np.float32), matrix, _TABLE)[..., None]
    table = texture(100 + number, *_TABLE) * 0.5 + 20 * (number % 5)
    wobble = np.random.default_rng(number).normal(0, 3, lit.shape)
    photo = np.clip(covers * lit + (1 - covers) * table + wobble, 0, 255).astype(np.uint8)
    return photo, transform(matrix, corners_of(_LONG, _NARROW))


@pytest.fixture(scope="module", params=[False, True], ids=["by hand", "learned"])
def gallery(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    """Four straps, each cropped by its corners; with and without network and learned head."""
    folder = tmp_path_factory.mktemp("straps")
    references = []
    for number in range(4):
        photo, corners = _shot(_print(), number)
        reference = reference_of(saved(photo, folder / f"{number}.png"), "strap", "outside")
        cropped = tuple((float(x), float(y)) for x, y in corners)
        references.append(replace(reference, corners=cropped))
    return Gallery(references, embedder=Embedder() if request.param else None)


def _said(photo: Pixels, gallery: Gallery) -> Inspection:
    return inspect(photo_of(photo), gallery, product="strap", text=False)


def _is_hidden(said: Inspection) -> bool:
    reason: Reason = said.reason
    is_unfit = (said.outcome, reason.code) == (Outcome.PHOTO_UNFIT, ReasonCode.MOSTLY_HIDDEN)
    return is_unfit and reason.found is not None and reason.found < reason.needed == _LEAST


def test_the_frame_of_a_strap_is_narrow(gallery: Gallery) -> None:
    frame = gallery.side_model("strap", "outside").frame
    assert frame.width == 640
    assert 38 <= frame.height <= 50


@pytest.mark.parametrize("number", [20, 21, 22])
def test_a_genuine_strap_agrees(gallery: Gallery, number: int) -> None:
    said = _said(_shot(_print(), number)[0], gallery)
    assert (said.outcome, said.reason.code) == (Outcome.AGREES, ReasonCode.WITHIN_SPREAD)
    assert said.comparison is not None
    inside = gallery.side_model("strap", "outside").inside
    assert said.comparison.judged.sum() > 0.65 * inside.sum()


def test_a_strap_printed_otherwise_somewhere_differs_there(gallery: Gallery) -> None:
    other = _print()
    other[:, 700:900] = artwork(77, 200, _NARROW)
    said = _said(_shot(other, 23)[0], gallery)
    assert (said.outcome, said.reason.code) == (Outcome.DIFFERS, ReasonCode.OUTSIDE_SPREAD)
    assert said.comparison is not None
    across = np.array(said.comparison.differing[0].polygon)[:, 0].mean() - _AT[0]
    assert 700 < across < 900


def test_a_strap_mostly_under_glare_is_told_to_be_hidden(gallery: Gallery) -> None:
    photo, _ = _shot(_print(), 24)
    photo[:, _AT[0] + 500 : _AT[0] + 1100] = 255
    assert _is_hidden(_said(photo, gallery))


def test_a_strap_half_beyond_the_picture_is_told_to_be_hidden(gallery: Gallery) -> None:
    photo, _ = _shot(_print(), 25)
    assert _is_hidden(_said(np.ascontiguousarray(photo[:, : _AT[0] + _LONG // 2]), gallery))


def test_a_strap_under_fingers_is_not_taken_for_genuine(gallery: Gallery) -> None:
    photo, _ = _shot(_print(), 26)
    photo[:, _AT[0] + 75 : _AT[0] + 1125] = (205, 160, 135)
    said = _said(photo, gallery)
    assert said.outcome is Outcome.CANNOT_ALIGN
    assert said.reason.code in {ReasonCode.LOW_OVERLAP, ReasonCode.FEW_MATCHES}


def test_a_must_match_zone_across_a_strap_can_be_judged(gallery: Gallery) -> None:
    own = gallery.references[0].sha256
    zone = Zone(
        ZoneKind.MUST_MATCH, ((600.0, 5.0), (800.0, 5.0), (800.0, 95.0), (600.0, 95.0)), own
    )
    before = gallery.zones("strap", "outside")
    gallery.set_zones("strap", "outside", (zone,))
    try:
        assert gallery.side_model("strap", "outside").zones.lost == ()
        said = _said(_shot(_print(), 20)[0], gallery)
        assert said.outcome is Outcome.AGREES
    finally:
        gallery.set_zones("strap", "outside", before)


# the border itself


def _area(width: int, height: int) -> np.ndarray:
    area = np.zeros((height + 8, width + 8), bool)
    area[4:-4, 4:-4] = True
    return area


@pytest.mark.parametrize("narrow", [75, 100, 300])
def test_the_border_of_an_ordinary_side_is_the_whole_border(narrow: int) -> None:
    assert border_of(_area(400, narrow)) == BORDER


@pytest.mark.parametrize("narrow", [10, 20, 36, 60])
def test_the_border_of_a_long_side_is_narrower_as_it_is(narrow: int) -> None:
    assert border_of(_area(400, narrow)) == pytest.approx(BORDER * narrow / 2 / DEEP)


def test_a_strap_lying_askew_has_the_border_of_a_strap() -> None:
    drawn = np.zeros((400, 400), np.uint8)
    cv2.line(drawn, (40, 40), (360, 360), 1, 37)
    assert border_of(drawn.astype(bool)) == pytest.approx(5.0, abs=0.3)


def test_nothing_has_no_border() -> None:
    assert border_of(np.zeros((20, 20), bool)) == 0.0
