"""An index on disk finds what was put in, one more costs what one costs, and damage is survived."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from vision.descriptor_index import INDEXED
from vision.features import LocalFeatures, ReferenceFeatures
from vision.vocabulary import learned_vocabulary
from vision.word_index import WordIndex

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

COUNT = 60


def descriptors(seed: int, count: int = 150) -> NDArray[np.uint8]:
    """Sparse as those of pictures are, of unit length in units of 1/512."""
    drawn = np.random.default_rng(seed).gamma(0.3, 1.0, (count, 128))
    rooted = np.sqrt(drawn / drawn.sum(axis=1, keepdims=True)) * 512
    return np.clip(rooted, 0, 255).astype(np.uint8)


def features(seed: int, *, vectors: int = 2) -> ReferenceFeatures:
    drawn = np.random.default_rng(1000 + seed).standard_normal((vectors, 32)).astype(np.float32)
    unit = drawn / np.linalg.norm(drawn, axis=1, keepdims=True) if vectors else drawn
    found = descriptors(seed)
    local = LocalFeatures(np.zeros((len(found), 2)), found, 1.0)
    return ReferenceFeatures(local, (100, 100), unit, np.zeros((4, 4), np.uint8))


def named(seed: int) -> str:
    return f"{seed:064x}"


def seen(seed: int, *, spoilt: float = 6.0) -> LocalFeatures:
    """A photo of a reference: a third of its descriptors, each a little different."""
    random = np.random.default_rng(seed)
    changed = descriptors(seed)[::3] + random.normal(0, spoilt, (50, 128))
    other = descriptors(seed + 50_000, 100)
    both = np.concatenate([np.clip(changed, 0, 255).astype(np.uint8), other])
    return LocalFeatures(np.zeros((len(both), 2)), both, 1.0)


NONE = np.zeros((0, 0), np.float32)


@pytest.fixture
def filled(tmp_path: Path) -> WordIndex:
    index = WordIndex(tmp_path / "words")
    index.teach(features(seed) for seed in range(0, COUNT, 3))
    index.add((named(seed), features(seed)) for seed in range(COUNT))
    return index


def everything(count: int = COUNT) -> list[str]:
    return [named(seed) for seed in range(count)]


def test_what_stands_in_a_photo_is_the_first_candidate(filled: WordIndex) -> None:
    for seed in range(0, COUNT, 7):
        found = filled.candidates(seen(seed), NONE, allowed=everything())
        assert found[0] == named(seed)


def test_what_is_not_allowed_is_passed_over(filled: WordIndex) -> None:
    allowed = [each for each in everything() if each != named(7)]
    assert named(7) not in filled.candidates(seen(7), NONE, allowed=allowed)


def test_a_look_alone_makes_a_candidate(filled: WordIndex) -> None:
    nothing = LocalFeatures(np.zeros((0, 2)), np.zeros((0, 128), np.uint8), 1.0)
    found = filled.candidates(nothing, features(11).vectors, allowed=everything())
    assert found[0] == named(11)


def test_the_features_come_back_as_they_were_indexed(filled: WordIndex) -> None:
    back = filled.features(named(5))
    assert np.array_equal(back.local.descriptors, features(5).local.first(INDEXED).descriptors)
    assert np.array_equal(back.vectors, features(5).vectors)


def test_one_more_is_found_at_once_and_appended(filled: WordIndex, tmp_path: Path) -> None:
    files = {file.name: file.read_bytes() for file in (tmp_path / "words").iterdir()}
    filled.add([(named(500), features(500))])
    assert filled.candidates(seen(500), NONE, allowed=[named(500), *everything()])[0] == named(500)
    for name, before in files.items():
        assert (tmp_path / "words" / name).read_bytes().startswith(before)


def test_it_is_the_same_when_opened_again(filled: WordIndex, tmp_path: Path) -> None:
    again = WordIndex(tmp_path / "words")
    assert len(again) == COUNT
    assert again.is_taught
    for seed in (0, 30, 59):
        photo, look = seen(seed), features(seed).vectors
        expected = filled.candidates(photo, look, allowed=everything())
        assert again.candidates(photo, look, allowed=everything()) == expected


def test_a_reference_without_vectors_or_descriptors_does_no_harm(filled: WordIndex) -> None:
    empty = features(80, vectors=0)
    bare = LocalFeatures(np.zeros((0, 2)), np.zeros((0, 128), np.uint8), 1.0)
    filled.add([(named(80), empty), (named(81), ReferenceFeatures(bare, (9, 9), NONE, NONE))])
    allowed = [*everything(), named(80), named(81)]
    assert filled.candidates(seen(80), features(3).vectors, allowed=allowed)[0] == named(80)
    assert len(filled.features(named(81)).local) == 0


@pytest.mark.parametrize("name", ["references.txt", "descriptors", "signatures", "vectors"])
def test_what_was_broken_off_is_left_out_and_added_again(
    filled: WordIndex, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "words" / name
    data = file.read_bytes()
    file.write_bytes(data[: len(data) - 5])
    again = WordIndex(tmp_path / "words")
    assert len(again) == COUNT - 1
    again.add((named(seed), features(seed)) for seed in range(COUNT))
    assert len(again) == COUNT
    assert again.candidates(seen(COUNT - 1), NONE, allowed=everything())[0] == named(COUNT - 1)
    assert np.array_equal(
        again.features(named(COUNT - 1)).local.descriptors, descriptors(COUNT - 1)
    )


def test_two_that_add_do_not_write_over_each_other(filled: WordIndex, tmp_path: Path) -> None:
    other = WordIndex(tmp_path / "words")
    filled.add([(named(90), features(90))])
    other.add([(named(91), features(91))])
    third = WordIndex(tmp_path / "words")
    assert len(third) == COUNT + 2
    assert np.array_equal(third.features(named(90)).local.descriptors, descriptors(90))
    assert np.array_equal(third.features(named(91)).local.descriptors, descriptors(91))


def test_words_are_learned_the_same_way_each_time() -> None:
    sample = np.concatenate([descriptors(seed) for seed in range(6)])
    one, other = learned_vocabulary(sample), learned_vocabulary(sample)
    assert np.array_equal(one.words, other.words)
    assert np.array_equal(one.planes, other.planes)


def test_the_nearest_word_is_the_nearest() -> None:
    known = learned_vocabulary(np.concatenate([descriptors(seed) for seed in range(20)]))
    asked = descriptors(99, 20)
    apart = ((asked[:, None].astype(float) - known.words[None]) ** 2).sum(axis=2)
    assert np.array_equal(known.nearest(asked, 1)[:, 0], apart.argmin(axis=1))
    assert np.array_equal(known.nearest(asked, 3), np.argsort(apart, axis=1)[:, :3])


def test_without_words_nothing_can_be_added(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="taught"):
        WordIndex(tmp_path).add([(named(1), features(1))])
