"""Pairs that were compared are not compared again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.vision.check.hand_made import NOTHING, SAME
from vision.check import known_pairs
from vision.check.known_pairs import KnownPairs

if TYPE_CHECKING:
    from pathlib import Path

_A, _B, _C = ("a" * 64, "b" * 64, "c" * 64)


def test_what_is_kept_is_there_again_in_either_order(tmp_path: Path) -> None:
    file = tmp_path / "cache" / "pairs.npz"
    pairs = KnownPairs(file)
    pairs.put(_B, _A, SAME)
    pairs.put(_A, _C, NOTHING)
    pairs.keep()
    again = KnownPairs(file)
    found = again.get(_A, _B)
    assert found is not None
    assert (found.agreed, found.paired) == (SAME.agreed, SAME.paired)
    assert found.covered == pytest.approx(SAME.covered)
    assert again.get(_B, _A) == found
    assert again.get(_C, _A) == NOTHING
    assert again.get(_B, _C) is None


def test_nothing_new_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "pairs.npz"
    KnownPairs(file).keep()
    assert not file.exists()


def test_without_a_file_all_is_forgotten() -> None:
    pairs = KnownPairs(None)
    pairs.put(_A, _B, SAME)
    pairs.keep()
    assert pairs.get(_A, _B) == SAME


def test_another_version_counts_as_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "pairs.npz"
    pairs = KnownPairs(file)
    pairs.put(_A, _B, SAME)
    pairs.keep()
    monkeypatch.setattr(known_pairs, "_VERSION", "pairs-99")
    assert KnownPairs(file).get(_A, _B) is None


@pytest.mark.parametrize("share", [0.0, 0.5, 0.9])
def test_a_damaged_file_counts_as_absent(tmp_path: Path, share: float) -> None:
    file = tmp_path / "pairs.npz"
    pairs = KnownPairs(file)
    pairs.put(_A, _B, SAME)
    pairs.keep()
    whole = file.read_bytes()
    file.write_bytes(whole[: int(share * len(whole))])
    assert KnownPairs(file).get(_A, _B) is None
