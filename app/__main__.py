"""The program's way in: the window when it is called alone, a command otherwise."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from typing import TYPE_CHECKING

import platformdirs

from app.cli import build

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.words import Language

_FAILED = 1
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what it was asked for decides the exit status, never a traceback.

    Args:
        arguments: without the program's name; default those of the process.

    Returns:
        0 done, 1 the request could not be carried out, 2 wrong usage, 130 ended by Ctrl-C.
    """
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # libraries' notes to programmers are nothing for staff
    try:
        build(open_window)(args=arguments, prog_name="touchstone")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else _FAILED
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - the outermost border: our own mistake ends here
        _tell_mistake(error)
        return _FAILED
    return 0


def open_window(workspace: Path, *, demo: bool = False, language: Language | None = None) -> int:
    """Show the window until it is closed.

    Its module is loaded only now: it needs Qt's widgets and the system libraries under them, which
    a machine without a screen may lack and no other command uses.
    """
    if _has_no_screen():
        return _refuse(
            "The window needs a screen, and this session has none. Use a command instead."
        )
    try:
        from app import window
    except ImportError as error:
        return _refuse(
            f"The window cannot open: {error}. “touchstone doctor” tells what is missing."
        )
    return window.run(workspace, demo=demo, language=language)


def _has_no_screen() -> bool:
    """Asked first: Qt ends the whole process where it finds no screen."""
    named = any(os.environ.get(name) for name in _SCREENS)
    return sys.platform.startswith("linux") and not named


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201 - there is no window to say it in
    return _FAILED


def _tell_mistake(error: Exception) -> None:
    """One sentence for the person; the traceback goes to a file that can be sent along."""
    file = platformdirs.user_log_path("touchstone", appauthor=False) / "errors.log"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(file, encoding="utf-8", errors="backslashreplace")
    except OSError:
        where = "its details could not be written"
    else:
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        _log.addHandler(handler)
        _log.error("unexpected", exc_info=error)
        _log.removeHandler(handler)
        handler.close()
        where = f"its details are in {file}"
    print(  # noqa: T201 - the program's last words
        f"Touchstone made a mistake ({type(error).__name__}); {where}.", file=sys.stderr
    )


if __name__ == "__main__":
    sys.exit(main())
