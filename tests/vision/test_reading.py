"""The reader itself, the cutting of lines, and text from end to end on small printed sides."""

from __future__ import annotations

import importlib.util
import logging
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

import vision
from tests.vision.samples import (
    artwork,
    frame_of,
    holds,
    photo_of,
    saved_side,
    seen_through,
    tilted,
)
from vision import Channel, Gallery, WeightsCorrupt, WeightsMissing
from vision.evidence import reading
from vision.evidence.reading import LINE_HEIGHT, Reader, shared_reader
from vision.line_crops import cut, places_on_photo, places_on_reference
from vision.terms import Wording
from vision.text_lines import OnSide, compare_text

if TYPE_CHECKING:
    from vision import Inspection, Pixels

WIDTH, HEIGHT = 640, 480
WORDS, WORDS_AT = "ORIGINAL QUALITY", (60, 90)
BATCH_AT = (60, 420)
CARD = 255


def line(words: str, width: int = 400) -> Pixels:
    picture = np.full((LINE_HEIGHT, width, 3), 245, np.uint8)
    cv2.putText(
        picture, words, (10, 35), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (20, 30, 60), 2, cv2.LINE_AA
    )
    return picture


def side(words: str = WORDS, batch: str = "LOT 4711") -> Pixels:
    """A print with two cards of words on it."""
    picture = artwork(7, WIDTH, HEIGHT)
    for said, (x, y) in ((words, WORDS_AT), (batch, BATCH_AT)):
        cv2.rectangle(picture, (x - 30, y - 55), (x + 470, y + 30), (CARD,) * 3, -1)
        ink = (30, 30, 40)
        cv2.putText(picture, said, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 1.3, ink, 3, cv2.LINE_AA)
    return picture


def shot(picture: Pixels, seed: int) -> Pixels:
    return seen_through(picture, tilted(WIDTH, HEIGHT, seed), noise=2.0)


def texts(said: Inspection) -> list[Wording | None]:
    assert said.comparison is not None
    return [r.text for r in said.comparison.regions if r.channel is Channel.TEXT]


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    folder = tmp_path_factory.mktemp("text")
    pictures = [shot(side(batch=f"LOT {n}"), n) for n in (4711, 4712, 4738)]
    return Gallery(saved_side(folder, pictures), cache=folder / "cache")


def inspected(picture: Pixels, gallery: Gallery, **asked: bool) -> Inspection:
    return vision.inspect(photo_of(shot(picture, 99)), gallery, product="tea", **asked)


# the reader


@pytest.mark.parametrize("words", ["ORIGINAL QUALITY", "Batch 4711", "Best No 7"])
def test_clear_print_is_read_with_places(words: str) -> None:
    (found,) = shared_reader().read([line(words)])
    assert found.text.replace(" ", "") == words.replace(" ", "")
    assert found.score > 0.9
    assert list(found.places) == sorted(found.places)
    width = cv2.getTextSize(words, cv2.FONT_HERSHEY_SIMPLEX, 1.0, 2)[0][0]
    assert abs(found.places[0] - 18) < 16
    assert abs(found.places[-1] - (10 + width - 10)) < 20


def test_what_was_not_read_can_be_weighed() -> None:
    (found,) = shared_reader().read([line("QUALITY")], kept=["QUANTITY"])
    assert found.likelihood("QUALITY") > found.likelihood("QUANTITY") + 5
    assert set("QUANTITY") <= set(found.letters)


def test_bare_paper_says_nothing() -> None:
    (found,) = shared_reader().read([np.full((LINE_HEIGHT, 200, 3), 240, np.uint8)])
    assert found.text.strip() == ""


def test_lines_are_found_where_they_are() -> None:
    picture = np.full((300, 600, 3), 240, np.uint8)
    for words, y in (("FIRST LINE", 80), ("SECOND ONE", 220)):
        cv2.putText(picture, words, (80, y), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (10, 10, 10), 3)
    found = shared_reader().find_lines(picture)
    assert len(found) == 2
    middles = sorted(quad.mean(axis=0).tolist() for quad in found)
    assert sorted(round(y / 10) for _, y in middles) == pytest.approx([6, 20], abs=1)
    for quad in found:
        assert quad[0, 0] < quad[1, 0]  # from the upper left one clockwise
        assert quad[0, 1] < quad[3, 1]


