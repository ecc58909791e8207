"""What people drop, paste or choose, sorted into files, folders, picture data and web addresses."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

if TYPE_CHECKING:
    from collections.abc import Generator

    from PySide6.QtCore import QMimeData

_RAW_FORMATS: Final = (
    "image/png",
    "image/jpeg",
    "image/webp",
    "image/tiff",
    "image/heic",
    "image/avif",
    "image/gif",
    "image/bmp",
)
_DATA_ADDRESS: Final = re.compile(r"data:image/[\w.+-]+;base64,([A-Za-z0-9+/=\s]+)")
_WEB_ADDRESS: Final = re.compile(r"https?://\S+", re.IGNORECASE)
SUFFIXES: Final = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".png", ".apng", ".webp", ".gif", ".bmp", ".dib"}
    | {".tif", ".tiff", ".heic", ".heif", ".hif", ".avif", ".jp2", ".j2k", ".ppm", ".qoi"}
)
_BATCH: Final = 50
_QUICK: Final = 20  # of 100: large screenshots are encoded in a moment


@dataclass(frozen=True, slots=True)
class Source:
    """A picture to come: a file, or the bytes or pixels that were pasted."""

    name: str
    path: Path | None = None
    data: bytes = b""
    image: QImage | None = None

    def content(self) -> bytes:
        """The bytes of what was pasted; encoding takes a while, so this is for a worker."""
        if self.image is None:
            return self.data
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QImageWriter(buffer, QByteArray(b"PNG"))
        writer.setCompression(_QUICK)
        writer.write(self.image)
        return bytes(buffer.data().data())


@dataclass(frozen=True, slots=True)
class Offer:
    """What one drop or paste holds; all empty when there is nothing to use in it."""

    paths: tuple[Path, ...] = ()
    sources: tuple[Source, ...] = ()
    web_address: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to use."""
        return not (self.paths or self.sources or self.web_address)


def may_hold_pictures(mime: QMimeData) -> bool:
    """A quick look while something is dragged over the window."""
    return mime.hasUrls() or mime.hasImage() or mime.hasText() or mime.hasHtml()


def offer_from_mime(mime: QMimeData, name: str) -> Offer:
    """Sort a drop or the clipboard; `name` is for data that has none.

    Files go first, then picture data (browsers give both an address and the data), then an address.
    """
    urls = mime.urls()
    paths = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
    if paths:
        return Offer(paths=paths)
    source = _picture_data(mime, name)
    if source is not None:
        return Offer(sources=(source,))
    for url in urls:
        if url.scheme() in ("http", "https"):
            return Offer(web_address=url.toString())
    return _from_text(mime.text().strip())


def _picture_data(mime: QMimeData, name: str) -> Source | None:
    for form in _RAW_FORMATS:
        data = bytes(mime.data(form).data()) if mime.hasFormat(form) else b""
        if data:
            return Source(name, data=data)
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return Source(name, image=image)
    for text in (mime.html(), mime.text()):
        found = _DATA_ADDRESS.search(text)
        if found:
            try:
                return Source(name, data=base64.b64decode(found.group(1)))
            except binascii.Error:
                continue
    return None


def _from_text(text: str) -> Offer:
    if _WEB_ADDRESS.fullmatch(text):
        return Offer(web_address=text)
    lines = [line.strip().strip('"') for line in text.splitlines() if line.strip()]
    paths = tuple(Path(line.removeprefix("file://")) for line in lines)
    if paths and all(path.is_absolute() for path in paths):
        return Offer(paths=paths)
    return Offer()


def found_in(paths: tuple[Path, ...]) -> Generator[tuple[Source, ...], None, int]:
    """Look through files and folders; files are taken as they are, folders for their pictures.

    Returns:
        How many pictures were found.
    """
    batch: list[Source] = []
    count = 0
    for path in paths:
        for file in _files_of(path):
            batch.append(Source(file.name, path=file))
            count += 1
            if len(batch) == _BATCH:
                yield tuple(batch)
                batch = []
    if batch:
        yield tuple(batch)
    return count


def _files_of(path: Path) -> Generator[Path, None, None]:
    if not path.is_dir():
        yield path
        return
    for entry in sorted(_entries(path)):
        if entry.name.startswith("."):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _files_of(entry)
        elif entry.suffix.lower() in SUFFIXES:
            yield entry


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:  # a folder that may not be opened has no pictures for us
        return []
