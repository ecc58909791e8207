from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from PIL import Image, ImageColor

from app.reports import fonts, panels
from app.reports.annotate import WIDTH, annotate, reference_panel, suspect_panel
from app.reports.contract import VersionsPart
from tests.app import inspection_samples as samples
from tests.app import laid_sample
from vision import Inspection, Outcome

_AT = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
_ORANGE = np.array(ImageColor.getrgb(panels.ORANGE))
_GREY = np.array(ImageColor.getrgb(panels.GREY))


def _is(pixels: np.ndarray, colour: np.ndarray) -> np.ndarray:
    return (np.abs(pixels.astype(int) - colour).max(axis=-1)) < 12


def _near(pixels: np.ndarray, point: np.ndarray, radius: int = 3) -> np.ndarray:
    x, y = np.rint(point).astype(int)
    return pixels[max(0, y - radius) : y + radius + 1, max(0, x - radius) : x + radius + 1]


def _dark(pixels: np.ndarray) -> np.ndarray:
    return pixels.max(axis=-1) < 40


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_panels_place_points_where_they_are_seen(turns: int) -> None:
    """The altered squares are black: just inside their edges all is dark, just outside not."""
    comparison = samples.comparison(turns)
    panel = suspect_panel(samples.photo(turns), comparison)
    seen = np.asarray(panel.picture)
    for region in comparison.regions:
        corners = panel.place(region.polygon)
        middle = corners.mean(axis=0)
        for corner in corners:
            assert _dark(_near(seen, middle + 0.93 * (corner - middle), 0)).all()
            assert not _dark(_near(seen, middle + 1.07 * (corner - middle), 0)).any()


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_the_photo_is_turned_to_stand_like_the_reference(turns: int) -> None:
    comparison = samples.comparison(turns)
    panel = suspect_panel(samples.photo(turns), comparison)
    first, second = (panel.place(region.polygon).mean(axis=0) for region in comparison.regions)
    assert first[0] < second[0]
    assert first[1] < second[1]
    assert panel.picture.height > panel.picture.width


@pytest.mark.parametrize("turns", [0, 3])
def test_outlines_lie_on_the_polygons_of_both_pictures(turns: int) -> None:
    inspection = samples.inspection(Outcome.DIFFERS, turns)
    assert inspection.comparison is not None
    sheet = np.asarray(annotate(inspection, at=_AT))
    assert sheet.shape[1] == WIDTH
    for column, panel, polygons in (
        (
            0,
            suspect_panel(inspection.photo, inspection.comparison),
            [region.polygon for region in inspection.comparison.regions],
        ),
        (
            1,
            reference_panel(inspection.comparison),
            [region.reference_polygon for region in inspection.comparison.regions],
        ),
    ):
        left, top = _where(sheet, panel, column)
        for polygon in polygons:
            corners = panel.place(polygon) + np.array((left, top))
            for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
                spot = _near(sheet, start + 0.6 * (end - start))
                assert _is(spot, _ORANGE).any()
            assert not _is(_near(sheet, corners.mean(axis=0)), _ORANGE).any(), "no flood of colour"


def _where(sheet: np.ndarray, panel: panels.Panel, column: int) -> tuple[int, int]:
    """Upper left corner of a panel on the sheet: where its unmarked pixels are found again."""
    width = (WIDTH - 2 * 40 - 32) // 2
    left = 40 + column * (width + 32) + (width - panel.picture.width) // 2
    clean = np.asarray(panel.picture).astype(int)
    offsets = range(100, min(500, sheet.shape[0] - clean.shape[0]))
    rows = np.arange(10, clean.shape[0] - 10, 40)
    misses = [
        (
            np.abs(sheet[y + rows, left : left + clean.shape[1]].astype(int) - clean[rows]) > 12
        ).mean()
        for y in offsets
    ]
    return left, offsets[int(np.argmin(misses))]


