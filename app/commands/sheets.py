"""Annotated pictures written to a folder while the next photo is already being inspected."""

from __future__ import annotations

import itertools
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from rich.text import Text

from app.error_words import error_sentence
from app.reports.annotate import annotate
from vision import TouchstoneError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from app.commands.output import Output
    from app.reports.contract import VersionsPart
    from app.store import Finding
    from app.words import Language
    from vision import Inspection

_MOST_WAITING = 2  # sheets in work at once: each holds its photo in memory
_QUICK = 1  # PNG compression: somewhat larger, several times as fast
_LONGEST_NAME: Final = 255  # bytes, on most file systems
_SUFFIX: Final = ".png"
_numbers = itertools.count(1)


class Sheets:
    """A folder of annotated pictures, made by `sheets_in`.

    `unwritten` says of which photos there is none, and why: the others are written all the same.
    """

    def __init__(self, folder: Path, *, language: Language, versions: VersionsPart) -> None:
        self.folder = folder
        self._language = language
        self._versions = versions
        self.unwritten: list[tuple[str, Exception]] = []
        self._names: set[str] = set()
        self._waiting: list[Future[None]] = []
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="sheets")

    def add(self, inspection: Inspection, findings: Sequence[Finding] = ()) -> Path:
        """Write the sheet of one inspection; the path is known at once, the file follows."""
        while len(self._waiting) >= _MOST_WAITING:
            self._waiting.pop(0).result()
        path = self.folder / self._free_name(inspection.photo.path)
        self._waiting.append(self._worker.submit(self._draw, inspection, findings, path))
        return path

    def finish(self) -> None:
        """Wait for the last sheet."""
        for each in self._waiting:
            each.result()
        self._waiting.clear()

    def stop(self) -> None:
        """Give up the sheets not yet begun."""
        self._worker.shutdown(cancel_futures=True)

    def _draw(self, inspection: Inspection, findings: Sequence[Finding], path: Path) -> None:
        try:
            sheet = annotate(
                inspection, language=self._language, versions=self._versions, findings=findings
            )
            with _whole(path) as file:
                sheet.save(file, "PNG", compress_level=_QUICK)
        except (TouchstoneError, OSError, MemoryError) as error:
            self.unwritten.append((inspection.photo.path, error))

    def _free_name(self, photo: str) -> str:
        stem = PurePath(photo).stem or "photo"
        name, number = _fitting(stem, _SUFFIX), 1
        while name.casefold() in self._names:
            number += 1
            name = _fitting(stem, f"-{number}{_SUFFIX}")
        self._names.add(name.casefold())
        return name


def tell_unwritten(sheets: Sheets, output: Output) -> bool:
    """Wait for the last sheet, and say which could not be written; whether there are any."""
    sheets.finish()
    said = QCoreApplication.translate(
        "commands", "The annotated picture of “{path}” could not be written. {cause}"
    )
    for path, error in sheets.unwritten:
        sentence = said.format(path=path, cause=error_sentence(error))
        output.progress.print(Text(sentence), soft_wrap=True)
    return bool(sheets.unwritten)


@contextmanager
def sheets_in(folder: Path, *, language: Language, versions: VersionsPart) -> Iterator[Sheets]:
    """A folder for sheets, made where it is missing; leaving it waits for the last sheet."""
    folder.mkdir(parents=True, exist_ok=True)
    sheets = Sheets(folder, language=language, versions=versions)
    try:
        yield sheets
        sheets.finish()
    finally:
        sheets.stop()


def write_text(path: Path, content: str) -> None:
    """Write a text file whole or not at all."""
    with _whole(path) as part:
        part.write_text(content, encoding="utf-8")


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A name beside `path` to write to; it takes the place of `path` when all went well."""
    part = path.with_name(f".{os.getpid()}-{next(_numbers)}.part")
    try:
        yield part
        part.replace(path)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


def _fitting(stem: str, ending: str) -> str:
    """A name that begins with as much of `stem` as a file system takes."""
    while len(os.fsencode(stem + ending)) > _LONGEST_NAME:
        stem = stem[:-1]
    return stem + ending
