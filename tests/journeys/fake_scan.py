"""The part of the made-up workbench that scans folders: a real scan, whose judge is made up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.panes.workbench import ScanBegun
from app.reading import read_photo_bytes
from app.reports.scanning import Resume, scan_folders, versions_of
from vision import Failed, Gallery, Judged, Outcome, TouchstoneError

if TYPE_CHECKING:
    import threading
    from collections.abc import Generator, Mapping

    from app.store import Decision, ScannedFile, ScanRecord, Subject, Workspace
    from vision import Inspection, ListedFile, Photo, ScanControl

SUSPICIONS = {Outcome.DIFFERS: 2.0, Outcome.MIXED: 1.0, Outcome.AGREES: 0.2}


class FakeScans:
    """`judged` are the names of the photos that were judged; `scan_gate`, where set, holds each."""

    workspace: Workspace
    scan_gate: threading.Event | None = None

    def __init__(self) -> None:
        self.judged: list[str] = []

    def said_of(self, photo: Photo, name: str) -> Inspection:
        raise NotImplementedError

    def _has_records(self) -> bool:
        raise NotImplementedError

    def scan(
        self, folders: tuple[str, ...], control: ScanControl, *, anew: bool = False
    ) -> Generator[ScanBegun | ScannedFile, None, None]:
        gallery = Gallery(())
        yield ScanBegun(versions_of(gallery).model_dump())
        yield from scan_folders(
            self.workspace,
            gallery,
            folders,
            control=control,
            resume=Resume.NO if anew else Resume.YES,
            workers=1,
            judge=self._judge,
        )

    def _judge(self, file: ListedFile, contents: object) -> Judged | Failed:
        if self.scan_gate is not None:
            self.scan_gate.wait(20)
        name = file.path.rpartition("/")[2]
        self.judged.append(name)
        try:
            photo = read_photo_bytes(contents.data, file.path)
        except TouchstoneError as error:
            return Failed(file, error, contents.sha256)
        inspection = self.said_of(photo, name)
        compared = inspection.comparison
        if compared is not None:
            much = SUSPICIONS.get(inspection.outcome, 0.5) + len(compared.regions) / 10
            inspection = replace(inspection, comparison=replace(compared, suspicion=much))
        return Judged(file, inspection)

    def scans(self) -> Generator[None, None, tuple[ScanRecord, ...]]:
        yield
        return self.workspace.scans.newest() if self._has_records() else ()

    def scanned(self, scan: int) -> Generator[tuple[ScannedFile, ...], None, None]:
        yield tuple(self.workspace.scans.files(scan))

    def decisions(self) -> Generator[None, None, tuple[Decision, ...]]:
        yield
        return self.workspace.decisions.all() if self._has_records() else ()

    def keep_decision(self, subject: Subject, decision: Decision | None) -> None:
        self.workspace.decisions.set(subject, decision)

    def items(self) -> Generator[None, None, Mapping[str, tuple[str, ...]]]:
        yield
        return self.workspace.items() if self._has_records() else {}
