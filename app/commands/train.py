"""`touchstone train`: teaches the difference head on simulated pairs."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
from PySide6.QtCore import QCoreApplication
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

import vision
from app.commands.options import LanguageOption, language_code
from app.commands.output import Output, Refused, answering
from app.places import cache_dir
from vision import TrainingPlan, TrainingProgress

_EVERY = 100  # steps between two lines of progress where there is no terminal


def train(
    context: typer.Context,
    checkpoint: Annotated[
        Path, typer.Argument(metavar="CHECKPOINT", help="What is learned; gone on with if there.")
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE.safetensors", help="Write the finished head there."),
    ] = None,
    photos: Annotated[
        list[Path] | None,
        typer.Option("--photos", metavar="DIR", help="Photos that may be trained on."),
    ] = None,
    marks: Annotated[
        list[Path] | None,
        typer.Option("--marks", metavar="DIR|FILE.json", help="PNG marks, or an Iconify set."),
    ] = None,
    minutes: Annotated[float, typer.Option(min=0.01, help="How long.")] = 110.0,
    batch: Annotated[int, typer.Option(min=1, help="Lessons a step.")] = 4,
    workers: Annotated[int, typer.Option(min=1, help="Processes that simulate.")] = 1,
    threads: Annotated[int, typer.Option(min=1, help="Processor cores for learning.")] = 1,
    rate: Annotated[float, typer.Option(help="Learning rate at its highest.")] = 2e-3,
    seed: Annotated[int, typer.Option(help="Of the simulation.")] = 1,
    device: Annotated[str, typer.Option(help="cpu, or cuda where there is such a card.")] = "cpu",
    language: LanguageOption = None,
) -> None:
    """Train the difference head on simulated pairs, going on where an earlier training stopped."""
    with answering(language_code(context, language)) as output:
        plan = vision.TrainingPlan(
            photos=_folders(photos or []),
            marks=tuple(_marks(path) for path in marks or []),
            minutes=minutes,
            batch=batch,
            workers=workers,
            threads=threads,
            rate=rate,
            seed=seed,
            device=device,
        )
        checkpoint.parent.mkdir(parents=True, exist_ok=True)
        _run(plan, checkpoint, output)
        if out is not None:
            told = QCoreApplication.translate("commands", "{path} written, SHA-256 {hash}.")
            sha256 = vision.export_head(checkpoint, out)
            output.console.print(told.format(path=out, hash=sha256))


def _folders(paths: list[Path]) -> tuple[Path, ...]:
    for path in paths:
        if not path.is_dir():
            said = QCoreApplication.translate("commands", "There is no folder at “{path}”.")
            raise Refused(said.format(path=path))
    return tuple(paths)


def _marks(path: Path) -> Path:
    """A folder of PNG files; an Iconify set is drawn into one first."""
    if path.is_file() and path.suffix.lower() == ".json":
        # Only here, since it loads Qt's drawing, for which no other command should wait.
        from app.commands.drawn_marks import draw_marks

        return draw_marks(path, cache_dir() / "marks")
    return _folders([path])[0]


def _run(plan: TrainingPlan, checkpoint: Path, output: Output) -> None:
    columns = (BarColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    last: TrainingProgress | None = None
    with (
        Progress(*columns, console=output.progress, disable=not output.progress.is_terminal) as bar,
        suppress(KeyboardInterrupt),  # what was learned so far is kept
    ):
        task = bar.add_task(_told(None), total=plan.minutes)
        for last in vision.train(plan, checkpoint):
            bar.update(task, completed=last.minutes, description=_told(last))
            if not output.progress.is_terminal and last.step % _EVERY == 0:
                output.progress.print(_told(last))
    output.progress.print(_told(last))


def _told(progress: TrainingProgress | None) -> str:
    if progress is None:
        return QCoreApplication.translate("commands", "The first pairs are being simulated …")
    words = QCoreApplication.translate(
        "commands", "step {step}, {lessons} pairs simulated, loss {loss}, twins ranked right {won}"
    )
    return words.format(
        step=progress.step,
        lessons=progress.lessons,
        loss=f"{progress.losses.get('all', 0.0):.3f}",
        won=f"{progress.losses.get('won', 0.0):.0%}",
    )
