"""What belongs to the whole application: its one object, its language, and mistakes of ours."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from app.views import theme
from app.words import Language, install_language

if TYPE_CHECKING:
    from types import TracebackType

    from app.messages import Messages
    from app.settings import Settings

_HANDED_OVER_S: Final = 0.001  # so long the window may wait for Python code of a worker
_QT_WORDS: Final = "touchstone qt"


def made_application() -> QApplication:
    """The application object; made where there is none yet."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    application = QApplication([sys.argv[0]])
    application.setApplicationName("touchstone")
    application.setApplicationDisplayName("Touchstone")
    application.setDesktopFileName("touchstone")
    sys.setswitchinterval(_HANDED_OVER_S)
    return application


def speak(application: QApplication, settings: Settings) -> Language:
    """Speak the language of the settings from now on, Qt's own words too."""
    chosen = settings.text("language")
    for old in application.findChildren(QTranslator, _QT_WORDS):
        application.removeTranslator(old)
        old.setParent(None)
    spoken = install_language(None if chosen == "system" else cast("Language", chosen))
    if spoken != "en":
        qt_words = QTranslator(application)
        qt_words.setObjectName(_QT_WORDS)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if qt_words.load(f"qtbase_{spoken}", folder):
            application.installTranslator(qt_words)
    theme.set_font(application, spoken)
    return spoken


def report_mistakes(messages: Messages) -> None:
    """Log errors that nothing caught, and offer their details in the bar."""

    def report(
        _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.exit(130)
        messages.fail(error)

    sys.excepthook = report
