"""Bytes are counted as they are, the least recently used goes first, what is in view never goes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from app.settings import TABLE
from app.views import picture_memory
from app.views.picture_memory import PictureMemory, limit_from_choice
from app.views.pixels import picture_from_pixels

if TYPE_CHECKING:
    import pytest

MB = 1 << 20


def block(megabytes: int = 1) -> np.ndarray:
    return np.zeros(megabytes * MB, np.uint8)


def test_bytes_are_counted_once_each() -> None:
    memory, shared = PictureMemory(100 * MB), block(3)
    memory.put("a", "A", (shared, block(1), None))
    assert memory.held_bytes == 4 * MB
    memory.put("b", "B", (shared,))
    assert memory.held_bytes == 4 * MB
    memory.drop("a")
    assert memory.held_bytes == 3 * MB
    memory.put("b", "B again", (block(2),))
    assert memory.held_bytes == 2 * MB
    memory.drop("b")
    memory.drop("b")
    assert memory.held_bytes == 0


def test_a_picture_counts_with_all_its_levels() -> None:
    picture = picture_from_pixels(np.zeros((256, 512, 3), np.uint8))
    wanted = 4 * (256 * 512 + 128 * 256 + 64 * 128)
    memory = PictureMemory(100 * MB)
    memory.put("a", picture, (picture, replace(picture, scale=2.0)))
    assert memory.held_bytes == picture.nbytes == wanted


def test_the_least_recently_used_goes_first() -> None:
    memory = PictureMemory(3 * MB)
    for name in "abc":
        memory.put(name, name, (block(),))
    assert memory.get("a") == "a"
    memory.put("d", "d", (block(),))
    assert [memory.get(name) for name in "abcd"] == ["a", None, "c", "d"]
    assert memory.held_bytes == 3 * MB


def test_what_is_in_view_is_never_let_go() -> None:
    memory = PictureMemory(2 * MB)
    memory.put("shown", 1, (block(2),))
    memory.set_in_view("shown")
    for name in range(5):
        memory.put(name, name, (block(),))
        assert memory.get("shown") == 1
    assert memory.get(3) is None
    assert memory.get(4) == 4, "the newest may be about to be shown"
    memory.set_limit(0)
    assert memory.get("shown") == 1
    assert memory.held_bytes == 2 * MB
    memory.set_in_view()
    assert memory.get("shown") is None
    assert memory.held_bytes == 0


def test_a_smaller_limit_counts_at_once() -> None:
    memory = PictureMemory(10 * MB)
    for name in range(10):
        memory.put(name, name, (block(),))
    memory.set_limit(4 * MB)
    assert memory.held_bytes == 4 * MB
    assert memory.get(9) == 9


def test_the_choices_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    row = next(row for row in TABLE if row.key == "picture_memory")
    limits = [limit_from_choice(value) for value, _ in row.choices[1:]]
    assert limits == [512 * MB, 1024 * MB, 2048 * MB, 4096 * MB, 8192 * MB]
    for machine, limit in ((1024, 512), (8192, 2048), (65536, 4096)):
        monkeypatch.setattr(picture_memory, "_machine_bytes", lambda of=machine: of * MB)
        assert limit_from_choice("automatic") == limit * MB


def test_the_machine_tells_its_memory() -> None:
    assert picture_memory._machine_bytes() > 256 * MB
