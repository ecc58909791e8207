"""A part that each genuine item has elsewhere is compared with itself; any other stays put."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from tests.vision.samples import artwork, box_of, corners_of, frame_of, photo_of, reference_of
from vision import Embedder, Gallery, Outcome, inspect, pictures
from vision.align import fit_plane, transform
from vision.features import local_features
from vision.parts import find_parts, lay_parts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vision.align import Fit
    from vision.bend import Bent
    from vision.terms import Photo, Pixels

WIDTH, HEIGHT = 640, 480
LABEL = (150, 120)  # width, height
AT = (240, 180)  # of the label on the canonical reference
FRAME = frame_of(WIDTH, HEIGHT)
INSIDE = np.ones((HEIGHT, WIDTH), bool)


def _item(
    at: tuple[int, int] | None,
    *,
    lean: float = 0.0,
    label: int = 5,
    more: Sequence[tuple[tuple[int, int], int]] = (),
) -> Photo:
    """A photo of a printed box with labels stuck on it, taken a little aslant."""
    pixels = np.array(artwork(31, WIDTH, HEIGHT))
    for (x, y), seed in (*([] if at is None else [(at, label)]), *more):
        pixels[y : y + LABEL[1], x : x + LABEL[0]] = _label(seed)
    corners = corners_of(WIDTH, HEIGHT).astype(np.float32)
    away = corners + np.array([(0, 0), (-lean, lean), (0, 0), (lean, 0)], np.float32)
    turned = cv2.getPerspectiveTransform(corners, away)
    return photo_of(cv2.warpPerspective(pixels, turned, (WIDTH, HEIGHT), flags=cv2.INTER_CUBIC))


def _label(seed: int) -> Pixels:
    """Print in the middle of white, as labels have it."""
    pixels = np.full((LABEL[1], LABEL[0], 3), 245, np.uint8)
    size = (LABEL[0] - 28, LABEL[1] - 28)
    dense = artwork(seed, 3 * size[0], 3 * size[1])
    pixels[14:-14, 14:-14] = cv2.resize(dense, size, interpolation=cv2.INTER_AREA)
    return pixels


def _fit(photo: Photo, canonical: Photo) -> Fit:
    return fit_plane(local_features(photo.pixels), local_features(canonical.pixels))


def _found(others: Sequence[Photo]) -> tuple[tuple[tuple[float, float], ...], ...]:
    canonical = _item(AT)
    return find_parts(canonical, [(each, _fit(each, canonical)) for each in others], FRAME)


def _laid(photo: Photo) -> Bent:
    canonical = _item(AT)
    parts = _found([_item((60, 60), lean=6), _item((420, 300), lean=9)])
    fit = _fit(photo, canonical)
    return lay_parts(photo, fit, FRAME, canonical.pixels, INSIDE, parts)


def _away(bent: Bent, at: tuple[int, int], canonical: Photo | None = None) -> float:
    """Grey levels by which the place of a label differs from the canonical reference."""
    truth = _item(AT) if canonical is None else canonical
    one, two = (each[_place(at)].astype(np.float64) for each in (bent.laid.pixels, truth.pixels))
    return float(np.abs(one - two).mean())


def _place(at: tuple[int, int]) -> tuple[slice, slice]:
    """What a label covers, less its rim."""
    x, y = at
    return np.s_[y + 4 : y + LABEL[1] - 4, x + 4 : x + LABEL[0] - 4]


def _outline_at(at: tuple[int, int]) -> tuple[tuple[float, float], ...]:
    x, y = at
    right, bottom = x + LABEL[0] - 1, y + LABEL[1] - 1
    return ((x, y), (right, y), (right, bottom), (x, bottom))


def test_a_label_stuck_elsewhere_is_found_with_its_white_margin() -> None:
    (part,) = _found([_item((60, 60), lean=6), _item((420, 300), lean=9)])
    truth = (AT[0], AT[1], AT[0] + LABEL[0], AT[1] + LABEL[1])
    assert box_of(part) == pytest.approx(truth, abs=12)


def test_one_reference_that_shows_it_elsewhere_is_enough() -> None:
    assert len(_found([_item(AT, lean=5), _item((420, 300), lean=9)])) == 1


def test_labels_in_one_place_are_no_part_that_moves() -> None:
    assert _found([_item(AT, lean=6), _item(AT, lean=9)]) == ()


def test_another_label_in_another_place_is_no_part_that_moved() -> None:
    assert _found([_item((60, 60), label=6)]) == ()


def test_a_label_farther_off_than_any_reference_had_it_is_laid_on_its_own_place() -> None:
    bent = _laid(_item((60, 330), lean=8))
    assert _away(bent, AT) < 12
    x, y = 60 + LABEL[0] // 2, 330 + LABEL[1] // 2
    assert not bent.laid.seen[y - 20 : y + 20, x - 20 : x + 20].any()
    assert bent.laid.seen[AT[1] + 10 : AT[1] + 100, AT[0] + 10 : AT[0] + 130].all()
    assert bent.laid.seen.mean() > 0.85


def test_two_labels_that_swapped_places_are_both_seen_in_their_own() -> None:
    places = ((60, 60), (420, 300))
    canonical = _item(places[0], more=((places[1], 6),))
    photo = _item(places[1], lean=6, more=((places[0], 6),))
    fit = _fit(photo, canonical)
    parts = [_outline_at(each) for each in places]
    for order in (parts, parts[::-1]):
        bent = lay_parts(photo, fit, FRAME, canonical.pixels, INSIDE, order)
        assert bent.laid.apart == 2
        for at in places:
            assert bent.laid.seen[_place(at)].all()
            assert _away(bent, at, canonical) < 12


def test_a_label_covers_no_place_that_another_left() -> None:
    """The second label stands where the first belongs, the first on bare ground."""
    canonical = _item((60, 60), more=(((420, 300), 6),))
    photo = _item((60, 300), lean=6, more=(((60, 60), 6),))
    fit = _fit(photo, canonical)
    parts = [_outline_at((60, 60)), _outline_at((420, 300))]
    bent = lay_parts(photo, fit, FRAME, canonical.pixels, INSIDE, parts)
    assert bent.laid.seen[_place((60, 60))].all()
    assert bent.laid.seen[_place((420, 300))].all()
    assert not bent.laid.seen[_place((60, 300))].any()


def test_places_tell_where_the_photo_shows_the_part() -> None:
    bent = _laid(_item((60, 330)))
    middle = bent.laid.places[AT[1] + LABEL[1] // 2, AT[0] + LABEL[0] // 2]
    assert middle == pytest.approx((60 + LABEL[0] // 2, 330 + LABEL[1] // 2), abs=2)
    beside = bent.laid.places[100, 500]
    assert beside == pytest.approx((500, 100), abs=2)


def test_a_part_that_did_not_move_is_laid_with_the_rest() -> None:
    bent = _laid(_item(AT, lean=7))
    assert _away(bent, AT) < 12
    assert bent.laid.seen[5:-15, 15:-15].all()


def test_a_missing_part_is_seen_to_be_missing() -> None:
    bent = _laid(_item(None))
    assert bent.laid.seen[AT[1] : AT[1] + LABEL[1], AT[0] : AT[0] + LABEL[0]].all()
    assert _away(bent, AT) > 30


def test_a_part_that_leads_the_alignment_does_not_shift_the_ground() -> None:
    """All pairs but the fewest that make a ground lie on the label."""
    canonical, photo = _item(AT), _item((330, 180))
    fit = _fit(photo, canonical)
    assert fit.loose is not None
    shift = np.array([[1.0, 0.0, AT[0] - 330.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    on_label = np.linalg.norm(transform(shift, fit.loose[0]) - fit.loose[1], axis=1) < 2
    assert on_label.sum() >= 12
    led = type(fit)(
        shift, fit.loose[0][on_label], fit.loose[1][on_label], 0.5, 12, len(on_label), fit.loose
    )
    parts = _found([_item((60, 60), lean=6), _item((420, 300), lean=9)])
    bent = lay_parts(photo, led, FRAME, canonical.pixels, INSIDE, parts)
    assert bent.laid.places[80, 500] == pytest.approx((500, 80), abs=2)
    assert _away(bent, AT) < 12


def test_real_labels_stuck_elsewhere_agree_and_torn_ones_differ(shared: Path) -> None:
    folder = shared / "eval" / "box_label_torn"
    if not folder.is_dir():
        pytest.skip(f"no photos of torn labels at {folder}")
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    named = [row["file"] for row in rows if row["role"] == "reference"]
    references = [reference_of(folder / name, "box") for name in named]
    gallery = Gallery(references, embedder=Embedder())
    gallery.calibrate()
    asked = [row for row in rows if row["role"] == "query"]
    intact = [row for row in asked if row["label"] == "genuine"][-3:]
    torn = [row for row in asked if row["label"] != "genuine"][:3]
    outcomes = [
        [
            inspect(pictures.read(folder / row["file"]), gallery, product="box").outcome
            for row in some
        ]
        for some in (intact, torn)
    ]
    assert outcomes == [[Outcome.AGREES] * 3, [Outcome.DIFFERS] * 3]