def test_numbers_stand_beside_their_regions() -> None:
    with_numbers = samples.inspection(Outcome.DIFFERS)
    assert with_numbers.comparison is not None
    panel = reference_panel(with_numbers.comparison)
    before = np.asarray(panel.picture).copy()
    placed = [panel.place(r.reference_polygon) for r in with_numbers.comparison.regions]
    panels.tags(panel, placed, ["1", "2"], panels.ORANGE)
    changed = (np.asarray(panel.picture) != before).any(axis=-1)
    for polygon in placed:
        corner = polygon.min(axis=0)
        tag = _near(np.asarray(panel.picture), corner - (0, 18), 8)
        assert _is(tag, _ORANGE).any()
        assert (tag.min(axis=-1) > 240).any(), "the number itself, in white"
    assert changed.mean() < 0.02


def test_tags_of_regions_in_one_place_do_not_hide_each_other() -> None:
    panel = panels.shown(
        np.zeros((400, 400, 3), np.uint8), (400, 400), (0, 0, 400, 400), (400, 400)
    )
    square = np.array([(150, 150), (250, 150), (250, 250), (150, 250)], float)
    panels.tags(panel, [square] * 4, ["1", "2", "3", "4"], panels.ORANGE)
    orange = _is(np.asarray(panel.picture), _ORANGE)
    one = _is(_tagged(square, "1"), _ORANGE)
    assert orange.sum() > 3.5 * one.sum()


def _tagged(square: np.ndarray, text: str) -> np.ndarray:
    panel = panels.shown(
        np.zeros((400, 400, 3), np.uint8), (400, 400), (0, 0, 400, 400), (400, 400)
    )
    panels.tags(panel, [square], [text], panels.ORANGE)
    return np.asarray(panel.picture)


def test_what_was_not_judged_is_hatched_and_only_that() -> None:
    inspection = samples.inspection(Outcome.AGREES)
    assert inspection.comparison is not None
    sheet = np.asarray(annotate(inspection, at=_AT))
    panel = reference_panel(inspection.comparison)
    left, top = _where(sheet, panel, 1)
    judged, unjudged = panel.place(np.array([(500.0, 100.0), (500.0, 730.0)])) + np.array(
        (left, top)
    )
    hatched = _is(_near(sheet, unjudged, 12), _GREY).mean()
    assert 0.1 < hatched < 0.5
    assert not _is(_near(sheet, judged, 12), _GREY).any()


def test_everything_judged_means_no_hatching() -> None:
    inspection = samples.inspection(Outcome.AGREES)
    assert inspection.comparison is not None
    whole = replace(inspection.comparison, judged=np.ones((400, 300), np.bool_))
    sheet = np.asarray(annotate(replace(inspection, comparison=whole), at=_AT))
    panel = reference_panel(whole)
    left, top = _where(sheet, panel, 1)
    [spot] = panel.place(np.array([(500.0, 730.0)])) + np.array((left, top))
    assert not _is(_near(sheet, spot, 12), _GREY).any()


def test_a_frame_that_is_a_part_of_the_reference_lies_where_it_belongs() -> None:
    part = np.asarray(samples.artwork().crop((80, 100, 600, 800)).reduce(2))
    judged = np.ones(part.shape[:2], np.bool_)
    judged[310:] = False
    comparison = replace(
        samples.comparison(),
        reference_pixels=part,
        aligned=part,
        judged=judged,
        excess=np.zeros(part.shape[:2], np.float32),
        frame_origin=(80.0, 100.0),
    )
    panel = reference_panel(comparison)
    seen = np.asarray(panel.picture)
    blue = np.array((0x24, 0x52, 0x7A))
    ends = np.array([(300, 262), (300, 478), (122, 370), (478, 370)], float)
    for inside, outside in zip(
        panel.place(ends + 0.06 * ((300, 370) - ends)),
        panel.place(ends - 0.06 * ((300, 370) - ends)),
        strict=True,
    ):
        assert _is(_near(seen, inside, 1), blue).all()
        assert not _is(_near(seen, outside, 1), blue).any()
    inspection = replace(samples.inspection(Outcome.AGREES), comparison=comparison)
    sheet = np.asarray(annotate(inspection, at=_AT))
    left, top = _where(sheet, panel, 1)
    spots = panel.place(np.array([(500.0, 700.0), (500.0, 740.0)])) + np.array((left, top))
    assert not _is(_near(sheet, spots[0], 8), _GREY).any()
    assert _is(_near(sheet, spots[1], 8), _GREY).any()