def test_a_reader_that_is_not_installed_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    reading._shared.cache_clear()
    try:
        with pytest.raises(WeightsMissing, match="rapidocr"):
            shared_reader()
    finally:
        reading._shared.cache_clear()


def test_a_broken_file_is_corrupt(tmp_path: Path) -> None:
    file = tmp_path / "x_rec_y.onnx"
    file.write_bytes(b"no network")
    with pytest.raises(WeightsCorrupt):
        Reader(file, file)


# cutting lines


def test_a_line_is_cut_where_it_lies() -> None:
    photo = photo_of(side())
    line_at = np.array([[1.0, 0.0, -30.0], [0.0, 1.0, -50.0], [0.0, 0.0, 1.0]])
    crop = cut(photo, places_on_reference(np.eye(3), None, line_at, 300))
    assert crop is not None
    assert crop.is_whole
    assert crop.step == pytest.approx(1.0)
    np.testing.assert_array_equal(crop.pixels, photo.pixels[50 : 50 + LINE_HEIGHT, 30:330])


def test_both_ways_to_cut_agree_also_beyond_the_frame() -> None:
    shift = np.array([[1.0, 0.0, 7.0], [0.0, 1.0, -3.0], [0.0, 0.0, 1.0]])
    frame = frame_of(160, 120, scale=4.0)
    rows, columns = np.mgrid[0:120, 0:160]
    on_frame = np.stack([columns, rows], axis=-1) * 4.0 + 1.5
    places = (on_frame - shift[:2, 2]).astype(np.float32)
    line_at = np.array([[1.2, 0.0, -400.0], [0.0, 1.2, 4.0], [0.0, 0.0, 1.0]])
    one = places_on_photo(places, frame, line_at, 390)
    two = places_on_reference(shift, None, line_at, 390)
    np.testing.assert_allclose(one, two, atol=0.01)


def test_a_line_beside_the_picture_is_not_cut() -> None:
    photo = photo_of(side())
    for left in (-5000.0, WIDTH - 100.0):
        line_at = np.array([[1.0, 0.0, -left], [0.0, 1.0, -50.0], [0.0, 0.0, 1.0]])
        crop = cut(photo, places_on_reference(np.eye(3), None, line_at, 300))
        assert crop is None or not crop.is_whole


def test_a_fine_picture_is_averaged_not_sampled() -> None:
    grain = np.random.default_rng(1).normal(128, 30, (4 * HEIGHT, 4 * WIDTH, 3))
    photo = photo_of(np.clip(grain, 0, 255).astype(np.uint8))
    line_at = np.array([[0.25, 0.0, -30.375], [0.0, 0.25, -50.375], [0.0, 0.0, 1.0]])
    crop = cut(photo, places_on_reference(np.eye(3), None, line_at, 300))
    assert crop is not None
    assert crop.step == pytest.approx(4.0, rel=0.01)
    assert crop.pixels.mean() == pytest.approx(128, abs=1)
    assert crop.pixels.std() < 12  # of sixteen pixels each: 7.5; sampled: 30


# from end to end


def test_the_side_knows_its_lines_and_what_varies(gallery: Gallery) -> None:
    known = gallery.side_text(gallery.side_model("tea", "front"))
    assert known is not None
    lines = {each.agreed.text.replace(" ", ""): each.agreed for each in known.lines}
    assert all(lines["ORIGINALQUALITY"].firm)
    (batch,) = (agreed for words, agreed in lines.items() if words.startswith("LOT"))
    assert not batch.firm[-1]


