"""The whole check, on a small drawn gallery in which every fault was planted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.vision.samples import artwork, saved, saved_side, seen_through, tilted
from vision import (
    CheckStage,
    CheckStep,
    Flaw,
    FlawKind,
    Gallery,
    Pixels,
    Provenance,
    Reference,
    check_gallery,
    last_check,
)
from vision.check import links as links_module
from vision.terms import FaultKind

_SIZE = (480, 360)
_PRINTS = {("tea", "front"): 1, ("tea", "back"): 2, ("oil", "front"): 3, ("oil", "back"): 4}
_TODAY = date(2026, 6, 15)
_VOUCHED = Provenance(vouched_by="Li")


def _photo(seed: int, at: int) -> Pixels:
    return seen_through(artwork(seed, *_SIZE), tilted(*_SIZE, at, most=20.0), noise=3.0)


def _filed(folder: Path, number: int, pixels: Pixels, side: tuple[str, str]) -> Reference:
    [found] = saved_side(folder / str(number), [pixels], *side)
    return replace(found, id=f"{side[0]}/{side[1]}/{number}", provenance=_VOUCHED)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> tuple[Reference, ...]:
    """Two products of two sides of four photos; nothing is wrong."""
    folder = tmp_path_factory.mktemp("good")
    sides = [(side, seed, at) for side, seed in _PRINTS.items() for at in range(4)]
    return tuple(
        _filed(folder, number, _photo(seed, at), side)
        for number, (side, seed, at) in enumerate(sides)
    )


def _checked(
    references: tuple[Reference, ...], cache: Path | None = None
) -> tuple[list[CheckStep], tuple[Flaw, ...]]:
    steps = list(check_gallery(Gallery(references, cache=cache), today=_TODAY, cache=cache))
    return steps, steps[-1].flaws


def _flaws(references: tuple[Reference, ...]) -> tuple[Flaw, ...]:
    return _checked(references)[1]


def test_a_good_gallery_has_no_flaw_and_tells_how_far_it_is(good: tuple[Reference, ...]) -> None:
    steps, flaws = _checked(good)
    assert flaws == ()
    stages = list(dict.fromkeys(step.stage for step in steps))
    assert stages == [CheckStage.READING, CheckStage.COMPARING, CheckStage.JUDGING]
    for stage in (CheckStage.READING, CheckStage.COMPARING):
        done = [step.done for step in steps if step.stage is stage]
        assert done == sorted(done)
        assert done[-1] == next(step.total for step in steps if step.stage is stage)
    assert [step for step in steps if step.flaws] == []


def test_an_empty_gallery_has_no_flaw() -> None:
    *_, step = check_gallery(Gallery([]))
    assert (step.stage, step.flaws) == (CheckStage.JUDGING, ())


def test_a_photo_of_another_product_is_sent_home(
    good: tuple[Reference, ...], tmp_path: Path
) -> None:
    stray = _filed(tmp_path, 90, _photo(3, 8), ("tea", "front"))
    [flaw] = _flaws((*good, stray))
    assert (flaw.kind, flaw.references) == (FlawKind.WRONG_PRODUCT, (stray.id,))
    assert flaw.elsewhere == ("oil", "front")


def test_a_photo_of_the_back_among_fronts_is_sent_to_the_back(
    good: tuple[Reference, ...], tmp_path: Path
) -> None:
    stray = _filed(tmp_path, 90, _photo(2, 8), ("tea", "front"))
    [flaw] = _flaws((*good, stray))
    assert (flaw.kind, flaw.elsewhere) == (FlawKind.WRONG_SIDE, ("tea", "back"))


def test_a_photo_of_nothing_known_is_an_outlier(
    good: tuple[Reference, ...], tmp_path: Path
) -> None:
    stray = _filed(tmp_path, 90, _photo(77, 8), ("tea", "front"))
    [flaw] = _flaws((*good, stray))
    assert (flaw.kind, flaw.references) == (FlawKind.OUTLIER, (stray.id,))
    assert set(flaw.beside) < {each.id for each in good[:4]}


def test_a_photo_saved_again_is_a_near_duplicate(
    good: tuple[Reference, ...], tmp_path: Path
) -> None:
    file = Path(good[0].path)
    smaller = cv2.resize(
        cv2.imread(str(file))[:, :, ::-1], (384, 288), interpolation=cv2.INTER_AREA
    )
    copy = _filed(tmp_path, 90, np.ascontiguousarray(smaller), ("tea", "front"))
    [flaw] = _flaws((*good, copy))
    assert (flaw.kind, flaw.references) == (FlawKind.NEAR_DUPLICATE, (good[0].id, copy.id))


def test_a_blurred_photo_is_unfit_and_compared_with_nothing(
    good: tuple[Reference, ...], tmp_path: Path
) -> None:
    soft = cv2.GaussianBlur(_photo(1, 8), (0, 0), 6.0)
    stray = _filed(tmp_path, 90, np.asarray(soft, np.uint8), ("oil", "front"))
    [flaw] = _flaws((*good, stray))
    assert (flaw.kind, flaw.faults[0].kind) == (FlawKind.UNFIT, FaultKind.BLUR)
    assert flaw.measured == flaw.faults[0].measured
    assert flaw.measured > flaw.limit


def test_files_that_are_gone_spoilt_or_exchanged_are_told(
    good: tuple[Reference, ...], tmp_path: Path
) -> None:
    gone, spoilt, changed = (
        _filed(tmp_path, number, _photo(1, number), ("tea", "front")) for number in (90, 91, 92)
    )
    Path(gone.path).unlink()
    Path(spoilt.path).write_bytes(Path(spoilt.path).read_bytes()[:2000])
    saved(_photo(1, 99), Path(changed.path))
    found = {flaw.kind: flaw.references for flaw in _flaws((*good, gone, spoilt, changed))}
    assert found == {
        FlawKind.UNREADABLE: (spoilt.id,),
        FlawKind.ORIGINAL_CHANGED: (changed.id,),
        FlawKind.ORIGINAL_MISSING: (gone.id,),
    }


def test_flaws_of_records_come_after_those_of_pictures(
    good: tuple[Reference, ...], tmp_path: Path
) -> None:
    stray = _filed(tmp_path, 90, _photo(3, 8), ("tea", "front"))
    silent = replace(good[1], provenance=Provenance(valid_to="2020-01-01"))
    kinds = [flaw.kind for flaw in _flaws((good[0], silent, *good[2:], stray))]
    assert kinds == [FlawKind.WRONG_PRODUCT, FlawKind.NO_PROVENANCE, FlawKind.EXPIRED]


def test_the_second_check_compares_only_what_is_new(
    good: tuple[Reference, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    compare = links_module.compare_references

    def counted(*pair: object) -> object:
        asked.append(pair)
        return compare(*pair)

    monkeypatch.setattr(links_module, "compare_references", counted)
    cache = tmp_path / "cache"
    _checked(good, cache)
    first = len(asked)
    _checked(good, cache)
    assert len(asked) == first > 0
    added = _filed(tmp_path, 90, _photo(1, 8), ("tea", "front"))
    assert _checked((*good, added), cache)[1] == ()
    assert 0 < len(asked) - first < first


def test_a_check_that_is_stopped_keeps_what_it_found(
    good: tuple[Reference, ...], tmp_path: Path
) -> None:
    steps = check_gallery(Gallery(good), today=_TODAY, cache=tmp_path)
    next(steps)
    steps.close()
    assert (tmp_path / "pictures.json").exists()
    assert _checked(good, tmp_path)[1] == ()


def _cropped(reference: Reference, x0: float, y0: float, x1: float, y1: float) -> Reference:
    return replace(reference, corners=((x0, y0), (x1, y0), (x1, y1), (x0, y1)))


def _checked_before_and_after(
    before: tuple[Reference, ...], after: tuple[Reference, ...], cache: Path
) -> tuple[tuple[Flaw, ...], tuple[Flaw, ...]]:
    """What is said at first, and of what became of it; the second as a first check would say it."""
    first = _checked(before, cache)[1]
    known = last_check(cache)
    assert known is not None
    assert known.is_of(before)
    assert not known.is_of(after)
    second = _checked(after, cache)[1]
    assert second == _flaws(after)
    return first, second


def test_a_copy_that_cropping_brings_to_light_is_named_by_the_next_check(
    good: tuple[Reference, ...], tmp_path: Path
) -> None:
    taken = cv2.imread(good[0].path)[:, :, ::-1]
    wide = np.full((720, 960, 3), 96, np.uint8)
    wide[180:540, 240:720] = taken
    copy = _filed(tmp_path, 90, wide, ("tea", "front"))
    before, after = _checked_before_and_after(
        (*good, copy), (*good, _cropped(copy, 240, 180, 719, 539)), tmp_path / "cache"
    )
    assert before == ()
    [flaw] = after
    assert (flaw.kind, flaw.references) == (FlawKind.NEAR_DUPLICATE, (good[0].id, copy.id))


def test_a_misplacement_that_cropping_mends_is_gone_with_the_next_check(
    good: tuple[Reference, ...], tmp_path: Path
) -> None:
    shelf = np.full((720, 1400, 3), 96, np.uint8)
    shelf[:, 440:] = cv2.resize(_photo(3, 8), (960, 720), interpolation=cv2.INTER_CUBIC)
    shelf[180:510, :440] = cv2.resize(_photo(1, 8), (440, 330), interpolation=cv2.INTER_AREA)
    taken = _filed(tmp_path, 90, shelf, ("tea", "front"))
    before, after = _checked_before_and_after(
        (*good, taken), (*good, _cropped(taken, 0, 180, 439, 509)), tmp_path / "cache"
    )
    assert [(flaw.kind, flaw.references) for flaw in before] == [
        (FlawKind.WRONG_PRODUCT, (taken.id,))
    ]
    assert after == ()


def test_one_file_filed_twice_is_a_duplicate_however_it_is_cropped(
    good: tuple[Reference, ...], tmp_path: Path
) -> None:
    copy = replace(_cropped(good[0], 20, 20, 459, 339), id="copy")
    flaws = _flaws((*good, copy))
    assert [(flaw.kind, flaw.references) for flaw in flaws] == [
        (FlawKind.DUPLICATE, (good[0].id, copy.id))
    ]
