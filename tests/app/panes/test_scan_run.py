"""A scan tells everything that it has found, however it ends."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from app import tasks
from app.error_words import error_sentence
from app.panes.scan_run import ScanRun, ScanState
from app.panes.workbench import ScanBegun
from app.reports.scanning import PHOTO
from app.store import ScannedFile
from vision import FolderUnreachable, ScanHalted

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from pytestqt.qtbot import QtBot

    from app.models.triage_rows import TriageRow
    from vision import ScanControl

FILES = tuple(ScannedFile(f"/photos/{n}.jpg", PHOTO) for n in range(2500))


class Quick:
    """Finds many files at once."""

    def __init__(self) -> None:
        self.has_found = threading.Event()

    def scan(
        self, _folders: tuple[str, ...], _control: ScanControl, *, anew: bool
    ) -> Generator[ScanBegun | ScannedFile, None, None]:
        del anew
        yield ScanBegun({})
        yield from FILES
        self.has_found.set()


class GoesAway:
    """Its folder goes away in the midst of the scan."""

    def scan(
        self, folders: tuple[str, ...], _control: ScanControl, *, anew: bool
    ) -> Generator[ScanBegun | ScannedFile, None, None]:
        del anew
        yield ScanBegun({})
        yield from FILES[:3]
        raise ScanHalted(FolderUnreachable(folders[0], "it is not there"))


@pytest.fixture
def quick() -> Quick:
    return Quick()


@pytest.fixture
def scan(qapp: object, quick: Quick) -> Iterator[ScanRun]:
    yield ScanRun(quick)
    assert tasks.stop(20)


def test_what_was_found_before_it_is_known_to_run_is_told(
    qtbot: QtBot, scan: ScanRun, quick: Quick
) -> None:
    told: list[TriageRow] = []
    scan.found.connect(told.extend)
    scan.start(("/photos",))
    assert quick.has_found.wait(20)  # and nothing of it has reached the window
    assert scan.state is ScanState.OPENING
    scan.stop()
    assert scan.state is ScanState.STOPPED
    assert {row.path for row in told} == {file.path for file in FILES}
    assert scan.met == {file.path for file in FILES}


def test_a_folder_that_goes_away_meanwhile_is_waited_for(qtbot: QtBot, qapp: object) -> None:
    scan = ScanRun(GoesAway())
    told: list[Exception] = []
    scan.failed.connect(told.append)
    scan.start(("/photos",))
    qtbot.waitUntil(lambda: not scan.is_under_way)
    assert scan.met == {file.path for file in FILES[:3]}, "what was judged before is kept"
    assert scan.has_looked, "a watch goes on when it is there again"
    assert not scan.is_complete
    assert "“/photos” is not reachable any more" in error_sentence(told[0])
    assert tasks.stop(20)
