"""References beyond those a photo is compared with first: they can only speak for a photo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.vision.samples import artwork, photo_of, saved_side, seen_through, tilted
from vision import Gallery, Outcome, compare, inspect
from vision.align import transform
from vision.further import MOST_REFERENCES, beyond
from vision.further_layers import further_layers

if TYPE_CHECKING:
    from pathlib import Path

    from vision import Inspection, Pixels

WIDTH, HEIGHT = 640, 480
PLACE = (slice(150, 260), slice(380, 540))  # rows, columns in which printings differ


def _page(printing: int) -> Pixels:
    page = artwork(1, WIDTH, HEIGHT)
    page[PLACE] = artwork(20 + printing, WIDTH, HEIGHT)[PLACE]
    return page


def _taken(printing: int, seed: int, noise: float = 2.0) -> Pixels:
    return seen_through(_page(printing), tilted(WIDTH, HEIGHT, seed), noise=noise)


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    """Six references of one printing and, noisier so that they are not laid first, two more."""
    shots = [_taken(0, seed) for seed in range(6)] + [_taken(1, seed, 12.0) for seed in (6, 7)]
    gallery = Gallery(saved_side(tmp_path_factory.mktemp("further"), shots), embedder=None)
    laid = {each.reference.id for each in gallery.side_model("tea", "front").placed}
    assert laid == {reference.id for reference in gallery.references[:6]}
    return gallery


def _inspected(gallery: Gallery, printing: int) -> Inspection:
    return inspect(photo_of(_taken(printing, 31)), gallery, text=False)


def test_what_only_further_references_show_is_no_claim(gallery: Gallery) -> None:
    said = _inspected(gallery, 1)
    assert said.outcome is Outcome.AGREES
    assert said.comparison is not None
    assert not said.comparison.regions


def test_what_no_reference_shows_still_differs(gallery: Gallery) -> None:
    said = _inspected(gallery, 2)
    assert said.outcome is Outcome.DIFFERS
    assert said.comparison is not None
    x, y = np.mean(said.comparison.regions[0].reference_polygon, axis=0)
    assert 380 - 14 < x < 540 + 14
    assert 150 - 14 < y < 260 + 14


def test_further_references_are_not_asked_where_nothing_differs(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare, "further_layers", None)  # not callable: must not be called
    assert _inspected(gallery, 0).outcome is Outcome.AGREES


def test_a_side_of_five_has_no_further_references(tmp_path: Path) -> None:
    few = Gallery(saved_side(tmp_path, [_taken(0, seed) for seed in range(5)]), embedder=None)
    assert further_layers(few.side_model("tea", "front"), few, 5) == ()


def test_further_references_lie_as_they_were_taken(gallery: Gallery) -> None:
    model = gallery.side_model("tea", "front")
    rest = beyond(model.placed, 5, gallery.references, gallery.features_of)
    names = [reference.id for reference in gallery.references]
    assert [each.id for each in rest.references] == [model.placed[5].reference.id, *names[6:]]
    canonical = names.index(model.canonical.id)
    corners = np.array([(100.0, 100.0), (500.0, 100.0), (500.0, 400.0), (100.0, 400.0)])
    expected = transform(tilted(WIDTH, HEIGHT, canonical), corners)
    for reference in rest.references:
        lies = rest.lay(reference)
        assert lies is not None
        own = transform(tilted(WIDTH, HEIGHT, names.index(reference.id)), corners)
        assert transform(lies[0], own) == pytest.approx(expected, abs=1.5)
    assert len(names) <= MOST_REFERENCES


def test_a_reference_of_something_else_lies_nowhere(gallery: Gallery, tmp_path: Path) -> None:
    model = gallery.side_model("tea", "front")
    shots = [artwork(90, WIDTH, HEIGHT)]
    [reference] = saved_side(tmp_path, shots, product="other")
    gallery.add(reference)
    rest = beyond(model.placed, 6, [reference], gallery.features_of)
    gallery.drop(reference.id)
    assert rest.references == (reference,)
    assert rest.lay(reference) is None
