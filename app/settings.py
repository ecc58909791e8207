"""What a person can set, as one frozen table that also draws the pane; kept in one INI file.

Window geometry is kept apart (`window_state`), so that resetting the settings leaves the window.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject, QSettings, Signal

from app.places import settings_dir

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA: Final = 1


class Kind(StrEnum):
    """How a setting is edited."""

    CHOICE = "choice"
    COUNT = "count"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table; `label`, `note` and the choices' names are marked for translation.

    `choices` are pairs of value and name, `least` and `most` bound a COUNT (0 means automatic);
    a FOLDER is a path, "" for none.
    """

    key: str
    kind: Kind
    default: str | int
    label: object
    note: object
    choices: tuple[tuple[str, object], ...] = ()
    least: int = 0
    most: int = 0

    def accepts(self, value: object) -> bool:
        """Whether `value` may be stored."""
        if self.kind is Kind.CHOICE:
            return value in [choice for choice, _ in self.choices]
        if self.kind is Kind.FOLDER:
            return isinstance(value, str)
        return isinstance(value, int) and self.least <= value <= self.most


TABLE: Final = (
    Setting(
        "language",
        Kind.CHOICE,
        "system",
        QT_TRANSLATE_NOOP("settings", "Language"),
        QT_TRANSLATE_NOOP("settings", "Changes at once; nothing has to be restarted."),
        (
            ("system", QT_TRANSLATE_NOOP("settings", "As the computer")),
            ("en", "English"),
            ("zh_CN", "中文"),
        ),
    ),
    Setting(
        "theme",
        Kind.CHOICE,
        "system",
        QT_TRANSLATE_NOOP("settings", "Appearance"),
        QT_TRANSLATE_NOOP(
            "settings",
            "Pictures always lie on the same neutral grey, so that it does not tint the eye.",
        ),
        (
            ("system", QT_TRANSLATE_NOOP("settings", "As the computer")),
            ("light", QT_TRANSLATE_NOOP("settings", "Light")),
            ("dark", QT_TRANSLATE_NOOP("settings", "Dark")),
        ),
    ),
    Setting(
        "threads",
        Kind.COUNT,
        0,
        QT_TRANSLATE_NOOP("settings", "Processor threads"),
        QT_TRANSLATE_NOOP(
            "settings",
            "How many threads the comparison may use. Counts from the next start of the program.",
        ),
        least=0,
        most=max(1, os.cpu_count() or 1),
    ),
    Setting(
        "watched_folder",
        Kind.FOLDER,
        "",
        QT_TRANSLATE_NOOP("settings", "Watched folder"),
        QT_TRANSLATE_NOOP(
            "settings",
            "New pictures that appear in it are inspected by themselves, each once.",
        ),
    ),
    Setting(
        "picture_memory",
        Kind.CHOICE,
        "automatic",
        QT_TRANSLATE_NOOP("settings", "Memory for pictures"),
        QT_TRANSLATE_NOOP(
            "settings",
            "Photos looked at before appear at once while they are in memory; others are read and "
            "compared again. Automatic: a quarter of the computer's memory, at most 4 GB.",
        ),
        (
            ("automatic", QT_TRANSLATE_NOOP("settings", "Automatic")),
            ("512", "512 MB"),
            ("1024", "1 GB"),
            ("2048", "2 GB"),
            ("4096", "4 GB"),
            ("8192", "8 GB"),
        ),
    ),
)

AUTOMATIC: Final = QT_TRANSLATE_NOOP("settings", "Automatic")  # how a COUNT of 0 reads


def translated(text: object) -> str:
    """A label, note or choice of the table in the language of now."""
    return QCoreApplication.translate("settings", str(text))


class Settings(QObject):
    """The values of the table; `changed` tells the key."""

    changed = Signal(str)

    def __init__(self, file: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        path = file or settings_dir() / "settings.ini"
        self._store = QSettings(str(path), QSettings.Format.IniFormat, self)
        self._session: dict[str, str | int] = {}
        self._newer = int(str(self._store.value("schema", SCHEMA))) > SCHEMA
        if not self._newer:
            self._store.setValue("schema", SCHEMA)

    def text(self, key: str) -> str:
        """The value of a CHOICE or FOLDER; the default where the file holds nothing known."""
        row = _row(key, Kind.CHOICE, Kind.FOLDER)
        value = self._stored(row)
        return str(value if row.accepts(value) else row.default)

    def count(self, key: str) -> int:
        """The value of a COUNT; the default where the file holds nothing that is known."""
        row = _row(key, Kind.COUNT)
        value = str(self._stored(row))
        number = int(value) if value.isdecimal() else -1
        return number if row.accepts(number) else int(row.default)

    def set(self, key: str, value: str | int) -> None:
        """Store a value and tell it, unless it is the present one.

        A file of a newer version of the program is read but never written.

        Raises:
            ValueError: the table has no such key, or the value is none of those allowed.
        """
        row = _row(key)
        if not row.accepts(value):
            raise ValueError(f"setting {key} cannot be {value!r}")
        current = self.count(key) if row.kind is Kind.COUNT else self.text(key)
        if self._newer:
            self._session[key] = value
        else:
            self._session.pop(key, None)
            self._store.setValue(key, value)
        if value != current:
            self.changed.emit(key)

    def use(self, key: str, value: str | int) -> None:
        """Take a value for this run of the program only; the file keeps its own.

        Raises:
            ValueError: the table has no such key, or the value is none of those allowed.
        """
        row = _row(key)
        if not row.accepts(value):
            raise ValueError(f"setting {key} cannot be {value!r}")
        self._session[key] = value

    def _stored(self, row: Setting) -> object:
        return self._session.get(row.key, self._store.value(row.key, row.default))


def window_state(file: Path | None = None) -> QSettings:
    """Where the window keeps its place and size."""
    path = file or settings_dir() / "window.ini"
    return QSettings(str(path), QSettings.Format.IniFormat)


def _row(key: str, *kinds: Kind) -> Setting:
    for row in TABLE:
        if row.key == key and (not kinds or row.kind in kinds):
            return row
    raise ValueError(f"there is no setting {key!r}" + (f" of kind {kinds[0]}" if kinds else ""))
