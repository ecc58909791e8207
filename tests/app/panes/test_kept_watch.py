"""What is watched stands in a file, whole or not at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from app.messages import Messages
from app.panes.kept_watch import KeptWatch, read_watched, write_watched

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def _read(file: Path) -> tuple[str, ...]:
    steps = read_watched(file)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def test_folders_come_back_as_they_were(tmp_path: Path) -> None:
    file = tmp_path / "workspace" / "watched.json"
    odd = os.fsdecode(b"/photos/\xff") if os.name == "posix" else "C:\\photos"
    write_watched(file, ("/到货", odd))
    assert _read(file) == ("/到货", odd)
    write_watched(file, ())
    assert not file.exists()
    write_watched(file, ())
    assert [one.name for one in file.parent.iterdir()] == []


@pytest.mark.parametrize(
    "said", ["", "[]", "{}", '{"folders": 3}', '{"folders": [3]}', '{"folders": [""]}', "\xff"]
)
def test_a_file_that_makes_no_sense_watches_nothing(tmp_path: Path, said: str) -> None:
    file = tmp_path / "watched.json"
    file.write_text(said, encoding="latin-1")
    assert _read(file) == ()


def test_the_last_wish_is_kept(qtbot: QtBot, tmp_path: Path) -> None:
    owner = QObject()
    kept = KeptWatch(tmp_path, Messages(), owner)
    for number in range(20):
        kept.keep((f"/{number}",))
        kept.keep(())
    kept.keep(("/last",))
    file = tmp_path / "watched_scan.json"
    qtbot.waitUntil(lambda: _read(file) == ("/last",))
    with qtbot.waitSignal(kept.found) as told:
        kept.look_up()
    assert told.args == [("/last",)]
