"""A watched folder, with real files: what arrives, what waits, and what is never taken twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

from app import tasks
from app.messages import Messages
from app.models.photos import State
from app.panes.folder_watch import SETTING, FolderWatch
from app.panes.kept_list import KeptList, KeptPhoto
from app.panes.watched_files import Ledger, Stamp, Taken
from app.settings import Settings
from tests.journeys.fake_bench import drawn
from vision import pictures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def picture(file: Path, seed: int) -> Path:
    """A real picture; the same seed gives the same bytes."""
    Image.fromarray(drawn(seed, 200, 260)).save(file)
    return file


class Watched:
    """A folder and a watch on it, on a workspace that outlives the watch."""

    def __init__(self, folder: Path, workspace: Path, file: Path) -> None:
        self.folder, self.workspace = folder, workspace
        self.settings = Settings(file)
        self.messages = Messages()
        self.arrived: list[str] = []
        self.said: list[str] = []
        self.messages.said.connect(lambda message: self.said.append(message.text()))
        self.watch = self.another(patience_s=600.0)

    def another(self, *, patience_s: float) -> FolderWatch:
        made = FolderWatch(
            self.settings,
            self.workspace,
            self.messages,
            poll_ms=60,
            soon_ms=30,
            patience_s=patience_s,
        )
        made.arrived.connect(lambda sources: self.arrived.extend(s.name for s in sources))
        return made

    def end(self) -> None:
        """As when the program ends."""
        self.watch._timer.stop()
        if self.watch._looking is not None:
            self.watch._looking.cancel()
        self.watch.setParent(None)
        self.watch.deleteLater()

    def again(self, *, patience_s: float = 600.0) -> FolderWatch:
        """The next run of the program."""
        self.end()
        self.watch = self.another(patience_s=patience_s)
        self.watch.start()
        return self.watch

    def keep(self) -> None:
        """The list of photos is written, with all that has arrived."""
        photos = tuple(
            KeptPhoto(path=str(self.folder / name), name=name, state=State.WAITING)
            for name in self.arrived
        )
        self.watch.on_written(KeptList(photos=photos))

    @property
    def is_remembered(self) -> bool:
        file = self.workspace / "watched.jsonl"
        return file.exists() and all(name in file.read_text() for name in self.arrived)


@pytest.fixture
def watched(qtbot: QtBot, tmp_path: Path) -> Iterator[Watched]:
    folder = tmp_path / "from the camera"
    folder.mkdir()
    picture(folder / "old.png", 1)
    made = Watched(folder, tmp_path / "workspace", tmp_path / "settings.ini")
    made.settings.set(SETTING, str(folder))
    made.watch.start()
    qtbot.waitUntil(lambda: bool(made.said))
    yield made
    made.end()
    assert tasks.stop(20)


def looked_so_often(qtbot: QtBot, watch: FolderWatch, times: int) -> None:
    """Wait until the folder was looked into so often again."""
    seen = []
    original = watch._on_looked

    def counting(found: object) -> None:
        seen.append(found)
        original(found)

    watch._on_looked = counting
    qtbot.waitUntil(lambda: len(seen) >= times)
    watch._on_looked = original


def test_what_was_there_stays_and_what_is_new_arrives(qtbot: QtBot, watched: Watched) -> None:
    assert "take those that are in it already: 1" in watched.said[0]
    picture(watched.folder / "new.png", 2)
    qtbot.waitUntil(lambda: watched.arrived == ["new.png"])
    sub = watched.folder / "tuesday"
    sub.mkdir()
    picture(sub / "newer.jpg", 3)
    qtbot.waitUntil(lambda: watched.arrived == ["new.png", "newer.jpg"])


def test_a_picture_arrives_once_whatever_happens(qtbot: QtBot, watched: Watched) -> None:
    picture(watched.folder / "new.png", 2)
    qtbot.waitUntil(lambda: watched.arrived == ["new.png"])
    watched.keep()
    qtbot.waitUntil(lambda: watched.is_remembered)
    (watched.folder / "a copy of it.png").write_bytes((watched.folder / "new.png").read_bytes())
    (watched.folder / "new.png").rename(watched.folder / "renamed.png")
    looked_so_often(qtbot, watched.watch, 4)
    watched.again()
    looked_so_often(qtbot, watched.watch, 4)
    assert watched.arrived == ["new.png"]


def test_a_partial_download_waits_until_it_is_whole(qtbot: QtBot, watched: Watched) -> None:
    whole = picture(watched.folder.parent / "whole.jpeg", 4).read_bytes()
    coming = watched.folder / "coming.jpeg"
    part = watched.folder / "other.jpeg.crdownload"
    coming.write_bytes(whole[: len(whole) // 2])
    part.write_bytes(whole)
    looked_so_often(qtbot, watched.watch, 5)
    assert watched.arrived == []
    with coming.open("ab") as file:
        file.write(whole[len(whole) // 2 :])
    qtbot.waitUntil(lambda: watched.arrived == ["coming.jpeg"])
    part.rename(watched.folder / "other.jpeg")
    looked_so_often(qtbot, watched.watch, 5)
    assert watched.arrived == ["coming.jpeg"], "it holds the same"


def test_what_never_becomes_whole_is_taken_in_the_end(qtbot: QtBot, watched: Watched) -> None:
    whole = picture(watched.folder.parent / "whole.jpeg", 4).read_bytes()
    (watched.folder / "cut.jpeg").write_bytes(whole[: len(whole) // 2])
    looked_so_often(qtbot, watched.watch, 3)
    assert watched.arrived == []
    watched.again(patience_s=0.0)
    qtbot.waitUntil(lambda: watched.arrived == ["cut.jpeg"])


def test_a_photo_with_a_video_behind_it_is_whole(qtbot: QtBot, watched: Watched) -> None:
    whole = picture(watched.folder.parent / "whole.jpeg", 4).read_bytes()
    (watched.folder / "moving.jpeg").write_bytes(whole + b"video \xff\xd9 by chance \xff\xda")
    qtbot.waitUntil(lambda: watched.arrived == ["moving.jpeg"])


def test_a_picture_waits_for_memory(
    qtbot: QtBot, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    def short(*_: object, **__: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(pictures, "decode", short)
        picture(watched.folder / "new.png", 2)
        looked_so_often(qtbot, watched.watch, 4)
        assert watched.arrived == []
    qtbot.waitUntil(lambda: watched.arrived == ["new.png"])


def test_a_folder_that_is_away_is_told_and_nothing_is_lost(qtbot: QtBot, watched: Watched) -> None:
    away = watched.folder.with_name("unplugged")
    watched.folder.rename(away)
    qtbot.waitUntil(lambda: not watched.watch.is_reachable)
    assert "cannot be reached" in watched.said[-1]
    picture(away / "meanwhile.png", 5)
    away.rename(watched.folder)
    qtbot.waitUntil(lambda: watched.arrived == ["meanwhile.png"])
    assert watched.watch.is_reachable
    assert any("can be reached again" in said for said in watched.said)


def test_what_came_while_the_program_was_closed_arrives(qtbot: QtBot, watched: Watched) -> None:
    watched.end()
    picture(watched.folder / "at night.png", 6)
    watched.again()
    qtbot.waitUntil(lambda: watched.arrived == ["at night.png"])


def test_what_a_crash_left_unwritten_arrives_again(qtbot: QtBot, watched: Watched) -> None:
    picture(watched.folder / "new.png", 2)
    qtbot.waitUntil(lambda: watched.arrived == ["new.png"])
    watched.again()  # the list of photos was never written
    qtbot.waitUntil(lambda: watched.arrived == ["new.png", "new.png"])


def test_no_folder_is_watched_any_more(qtbot: QtBot, watched: Watched) -> None:
    watched.watch.name(None)
    assert watched.watch.folder is None
    picture(watched.folder / "new.png", 2)
    assert not watched.watch._timer.isActive()
    assert watched.watch._looking is None
    watched.watch.name(watched.folder)
    qtbot.waitUntil(lambda: watched.arrived == ["new.png"])


def test_the_ledger_survives_a_line_that_was_cut_off(tmp_path: Path) -> None:
    first = Taken("/a", Stamp(1, 2), "aa")
    Ledger(tmp_path).begin("/f", (first,))
    file = tmp_path / "watched.jsonl"
    file.write_bytes(file.read_bytes() + b'{"path": "/b", "sta')
    second = Ledger(tmp_path)
    assert second.has_begun("/f")
    assert second.knows("/a", Stamp(1, 2))
    assert not second.knows("/a", Stamp(1, 3))
    assert second.holds("aa")
    assert not second.holds("")
    second.add((Taken("/c", Stamp(3, 4), "cc"),))
    third: Callable[[str], bool] = Ledger(tmp_path).holds
    assert (third("aa"), third("cc")) == (True, True)
