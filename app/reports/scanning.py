"""A folder scan of a workspace: each answer is kept before it is told, and resumed from there."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import vision
from app import words
from app.reading import READ_SIDE
from app.reports.contract import Unreadable, VersionsPart, inspection_part, touchstone_version
from app.reports.reused import ReusedPhotos
from app.store import FIRST_ROUND, InWork, Judgement, ScannedFile, scan_turn
from vision import Aside, AsideKind, Failed, FileUnreachable, Judged, PictureError, Repeated

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from app.reports.contract import InspectionPart
    from app.store import ScanBook, Workspace
    from vision import Gallery, Judge, ListedFile, Remembered, ScanControl

    _Answer = Judged | Failed | Repeated | Remembered | Aside

PHOTO: Final = "photo"
REPEATED: Final = "repeated"
UNREADABLE: Final = "unreadable"  # stands for the outcome of what never became a photo
_TOGETHER: Final = 64  # answers that cost little are kept so many at a time


class Resume(StrEnum):
    """What becomes of answers that are kept from earlier."""

    NO = "no"  # everything is judged anew
    YES = "yes"  # what still holds is not judged again


def versions_of(gallery: Gallery) -> VersionsPart:
    """What the figures depend on."""
    embedder = gallery.embedder
    return VersionsPart(
        touchstone=touchstone_version(),
        model="" if embedder is None else embedder.version,
        gallery=gallery.version,
        thresholds=gallery.thresholds_version,
    )


def scan_folders(
    workspace: Workspace,
    gallery: Gallery,
    folders: Sequence[str],
    *,
    control: ScanControl,
    resume: Resume = Resume.NO,
    text: bool = False,
    workers: int | None = None,
    judge: Judge | None = None,
    on_begun: Callable[[int], None] | None = None,
) -> Generator[ScannedFile, None, int]:
    """Scan folders; each step is kept already, and the scan's number comes at the end.

    Whoever stops here, or is killed, resumes with `Resume.YES` and judges nothing again whose
    photo, gallery, model and limits are as they were. `judge` judges the photos instead of this
    process, by the same gallery (see `vision.scan`). `on_begun` learns the number at the beginning.

    Raises:
        FolderUnreachable: no folder is there; nothing was begun.
        ScanInWork: another one scans just these folders; nothing was begun.
        ScanHalted: nothing works any more.
        StoreError: the workspace cannot be written.
    """
    vision.check_folders(folders)
    with scan_turn(workspace.folder / "scans", folders):
        begun = _begun(workspace.scans, folders, versions_of(gallery), resume)
        if on_begun is not None:
            on_begun(begun.scan)
        judged_by = _judged_by(begun.versions, text=text)
        in_work = InWork(workspace.folder / "scans" / f"{begun.scan}.in-work")
        answers = vision.scan(
            folders,
            gallery,
            text=text,
            max_side=READ_SIDE,
            workers=workers,
            control=control,
            memory=_Memory(workspace.scans, judged_by, resume, in_work),
            judge=judge,
        )
        try:
            all_there = yield from _kept(answers, workspace.scans, begun.scan, judged_by)
        finally:
            in_work.close()  # in good order: nothing was brought down
        if all_there and not control.is_stopped:
            workspace.scans.end(begun.scan, begun.in_round)
    return begun.scan


@dataclass(frozen=True, slots=True)
class _Begun:
    """A scan, in which round of it this is, and what its figures depend on."""

    scan: int
    in_round: int
    versions: VersionsPart


def _begun(
    book: ScanBook, folders: Sequence[str], versions: VersionsPart, resume: Resume
) -> _Begun:
    known = book.last(folders) if resume is Resume.YES else None
    if known is None:
        return _Begun(book.begin(folders, versions.model_dump()), FIRST_ROUND, versions)
    return _Begun(known.id, book.resume(known.id, versions.model_dump()), versions)


def _kept(
    answers: Generator[_Answer, None, None], book: ScanBook, scan: int, judged_by: str
) -> Generator[ScannedFile, None, bool]:
    """Keep each answer, then tell it; at the end, whether all folders were there."""
    reused = ReusedPhotos(book, judged_by, photo=PHOTO)
    waiting: list[ScannedFile] = []
    all_there = True
    try:
        for answer in answers:
            if isinstance(answer, Aside) and answer.kind is AsideKind.FOLDER_UNREACHABLE:
                all_there = False  # what is known of it must not be forgotten
            waiting.append(_scanned(answer))
            if isinstance(answer, Judged) or len(waiting) >= _TOGETHER:
                kept = book.keep(scan, reused.told(waiting), judged_by)
                waiting.clear()
                yield from kept
    finally:
        answers.close()
        kept = book.keep(scan, reused.told(waiting), judged_by) if waiting else ()
    yield from kept
    return all_there


class _Memory:
    """What the workspace knows from earlier scans."""

    def __init__(self, book: ScanBook, judged_by: str, resume: Resume, in_work: InWork) -> None:
        self._book, self._judged_by, self._resume = book, judged_by, resume
        self.begin, self.finish = in_work.begin, in_work.finish

    def sha256_of(self, file: ListedFile) -> str | None:
        return self._book.content_of(file) if self._resume is Resume.YES else None

    def has(self, sha256: str) -> bool:
        return self._resume is Resume.YES and self._book.has(sha256, self._judged_by)


def _judged_by(versions: VersionsPart, *, text: bool) -> str:
    facts = json.dumps([versions.model_dump(), text, READ_SIDE], sort_keys=True)
    return "sha256:" + hashlib.sha256(facts.encode()).hexdigest()


def _scanned(answer: _Answer) -> ScannedFile:
    if isinstance(answer, Aside):
        return ScannedFile(answer.path, answer.kind.value, why=answer.what)
    file = answer.file
    found = ScannedFile(file.path, PHOTO, size=file.size, modified_ns=file.modified_ns)
    match answer:
        case Judged():
            part = inspection_part(answer.inspection)
            said = replace(_judgement(part), imprint=answer.imprint)
            return replace(found, sha256=part.photo.sha256, judgement=said)
        case Failed():
            return _failed(answer, found)
        case Repeated():
            return replace(found, kind=REPEATED, sha256=answer.sha256, first=answer.first)
    return replace(found, sha256=answer.sha256)


def _failed(answer: Failed, found: ScannedFile) -> ScannedFile:
    """What is the file's own fault holds as long as its bytes do; the rest is tried again."""
    said = words.error_sentence(answer.error)
    own = isinstance(answer.error, PictureError) and not isinstance(answer.error, FileUnreachable)
    if not (own and answer.sha256):
        return replace(found, why=said)
    part = inspection_part(Unreadable(found.path, answer.sha256, said, answer.seconds))
    judgement = _judgement(part, outcome=UNREADABLE)
    return replace(found, sha256=answer.sha256, judgement=judgement)


def _judgement(part: InspectionPart, *, outcome: str | None = None) -> Judgement:
    compared = part.comparison
    return Judgement(
        document=json.dumps(part.model_dump(mode="json", by_alias=True)),
        outcome=outcome or part.outcome.value,
        product="" if compared is None else compared.product,
        side="" if compared is None else compared.side,
        suspicion=None if compared is None else compared.suspicion,
    )
