"""JSON lines that grow while a scan runs, so that others can read on; in the order of coming."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, TextIO

from app.reports.scan_csv import write_jsonl

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from app.store import ScannedFile

_ENDING = ".jsonl"


class GrowingLines:
    """The tables of a scan that grow; each is begun with the first row, over what lay there.

    What cannot be written is told when the whole table is written at the end.
    """

    def __init__(self, files: Iterable[Path]) -> None:
        self._files = [file for file in files if file.suffix.lower() == _ENDING]
        self._streams: list[TextIO] | None = None

    def add(self, row: ScannedFile) -> None:
        """Append a line to each."""
        if self._streams is None:
            self._streams = []
            for file in self._files:
                with contextlib.suppress(OSError):
                    stream: TextIO = file.open("w", encoding="utf-8", newline="\n")
                    self._streams.append(stream)
        for each in self._streams:
            with contextlib.suppress(OSError):
                write_jsonl(each, [row])
                each.flush()

    def close(self) -> None:
        """Write no more."""
        for stream in self._streams or ():
            with contextlib.suppress(OSError):
                stream.close()
        self._streams = []
