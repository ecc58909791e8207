"""Writing a scan to a file, in the kind that its name asks for; whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.reports.scan_csv import write_csv, write_jsonl
from app.reports.scan_html import write_html
from app.reports.scan_xlsx import write_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.reports.scan_contract import Facts
    from app.store import ScannedFile

ENDINGS: Final = (".csv", ".xlsx", ".jsonl", ".html")


def check_writable(file: Path) -> None:
    """Make sure, before a night's work, that its result can be written.

    Raises:
        OSError: it cannot.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".touchstone-"):
        if file.is_dir():
            raise IsADirectoryError(21, "this is a folder", str(file))


def write_output(file: Path, facts: Facts, files: Callable[[], Iterator[ScannedFile]]) -> None:
    """Write what was found; `files` gives it anew each time it is asked.

    Raises:
        OSError: it cannot be written; what lay there before is as it was.
    """
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".touchstone-", suffix=file.suffix)
    os.close(handle)
    partial = Path(name)
    try:
        _write(partial, file.suffix.lower(), facts, files)
        partial.chmod(0o666 & ~_umask())
        partial.replace(file)
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)


def _write(
    file: Path, ending: str, facts: Facts, files: Callable[[], Iterator[ScannedFile]]
) -> None:
    if ending == ".csv":
        with file.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as stream:
            write_csv(stream, files())
    elif ending == ".jsonl":
        with file.open("w", encoding="utf-8", newline="\n") as stream:
            write_jsonl(stream, files())
    elif ending == ".xlsx":
        write_xlsx(file, facts, files)
    else:
        with file.open("w", encoding="utf-8", errors="backslashreplace") as stream:
            write_html(stream, facts, files)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
