"""The desk at which photos are inspected: workspace, gallery and model, opened once."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

import vision
from app import words
from app.commands.decoding import sha256_of
from app.commands.output import Refused, json_text
from app.places import cache_dir
from app.reading import read_photo
from app.reports.contract import Unreadable, VersionsPart, touchstone_version
from app.side_words import named_side
from vision import Embedder, PictureError

if TYPE_CHECKING:
    from app.reports.contract import InspectionPart
    from app.store import Workspace
    from vision import Box, Gallery, Inspection, Photo


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person asks to compare with, as far as they said it."""

    product: str | None = None
    side: str | None = None
    region: Box | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that one inspection needs."""

    workspace: Workspace
    gallery: Gallery
    embedder: Embedder

    def versions(self) -> VersionsPart:
        """What the figures depend on."""
        return VersionsPart(
            touchstone=touchstone_version(),
            model=self.embedder.version,
            gallery=self.gallery.version,
            thresholds=self.gallery.thresholds_version,
        )

    def inspect(self, path: str, wanted: Wanted) -> Inspection | Unreadable:
        """Read and inspect one file; one that cannot be read is an answer too.

        Raises:
            UnknownSide: the gallery has not what is wanted.
            Refused: the wanted region lies outside the photo.
        """
        begun = time.perf_counter()
        try:
            photo = read_photo(path)
        except (PictureError, MemoryError) as error:
            return Unreadable(
                path=path,
                sha256=sha256_of(path),
                error=words.error_sentence(error),
                seconds=time.perf_counter() - begun,
            )
        took = time.perf_counter() - begun
        side = wanted.side and own_side(self.workspace, wanted.product, wanted.side)
        inspection = vision.inspect(
            photo,
            self.gallery,
            product=wanted.product,
            side=side,
            region=inside(photo, wanted.region),
        )
        seconds = inspection.seconds
        seconds = replace(seconds, read=took, total=seconds.total - seconds.read + took)
        return replace(inspection, seconds=seconds)

    def inspect_anything(self, path: str) -> Inspection | Unreadable:
        """Inspect one file of which nothing is known: search the whole gallery."""
        return self.inspect(path, Wanted())

    def record(self, part: InspectionPart) -> None:
        """Keep the inspection in the workspace's own list."""
        self.workspace.record(
            json_text(part),
            photo_sha256=part.photo.sha256,
            outcome=part.outcome,
            gallery_version=self.gallery.version,
        )


def open_desk(workspace: Workspace, *, threads: int | None = None) -> Desk:
    """Load the model and the gallery of a workspace; its network runs on so many threads."""
    embedder = Embedder(cache=cache_dir() / "models", threads=threads)
    return Desk(workspace=workspace, gallery=workspace.gallery(embedder), embedder=embedder)


def own_side(workspace: Workspace, product: str | None, side: str) -> str:
    """The stored name of a side that is called as it is shown, in whatever language."""
    name = None if product is None else product.strip()
    return named_side(side, (each.side for each in workspace.references(product=name)))


def inside(photo: Photo, region: Box | None) -> Box | None:
    """The part of `region` that lies in the photo.

    Raises:
        Refused: no part of it does.
    """
    if region is None:
        return None
    x0, y0, x1, y1 = region
    if x0 >= photo.width or y0 >= photo.height:
        said = QCoreApplication.translate(
            "commands",
            "The region lies outside “{path}”, which has {width} × {height} pixels. "
            "Choose one inside it.",
        )
        raise Refused(said.format(path=photo.path, width=photo.width, height=photo.height))
    return x0, y0, min(x1, photo.width), min(y1, photo.height)
