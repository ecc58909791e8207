"""Which references are looked at together, and how strange each is among its siblings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.vision.samples import artwork, features_of, saved_side, seen_through, tilted
from vision.check.neighbours import Neighbours, neighbours_of

if TYPE_CHECKING:
    from pathlib import Path

    from vision.features import ReferenceFeatures
    from vision.terms import Reference

_SIZE = (320, 240)
_NOBODY = -1


def _photos(seed: int, count: int) -> list[np.ndarray]:
    return [
        seen_through(artwork(seed, *_SIZE), tilted(*_SIZE, at), noise=3.0) for at in range(count)
    ]


@pytest.fixture(scope="module")
def references(tmp_path_factory: pytest.TempPathFactory) -> list[Reference]:
    """Three photos of oil, then three of tea and one that shows oil."""
    folder = tmp_path_factory.mktemp("neighbours")
    oil = _photos(2, 4)
    return [
        *saved_side(folder, oil[:3], "oil"),
        *saved_side(folder, [*_photos(1, 3), oil[3]], "tea"),
    ]


def _found(references: list[Reference], file: Path | None = None) -> Neighbours:
    *ticks, last = neighbours_of(references, features_of, file)
    assert not any(ticks)
    assert last is not None
    return last


def test_siblings_are_all_others_of_the_side(references: list[Reference]) -> None:
    found = _found(references)
    assert set(found.siblings[0]) == {1, 2, _NOBODY}
    assert set(found.siblings[6]) == {3, 4, 5, _NOBODY}


def test_of_other_sides_the_most_alike_come_first_and_at_most_three_of_one(
    references: list[Reference],
) -> None:
    found = _found(references)
    assert found.others[0][0] == 6
    assert set(found.others[6]) == {0, 1, 2, _NOBODY}
    assert (found.others[0] >= 0).sum() == 3


def test_the_stranger_looks_more_like_the_others(references: list[Reference]) -> None:
    before = _found(references).before
    assert before[6] == pytest.approx(1.0)
    assert before[3:6].tolist() == [0.0, 0.0, 0.0]


def test_one_alone_has_no_neighbours(references: list[Reference]) -> None:
    found = _found(references[:1])
    assert (found.siblings == _NOBODY).all()
    assert (found.others == _NOBODY).all()
    assert found.before.tolist() == [0.0]


def test_words_chosen_from_a_part_of_the_gallery_do_as_well(
    references: list[Reference], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vision.check.neighbours._ASKED", 3)
    asked = []

    def features(reference: Reference) -> ReferenceFeatures:
        asked.append(reference)
        return features_of(reference)

    *_, found = neighbours_of(references, features, None)
    assert len(asked) == 3 + len(references)
    assert found is not None
    assert found.before[6] == pytest.approx(1.0)
    assert found.others[0][0] == 6


def test_what_is_kept_comes_back_without_a_look_at_features(
    references: list[Reference], tmp_path: Path
) -> None:
    file = tmp_path / "neighbours.npz"
    first = _found(references, file)

    def never(_: Reference) -> None:
        raise AssertionError("looked at features again")

    [again] = neighbours_of(references, never, file)
    assert again is not None
    assert np.array_equal(again.siblings, first.siblings)
    assert np.array_equal(again.others, first.others)
    assert np.array_equal(again.before, first.before)


def test_what_is_kept_of_another_gallery_is_not_used(
    references: list[Reference], tmp_path: Path
) -> None:
    file = tmp_path / "neighbours.npz"
    _found(references, file)
    assert len(_found(references[:4], file).siblings) == 4


def test_a_damaged_file_counts_as_absent(references: list[Reference], tmp_path: Path) -> None:
    file = tmp_path / "neighbours.npz"
    _found(references, file)
    file.write_bytes(file.read_bytes()[:100])
    assert set(_found(references, file).siblings[0]) == {1, 2, _NOBODY}


def test_a_cropped_reference_has_its_neighbours_looked_for_anew(
    references: list[Reference], tmp_path: Path
) -> None:
    file = tmp_path / "neighbours.npz"
    _found(references, file)
    corners = ((40.0, 30.0), (280.0, 30.0), (280.0, 210.0), (40.0, 210.0))
    asked = []

    def features(reference: Reference) -> ReferenceFeatures:
        asked.append(reference.id)
        return features_of(reference)

    cropped = [replace(references[0], corners=corners), *references[1:]]
    list(neighbours_of(cropped, features, file))
    assert set(asked) == {each.id for each in references}
    asked.clear()
    list(neighbours_of(cropped, features, file))
    assert asked == []
