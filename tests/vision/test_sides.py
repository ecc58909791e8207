"""Sides: references laid on one frame by known homographies; and models remembered and kept."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from tests.vision.samples import (
    CellNetwork,
    artwork,
    features_of,
    mask_of,
    plain,
    reference_of,
    saved,
    saved_side,
    seen_through,
    shift,
    tilted,
)
from vision import side_files
from vision.align import Fit, transform
from vision.errors import FileUnreachable, PictureError
from vision.frames import Bow
from vision.score import score
from vision.side_cache import SideCache
from vision.sides import (
    MOST_LAYERS,
    Placed,
    SideModel,
    build_side,
    compose,
    side_key,
)
from vision.spread import CHANNELS, LIMITS
from vision.terms import Channel, Reference

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vision.terms import Zone

SIZE = (360, 270)
GRID = np.array([(x, y) for x in (40.0, 180.0, 320.0) for y in (40.0, 135.0, 230.0)])


def _views(count: int) -> list[np.ndarray]:
    """How each photo sees the print; the first sees it straight on."""
    return [np.eye(3), *(tilted(*SIZE, seed=seed, most=12) for seed in range(1, count))]


def _built(references: Sequence[Reference]) -> SideModel:
    return build_side(references, features_of, CellNetwork(), score=score)


@pytest.fixture(scope="module")
def references(tmp_path_factory: pytest.TempPathFactory) -> list[Reference]:
    """Four photos of one print."""
    pictures = [seen_through(artwork(31, *SIZE), view, noise=2.0) for view in _views(4)]
    return saved_side(tmp_path_factory.mktemp("side"), pictures)


@pytest.fixture(scope="module")
def model(references: list[Reference]) -> SideModel:
    return _built(references)


@pytest.mark.parametrize(
    ("widths", "longer"),
    [((900, 900, 900), 640), ((900, 540, 900), 512), ((540, 900, 900), 512), ((900,), 640)],
    ids=["all fine", "a coarse one", "a coarse first one", "one"],
)
def test_a_side_is_compared_no_finer_than_its_coarsest_reference_shows_it(
    tmp_path: Path, widths: tuple[int, ...], longer: int
) -> None:
    drawn = artwork(31, 900, 675)
    pictures = [cv2.resize(drawn, (w, w * 3 // 4), interpolation=cv2.INTER_AREA) for w in widths]
    frame = _built(saved_side(tmp_path, pictures)).frame
    assert max(frame.width, frame.height) == longer


def test_references_are_laid_by_their_true_homographies(
    model: SideModel, references: list[Reference]
) -> None:
    assert model.count == 4
    views = dict(zip([r.id for r in references], _views(4), strict=True))
    own = views[model.canonical.id]
    for placed in model.placed:
        true = own @ np.linalg.inv(views[placed.reference.id])
        seen = transform(views[placed.reference.id], GRID)
        found = transform(placed.matrix, seen)
        if placed.bow is not None:
            found = found + placed.bow.at(found)
        assert found == pytest.approx(transform(true, seen), abs=1.0)


def test_the_canonical_reference_lies_on_itself(model: SideModel) -> None:
    assert model.placed[0].reference == model.canonical
    assert np.array_equal(model.placed[0].matrix, np.eye(3))
    assert model.placed[0].bow is None


def test_laid_references_look_alike(model: SideModel) -> None:
    middle = np.s_[40:-40, 40:-40]
    own = model.placed[0].layer.pixels[middle].astype(int)
    for placed in model.placed[1:]:
        assert np.abs(placed.layer.pixels[middle] - own).mean() < 10
        moved = np.roll(placed.layer.pixels, 6, axis=1)[middle]
        assert np.abs(moved - own).mean() > 20  # what it would be if it were not laid on it


def test_a_side_of_equal_prints_has_little_spread_and_no_contradiction(model: SideModel) -> None:
    structure = model.spread.structure[model.inside]
    assert np.percentile(structure, 90) < LIMITS[Channel.STRUCTURE].least
    assert len(model.genuine) == 4
    assert all(
        0.0 <= suspicion < 1.0 and similarity > 0.8 for suspicion, similarity in model.genuine
    )
    assert not model.contradiction.any()
    assert (model.product, model.side) == ("tea", "front")


def test_two_printings_contradict_each_other(tmp_path: Path) -> None:
    first = artwork(31, *SIZE)
    first[90:150, 200:280] = 235
    second = first.copy()
    first[100:140, 215:225] = 20
    second[115:125, 205:275] = 20
    prints = (first, first, second, second)
    pictures = [seen_through(p, v, noise=1.0) for p, v in zip(prints, _views(4), strict=True)]
    split = _built(saved_side(tmp_path, pictures)).contradiction
    assert split.any()
    rows, columns = np.nonzero(split)
    factor = split.shape[1] / SIZE[0]
    assert columns.min() > 190 * factor
    assert columns.max() < 290 * factor
    assert rows.min() > 80 * factor
    assert rows.max() < 160 * factor


def test_a_stranger_among_the_references_is_not_laid(
    references: list[Reference], tmp_path: Path
) -> None:
    stranger = reference_of(saved(artwork(32, *SIZE), tmp_path / "stranger.png"))
    blank = reference_of(saved(plain(200, *SIZE), tmp_path / "blank.png"))
    found = _built([stranger, blank, *references[:3]])
    assert {placed.reference.id for placed in found.placed} == {r.id for r in references[:3]}


def test_a_reference_that_cannot_be_read_is_left_out(
    references: list[Reference], tmp_path: Path
) -> None:
    gone = reference_of(tmp_path / "gone.png")
    assert _built([gone, *references[:2]]).count == 2


def test_a_side_that_cannot_be_read_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileUnreachable) as caught:
        _built([reference_of(tmp_path / "gone.png"), reference_of(tmp_path / "away.png")])
    assert caught.value.path == str(tmp_path / "gone.png")


def test_one_reference_is_a_side_without_spread(references: list[Reference]) -> None:
    alone = _built(references[:1])
    assert alone.count == 1
    assert alone.genuine == ()
    assert alone.spread.structure.max() == 0.0


def test_a_blank_reference_is_a_side_too(tmp_path: Path) -> None:
    """Nothing can ever be matched with it, but it must not bring the program down."""
    pictures = [plain(255, *SIZE), plain(0, 1, 1)]
    assert _built(saved_side(tmp_path, pictures)).count == 1


def test_a_drawn_outline_is_the_frame(references: list[Reference]) -> None:
    outline = ((60.0, 50.0), (259.0, 50.0), (259.0, 149.0), (60.0, 149.0))
    drawn = replace(references[2], outline=outline)
    found = _built([references[0], references[1], drawn, references[3]])
    assert found.canonical == drawn
    assert found.frame.outline == outline
    assert found.frame.origin == pytest.approx((60.0, 50.0), abs=1.0)
    assert (found.frame.width * found.frame.scale) == pytest.approx(200, abs=2)
    assert (found.frame.height * found.frame.scale) == pytest.approx(100, abs=2)


def test_inside_leaves_the_edge_of_the_outline_out(model: SideModel) -> None:
    assert not (model.inside & ~model.frame.inside()).any()
    assert 0.8 < model.inside.sum() / model.frame.inside().sum() < 1.0


def test_a_large_side_keeps_a_few_layers(tmp_path: Path) -> None:
    count = MOST_LAYERS + 2
    pictures = [seen_through(artwork(33, 200, 150), shift(n, 0)) for n in range(count)]
    assert _built(saved_side(tmp_path, pictures)).count == MOST_LAYERS


# carrying a fit over to the canonical reference


def _fit(matrix: np.ndarray) -> Fit:
    return Fit(matrix, GRID, transform(matrix, GRID), 0.5, 9, 9)


def test_a_fit_is_carried_over_by_the_matrix(model: SideModel, references: list[Reference]) -> None:
    placed = Placed(references[0], shift(10, 20), None, model.placed[0].layer)
    found = compose(_fit(shift(-3, 0)), placed)
    assert found.matrix == pytest.approx(shift(7, 20))
    assert found.reference_points == pytest.approx(GRID + np.array((7, 20)))
    assert np.array_equal(found.photo_points, GRID)


def test_a_fit_is_carried_over_by_the_bow(model: SideModel, references: list[Reference]) -> None:
    constant = np.zeros((10, 2))
    constant[0] = (1.5, -2.0)
    bow = Bow(constant, np.array([180.0, 135.0]), 180.0)
    placed = Placed(references[0], shift(10, 20), bow, model.placed[0].layer)
    assert compose(_fit(np.eye(3)), placed).reference_points == pytest.approx(
        GRID + np.array((11.5, 18))
    )


# keys


def test_a_key_names_what_the_model_depends_on(references: list[Reference]) -> None:
    key = side_key(references, "net")
    assert side_key(list(references), "net") == key
    changed = [
        side_key(references[::-1], "net"),  # the first ones prevail
        side_key(references[:3], "net"),
        side_key(references, "other net"),
        side_key([replace(references[0], sha256="00" * 32), *references[1:]], "net"),
        side_key([replace(references[0], outline=((1.0, 1.0),) * 3), *references[1:]], "net"),
    ]
    assert len({key, *changed}) == 6


def test_where_a_file_lies_is_not_part_of_the_key(references: list[Reference]) -> None:
    moved = [replace(r, path=f"/elsewhere/{r.id}.png") for r in references]
    assert side_key(moved, "net") == side_key(references, "net")


# models in memory and on disk


class _Bench:
    """Counts what a cache builds."""

    def __init__(self, model: SideModel, folder: Path | None = None, network: str = "net") -> None:
        self.built: list[tuple[str, ...]] = []
        self._model = model
        self.cache = SideCache(
            self._build,
            network=network,
            folder=folder,
            restore=side_files.restore,
            keep=side_files.keep,
        )

    def _build(self, references: Sequence[Reference], _zones: Sequence[Zone]) -> SideModel:
        self.built.append(tuple(r.id for r in references))
        return self._model


def _other(number: int) -> list[Reference]:
    return [Reference(f"other {number}", "tea", "back", "00" * 32, "nowhere")]


def test_a_side_is_built_once(model: SideModel, references: list[Reference]) -> None:
    bench = _Bench(model)
    assert bench.cache.get(references) is bench.cache.get(references) is model
    assert len(bench.built) == 1


def test_a_changed_side_is_built_anew(model: SideModel, references: list[Reference]) -> None:
    bench = _Bench(model)
    bench.cache.get(references)
    bench.cache.get(references[:3])
    bench.cache.get([replace(references[0], outline=((0.0, 0.0),) * 3), *references[1:]])
    assert len(bench.built) == 3


def test_sides_used_long_ago_leave_memory(model: SideModel) -> None:
    bench = _Bench(model)
    for number in range(40):
        bench.cache.get(_other(number))
    bench.cache.get(_other(39))
    assert len(bench.built) == 40
    bench.cache.get(_other(0))
    assert len(bench.built) == 41


def test_a_side_in_use_stays(model: SideModel) -> None:
    bench = _Bench(model)
    for number in range(1, 40):
        bench.cache.get(_other(0))
        bench.cache.get(_other(number))
    assert bench.built.count(("other 0",)) == 1


def test_threads_that_want_one_side_build_it_once(model: SideModel) -> None:
    entered, leave = threading.Event(), threading.Event()
    bench = _Bench(model)

    def slowly(references: Sequence[Reference], _zones: Sequence[Zone]) -> SideModel:
        entered.set()
        assert leave.wait(20)
        bench.built.append(tuple(r.id for r in references))
        return model

    cache = SideCache(
        slowly, network="", folder=None, restore=side_files.restore, keep=side_files.keep
    )
    with ThreadPoolExecutor(3) as pool:
        waiting = [pool.submit(cache.get, _other(1)) for _ in range(3)]
        assert entered.wait(20)
        leave.set()
        assert all(each.result(20) is model for each in waiting)
    assert len(bench.built) == 1


def test_threads_that_want_different_sides_do_not_wait_for_each_other(model: SideModel) -> None:
    second_is_done = threading.Event()

    def build(references: Sequence[Reference], _zones: Sequence[Zone]) -> SideModel:
        if references[0].id == "other 1":
            assert second_is_done.wait(20)
        return model

    cache = SideCache(
        build, network="", folder=None, restore=side_files.restore, keep=side_files.keep
    )
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(cache.get, _other(1))
        pool.submit(cache.get, _other(2)).result(20)
        second_is_done.set()
        assert first.result(20) is model


def test_a_side_that_failed_can_be_asked_for_again(model: SideModel) -> None:
    answers: list[SideModel | None] = [None, model]

    def build(_: Sequence[Reference], _zones: Sequence[Zone]) -> SideModel:
        answer = answers.pop(0)
        if answer is None:
            raise FileUnreachable("tea.png", "it is gone", "Look for it.")
        return answer

    cache = SideCache(
        build, network="", folder=None, restore=side_files.restore, keep=side_files.keep
    )
    with pytest.raises(PictureError):
        cache.get(_other(1))
    assert cache.get(_other(1)) is model


def _assert_same(found: SideModel, model: SideModel) -> None:
    assert (found.product, found.side, found.genuine) == (model.product, model.side, model.genuine)
    assert np.array_equal(found.inside, model.inside)
    assert np.array_equal(found.contradiction, model.contradiction)
    assert np.array_equal(found.frame.matrix, model.frame.matrix)
    assert np.allclose(found.frame.outline, model.frame.outline)
    for channel in CHANNELS:
        assert np.array_equal(found.spread.of(channel), model.spread.of(channel))
    assert model.each is not None
    assert np.array_equal(found.each, model.each, equal_nan=True)
    for one, two in zip(found.placed, model.placed, strict=True):
        assert one.reference == two.reference
        assert np.array_equal(one.matrix, two.matrix)
        assert np.array_equal(one.layer.pixels, two.layer.pixels)
        assert np.array_equal(one.layer.seen, two.layer.seen)
        assert np.array_equal(one.layer.variance, two.layer.variance)
        if two.bow is None:
            assert one.bow is None
        else:
            assert one.bow.at(GRID) == pytest.approx(two.bow.at(GRID))


def test_a_kept_side_is_the_same_again(
    model: SideModel, references: list[Reference], tmp_path: Path
) -> None:
    bench = _Bench(model, tmp_path / "sides")
    bench.cache.get(references)
    later = _Bench(model, tmp_path / "sides")
    _assert_same(later.cache.get(references), model)
    assert (len(bench.built), len(later.built)) == (1, 0)


def test_fine_features_are_kept(
    model: SideModel, references: list[Reference], tmp_path: Path
) -> None:
    side_files.keep(tmp_path / "side.npz", model)
    found = side_files.restore(tmp_path / "side.npz", references)
    if found is None:
        pytest.fail("a good file was refused")
    for one, two in zip(found.placed, model.placed, strict=True):
        assert np.array_equal(one.layer.fine, two.layer.fine)
    without = tuple(replace(p, layer=replace(p.layer, fine=None)) for p in model.placed)
    side_files.keep(tmp_path / "side.npz", replace(model, placed=without))
    found = side_files.restore(tmp_path / "side.npz", references)
    assert found is not None
    assert [placed.layer.fine for placed in found.placed] == [None] * 4


def test_parts_that_move_are_kept(
    model: SideModel, references: list[Reference], tmp_path: Path
) -> None:
    parts = (((10.5, 4.0), (60.0, 4.0), (60.0, 44.25)), ((1.0, 2.0), (3.0, 2.0), (3.0, 5.0)))
    side_files.keep(tmp_path / "side.npz", replace(model, parts=parts))
    found = side_files.restore(tmp_path / "side.npz", references)
    assert found is not None
    assert found.parts == parts


def test_another_network_does_not_find_what_was_kept(
    model: SideModel, references: list[Reference], tmp_path: Path
) -> None:
    _Bench(model, tmp_path).cache.get(references)
    other = _Bench(model, tmp_path, network="another")
    other.cache.get(references)
    assert len(other.built) == 1


@pytest.mark.parametrize(
    "left",
    [b"", b"P", b"no cache file", slice(None, -2000)],
    ids=["empty", "a byte", "text", "cut off"],
)
def test_a_damaged_file_is_made_anew(
    left: bytes | slice, model: SideModel, references: list[Reference], tmp_path: Path
) -> None:
    _Bench(model, tmp_path).cache.get(references)
    (file,) = tmp_path.glob("*.npz")
    whole = file.stat().st_size
    file.write_bytes(file.read_bytes()[left] if isinstance(left, slice) else left)
    later = _Bench(model, tmp_path)
    assert later.cache.get(references) is model
    assert len(later.built) == 1
    assert file.stat().st_size == whole


def test_a_file_about_other_references_is_refused(
    model: SideModel, references: list[Reference], tmp_path: Path
) -> None:
    side_files.keep(tmp_path / "side.npz", model)
    assert side_files.restore(tmp_path / "side.npz", _other(1)) is None


def test_nothing_is_left_behind_beside_a_kept_file(model: SideModel, tmp_path: Path) -> None:
    side_files.keep(tmp_path / "deep" / "side.npz", model)
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["side.npz"]


def test_a_folder_that_cannot_be_made_costs_time_only(
    model: SideModel, references: list[Reference], tmp_path: Path
) -> None:
    (tmp_path / "in the way").write_text("a file where the folder should be")
    bench = _Bench(model, tmp_path / "in the way" / "sides")
    assert bench.cache.get(references) is model


def test_masks_survive_packing_whatever_their_size(
    model: SideModel, references: list[Reference], tmp_path: Path
) -> None:
    height, width = model.inside.shape
    corner = mask_of((width - 3, height - 2, width, height), (height, width))
    side_files.keep(tmp_path / "side.npz", replace(model, contradiction=corner))
    found = side_files.restore(tmp_path / "side.npz", references)
    if found is None:
        pytest.fail("a good file was refused")
    assert np.array_equal(found.contradiction, corner)


def test_figures_of_a_side_are_read_from_its_file_alone(
    tmp_path: Path, model: SideModel, references: list[Reference]
) -> None:
    def cache() -> SideCache:
        return SideCache(
            lambda _references, _zones: model,
            network="",
            folder=tmp_path,
            restore=side_files.restore,
            keep=side_files.keep,
            skim=side_files.skim,
        )

    first = cache()
    assert first.figures(references) is None
    first.get(references)
    assert first.figures(references) == model.figures
    assert cache().figures(references) == model.figures
    [file] = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:200])
    assert cache().figures(references) is None
