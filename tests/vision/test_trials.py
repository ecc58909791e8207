"""Trials: what went wrong in other programs must not go wrong here, from file to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from PIL import Image

import vision
from tests.vision.samples import (
    artwork,
    box_of,
    centre_of,
    holds,
    photo_of,
    plain,
    reference_of,
    saved,
    saved_turned,
)
from tests.vision.simulated import Bench, Taken, compared, verified
from vision import NoteCode, Outcome
from vision.align import transform
from vision.simulate import Kind

if TYPE_CHECKING:
    from pathlib import Path

    from vision import Gallery

# what the camera or the file did is no difference


def test_glare_is_not_judged_and_not_counted(bench: Bench, tea: Taken) -> None:
    rows, columns = np.mgrid[:800, :600]
    veil = np.clip((90 - np.hypot(columns - 300, rows - 400)) / 30, 0, 1)[..., None]
    lit = (tea.photo.pixels * (1 - veil) + 255 * veil).astype(np.uint8)
    said = bench.say(photo_of(lit))
    found = compared(said)
    centre = transform(found.alignment.matrix, np.array([(300.0, 400.0)]))
    x, y = ((centre[0] - found.frame_origin) / found.frame_scale).round().astype(int)
    assert not found.judged[y - 20 : y + 20, x - 20 : x + 20].any()
    assert compared(bench.say(tea.photo)).judged[y - 20 : y + 20, x - 20 : x + 20].all()
    assert said.outcome is Outcome.AGREES


@pytest.mark.parametrize("quality", [95, 60])
def test_compression_is_no_difference(bench: Bench, tea: Taken, tmp_path: Path, quality: int):
    """romankh3/image-comparison#138."""
    Image.fromarray(tea.photo.pixels).save(tmp_path / "again.jpg", quality=quality)
    said = bench.say(vision.read(tmp_path / "again.jpg"))
    assert said.outcome is Outcome.AGREES
    assert compared(said).regions == ()


@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_tag_of_orientation_is_no_difference(
    bench: Bench, without_logo: Taken, tmp_path: Path, orientation: int
) -> None:
    """VincentEngel/VES-Image-Compare#57."""
    pixels = without_logo.photo.pixels
    upright = bench.say(vision.read(saved_turned(pixels, tmp_path / "upright.jpg", 1)))
    turned = bench.say(vision.read(saved_turned(pixels, tmp_path / "turned.jpg", orientation)))
    assert turned.outcome is upright.outcome is Outcome.DIFFERS
    one, two = compared(upright), compared(turned)
    assert two.similarity == pytest.approx(one.similarity, abs=0.02)
    assert two.suspicion == pytest.approx(one.suspicion, abs=0.1)
    assert box_of(two.regions[0].polygon) == pytest.approx(box_of(one.regions[0].polygon), abs=6)


def test_transparency_is_seen_and_explained(bench: Bench, tmp_path: Path) -> None:
    """nicolashahn/diffimg#3: the logo is there, but one sees through it."""
    taken = bench.shoot("tea", 44)
    box = taken.shot.box_of(bench.altered("tea", Kind.MISSING, "logo").mask)
    alpha = np.full((800, 600), 255, np.uint8)
    alpha[box[1] : box[3], box[0] : box[2]] = 0
    file = tmp_path / "through.png"
    Image.fromarray(np.dstack([taken.photo.pixels, alpha])).save(file)
    said = bench.say(vision.read(file))
    assert NoteCode.TRANSPARENT in {note.code for note in said.photo.notes}
    assert said.outcome is Outcome.DIFFERS
    near = (box[0] - 15, box[1] - 15, box[2] + 15, box[3] + 15)
    assert all(holds(near, *centre_of(region.polygon)) for region in compared(said).regions)


def test_a_picture_that_is_all_transparent_is_not_scored(
    gallery: Gallery, tea: Taken, tmp_path: Path
) -> None:
    file = tmp_path / "nothing.png"
    empty = np.zeros((800, 600), np.uint8)
    Image.fromarray(np.dstack([tea.photo.pixels, empty])).save(file)
    said = vision.inspect(vision.read(file), gallery)
    assert NoteCode.EMPTY in {note.code for note in said.photo.notes}
    assert said.outcome is Outcome.PHOTO_UNFIT
    assert said.comparison is None


