"""A watched folder of a scan tells of new photos once they are whole."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from app import tasks
from app.messages import Messages
from app.panes.scan_watch import ScanWatch, Seen, seen_in
from tests.journeys.fake_bench import drawn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "arrivals"
    made.mkdir()
    Image.fromarray(drawn(1)).save(made / "old.png")
    return made


@pytest.fixture
def watch(qapp: object) -> Iterator[ScanWatch]:
    yield ScanWatch(Messages(), poll_ms=60, soon_ms=20)
    assert tasks.stop(20)


def looked(folder: Path, known: set[str], before: Seen, now: float = 0.0) -> Seen:
    steps = seen_in((str(folder),), frozenset(known), before, now=now, patience_s=10.0)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def test_a_new_photo_is_told_when_it_is_whole(
    qtbot: QtBot, watch: ScanWatch, folder: Path, tmp_path: Path
) -> None:
    new = folder / "below" / "new.png"
    watch.start((str(folder),), frozenset({str(folder / "old.png")}))
    new.parent.mkdir()
    Image.fromarray(drawn(2)).save(tmp_path / "whole.png")
    whole = (tmp_path / "whole.png").read_bytes()
    new.write_bytes(whole[: len(whole) // 2])
    qtbot.waitUntil(lambda: str(new) in watch._seen.unfinished)
    with qtbot.waitSignal(watch.arrived) as told:
        new.write_bytes(whole)
    assert told.args == [1]
    assert not watch.is_on


def test_half_a_photo_waits_until_patience_is_over(folder: Path) -> None:
    whole = (folder / "old.png").read_bytes()
    half = folder / "half.png"
    half.write_bytes(whole[: len(whole) // 2])
    known = {str(folder / "old.png")}
    first = looked(folder, known, Seen())
    assert str(half) in first.unfinished
    second = looked(folder, known, first, now=5.0)
    assert (second.arrived, str(half) in second.unfinished) == ((), True)
    third = looked(folder, known, second, now=11.0)
    assert third.arrived == (str(half),)
    assert looked(folder, known, third, now=12.0).arrived == third.arrived  # until it is scanned


def test_a_photo_that_changes_is_new_again(folder: Path) -> None:
    file = folder / "old.png"
    known = {str(file)}
    seen = looked(folder, known, Seen())
    assert not seen.unfinished
    Image.fromarray(drawn(9, height=200)).save(file)
    seen = looked(folder, known, seen)
    assert str(file) in seen.unfinished
    seen = looked(folder, known, seen)
    assert seen.arrived == (str(file),)
    scanned_again = looked(folder, known, Seen(stamps=seen.stamps))
    assert not scanned_again.unfinished
    assert not scanned_again.arrived


def test_a_folder_that_goes_away_is_told_and_found_again(
    qtbot: QtBot, watch: ScanWatch, folder: Path, tmp_path: Path
) -> None:
    watch.start((str(folder),), frozenset({str(folder / "old.png")}))
    said: list[str] = []
    watch._messages.said.connect(lambda message: said.append(message.text()))
    shutil.move(folder, tmp_path / "unplugged")
    qtbot.waitUntil(lambda: watch.away == (str(folder),))
    assert "cannot be reached" in said[-1]
    shutil.move(tmp_path / "unplugged", folder)
    qtbot.waitUntil(lambda: watch.away == ())
    assert "reached again" in said[-1]
    assert watch.is_on
