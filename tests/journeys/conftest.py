"""A window of its own for every journey, on a made-up workbench."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QUrl

from app import tasks
from app.messages import Messages
from app.panes.application import speak
from app.settings import Settings, window_state
from app.views import theme
from app.window import Window
from tests.journeys.fake_bench import FakeBench, drawn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen screen says so of every window that has a smallest size."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


@pytest.fixture
def photo(tmp_path: Path) -> Callable[[str], Path]:
    """Makes a little picture file; its name says what the fake is to find."""
    folder = tmp_path / "photos"
    folder.mkdir()

    def make(name: str) -> Path:
        file = folder / name
        Image.fromarray(drawn(len(name))).save(file)
        return file

    return make


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Holds every comparison until it is set; open at first."""
    event = threading.Event()
    event.set()
    yield event
    event.set()


@pytest.fixture
def bench(tmp_path: Path, gate: threading.Event) -> Iterator[FakeBench]:
    made = FakeBench(tmp_path / "photos", gate=gate)
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path, bench: FakeBench) -> Iterator[Window]:
    settings = Settings(tmp_path / "settings.ini")
    settings.set("language", "en")
    speak(qapp, settings)
    theme.apply(qapp, "light")
    made = Window(bench, settings, Messages(), window_state(tmp_path / "window.ini"))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    yield made
    assert tasks.stop(20)
    settings.set("language", "en")
    qapp.setStyleSheet("")


@pytest.fixture
def drop(window: Window) -> Callable[..., None]:
    """Drops files on the window as a file manager would."""

    def do(*files: Path) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        place = window.gallery if window.gallery.isVisible() else window.inspect
        place.take(mime)

    return do


@pytest.fixture
def opened_again(
    qtbot: QtBot, tmp_path: Path, bench: FakeBench
) -> Iterator[Callable[[], tuple[Window, FakeBench]]]:
    """Opens another window on the folder of the first, as the next run of the program would."""
    opened: list[FakeBench] = []

    def do() -> tuple[Window, FakeBench]:
        fresh = FakeBench(bench.folder)
        opened.append(fresh)
        made = Window(fresh, Settings(tmp_path / "s.ini"), Messages(), window_state(tmp_path / "w"))
        qtbot.addWidget(made)
        made.resize(1366, 768)
        made.show()
        qtbot.waitExposed(made)
        made.start()
        return made, fresh

    yield do
    assert tasks.stop(20)
    for each in opened:
        each.close()
