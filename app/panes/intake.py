"""What people drop, paste or choose, sorted into files, folders, picture data and web addresses."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QUrl
from PySide6.QtGui import QImage, QImageWriter

from vision import seems_picture

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
_DATA_ADDRESS: Final = re.compile(
    r"data:image/[\w.+-]+(?:;[\w.+=-]+)*?(;base64)?,([A-Za-z0-9+/=%\s._~-]+)", re.IGNORECASE
)
_WEB_ADDRESS: Final = re.compile(r"(?:https?|ftp)://\S+", re.IGNORECASE)
_IMG: Final = re.compile(r"<img\b[^>]*?\bsrc\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_ELSEWHERE: Final = ("http", "https", "ftp", "blob", "cid")  # addresses without the picture itself
_MOZILLA: Final = "text/x-moz-url"
_DRAWING: Final = "image/svg+xml"
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
    """What one drop or paste holds; all empty when there is nothing to use in it.

    `web_address` is told of too where it came beside files.
    """

    paths: tuple[Path, ...] = ()
    sources: tuple[Source, ...] = ()
    web_address: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to use."""
        return not (self.paths or self.sources or self.web_address)


@dataclass(frozen=True, slots=True)
class Found:
    """How many pictures were found; `left_out` names files in folders that are none."""

    count: int
    left_out: tuple[str, ...] = ()


def may_hold_pictures(mime: QMimeData) -> bool:
    """A quick look while something is dragged over the window."""
    return mime.hasUrls() or mime.hasImage() or mime.hasText() or mime.hasHtml()


def may_be_several(mime: QMimeData) -> bool:
    """Whether more than one photo may come of it: several files, or a folder."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return len(paths) > 1 or any(path.is_dir() for path in paths)


def offer_from_mime(mime: QMimeData, name: str) -> Offer:
    """Sort a drop or the clipboard; `name` is for data that has none.

    Files go first, then picture data (browsers give both an address and the data), then an address.
    """
    urls = mime.urls() or _mozilla_urls(mime)
    elsewhere = next((url.toString() for url in urls if url.scheme() in _ELSEWHERE), "")
    paths = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
    if paths:
        return Offer(paths=paths, web_address=elsewhere)
    sources = _picture_data(mime, urls, name)
    if sources:
        return Offer(sources=sources)
    if elsewhere:
        return Offer(web_address=elsewhere)
    offer = _from_text(mime.text().strip())
    return _from_html(mime.html()) if offer.is_empty else offer


def _mozilla_urls(mime: QMimeData) -> list[QUrl]:
    """Firefox gives, besides others, lines of UTF-16: an address, and the title of the page."""
    lines = bytes(mime.data(_MOZILLA).data()).decode("utf-16-le", "replace").splitlines()
    return [QUrl(lines[0].strip("\ufeff\0"))] if lines else []


def _picture_data(mime: QMimeData, urls: list[QUrl], name: str) -> tuple[Source, ...]:
    given = [form for form in mime.formats() if form.startswith("image/") and form != _DRAWING]
    for form in (*_RAW_FORMATS, *given):
        data = bytes(mime.data(form).data()) if mime.hasFormat(form) else b""
        if data:
            return (Source(name, data=data),)
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return (Source(name, image=image),)
    addresses = "\n".join(url.toString() for url in urls if url.scheme() == "data")
    for text in (addresses, mime.html(), mime.text()):
        found = [data for data in map(_written_out, _DATA_ADDRESS.finditer(text)) if data]
        if found:
            return tuple(
                Source(f"{name} ({number})" if number > 1 else name, data=data)
                for number, data in enumerate(dict.fromkeys(found), 1)
            )
    return ()


def _written_out(address: re.Match[str]) -> bytes:
    """The bytes in a data address; none where they cannot be made out."""
    is_base64, text = address.groups()
    if not is_base64:
        return unquote_to_bytes(text)
    try:
        return base64.b64decode(unquote_to_bytes(text))
    except binascii.Error:
        return b""


def _from_text(text: str) -> Offer:
    if _WEB_ADDRESS.fullmatch(text):
        return Offer(web_address=text)
    lines = [line.strip().strip('"') for line in text.splitlines() if line.strip()]
    paths = tuple(Path(line.removeprefix("file://")) for line in lines)
    if paths and all(path.is_absolute() for path in paths):
        return Offer(paths=paths)
    return Offer()


def _from_html(html: str) -> Offer:
    """The pictures of a piece of a page: those that lie here as files, else the address of one."""
    urls = [QUrl(found) for found in _IMG.findall(html)]
    paths = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
    return Offer(paths=paths, web_address="" if paths or not urls else urls[0].toString())


def found_in(paths: tuple[Path, ...]) -> Generator[tuple[Source, ...], None, Found]:
    """Look through files and folders; files are taken as they are, folders for their pictures.

    In a folder, what bears the ending of a picture is one, readable or not; anything else is
    looked into. The order is that in which people count: 1, 2, 10.

    Returns:
        How many pictures were found.
    """
    batch: list[Source] = []
    left_out: list[str] = []
    count = 0
    for path in paths:
        for file in _files_of(path, left_out):
            batch.append(Source(file.name, path=file))
            count += 1
            if len(batch) == _BATCH:
                yield tuple(batch)
                batch = []
    if batch:
        yield tuple(batch)
    return Found(count, tuple(left_out))


def counted(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts names as people count: 1, 2, 10; upper and lower case together."""
    parts = re.split(r"([0-9]+)", name.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def pictures_in(folder: Path) -> Generator[Path, None, None]:
    """The pictures in a folder and in those below it, in order."""
    yield from _files_of(folder, [])


def _files_of(path: Path, left_out: list[str]) -> Generator[Path, None, None]:
    if not path.is_dir():
        yield path
        return
    for entry in sorted(_entries(path), key=_by_count):
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _files_of(entry, left_out)
        elif entry.suffix.lower() in SUFFIXES or seems_picture(entry):
            yield entry
        else:
            left_out.append(entry.name)


def _by_count(path: Path) -> tuple[tuple[tuple[int, int, str], ...], str]:
    return counted(path.name), path.name


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:  # a folder that may not be opened has no pictures for us
        return []
