"""A watched folder of a scan tells of new photos once they are whole."""

from __future__ import annotations

import errno
import os
import shutil
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from app import tasks
from app.messages import Messages
from app.panes.scan_watch import ScanWatch, Seen, seen_in
from tests.journeys.fake_bench import drawn
from vision import files_below

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


def test_what_the_scan_leaves_aside_is_nothing_new(folder: Path) -> None:
    for name in ("@eaDir", "__MACOSX", "#recycle"):
        (folder / name).mkdir()
        shutil.copy(folder / "old.png", folder / name / "thumbnail.png")
    shutil.copy(folder / "old.png", folder / "._new.png")
    (folder / "around").symlink_to(folder)
    met = {one.path for one in files_below([folder])}
    first = looked(folder, met, Seen())
    assert not first.unfinished
    assert not looked(folder, met, first).arrived


def test_a_new_photo_behind_a_link_is_found_where_the_scan_finds_it(
    folder: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (folder / "linked").symlink_to(elsewhere)
    met = {one.path for one in files_below([folder])}
    shutil.copy(folder / "old.png", elsewhere / "new.png")
    seen = looked(folder, met, looked(folder, met, Seen()))
    assert seen.arrived == (str(folder / "linked" / "new.png"),)
    met |= {one.path for one in files_below([folder])}
    assert not looked(folder, met, Seen(stamps=seen.stamps)).unfinished


@pytest.mark.parametrize("cause", [errno.ESTALE, errno.EHOSTDOWN, errno.ETIMEDOUT, errno.EIO])
def test_a_share_that_does_not_answer_is_away(
    folder: Path, monkeypatch: pytest.MonkeyPatch, cause: int
) -> None:
    ask = os.stat

    def asked(path: object, *args: object, **options: object) -> os.stat_result:
        if str(path).startswith(str(folder)):
            raise OSError(cause, os.strerror(cause))
        return ask(path, *args, **options)

    monkeypatch.setattr(os, "stat", asked)
    seen = looked(folder, {str(folder / "old.png")}, Seen())
    assert seen.away == (str(folder),)
    assert not seen.arrived
