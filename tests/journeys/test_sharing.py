"""A trainer lets the workspace use a gallery on a server, and sees when that is away."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from app.store import SharedPlace, Workspace, read_place, write_place
from tests.app.store.gallery_samples import picture

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from app.panes.team_card import TeamCard
    from app.window import Window
    from tests.app.store.postgres_server import PostgresServer
    from tests.journeys.fake_bench import FakeBench


def card(qtbot: QtBot, window: Window) -> TeamCard:
    window.go_to("settings")
    shown = window.settings_pane.team
    qtbot.waitUntil(lambda: shown.team is not None)
    return shown


def test_a_gallery_is_shared_and_told_to_be_away(
    qtbot: QtBot, window: Window, bench: FakeBench, postgres: PostgresServer, tmp_path: Path
) -> None:
    originals = tmp_path / "team"
    originals.mkdir()
    url = postgres.new_database()
    shown = card(qtbot, window)
    assert not shown.own.isEnabled()
    shown.address.setText(url)
    shown.originals.setText(str(originals))
    with qtbot.waitSignal(window.gallery.changed):
        shown.share.click()
    assert shown.team is not None
    assert shown.team.address.startswith("postgresql://touchstone@")
    assert bench.workspace.originals == originals
    file = picture(tmp_path / "tea.png", 2)
    bench.workspace.add_reference(file, product="Tea", side="front")
    bench.workspace.gallery(None)
    postgres.stop()
    try:
        shown.read()
        qtbot.waitUntil(lambda: shown.team is not None and shown.team.is_away)
        assert shown.team.seen_at is not None
        assert f"{shown.team.seen_at.astimezone():%Y-%m-%d %H:%M}" in shown.state
        assert not shown.needs_two.isEnabled()
        assert len(bench.workspace.references()) == 1
    finally:
        postgres.start()
    with qtbot.waitSignal(window.gallery.changed):
        shown.own.click()
    assert read_place(bench.folder) is None
    assert bench.workspace.references() == ()


def test_a_server_that_does_not_answer_changes_nothing_and_tells_no_password(
    qtbot: QtBot,
    window: Window,
    bench: FakeBench,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    shown = card(qtbot, window)
    shown.address.setText("postgresql://ann:hidden-word@127.0.0.1:1/gallery")
    assert "hidden-word" not in shown.address.text()
    assert shown.password.text() == "hidden-word"
    assert "hidden-word" not in shown.password.displayText()
    shown.originals.setText(str(tmp_path))
    shown.share.click()
    assert not shown.password.text()
    qtbot.waitUntil(lambda: "cannot be reached" in window.bar.text)
    assert read_place(bench.folder) is None
    said = window.bar.text + caplog.text + shown.state
    assert "hidden-word" not in said


def test_a_kept_password_is_not_shown(
    qtbot: QtBot, window: Window, bench: FakeBench, tmp_path: Path
) -> None:
    """The address of a gallery that is shared already stands there without its password."""
    Workspace(bench.folder).close()
    shown = card(qtbot, window)
    shown.share.setEnabled(False)
    write_place(bench.folder, SharedPlace("postgresql://ann:hidden-word@h/g", tmp_path))
    shown.read()
    qtbot.waitUntil(lambda: bool(shown.address.text()))
    assert "hidden-word" not in shown.address.text() + shown.state


def test_a_folder_that_is_not_there_is_named(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    shown = card(qtbot, window)
    shown.address.setText("postgresql://ann@127.0.0.1:1/gallery")
    shown.originals.setText(str(tmp_path / "nowhere"))
    shown.share.click()
    qtbot.waitUntil(lambda: "nowhere" in window.bar.text)
