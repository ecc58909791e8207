"""References as the head sees them come back from disk as they were, or not at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np
import pytest

from vision import encoded_files
from vision.difference import Gathered
from vision.encoded_files import keep, restore

if TYPE_CHECKING:
    from pathlib import Path


def _known(seed: int = 1) -> Gathered:
    rng = np.random.default_rng(seed)
    parts = tuple(
        rng.normal(size=(3, channels, 10, 7)).astype(np.float16) for channels in (5, 3, 1)
    )
    return Gathered(parts, (rng.random((1, 3, 40, 28)) > 0.2).astype(np.float32))


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    known = _known()

    keep(tmp_path / "folder" / "a", known)
    found = restore(tmp_path / "folder" / "a")

    assert found is not None
    assert np.array_equal(found.seen, known.seen)
    assert found.seen.dtype == np.float32
    assert len(found.parts) == len(known.parts)
    assert all(np.array_equal(x, y) for x, y in zip(found.parts, known.parts, strict=True))
    assert [each.name for each in (tmp_path / "folder").iterdir()] == ["a"]


def test_what_is_not_there_is_absent(tmp_path: Path) -> None:
    assert restore(tmp_path / "a") is None


@pytest.mark.parametrize("damage", ["cut", "zeros", "header", "empty"])
def test_a_damaged_file_counts_as_absent(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "a"
    keep(path, _known())
    data = bytearray(path.read_bytes())
    if damage == "zeros":
        data[-3000:] = bytes(3000)
    if damage == "header":
        data[:20] = b"x" * 20
    kept = {"cut": data[:-1001], "empty": b""}.get(damage, data)
    path.write_bytes(kept)

    assert restore(path) is None


def test_what_was_used_longest_ago_makes_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(tmp_path / "a", _known())
    size = (tmp_path / "a").stat().st_size
    monkeypatch.setattr(encoded_files, "_MOST", round(2.5 * size))
    keep(tmp_path / "b", _known(2))
    for age, name in ((30, "b"), (60, "a")):
        os.utime(tmp_path / name, (1e9 - age, 1e9 - age))
    assert restore(tmp_path / "a") is not None  # used now, so b goes first

    keep(tmp_path / "c", _known(3))

    assert sorted(each.name for each in tmp_path.iterdir()) == ["a", "c"]


def test_a_nearly_full_disk_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoded_files, "_LEFT_FREE", 1 << 62)

    keep(tmp_path / "a", _known())

    assert restore(tmp_path / "a") is None
    assert list(tmp_path.iterdir()) == []
