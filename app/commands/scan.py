"""`touchstone scan`: every photo below some folders, the most suspicious first."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from PySide6.QtCore import QCoreApplication
from rich.text import Text

from app.commands.cluster import Task, cluster_at, gallery_at
from app.commands.desk import open_desk
from app.commands.growing import GrowingLines
from app.commands.inspect import plain_table
from app.commands.options import (
    JsonOption,
    LanguageOption,
    WorkspaceOption,
    language_code,
    workspace_folder,
)
from app.commands.output import FAILED, STOPPED, answering
from app.commands.quiet import quiet_libraries
from app.commands.scan_progress import Counter, showing_progress
from app.commands.scan_streams import print_document
from app.error_words import error_sentence
from app.reports.scan_contract import Facts, counts_part
from app.reports.scan_outputs import ENDINGS, check_writable, write_output
from app.reports.scanning import Resume, scan_folders, versions_of
from app.scan_words import aside_title, repeated_title, said_title
from app.store import Workspace
from vision import ScanControl, ScanHalted

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from types import FrameType

    from app.commands.output import Output
    from app.reports.contract import VersionsPart
    from app.reports.scan_contract import ScanCounts
    from app.store import ScannedFile, ScanRecord

_PATIENCE_S = 1.0  # for photos in work, after the scan itself has waited


def scan(
    context: typer.Context,
    folders: Annotated[list[str], typer.Argument(metavar="FOLDER", help="Folders of photos.")],
    resume: Annotated[
        bool, typer.Option("--resume", help="Judge nothing again that is kept and still holds.")
    ] = False,
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="Photos judged at once.")
    ] = None,
    text: Annotated[
        bool, typer.Option("--text", help="Also read what is printed; takes much longer.")
    ] = False,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Judge on the dask cluster at this address."),
    ] = None,
    out: Annotated[
        list[Path] | None,
        typer.Option("--out", metavar="FILE", help="Table to write: .csv, .xlsx, .jsonl or .html."),
    ] = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Judge every photo below some folders; the worst come first. Ctrl-C keeps what is done."""
    files = tuple(out or ())
    for file in files:
        if file.suffix.lower() not in ENDINGS:
            wanted = ", ".join(ENDINGS)
            raise typer.BadParameter(f"expected a name that ends in {wanted}", param_hint="--out")
    roots = tuple(dict.fromkeys(str(Path(folder).absolute()) for folder in folders))
    status = 0
    with answering(language_code(context, language)) as output:
        for file in files:
            check_writable(file)
        with Workspace(workspace_folder(context, workspace)) as opened:
            run = _Run(opened, roots, resume, text, workers, scheduler)
            status = run.through(output, files)
            run.tell(output, files, as_json=as_json)
    _leave(status)