def test_lines_are_learned_once(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    model = gallery.side_model("tea", "front")
    known = gallery.side_text(model)
    assert gallery.side_text(model) is known
    again = Gallery(gallery.references, cache=gallery._cache)
    monkeypatch.setattr("vision.text_files.learn_text", None)  # not callable: must not be called
    restored = again.side_text(model)
    assert restored is not None
    assert known is not None
    assert [x.agreed for x in restored.lines] == [x.agreed for x in known.lines]


def test_a_genuine_photo_has_no_letter_that_differs(gallery: Gallery) -> None:
    assert texts(inspected(side(batch="LOT 4799"), gallery)) == []


def test_a_wrong_letter_is_found_and_named(gallery: Gallery) -> None:
    said = inspected(side(words="ORIGINAL QUAKITY"), gallery)
    assert texts(said) == [Wording("K", "L")]
    assert said.outcome is vision.Outcome.DIFFERS
    assert said.comparison is not None
    region = said.comparison.regions[0]
    assert region.number == 1
    before = cv2.getTextSize("ORIGINAL QUA", cv2.FONT_HERSHEY_SIMPLEX, 1.3, 3)[0][0]
    truth = (WORDS_AT[0] + before + 14, WORDS_AT[1] - 14)
    seen = cv2.perspectiveTransform(np.array([[truth]], np.float64), tilted(WIDTH, HEIGHT, 99))
    corners = np.array(region.polygon)
    box = (*corners.min(axis=0), *corners.max(axis=0))
    assert holds(box, *seen[0, 0])
    assert box[2] - box[0] < 70


def test_text_can_be_left_out(gallery: Gallery) -> None:
    assert texts(inspected(side(words="ORIGINAL QUAKITY"), gallery, text=False)) == []


def test_places_not_judged_or_variable_never_count(gallery: Gallery) -> None:
    model = gallery.side_model("tea", "front")
    known = gallery.side_text(model)
    assert known is not None
    picture = side(words="ORIGINAL QUAKITY")
    photo = photo_of(picture)
    # The canonical reference was seen through a known tilt; the print itself is the photo here.
    from_print = tilted(WIDTH, HEIGHT, _seed_of(model.canonical.id))
    frame = model.frame
    rows, columns = np.mgrid[0 : frame.height, 0 : frame.width]
    grid = np.stack([columns, rows], axis=-1).reshape(-1, 1, 2).astype(np.float64)
    back = np.linalg.inv(frame.matrix @ from_print)
    places = cv2.perspectiveTransform(grid, back).reshape(frame.height, frame.width, 2)
    everywhere = np.ones((frame.height, frame.width), bool)
    found = [
        compare_text(
            OnSide(photo, places.astype(np.float32), frame, judged, variable),
            known,
            shared_reader(),
        )
        for judged, variable in (
            (everywhere, None),
            (everywhere, ~everywhere),
            (~everywhere, None),
            (everywhere, everywhere),
        )
    ]
    assert [(each.suspect, each.reference) for each in found[0]] == [("K", "L")]
    assert [len(each) for each in found] == [1, 1, 0, 0]


def _seed_of(reference: str) -> int:
    return (4711, 4712, 4738)[int(Path(reference).stem[-1])]


def test_without_a_reader_all_else_goes_on(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def missing() -> Reader:
        raise WeightsMissing("text", "rapidocr", "the package is not installed", "Install it")

    monkeypatch.setattr("vision.text_files.shared_reader", missing)
    alone = Gallery(gallery.references, cache=gallery._cache)
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            said = inspected(side(words="ORIGINAL QUAKITY"), alone)
            assert texts(said) == []
            assert said.comparison is not None
    assert [record.message for record in caplog.records if "text is not" in record.message] == [
        "text is not compared: Model text (rapidocr): the package is not installed. Install it"
    ]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    """Five references of one wording are read, and three more are there, two of another one."""
    shots = [shot(side(), 30 + number) for number in range(6)]
    for seed in (36, 37):  # noisier, so that they are not among those laid first
        view = tilted(WIDTH, HEIGHT, seed)
        shots.append(seen_through(side(words="ORIGINAL QUAKITY"), view, noise=9.0))
    gallery = Gallery(saved_side(tmp_path_factory.mktemp("many"), shots), embedder=None)
    read = {each.reference.id for each in gallery.side_model("tea", "front").placed[:5]}
    assert not read & {reference.id for reference in gallery.references[-2:]}
    return gallery


def test_what_a_further_reference_says_is_no_letter_that_differs(many: Gallery) -> None:
    assert texts(inspected(side(words="ORIGINAL QUAKITY"), many)) == []
    for reference in many.references[-2:]:
        own = vision.inspect(vision.read(reference.path), many, product="tea")
        assert texts(own) == []


def test_what_no_reference_says_still_differs_and_is_asked_of_each_once(
    many: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert texts(inspected(side(words="ORIGINAL QUADITY"), many)) == [Wording("D", "L")]
    monkeypatch.setattr("vision.text_lines._hear", None)  # not callable: must not be called
    assert texts(inspected(side(words="ORIGINAL QUADITY"), many)) == [Wording("D", "L")]
