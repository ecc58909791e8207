"""Asks the operating system not to sleep while long work runs; quiet where nothing can be asked."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QProcess

if TYPE_CHECKING:
    from collections.abc import Callable

_SYSTEM: Final = 0x00000001 | 0x80000000  # ES_SYSTEM_REQUIRED, until told otherwise
_FREE: Final = 0x80000000
_END_MS: Final = 500


def asking_program(reason: str) -> tuple[str, ...]:
    """A program that keeps the computer awake while it runs, with its arguments; () for none."""
    if sys.platform == "darwin" and (found := shutil.which("caffeinate")):
        return (found, "-i", "-m", "-w", str(os.getpid()))
    if sys.platform.startswith("linux") and (found := shutil.which("systemd-inhibit")):
        asked = ("--what=idle:sleep", "--who=Touchstone", f"--why={reason}", "--mode=block")
        return (found, *asked, "cat")  # ends with the pipe, also when this program is killed
    return ()


class Awake(QObject):
    """Keeps the computer awake between `keep` and `let_sleep`.

    Args:
        program: tells the program that asks on Linux and macOS; another one in tests.
    """

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        program: Callable[[str], tuple[str, ...]] = asking_program,
    ) -> None:
        super().__init__(parent)
        self._program = program
        self._process: QProcess | None = None

    def keep(self, reason: str) -> None:
        """Ask not to sleep; `reason` is shown by the system to who wants to know."""
        if sys.platform == "win32":
            _tell_windows(_SYSTEM)
            return
        if self._process is not None:
            return
        command = self._program(reason)
        if not command:
            return
        self._process = QProcess(self)
        self._process.setProgram(command[0])
        self._process.setArguments(list(command[1:]))
        self._process.setStandardOutputFile(QProcess.nullDevice())
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.start()

    def let_sleep(self, *, at_end: bool = False) -> None:
        """Take the request back; when the program ends, wait until that is done."""
        if sys.platform == "win32":
            _tell_windows(_FREE)
            return
        process, self._process = self._process, None
        if process is None:
            return
        if process.state() is QProcess.ProcessState.NotRunning:
            process.deleteLater()
            return
        process.finished.connect(process.deleteLater)
        process.errorOccurred.connect(process.deleteLater)
        process.closeWriteChannel()
        process.terminate()
        if at_end:
            process.waitForFinished(_END_MS)


def _tell_windows(state: int) -> None:
    """Of the thread that calls, which must stay: that of the window."""
    system: Any = ctypes
    system.windll.kernel32.SetThreadExecutionState(state)