@dataclass
class _Run:
    """One scan from the command line, and what became of it."""

    workspace: Workspace
    folders: tuple[str, ...]
    resume: bool
    text: bool
    workers: int | None
    scheduler: str | None
    control: ScanControl = field(default_factory=ScanControl)
    counter: Counter = field(default_factory=Counter)
    was_stopped: bool = False
    halted: ScanHalted | None = None
    versions: VersionsPart = field(init=False)
    number: int | None = None  # of the scan, once it has begun

    def through(self, output: Output, files: tuple[Path, ...]) -> int:
        """Scan to the end, or to where it is stopped; the exit status."""
        earlier = self.workspace.scans.last(self.folders)
        desk = open_desk(self.workspace, threads=1)  # photos are judged side by side
        self.versions = versions_of(desk.gallery)
        with ExitStack() as stack:
            cluster = None
            if self.scheduler is not None:
                folder = str(self.workspace.folder)
                task = Task(folder, self.versions, self.text, gallery_at)
                cluster = stack.enter_context(cluster_at(self.scheduler, task))
            steps = scan_folders(
                self.workspace,
                desk.gallery,
                self.folders,
                control=self.control,
                resume=Resume.YES if self.resume else Resume.NO,
                text=self.text,
                workers=self.workers if cluster is None else self.workers or cluster.width,
                judge=None if cluster is None else cluster.judge,
                on_begun=partial(self._on_begun, earlier, output),
            )
            self._follow(steps, output, GrowingLines(files))
        if self.was_stopped:
            return STOPPED
        return FAILED if self.halted or self.counter.away else 0

    def _follow(
        self, steps: Generator[ScannedFile, None, int], output: Output, lines: GrowingLines
    ) -> None:
        try:
            with (
                _ctrl_c_stops(self.control),
                quiet_libraries(),
                showing_progress(output, self.control, self.counter) as show,
            ):
                for file in steps:
                    self.counter.add(file)
                    lines.add(file)
                    show()
        except KeyboardInterrupt:  # a second time: at once
            self.control.stop()
        except ScanHalted as halted:
            self.halted = halted
        finally:
            steps.close()
            lines.close()
        self.was_stopped = self.control.is_stopped

    def tell(self, output: Output, files: tuple[Path, ...], *, as_json: bool) -> None:
        """Write and print what was found so far, in any case."""
        book = self.workspace.scans
        number = self.number
        if number is None:  # stopped before it began
            return
        facts = Facts(
            versions=self.versions,
            folders=self.folders,
            text=self.text,
            complete=not (self.was_stopped or self.halted or self.counter.away),
            counts=counts_part(book.counts(number)),
        )
        for file in files:
            write_output(file, facts, lambda: book.files(number))
        if as_json:
            print_document(output, facts, book.files(number))
        self._summarise(facts.counts, output, as_json=as_json)

    def _on_begun(self, earlier: ScanRecord | None, output: Output, number: int) -> None:
        self.number = number
        if self.resume or earlier is None or earlier.ended_at is not None or not earlier.files:
            return
        said = QCoreApplication.translate(
            "scan",
            "An earlier scan of this was not finished; {count} results are kept. With --resume it "
            "goes on from there.",
        )
        output.progress.print(said.format(count=earlier.files))

    def _summarise(self, counts: ScanCounts, output: Output, *, as_json: bool) -> None:
        console = output.progress if as_json else output.console
        table = plain_table(
            QCoreApplication.translate("scan", "Result"),
            QCoreApplication.translate("scan", "Files"),
        )
        rows = [(said_title(name), count) for name, count in counts.outcomes.items()]
        if counts.repeated:
            rows.append((repeated_title(), counts.repeated))
        rows += [(aside_title(kind), count) for kind, count in counts.aside.items()]
        for title, count in rows:
            table.add_row(Text(title), str(count))
        console.print(table)
        for sentence in self._sentences(counts):
            output.progress.print(Text(sentence), soft_wrap=True)

    def _sentences(self, counts: ScanCounts) -> list[str]:
        said = []
        if not counts.photos and not self.counter.away:
            said.append(QCoreApplication.translate("scan", "No pictures were found there."))
        rate = QCoreApplication.translate("scan", "{count} photos in {seconds} s, {rate} a second.")
        if self.counter.photos:
            took = max(1e-3, self.counter.seconds)
            said.append(
                rate.format(
                    count=self.counter.photos,
                    seconds=f"{took:.0f}",
                    rate=f"{self.counter.photos / took:.1f}",
                )
            )
        away = QCoreApplication.translate(
            "words",
            "The folder “{path}” is not reachable. Nothing in it was judged. Check the disk or "
            "network connection, then scan again.",
        )
        said += [away.format(path=path) for path in self.counter.away]
        if self.halted is not None:
            said.append(error_sentence(self.halted))
        if self.was_stopped:
            said.append(
                QCoreApplication.translate(
                    "scan",
                    "Stopped; what is done is kept. With --resume the scan goes on from there.",
                )
            )
        return said


@contextmanager
def _ctrl_c_stops(control: ScanControl) -> Iterator[None]:
    """Let Ctrl-C stop the scan in good order; a second one ends it as usual."""

    def stop(number: int, frame: FrameType | None) -> None:
        if control.is_stopped:
            signal.default_int_handler(number, frame)
        control.stop()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.default_int_handler)


def _leave(status: int) -> None:
    """End with the status; at once where a photo is still in work, whose thread none can stop."""
    until = time.monotonic() + _PATIENCE_S
    for thread in threading.enumerate():
        if thread.name.startswith("scan-"):
            thread.join(max(0.0, until - time.monotonic()))
            if thread.is_alive() and status == STOPPED:
                os._exit(status)
    if status:
        raise typer.Exit(status)
