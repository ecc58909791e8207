"""A trainer's whole way in the real window: in, checked, mended, kept, judged, sent,
and loaded elsewhere.

Only the check itself is given: what it finds is measured elsewhere, and takes minutes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QUrl

from app import tasks
from app.messages import Messages
from app.panes.application import speak
from app.panes.workspace_bench import WorkspaceBench
from app.settings import Settings, window_state
from app.store import Workspace
from app.views import theme
from app.window import Window
from tests.app.store.gallery_samples import picture
from vision import CheckStage, CheckStep, Flaw, FlawKind, Mend

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from vision import Gallery

TEA = ("Qingshan Tea", "front")
LONG_MS = 60_000  # the first job loads the model


class Bench(WorkspaceBench):
    """The real work, but for a check that finds the last reference to be an odd one."""

    def check_gallery(self) -> Iterator[CheckStep]:
        known = self._opened_workspace().references()
        yield CheckStep(CheckStage.READING, 1, len(known))
        odd = [one for one in known if one.provenance.batch == "odd"]
        flaws = tuple(
            Flaw(FlawKind.OUTLIER, one.product, one.side, (one.id,), Mend.LOOK) for one in odd
        )
        yield CheckStep(CheckStage.JUDGING, len(known), len(known), flaws)


def opened(qtbot: QtBot, folder: Path, tmp_path: Path) -> tuple[Window, Bench]:
    bench = Bench(folder, threads=1, author="Ann")
    settings = Settings(tmp_path / f"{folder.name}.ini")
    made = Window(bench, settings, Messages(), window_state(tmp_path / f"{folder.name}-w.ini"))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    made.go_to("gallery")
    return made, bench


def dropped(file: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    return mime


@pytest.fixture
def english(qapp: QApplication, tmp_path: Path) -> Iterator[None]:
    settings = Settings(tmp_path / "settings.ini")
    settings.set("language", "en")
    speak(qapp, settings)
    theme.apply(qapp, "light")
    yield
    assert tasks.stop(60)


@pytest.mark.usefixtures("english")
def test_from_a_folder_to_an_equal_gallery_elsewhere(qtbot: QtBot, tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    for seed in range(4):
        picture(photos / f"{seed}.png", seed)
    here, there = tmp_path / "here", tmp_path / "there"
    window, bench = opened(qtbot, here, tmp_path)
    pane = window.gallery
    # a folder comes in, with one picture too many
    pane.take(dropped(photos))
    qtbot.waitUntil(lambda: len(pane.form.sources) == 4)
    pane.form.set_names(*TEA)
    pane.form.batch.setText("B-1")
    pane.form.add_button.click()
    qtbot.waitUntil(lambda: pane.references.rowCount() == 4, timeout=LONG_MS)
    pane.take(dropped(picture(tmp_path / "odd.png", 99)))
    qtbot.waitUntil(lambda: len(pane.form.sources) == 1)
    pane.form.set_names(*TEA)
    pane.form.batch.setText("odd")
    pane.form.add_button.click()
    qtbot.waitUntil(lambda: pane.references.rowCount() == 5, timeout=LONG_MS)
    # it is checked, and the odd one taken out
    pane.check_gallery()
    qtbot.waitUntil(lambda: pane.check_page.flaws.rowCount() == 1, timeout=LONG_MS)
    pane.check_page.buttons["remove"].click()
    qtbot.waitUntil(lambda: pane.check_page.flaws.rowCount() == 0, timeout=LONG_MS)
    with Workspace(here) as workspace:
        assert [one.provenance.batch for one in workspace.references()] == ["B-1"] * 4
    # what is good is kept under a name
    records = pane.records
    records.open("versions")
    records.versions.name.setText("checked")
    records.versions.keep.click()
    qtbot.waitUntil(lambda: records.versions.versions.rowCount() >= 2, timeout=LONG_MS)
    # a threshold is set for the side, its effect in view
    pane.show_side(*TEA)
    pane.actions_book["thresholds"].trigger()
    thresholds = records.thresholds
    qtbot.waitUntil(thresholds.use.isEnabled, timeout=LONG_MS)
    assert thresholds.chosen == TEA
    thresholds.value.setValue(0.7)
    thresholds.use.click()
    qtbot.waitUntil(thresholds.reset.isEnabled, timeout=LONG_MS)
    with Workspace(here) as workspace:
        assert workspace.thresholds.all().of_side(*TEA) == 0.7
    # and all is sent
    file = tmp_path / "tea.touchstone"
    records.open("travel")
    records.travel.write_to(file)
    qtbot.waitUntil(lambda: records.travel.written is not None, timeout=LONG_MS)
    # somebody else loads it
    other, other_bench = opened(qtbot, there, tmp_path)
    travel = other.gallery.records.travel
    other.gallery.records.open("travel")
    travel.look_into(file)
    qtbot.waitUntil(lambda: travel.found is not None, timeout=LONG_MS)
    written = records.travel.written
    assert travel.found is not None
    assert written is not None
    assert travel.found.seal == written.seal
    travel.seal.setText(written.seal)
    with qtbot.waitSignal(other.gallery.changed, timeout=LONG_MS):
        travel.load.click()
    qtbot.waitUntil(lambda: other.gallery.sides.rowCount() == 1, timeout=LONG_MS)
    assert version(bench) == version(other_bench) == written.gallery_version
    with Workspace(here) as one, Workspace(there) as two:
        assert one.snapshots.contents("checked").version() == two.snapshots.now().version()
        assert one.snapshots.now() == two.snapshots.now()


def version(bench: Bench) -> str:
    """Of the gallery that photos are compared with."""
    gallery: Gallery = bench._opened_gallery()
    return gallery.version
