"""A picture is to blame for what it does to a process, not for what others do."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from vision import Contents, DamagedPicture
from vision.scan import trial

if TYPE_CHECKING:
    from pathlib import Path

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals or sessions")
_BYTES = Contents(b"", "")


@posix
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"])
def test_a_look_that_somebody_ends_says_nothing_of_the_picture(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    # Whoever runs the tests may have these signals passed over, as `nohup` does.
    hear = "" if name == "SIGKILL" else f"signal.signal(signal.{name}, signal.SIG_DFL); "
    program = f"import os, signal; {hear}os.kill(os.getpid(), signal.{name}); signal.pause()"
    monkeypatch.setattr(trial, "_PROGRAM", program)
    trial.check_bearable(_BYTES, "a.png")


@posix
@pytest.mark.parametrize("name", ["SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE"])
def test_a_look_that_goes_down_is_the_pictures_doing(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    number = getattr(signal, name)
    monkeypatch.setattr(trial, "_PROGRAM", f"import os; os.kill(os.getpid(), {int(number)})")
    with pytest.raises(DamagedPicture, match="brings the program that reads it down"):
        trial.check_bearable(_BYTES, "a.png")


@posix
def test_a_look_does_not_hear_what_is_typed_for_the_scan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = tmp_path / "session"
    program = f"import os; open({str(said)!r}, 'w').write(str(os.getsid(0)))"
    monkeypatch.setattr(trial, "_PROGRAM", program)
    trial.check_bearable(_BYTES, "a.png")
    assert int(said.read_text()) != os.getsid(0)


@pytest.mark.parametrize(
    ("status", "expected"),
    [(0, False), (1, False), (0xC0000005, True), (0xC00000FD, True), (0xC000013A, False)],
)
def test_what_windows_says_of_an_end(status: int, expected: bool) -> None:
    assert trial._is_down(status) is expected
