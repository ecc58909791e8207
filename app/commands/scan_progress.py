"""How far a scan is: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app.reports.scanning import PHOTO
from vision import AsideKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.commands.output import Output
    from app.store import ScannedFile
    from vision import ScanControl

_EVERY_S = 30.0  # between two lines where there is no terminal


@dataclass
class Counter:
    """What has come in this run."""

    begun: float = field(default_factory=time.monotonic)
    first: float | None = None
    last: float = 0.0
    done: int = 0
    photos: int = 0
    away: list[str] = field(default_factory=list)

    def add(self, file: ScannedFile) -> None:
        """One more."""
        self.last = time.monotonic()
        self.first = self.first or self.last
        self.done += 1
        self.photos += file.kind == PHOTO
        if file.kind == AsideKind.FOLDER_UNREACHABLE:
            self.away.append(file.path)

    @property
    def seconds(self) -> float:
        """From the beginning to the last answer."""
        return self.last - self.begun

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.done / max(1e-3, self.seconds)


@contextmanager
def showing_progress(
    output: Output, control: ScanControl, counter: Counter
) -> Iterator[Callable[[], None]]:
    """Show `counter` whenever the function that this gives is called."""
    if not output.progress.is_terminal:
        yield _lines(output, control, counter)
        return
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, TimeRemainingColumn(), console=output.progress, transient=True) as bars:
        task = bars.add_task("", total=None)

        def show() -> None:
            total = max(control.listed, counter.done) if control.is_listed else None
            bars.update(task, completed=counter.done, total=total, description=_rate(counter))

        yield show


def _lines(output: Output, control: ScanControl, counter: Counter) -> Callable[[], None]:
    told = [time.monotonic()]

    def show() -> None:
        now = time.monotonic()
        if now - told[0] >= _EVERY_S:
            told[0] = now
            total = f"/{control.listed}" if control.is_listed else ""
            output.progress.print(f"{counter.done}{total}  {_rate(counter)}")

    return show


def _rate(counter: Counter) -> str:
    return QCoreApplication.translate("scan", "{rate} a second").format(rate=f"{counter.rate:.1f}")
