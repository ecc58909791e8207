"""One file of a scan -> its answer, here or in another process."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from vision import pictures
from vision.compare import inspect
from vision.scan.answers import Failed, Judged
from vision.scan.imprint import imprint_of

if TYPE_CHECKING:
    from vision.gallery import Gallery
    from vision.inspection import Inspection
    from vision.scan.contents import Contents
    from vision.scan.files import ListedFile


class Judge(Protocol):
    """Judges a file that was read; whatever goes wrong with it is an answer."""

    def __call__(self, file: ListedFile, contents: Contents, /) -> Judged | Failed:
        """Judge it."""


def judge_file(
    file: ListedFile, contents: Contents, gallery: Gallery, *, text: bool, max_side: int
) -> Judged | Failed:
    """Judge one file that was read; whatever goes wrong is an answer.

    Args:
        file: as it was listed.
        contents: its bytes and their hash.
        gallery: genuine references.
        text: also read what is printed.
        max_side: pixels of the longer side to which it is decoded.
    """
    begun = time.perf_counter()
    try:
        photo = pictures.read_bytes(contents.data, file.path, max_side=max_side)
        took = time.perf_counter() - begun
        found = inspect(photo, gallery, text=text)
        imprint = imprint_of(photo.pixels)
    except Exception as error:  # noqa: BLE001 - one photo never ends a night's work; all are told
        return Failed(file, error, contents.sha256, time.perf_counter() - begun)
    seconds = replace(found.seconds, read=took, total=found.seconds.total + took)
    return Judged(file, replace(found, seconds=seconds), imprint)


def without_pictures(answer: Judged | Failed) -> Judged | Failed:
    """The same answer without pixels and maps, a few kilobytes, to be sent between processes."""
    if isinstance(answer, Failed):
        return answer
    return replace(answer, inspection=_lean(answer.inspection))


def _lean(inspection: Inspection) -> Inspection:
    compared = inspection.comparison
    if compared is not None:
        pixels, flat = np.zeros((1, 1, 3), np.uint8), np.zeros((1, 1), np.float32)
        compared = replace(
            compared,
            aligned=pixels,
            reference_pixels=pixels,
            judged=np.zeros((1, 1), np.bool_),
            excess=flat,
            places=np.zeros((0, 0, 2), np.float32),
            by_channel=(),
        )
    photo = replace(inspection.photo, pixels=np.zeros((1, 1, 3), np.uint8))
    return replace(inspection, photo=photo, comparison=compared)
