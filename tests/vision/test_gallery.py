"""The gallery: what it holds, whom a photo resembles, and what it keeps on disk."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.vision.samples import (
    CellNetwork,
    artwork,
    plain,
    reference_of,
    saved,
    saved_side,
    seen_through,
    tilted,
)
from vision import gallery as gallery_module
from vision.crops import middle_crops, region_crops
from vision.errors import FileUnreachable, UnknownSide
from vision.features import LocalFeatures, local_features
from vision.gallery import Gallery
from vision.terms import Provenance, Reference

if TYPE_CHECKING:
    from pathlib import Path

NO_VECTORS = np.zeros((0, 0), np.float32)
SIZE = (320, 240)
PRODUCTS = ("cocoa", "roast", "serum", "tea", "volt")


def _photo_of(product: str, *, side: str = "front", seed: int = 9) -> np.ndarray:
    print_of = artwork(_seed(product, side), *SIZE)
    return seen_through(print_of, tilted(*SIZE, seed), noise=3.0)


def _seed(product: str, side: str) -> int:
    return 100 * PRODUCTS.index(product) + (side == "back")


@pytest.fixture(scope="module")
def references(tmp_path_factory: pytest.TempPathFactory) -> tuple[Reference, ...]:
    """Five products of two references, one of which has a back."""
    folder = tmp_path_factory.mktemp("gallery")
    found: list[Reference] = []
    for product in PRODUCTS:
        for side in ("front", "back") if product == "tea" else ("front",):
            pictures = [_photo_of(product, side=side, seed=seed) for seed in (1, 2)]
            found += saved_side(folder, pictures, product, side)
    return tuple(found)


@pytest.fixture
def gallery(references: tuple[Reference, ...]) -> Gallery:
    return Gallery(references)


def _nearest(gallery: Gallery, pixels: np.ndarray, **options) -> list[tuple[str, str]]:
    found = gallery.nearest(local_features(pixels), NO_VECTORS, **options)
    return [(each.product, each.side) for each in found]


# what it holds


def test_products_and_sides_are_named_in_order(gallery: Gallery) -> None:
    assert gallery.products() == PRODUCTS
    assert gallery.sides("tea") == ("back", "front")
    assert gallery.sides("volt") == ("front",)
    assert gallery.sides("nobody knows it") == ()


def test_references_keep_the_order_they_were_given_in(
    gallery: Gallery, references: tuple[Reference, ...]
) -> None:
    assert gallery.references == references
    assert gallery.of_side("tea", "back") == tuple(r for r in references if r.side == "back")


@pytest.mark.parametrize(("product", "side"), [("volt", "back"), ("nobody knows it", "front")])
def test_a_side_that_is_not_there_is_an_error(gallery: Gallery, product: str, side: str) -> None:
    for ask in (gallery.of_side, gallery.side_model):
        with pytest.raises(UnknownSide) as caught:
            ask(product, side)
        assert (caught.value.product, caught.value.side) == (product, side)


def test_version_is_that_of_the_content(references: tuple[Reference, ...]) -> None:
    own = Gallery(references).version
    assert own.startswith("sha256:")
    assert len(own) == 7 + 64
    assert Gallery(references[::-1]).version == own
    elsewhere = [replace(r, id=f"x{r.id}", path="elsewhere") for r in references]
    assert Gallery(elsewhere).version == own
    vouched = [replace(r, provenance=Provenance(vouched_by="A. B.")) for r in references]
    assert Gallery(vouched).version == own


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "00" * 32},
        {"product": "green tea"},
        {"side": "lid"},
        {"outline": ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0))},
    ],
    ids=lambda change: next(iter(change)),
)
def test_version_changes_with_the_content(references: tuple[Reference, ...], change: dict) -> None:
    changed = [replace(references[0], **change), *references[1:]]
    assert Gallery(changed).version != Gallery(references).version
    assert Gallery(references[1:]).version != Gallery(references).version


def test_adding_and_dropping_take_effect_at_once(
    gallery: Gallery, references: tuple[Reference, ...]
) -> None:
    before, photo = gallery.version, _photo_of("volt")
    volt = gallery.of_side("volt", "front")
    assert _nearest(gallery, photo)[0] == ("volt", "front")
    for reference in volt:
        gallery.drop(reference.id)
    assert "volt" not in gallery.products()
    assert ("volt", "front") not in _nearest(gallery, photo)
    for reference in volt:
        gallery.add(reference)
    assert gallery.version == before
    assert _nearest(gallery, photo)[0] == ("volt", "front")
    gallery.drop("no such reference")
    assert len(gallery.references) == len(references)


def test_a_reference_with_a_known_id_takes_the_place_of_the_old(
    gallery: Gallery, references: tuple[Reference, ...], tmp_path: Path
) -> None:
    other = reference_of(saved(artwork(777, *SIZE), tmp_path / "other.png"), "volt")
    old = gallery.of_side("volt", "front")[0]
    assert ("volt", "front") in _nearest(gallery, _photo_of("volt"))  # its features are known
    gallery.add(replace(other, id=old.id))
    assert len(gallery.references) == len(references)
    assert gallery.features_of(gallery.of_side("volt", "front")[0]).local.points == pytest.approx(
        local_features(artwork(777, *SIZE)).points
    )


# whom a photo resembles


@pytest.mark.parametrize("product", PRODUCTS)
def test_votes_put_the_right_product_first(gallery: Gallery, product: str) -> None:
    assert _nearest(gallery, _photo_of(product))[0] == (product, "front")


def test_votes_tell_the_sides_of_a_product_apart(gallery: Gallery) -> None:
    assert _nearest(gallery, _photo_of("tea", side="back"))[0] == ("tea", "back")


def test_votes_need_no_more_than_a_part_of_the_product(gallery: Gallery) -> None:
    part = _photo_of("serum")[60:180, 80:240]  # a quarter of it
    assert _nearest(gallery, part)[0] == ("serum", "front")


def test_the_most_voted_reference_of_a_side_comes_first(
    gallery: Gallery, references: tuple[Reference, ...]
) -> None:
    own = next(r for r in references if r.product == "tea" and r.side == "front")
    photo = local_features(_photo_of("tea", seed=1))  # as it was photographed
    found = gallery.nearest(photo, NO_VECTORS)[0]
    assert found.references[0] == own
    assert set(found.references) == set(gallery.of_side("tea", "front"))
    assert found.votes > 2 * gallery.nearest(photo, NO_VECTORS)[1].votes


def test_the_list_is_no_longer_than_asked_for(gallery: Gallery) -> None:
    photo = _photo_of("tea")
    assert len(_nearest(gallery, photo, limit=1)) == 1
    assert len(_nearest(gallery, photo, limit=4)) <= 4
    everything = _nearest(gallery, photo, limit=50)
    assert len(set(everything)) == len(everything) == 6


def test_a_product_can_be_left_out(gallery: Gallery) -> None:
    found = _nearest(gallery, _photo_of("tea"), without_product="tea", limit=50)
    assert sorted(found) == [(p, "front") for p in PRODUCTS if p != "tea"]


def test_an_empty_gallery_resembles_nothing() -> None:
    assert _nearest(Gallery(()), _photo_of("tea")) == []


def test_a_featureless_photo_is_answered(gallery: Gallery) -> None:
    """Nothing speaks for any side; which are listed does not matter, that it does not fail does."""
    found = gallery.nearest(local_features(plain(255)), NO_VECTORS)
    assert {each.votes for each in found} == {0.0}


def test_featureless_and_unreadable_references_do_not_disturb(
    references: tuple[Reference, ...], tmp_path: Path
) -> None:
    odd = [
        reference_of(saved(plain(255, *SIZE), tmp_path / "white.png"), "white"),
        reference_of(saved(plain(0, 1, 1), tmp_path / "dot.png"), "dot"),
        reference_of(tmp_path / "gone.png", "gone"),
    ]
    gallery = Gallery([*odd, *references])
    found = _nearest(gallery, _photo_of("roast"), limit=50)
    assert found[0] == ("roast", "front")
    assert {product for product, _ in found} == set(PRODUCTS)
    with pytest.raises(FileUnreachable):
        gallery.features_of(odd[-1])


def test_likeness_brings_in_what_votes_do_not(references: tuple[Reference, ...], tmp_path: Path):
    """A blue blurred product among strangers: no descriptor votes for it, its colour does."""
    rng = np.random.default_rng(1)
    pictures = [artwork(300 + number, *SIZE) for number in range(9)]
    for number, picture in enumerate(pictures):
        picture[..., number % 2] //= 3  # any colour but blue
    blue = artwork(400, *SIZE)
    blue[..., :2] //= 4
    known = [
        reference_of(saved(picture, tmp_path / f"{number}.png"), f"product {number}")
        for number, picture in enumerate([*pictures, blue])
    ]
    gallery = Gallery(known, embedder=CellNetwork())
    asked = LocalFeatures(
        rng.uniform(0, 200, (50, 2)), rng.integers(0, 60, (50, 128)).astype(np.uint8), 1.0
    )
    vectors = CellNetwork().embed([plain((40, 40, 200))])
    listed = gallery.nearest(asked, vectors, limit=5)
    assert len(listed) == 5
    best = max(listed, key=lambda each: each.likeness)
    assert best.product == "product 9"
    assert best.likeness > 0.9
    votes_alone = gallery.nearest(asked, NO_VECTORS, limit=5)
    assert all(each.likeness == -1.0 for each in votes_alone)


# views that are embedded


def test_views_of_a_reference_are_the_whole_and_its_middle() -> None:
    pixels = artwork(1, 200, 100)
    whole, middle = middle_crops(pixels)
    assert np.array_equal(whole, pixels)
    assert np.array_equal(middle, pixels[15:85, 30:170])


def test_views_of_a_photo_cover_its_corners_and_stay_small() -> None:
    pixels = np.zeros((1200, 1600, 3), np.uint8)
    pixels[:600, :800], pixels[:600, 800:] = 50, 100
    pixels[600:, :800], pixels[600:, 800:] = 150, 200
    crops = region_crops(pixels)
    assert max(max(crop.shape[:2]) for crop in crops) <= 448
    assert sorted(int(crop.mean()) for crop in crops[2:]) == [50, 100, 150, 200]
    assert [crop.mean() for crop in crops[:2]] == pytest.approx([125, 125], abs=1)


def test_views_of_a_tiny_photo_are_not_empty() -> None:
    assert all(crop.size for crop in region_crops(plain(3, 1, 1)))


# what is kept


def test_preparing_counts_every_reference(gallery: Gallery) -> None:
    count = len(gallery.references)
    assert list(gallery.prepare()) == [(number, count) for number in range(1, count + 1)]


def test_preparing_can_be_given_up(gallery: Gallery) -> None:
    steps = gallery.prepare()
    assert next(steps) == (1, len(gallery.references))
    steps.close()
    assert _nearest(gallery, _photo_of("tea"))[0] == ("tea", "front")


def test_features_outlive_the_file_they_come_from(tmp_path: Path) -> None:
    file = saved(artwork(5, *SIZE), tmp_path / "one.png")
    reference, cache = reference_of(file), tmp_path / "cache"
    first = Gallery([reference], embedder=CellNetwork(), cache=cache).features_of(reference)
    file.unlink()
    again = Gallery([reference], embedder=CellNetwork(), cache=cache).features_of(reference)
    assert np.array_equal(again.local.descriptors, first.local.descriptors)
    assert np.allclose(again.local.points, first.local.points, atol=1e-3)
    assert (again.size, again.local.scale) == (first.size, first.local.scale) == (SIZE, 1.0)
    assert np.array_equal(again.vectors, first.vectors)
    assert np.array_equal(again.small, first.small)


def test_features_are_computed_once(tmp_path: Path) -> None:
    reference = reference_of(saved(artwork(5, *SIZE), tmp_path / "one.png"))
    network = CellNetwork()
    gallery = Gallery([reference], embedder=network)
    assert gallery.features_of(reference) is gallery.features_of(reference)
    assert network.asked == 2  # the whole and its middle


def test_features_of_another_network_are_not_taken_from_the_cache(tmp_path: Path) -> None:
    file = saved(artwork(5, *SIZE), tmp_path / "one.png")
    reference, cache = reference_of(file), tmp_path / "cache"
    assert Gallery([reference], cache=cache).features_of(reference).vectors.size == 0
    with_network = Gallery([reference], embedder=CellNetwork(), cache=cache)
    assert with_network.features_of(reference).vectors.shape == (2, 3)
    assert Gallery([reference], cache=cache).features_of(reference).vectors.size == 0


@pytest.mark.parametrize("left", [b"no cache file", slice(None, -900)], ids=["text", "cut off"])
def test_a_cache_without_sense_is_made_anew(left: bytes | slice, tmp_path: Path) -> None:
    reference = reference_of(saved(artwork(5, *SIZE), tmp_path / "one.png"))
    cache = tmp_path / "cache"
    first = Gallery([reference], cache=cache).features_of(reference)
    (file,) = cache.rglob("*.npz")
    file.write_bytes(file.read_bytes()[left] if isinstance(left, slice) else left)
    again = Gallery([reference], cache=cache).features_of(reference)
    assert np.array_equal(again.local.descriptors, first.local.descriptors)
    assert file.stat().st_size > 1000


def test_a_cache_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    reference = reference_of(saved(artwork(5, *SIZE), tmp_path / "one.png"))
    (tmp_path / "cache").write_text("a file where the folder should be")
    found = Gallery([reference], cache=tmp_path / "cache").features_of(reference)
    assert len(found.local) > 50


def test_features_are_in_pixels_of_the_full_picture(tmp_path: Path) -> None:
    """A JPEG this large is decoded at a reduced scale."""
    large = np.kron(artwork(6, 400, 300), np.ones((12, 12, 1), np.uint8))
    reference = reference_of(saved(large, tmp_path / "large.jpg"))
    found = Gallery([reference]).features_of(reference)
    assert found.size == (4800, 3600)
    spread = np.ptp(found.local.points, axis=0)
    assert spread[0] > 0.8 * 4800
    assert spread[1] > 0.8 * 3600


def test_a_side_model_is_remembered_until_the_side_changes(
    gallery: Gallery, references: tuple[Reference, ...], tmp_path: Path
) -> None:
    model = gallery.side_model("tea", "front")
    assert model.count == 2
    assert gallery.side_model("tea", "front") is model
    third = reference_of(saved(_photo_of("tea", seed=3), tmp_path / "third.png"))
    gallery.add(third)
    assert gallery.side_model("tea", "front").count == 3
    gallery.drop(third.id)
    assert gallery.side_model("tea", "front") is model


def test_a_side_model_is_kept_in_the_cache(
    references: tuple[Reference, ...], tmp_path: Path
) -> None:
    first = CellNetwork()
    Gallery(references, embedder=first, cache=tmp_path).side_model("tea", "front")
    assert first.asked > 0
    later = CellNetwork()
    model = Gallery(references, embedder=later, cache=tmp_path).side_model("tea", "front")
    assert later.asked == 0
    assert (model.product, model.side, model.count) == ("tea", "front", 2)


def test_features_can_be_read_without_being_held(
    references: tuple[Reference, ...], tmp_path: Path
) -> None:
    gallery = Gallery(references[:1], cache=tmp_path)
    gallery.have_features(references[0])
    [stored] = (tmp_path / "features").rglob("*.npz")
    read = gallery.read_features(references[0])
    assert len(read.local) > 0
    assert gallery.read_features(references[0]) is not read
    held = gallery.features_of(references[0])
    assert gallery.read_features(references[0]) is held
    stamp = stored.stat().st_mtime_ns
    gallery.have_features(references[0])
    assert stored.stat().st_mtime_ns == stamp


def test_without_a_cache_features_that_are_had_are_held(references: tuple[Reference, ...]) -> None:
    gallery = Gallery(references[:1])
    gallery.have_features(references[0])
    assert gallery.read_features(references[0]) is gallery.read_features(references[0])


def test_a_large_gallery_holds_few_features_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    references = saved_side(tmp_path, [artwork(n, 200, 160) for n in range(5)])
    gallery = Gallery(references, cache=tmp_path / "cache")
    monkeypatch.setattr(gallery_module, "FROM", 5)
    monkeypatch.setattr(gallery_module, "_HELD", 2)
    found = [gallery.features_of(each) for each in references]
    assert list(gallery._features) == [each.id for each in references[3:]]
    again = gallery.features_of(references[3])
    assert again is found[3]
    gallery.features_of(references[0])
    assert list(gallery._features) == [references[3].id, references[0].id]
    monkeypatch.setattr(gallery_module, "FROM", 6)
    for each in references:
        gallery.features_of(each)
    assert len(gallery._features) == 5, "a small one holds all"