@pytest.mark.parametrize(
    ("outcome", "marked"),
    [
        (Outcome.DIFFERS, True),
        (Outcome.MIXED, True),
        (Outcome.CANNOT_ALIGN, False),
        (Outcome.PHOTO_UNFIT, False),
    ],
)
def test_places_are_numbered_only_where_the_outcome_states_something(
    outcome: Outcome, marked: bool
) -> None:
    inspection = replace(samples.inspection(outcome), comparison=samples.comparison())
    below_the_head = annotate(inspection, at=_AT).crop((0, 200, WIDTH, 1200))
    assert _is(np.asarray(below_the_head), _ORANGE).any() == marked


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_a_sheet(outcome: Outcome) -> None:
    sheet = annotate(samples.inspection(outcome), at=_AT)
    assert sheet.width == WIDTH
    assert 600 < sheet.height < 2400


def test_sheets_of_outcomes_differ_in_sign_and_words() -> None:
    heads = {
        annotate(samples.inspection(outcome), at=_AT).crop((0, 0, WIDTH, 160)).tobytes()
        for outcome in Outcome
    }
    assert len(heads) == len(Outcome)


def test_a_fault_is_boxed_where_it_lies() -> None:
    inspection = samples.inspection(Outcome.PHOTO_UNFIT)
    sheet = np.asarray(annotate(inspection, at=_AT))
    scale = 844 / 1600
    top = next(
        y for y in range(120, 400) if _is(sheet[y, 300:301], np.array((0x7A, 0x7F, 0x87)))[0]
    )
    edge = sheet[
        top + round(450 * scale), round(40 + 300 * scale) - 6 : round(40 + 300 * scale) + 7
    ]
    assert _is(edge, _GREY).any()


def test_the_small_print_names_the_versions() -> None:
    inspection = samples.inspection(Outcome.NOT_IN_GALLERY)
    versions = VersionsPart(
        touchstone="1.2", model="sha256:aa", gallery="sha256:bb", thresholds="sha256:cc"
    )
    without, told = annotate(inspection, at=_AT), annotate(inspection, at=_AT, versions=versions)
    assert without.tobytes() != told.tobytes()


def _renamed(path: str) -> Inspection:
    return samples.renamed(samples.inspection(Outcome.DIFFERS), path)


@pytest.mark.parametrize(
    "path",
    [
        "照片/嫌疑品（二）.jpg",
        b"bad\xff\xfe.jpg".decode("utf-8", "surrogateescape"),
        "x" * 400 + ".jpg",
        "line\nbreak.jpg",
        "",
    ],
)
def test_any_file_name_can_be_told(path: str) -> None:
    assert annotate(_renamed(path), at=_AT).width == WIDTH


def test_an_outline_beyond_the_horizon_shows_the_whole_photo() -> None:
    inspection = samples.inspection(Outcome.DIFFERS)
    assert inspection.comparison is not None
    steep = samples.photo_matrix().copy()
    steep[2] = (0.004, 0.0, -2.0)
    comparison = replace(
        inspection.comparison, alignment=replace(inspection.comparison.alignment, matrix=steep)
    )
    assert annotate(replace(inspection, comparison=comparison), at=_AT).width == WIDTH


def test_no_outline_means_the_whole_reference() -> None:
    comparison = replace(samples.comparison(), outline=())
    panel = reference_panel(comparison)
    corner = panel.place(np.array([(0.0, 0.0)]))[0]
    assert np.abs(corner).max() < 3


def test_text_is_broken_between_words_and_between_signs() -> None:
    face = fonts.font(20)
    lines = fonts.wrapped("one two three four five six", face, 120)
    assert " ".join(lines) == "one two three four five six"
    assert all(face.getlength(line) <= 120 for line in lines)
    chinese = "照片与参考之间有差异的地方，比真品之间的差异更大。"
    broken = fonts.wrapped(chinese, face, 160)
    assert "".join(broken) == chinese
    assert not any(line[0] in "，。" for line in broken)


