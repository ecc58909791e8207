"""How far work of several stages has come, told on stderr."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.commands.output import Output

_EVERY = 20  # photos between two lines of progress where there is no terminal


@contextmanager
def staged_progress(output: Output) -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each stage on a terminal, a line now and then elsewhere."""
    if not output.progress.is_terminal:
        yield _lines(output)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=output.progress) as bars:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage)
            bars.update(tasks[stage], completed=done, total=total)

        yield show


def _lines(output: Output) -> Callable[[str, int, int], None]:
    def show(stage: str, done: int, total: int) -> None:
        if done == total or done % _EVERY == 0:
            output.progress.print(f"{stage}: {done}/{total}")

    return show
