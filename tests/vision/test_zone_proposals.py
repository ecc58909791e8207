"""Proposed zones lie on numbers that differ from item to item, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from tests.vision.samples import CellNetwork, photo_of, saved, saved_side, seen_through
from tests.vision.test_zones import SERIAL, corners, item, seen_zone, view
from vision import Gallery, Outcome, ZoneKind, inspect, propose_zones
from vision.align import transform
from vision.photo_sets import gather, usable_rows
from vision.proposing_gallery import ProposingGallery
from vision.simulate import paint, photograph
from vision.simulate.backs import back
from vision.simulate.brands import CATALOGUE
from vision.zone_proposals import Scale, persistent

if TYPE_CHECKING:
    from pathlib import Path

    from tests.vision.simulated import Bench
    from vision import Pixels, Points, Vertices
    from vision.simulate import Shot

INK = (200, 154, 306, 186)  # of a number in its field
NUMBERS = ("L2048", "K7719", "R3360", "B5125", "T9486", "H1603")


def side_of(folder: Path, numbers: tuple[str, ...]) -> Gallery:
    """Photos of items with these numbers."""
    pictures = [
        seen_through(item(number), view(seed), noise=2.0) for seed, number in enumerate(numbers)
    ]
    return Gallery(saved_side(folder, pictures), embedder=CellNetwork())


def covered(polygon: Vertices, true: Points) -> tuple[float, float]:
    """Share of a true place that a polygon covers, and its area in times that of the place."""
    masks = []
    for each in (np.array(polygon), true):
        mask = np.zeros((1400, 1400), np.uint8)
        cv2.fillPoly(mask, [np.rint(each).astype(np.int32)], 1)
        masks.append(mask > 0)
    return float((masks[0] & masks[1]).sum() / masks[1].sum()), float(
        masks[0].sum() / masks[1].sum()
    )


@pytest.mark.parametrize(("count", "least"), [(3, 0.5), (4, 0.8), (6, 0.8)])
def test_numbers_that_no_two_items_share_are_proposed(
    tmp_path: Path, count: int, least: float
) -> None:
    """Of three numbers, some places are alike by chance."""
    model = side_of(tmp_path, NUMBERS[:count]).side_model("tea", "front")
    (zone,) = propose_zones(model)
    assert (zone.kind, zone.proposed) == (ZoneKind.VARIABLE, True)
    assert zone.reference == model.canonical.sha256
    seed = int(model.canonical.id[-5])
    share, times = covered(zone.polygon, transform(view(seed), np.array(corners(INK))))
    assert share > least
    assert times < 1.5


def test_two_items_may_share_a_number(tmp_path: Path) -> None:
    numbers = (NUMBERS[0], *NUMBERS[:4])
    model = side_of(tmp_path, numbers).side_model("tea", "front")
    assert len(propose_zones(model)) == 1


@pytest.mark.parametrize(
    "numbers",
    [
        (NUMBERS[0],) * 5,
        (NUMBERS[0],) * 4 + (NUMBERS[1],),  # one item of another kind
        (NUMBERS[0],) * 3 + (NUMBERS[1],) * 2,  # two printings
        NUMBERS[:2],
    ],
    ids=["equal items", "one odd item", "two printings", "too few"],
)
def test_what_does_not_vary_from_item_to_item_is_not_proposed(
    tmp_path: Path, numbers: tuple[str, ...]
) -> None:
    assert propose_zones(side_of(tmp_path, numbers).side_model("tea", "front")) == ()


@pytest.mark.parametrize("kind", list(ZoneKind))
def test_where_a_zone_lies_none_is_proposed(tmp_path: Path, kind: ZoneKind) -> None:
    gallery = side_of(tmp_path, NUMBERS[:4])
    gallery.set_zones("tea", "front", [seen_zone(kind, SERIAL, gallery.references[0])])
    assert propose_zones(gallery.side_model("tea", "front")) == ()


def test_with_the_proposed_zone_a_new_number_says_nothing(tmp_path: Path) -> None:
    gallery = side_of(tmp_path, NUMBERS[:5])
    gallery.set_zones("tea", "front", propose_zones(gallery.side_model("tea", "front")))
    photo = photo_of(seen_through(item("W8277"), view(20), noise=2.0))
    found = inspect(photo, gallery, product="tea", side="front")
    assert found.outcome is Outcome.AGREES


def test_a_gallery_can_go_by_its_own_proposals(tmp_path: Path) -> None:
    plain = side_of(tmp_path, NUMBERS[:5])
    gallery = ProposingGallery(plain.references, embedder=CellNetwork())
    (zone,) = gallery.side_model("tea", "front").zones.shown
    assert zone.polygon == propose_zones(plain.side_model("tea", "front"))[0].polygon
    assert gallery.side_model("tea", "front") is gallery.side_model("tea", "front")
    for reference in gallery.references[:3]:
        gallery.drop(reference.id)
    assert gallery.side_model("tea", "front").zones.shown == ()


@pytest.mark.parametrize("proposed", [False, True])
def test_an_evaluation_goes_by_proposals_only_when_asked(tmp_path: Path, proposed: bool) -> None:
    rows = ["file,role,product_id,label"]
    for seed, number in enumerate((*NUMBERS[:5], "W8277")):
        pixels = seen_through(item(number), view(seed), noise=2.0)
        saved(pixels, tmp_path / f"{seed}.png")
        rows.append(f"{seed}.png,{'query' if seed == 5 else 'reference'},tea,genuine")
    manifest = tmp_path / "manifest.csv"
    manifest.write_text("\n".join(rows))
    rows_of_set, _ = usable_rows(manifest)
    (gathered,), _ = gather(
        manifest,
        rows_of_set,
        cache=None,
        embedder=CellNetwork(),
        step=lambda: None,
        propose_zones=proposed,
    )
    gathered.gallery.side_model("tea", "front")
    assert len(gathered.gallery.zones("tea", "front")) == int(proposed)


@pytest.mark.parametrize("by_head", [True, False], ids=["by the head", "by channels"])
def test_a_small_batch_mark_of_a_printed_back_is_found(
    bench: Bench, tmp_path: Path, by_head: bool
) -> None:
    """Letters of some six pixels on the frame, photographed by simulation."""
    sheet = back(CATALOGUE[3])
    arts = []
    for seed in range(5):
        elements = tuple(
            replace(
                e,
                paint=replace(e.paint, words=f"L{10 + 17 * seed}{94 - 13 * seed} {NUMBERS[seed]}"),
            )
            if e.name == "batch"
            else e
            for e in sheet.elements
        )
        arts.append(paint(replace(sheet, elements=elements), 900))
    box = next(p.box for p in arts[0].elements if p.element.name == "batch")
    gallery, own = _photographed(bench, tmp_path, [art.pixels for art in arts])
    model = gallery.side_model("lot", "back")
    (zone,) = propose_zones(model, gallery.learned if by_head else None)
    share, times = covered(zone.polygon, own[model.canonical.id].to_photo(np.array(corners(box))))
    assert share > 0.7
    assert times < 6


@pytest.mark.parametrize("gap", [None, 60, 14], ids=["alone", "near a number", "at a number"])
def test_a_thread_that_lies_elsewhere_in_each_item_is_covered_wherever_it_lay(
    bench: Bench, tmp_path: Path, gap: int | None
) -> None:
    """Its places overlap between some items, so that not all pairs differ at its ends.

    What differs around a number beside it belongs to the number.
    """
    art = paint(back(CATALOGUE[3]), 900).pixels
    height, width = art.shape[:2]
    lefts = [round(share * width) for share in (0.44, 0.46, 0.48, 0.51, 0.53)]
    right = lefts[-1] + round(0.02 * width)
    left = right + (gap or 0)
    field = (left, height // 2 - 40, left + 300, height // 2 + 40)
    prints = []
    for left, number in zip(lefts, NUMBERS, strict=False):
        pixels = art.copy()
        pixels[:, left : left + round(0.02 * width)] = (30, 74, 62)
        if gap is not None:
            x0, y0, x1, y1 = field
            pixels[y0:y1, x0:x1] = (250, 250, 248)
            place = (x0 + 10, y1 - 22)
            cv2.putText(pixels, number, place, cv2.FONT_HERSHEY_DUPLEX, 2.0, (20, 20, 20), 4)
        prints.append(pixels)
    gallery, own = _photographed(bench, tmp_path, prints)
    model = gallery.side_model("lot", "back")
    zones = propose_zones(model, gallery.learned)
    assert len(zones) == (1 if gap is None else 2)
    to_photo = own[model.canonical.id].to_photo
    share, times = covered(
        zones[0].polygon, to_photo(np.array(corners((lefts[0], 0, right, height))))
    )
    assert share > 0.85
    assert times < 1.6
    if gap is not None:
        share, times = covered(zones[1].polygon, to_photo(np.array(corners(field))))
        assert share > 0.7
        assert times < 1.6


@pytest.mark.parametrize("odd", [0, 1], ids=["equal items", "one odd item"])
def test_the_head_proposes_nothing_where_items_are_alike(
    bench: Bench, tmp_path: Path, odd: int
) -> None:
    """Photographed by simulation; the odd item has a bar across it that the others lack."""
    art = paint(back(CATALOGUE[3]), 900).pixels
    other = art.copy()
    other[300:340, 100:500] = (170, 40, 50)
    gallery, _ = _photographed(bench, tmp_path, [art] * (5 - odd) + [other] * odd)
    assert propose_zones(gallery.side_model("lot", "back"), gallery.learned) == ()


def test_places_that_nobody_can_judge_make_no_zone() -> None:
    """They count neither as alike nor as different, nor for what is usual."""
    inside = np.ones((40, 60), bool)
    pairs = np.full((3, 40, 60), -1.0, np.float32)
    pairs[:2, :, :40] = np.inf  # most places are shown by two references only
    nearly_all, most = persistent(pairs)
    assert np.isneginf(nearly_all[:, :40]).all()
    assert np.isneginf(most[:, :40]).all()
    assert (nearly_all[:, 40:] == -1.0).all()
    scale = Scale(-1.5, -2.0, more=(2.0, 1.5))
    assert not scale.hearts(nearly_all, inside).any()  # all that can be judged are alike
    assert not scale.within_reach(most, inside).any()
    assert not scale.hearts(np.full((40, 60), -np.inf, np.float32), inside).any()
    nearly_all[10:14, 45:55] = 1.5
    assert scale.hearts(nearly_all, inside).sum() == 40


def _photographed(
    bench: Bench, folder: Path, prints: list[Pixels]
) -> tuple[Gallery, dict[str, Shot]]:
    """A side of one photo of each print; also the shot of each reference."""
    shots = [
        photograph(
            pixels,
            bench.camera(pixels.shape[0] > pixels.shape[1], 70 + seed),
            np.random.default_rng(seed),
        )
        for seed, pixels in enumerate(prints)
    ]
    references = saved_side(folder, [shot.pixels for shot in shots], "lot", "back")
    shown = {each.id: shot for each, shot in zip(references, shots, strict=True)}
    return Gallery(references, embedder=bench.embedder), shown