# odd files that others met


@pytest.fixture(scope="module")
def odd(shared: Path) -> Path:
    folder = shared / "hostile" / "files" / "odd"
    if not (folder / "mk_card.png").is_file():
        pytest.skip(f"no collection of odd files at {folder}")
    return folder


@pytest.mark.parametrize(
    "name", ["mk_flat_white.png", "mk_flat_black.jpg", "mk_1x1.png", "mk_alpha_zero.png"]
)
def test_odd_files_without_content_get_no_score(bench: Bench, odd: Path, name: str) -> None:
    said = vision.inspect(vision.read(odd / name), bench.gallery)
    assert said.comparison is None
    card = bench.gallery_of((reference_of(odd / "mk_card.png", "card"),))
    assert vision.inspect(vision.read(odd / name), card, product="card").comparison is None


@pytest.mark.parametrize(
    "name",
    ["mk_card.jpg", "mk_orient5.jpg", "mk_orient8.jpg", "mk_orient3.png", "mk_orient6.tif"],
)
def test_odd_files_turned_by_a_tag_are_as_alike_as_upright(
    bench: Bench, odd: Path, name: str
) -> None:
    card = bench.gallery_of((reference_of(odd / "mk_card.png", "card"),))
    upright = compared(vision.inspect(vision.read(odd / "mk_card.png"), card, product="card"))
    turned = compared(vision.inspect(vision.read(odd / name), card, product="card"))
    assert turned.similarity == pytest.approx(upright.similarity, abs=0.05)
    assert turned.alignment.matrix == pytest.approx(np.eye(3), abs=1.0)
    assert turned.regions == ()


# nothing to compare


@pytest.mark.parametrize(
    "pixels",
    [plain(255, 600, 800), plain(0, 600, 800), plain(128, 600, 800), plain(9, 1, 1)],
    ids=["white", "black", "grey", "one pixel"],
)
@pytest.mark.parametrize(
    "named", [{}, {"product": "tea", "side": "front"}], ids=["search", "named"]
)
def test_a_featureless_photo_gets_no_score(
    gallery: Gallery, pixels: np.ndarray, named: dict[str, str]
) -> None:
    """senguptaumd/Background-Matting#33."""
    said = vision.inspect(photo_of(pixels), gallery, **named)
    assert said.comparison is None
    assert said.outcome in {Outcome.PHOTO_UNFIT, Outcome.NOT_IN_GALLERY, Outcome.CANNOT_ALIGN}
    assert verified(said) == []


def test_a_featureless_reference_gets_no_score(bench: Bench, tea: Taken, tmp_path: Path) -> None:
    blank = reference_of(saved(plain(255, 600, 800), tmp_path / "blank.png"), "blank")
    gallery = bench.gallery_of((blank,))
    for named, outcome in (
        ({}, Outcome.NOT_IN_GALLERY),
        ({"product": "blank"}, Outcome.CANNOT_ALIGN),
    ):
        said = vision.inspect(tea.photo, gallery, **named)
        assert said.comparison is None
        assert said.outcome is outcome


# a part of the photo


def test_a_region_of_a_busy_wall_finds_the_label(bench: Bench, gallery: Gallery, tea: Taken):
    """rhsimplex/image-match#109: the label fills an eighth of the frame."""
    wall = cv2.resize(artwork(80, 3200, 2400), (1600, 1200), interpolation=cv2.INTER_AREA)
    wall[500:1124, 900:1368] = cv2.resize(
        tea.photo.pixels, (468, 624), interpolation=cv2.INTER_AREA
    )
    label = (890, 490, 1378, 1134)
    found = vision.search(photo_of(wall), gallery, region=label)
    assert (found[0].product, found[0].side, found[0].verified) == ("tea", "front", True)
    said = vision.inspect(photo_of(wall), gallery, region=label)
    assert (compared(said).product, compared(said).side) == ("tea", "front")
    assert said.candidates[0].fills > 0.8