def test_a_word_wider_than_the_page_is_cut() -> None:
    face = fonts.font(20)
    lines = fonts.wrapped("x" * 300, face, 200)
    assert "".join(lines) == "x" * 300
    assert all(face.getlength(line) <= 200 for line in lines)


def test_a_long_name_keeps_its_beginning_and_its_ending() -> None:
    face = fonts.font(20)
    short = fonts.shortened("beginning-" + "x" * 300 + "-end.jpg", face, 300)
    assert face.getlength(short) <= 300
    assert short.startswith("begin")
    assert short.endswith(".jpg")


def test_a_chinese_font_draws_signs_apart() -> None:
    if fonts.chinese_font() is None:
        pytest.skip("this computer has no font with Chinese signs")
    face = fonts.font(40)
    assert bytes(face.getmask("试")) != bytes(face.getmask("金"))


def test_reduced_photos_are_placed_in_full_size_pixels() -> None:
    photo = samples.photo()
    small = np.asarray(Image.fromarray(photo.pixels).reduce(2))
    reduced = replace(photo, pixels=small)
    comparison = samples.comparison()
    full, half = suspect_panel(photo, comparison), suspect_panel(reduced, comparison)
    polygon = comparison.regions[0].polygon
    assert np.abs(full.place(polygon) - half.place(polygon)).max() < 2.5


def _furthest(
    one: np.ndarray, other: np.ndarray, sides: tuple[str, ...] = ("top", "bottom", "left", "right")
) -> int:
    """By how many pixels the boxes round two masks differ at most."""
    ends = []
    for mask in (one, other):
        rows, columns = np.nonzero(mask)
        box = {"top": rows.min(), "bottom": rows.max()}
        ends.append({**box, "left": columns.min(), "right": columns.max()})
    return max(abs(int(ends[0][side]) - int(ends[1][side])) for side in sides)


def test_on_the_sheet_hatching_and_outlines_lie_on_the_same_detail_of_both_pictures() -> None:
    """The frame begins somewhere in the reference, and the photo is tilted and turned."""
    told = laid_sample.inspection()
    assert told.comparison is not None
    everything = np.ones_like(told.comparison.judged)
    clean = replace(told, comparison=replace(told.comparison, judged=everything, regions=()))
    unmarked = np.asarray(annotate(clean, at=_AT)).astype(int)
    unhatched = replace(told, comparison=replace(told.comparison, judged=everything))
    outlined = np.asarray(annotate(unhatched, at=_AT)).astype(int)
    whole = np.asarray(annotate(told, at=_AT)).astype(int)
    for half in (np.s_[200:960, : WIDTH // 2], np.s_[200:960, WIDTH // 2 :]):
        black = unmarked[half].max(axis=-1) < 20
        assert black.sum() > 2000
        hatched = np.abs(whole[half] - outlined[half]).max(axis=-1) > 20
        assert _furthest(black, hatched) <= 4
        grown = np.zeros_like(black)
        for by in range(-4, 5):
            grown |= np.roll(black, by, 0) | np.roll(black, by, 1)
        assert (hatched & ~grown).sum() < 10
        blue = (unmarked[half][..., 2] > 200) & (unmarked[half][..., 0] < 60)
        orange = _is(outlined[half], _ORANGE)
        assert _furthest(blue, orange, sides=("bottom", "right")) <= 8, "number at the upper left"


def test_a_photo_that_agrees_shows_its_weakest_places() -> None:
    told = laid_sample.inspection(Outcome.AGREES)
    sheet = np.asarray(annotate(told, at=_AT))
    blue = np.array(ImageColor.getrgb(panels.BLUE))
    for half in (np.s_[200:960, : WIDTH // 2], np.s_[200:960, WIDTH // 2 :]):
        assert _is(sheet[half], blue).sum() > 500
