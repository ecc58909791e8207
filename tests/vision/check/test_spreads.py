"""The spread of sides is looked up, or measured where somebody asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.vision.samples import artwork, saved_side, seen_through, tilted
from vision import Gallery, read_spreads

if TYPE_CHECKING:
    from pathlib import Path

_SIZE = (400, 300)
_SIDES = [("tea", "front"), ("nobody", "knows")]


def _gallery(folder: Path) -> Gallery:
    views = [
        seen_through(artwork(1, *_SIZE), tilted(*_SIZE, at, most=8.0), noise=3.0) for at in range(3)
    ]
    return Gallery(saved_side(folder / "tea", views, "tea", "front"), cache=folder / "cache")


def test_only_what_is_known_is_looked_up_until_somebody_measures(tmp_path: Path) -> None:
    gallery = _gallery(tmp_path)
    assert list(read_spreads(gallery, _SIDES)) == [None, None]
    measured, unknown = read_spreads(gallery, _SIDES, measure=True)
    assert unknown is None
    assert measured is not None
    assert (measured.product, measured.side) == ("tea", "front")
    assert len(measured.references) == len(measured.peaks) == measured.count == 3
    assert measured.limit == gallery.limits(gallery.side_model("tea", "front")).differs > 0
    again = _gallery(tmp_path)
    assert list(read_spreads(again, _SIDES)) == [measured, None], "from the file, at once"


def test_a_side_whose_files_are_gone_has_none(tmp_path: Path) -> None:
    gallery = _gallery(tmp_path)
    for each in gallery.references:
        (tmp_path / "tea" / each.path).unlink()
    assert list(read_spreads(gallery, _SIDES[:1], measure=True)) == [None]
