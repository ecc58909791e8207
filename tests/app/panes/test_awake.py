"""The computer is asked not to sleep, by whatever there is to ask with."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QProcess

from app.panes.awake import Awake, asking_program

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows is told without a program")

_ASKS = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_text(sys.argv[2]); sys.stdin.read()"


def test_a_program_asks_as_long_as_the_work_lasts(qtbot: QtBot, tmp_path: Path) -> None:
    said = tmp_path / "said"
    awake = Awake(program=lambda reason: (sys.executable, "-c", _ASKS, str(said), reason))
    awake.keep("a scan")
    awake.keep("a scan")  # asking twice is asking once
    process = awake._process
    qtbot.waitUntil(lambda: said.exists() and said.read_text() == "a scan")
    assert process.state() is QProcess.ProcessState.Running
    with qtbot.waitSignal(process.finished):
        awake.let_sleep()
    assert awake._process is None


def test_nothing_to_ask_with_is_no_trouble(qtbot: QtBot) -> None:
    awake = Awake(program=lambda _reason: ())
    awake.keep("a scan")
    assert awake._process is None
    awake.let_sleep()


def test_a_program_that_cannot_be_started_is_no_trouble(qtbot: QtBot, tmp_path: Path) -> None:
    awake = Awake(program=lambda _reason: (str(tmp_path / "none"),))
    awake.keep("a scan")
    qtbot.waitUntil(lambda: awake._process.state() is QProcess.ProcessState.NotRunning)
    awake.let_sleep()


@pytest.mark.parametrize(
    ("system", "program"), [("linux", "systemd-inhibit"), ("darwin", "caffeinate")]
)
def test_each_system_has_its_program(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, system: str, program: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert asking_program("a scan") == ()
    file = tmp_path / program
    file.write_text("#!/bin/sh\n")
    file.chmod(0o755)
    assert asking_program("a scan")[0] == str(file)
