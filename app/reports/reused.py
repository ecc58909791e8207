"""Which files of a scan show one photo, saved differently: each is told the first of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vision import SamePhotos

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.store import ScanBook, ScannedFile


class ReusedPhotos:
    """The photos of one run of a scan, in the order in which they are told.

    Args:
        book: has the imprints of photos that were kept.
        judged_by: under what they are kept there.
        photo: the word for what is a photo.
    """

    def __init__(self, book: ScanBook, judged_by: str, *, photo: str) -> None:
        self._book, self._judged_by, self._photo = book, judged_by, photo
        self._paths: dict[str, str] = {}  # of the first files, by SHA-256
        self._same = SamePhotos(self._imprint)

    def told(self, files: Sequence[ScannedFile]) -> list[ScannedFile]:
        """The same files; those that show a photo of an earlier file bear its path as `near`."""
        asked = [one.sha256 for one in files if one.kind == self._photo and one.judgement is None]
        kept = self._book.imprints(asked, self._judged_by)
        return [self._told(one, kept) for one in files]

    def _told(self, file: ScannedFile, kept: dict[str, bytes]) -> ScannedFile:
        if file.kind != self._photo or not file.sha256:
            return file
        said = file.judgement
        imprint = said.imprint if said is not None else kept.get(file.sha256, b"")
        first = self._same.first(file.sha256, imprint)
        if first == file.sha256:
            self._paths[first] = file.path
            return file
        return replace(file, near=self._paths[first])

    def _imprint(self, sha256: str) -> bytes:
        return self._book.imprints([sha256], self._judged_by).get(sha256, b"")
