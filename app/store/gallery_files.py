"""One `.touchstone` file: a zip with a manifest and the originals, every byte of it under a hash.

seal        SHA-256 of the whole file but the last bytes, where it is written. It shows damage and
            careless changes; whoever rebuilds the file can write a new one, so that it is only
            proof where sender and receiver compare it.
"""

import hashlib
import json
import os
import re
import tempfile
import zipfile
import zlib
from collections.abc import Collection, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final, Literal, TypeVar, cast

from pydantic import Field, ValidationError

from app.store import entries, originals
from app.store.contents import Contents, Kept, Moment, Sha256
from app.store.differences import every_thing, things
from app.store.errors import (
    FolderInTheWay,
    GalleryFileDamaged,
    NewerGalleryFile,
    NotAGalleryFile,
    OriginalDamaged,
    OriginalMissing,
)

Result = TypeVar("Result")
SCHEMA: Final = "touchstone.gallery/3"
# The first had no products, proofs and traits, the second no thresholds and no policy.
_KNOWN: Final = ("touchstone.gallery/1", "touchstone.gallery/2", SCHEMA)
SUFFIX = ".touchstone"
_FAMILY = "touchstone.gallery/"
_MANIFEST = "manifest.json"
_FOLDER = "originals/"
_SEAL = re.compile(rb"sha256:[0-9a-f]{64}\Z")
_SEAL_LENGTH = len("sha256:") + 64
_LARGEST_MANIFEST = 1 << 30
_CHUNK = 1 << 20
_TOLD = 16 << 20  # bytes after which progress is told
_MOMENT = (1980, 1, 1, 0, 0, 0)  # of every part, so that it tells nothing
_BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, ValueError)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a file is read or written, in bytes or in pictures."""

    done: int
    total: int


class KeptOriginal(Kept):
    """A picture of the file, and how many bytes it has."""

    sha256: Sha256
    size: int = Field(ge=0)


class Manifest(Kept):
    """What the file says of itself; `gallery` is the version that the gallery has elsewhere too."""

    schema_: Literal["touchstone.gallery/1", "touchstone.gallery/2", "touchstone.gallery/3"] = (
        Field(default=SCHEMA, alias="schema")
    )
    gallery: str
    author: str = ""
    made_at: Moment
    contents: Contents
    originals: tuple[KeptOriginal, ...]


@dataclass(frozen=True, slots=True)
class GalleryFile:
    """A file that has been read through: all of it is as it was written."""

    path: Path
    seal: str
    manifest: Manifest


def writing(
    path: Path, contents: Contents, folder: Path, *, author: str, made_at: Moment
) -> Generator[Progress, None, str]:
    """Write the file whole or not at all; one that is there is replaced.

    Whoever closes the generator before its end leaves no file.

    Args:
        path: where to.
        contents: the gallery.
        folder: where its originals lie.
        author: who sends it.
        made_at: when.

    Returns:
        The seal.

    Raises:
        FolderInTheWay: the name is that of a folder.
        OriginalMissing: a picture is gone.
        OriginalDamaged: a picture has changed.
        OSError: the file cannot be written.
    """
    if path.is_dir():
        raise FolderInTheWay(path)
    files = _lying(contents, folder)
    _check_there(contents, files)
    kept = tuple(
        KeptOriginal(sha256=sha256, size=file.stat().st_size)
        for sha256, file in sorted(files.items())
    )
    manifest = Manifest(
        gallery=contents.version(),
        author=author,
        made_at=made_at,
        contents=contents,
        originals=kept,
    )
    with _whole(path) as target:
        with zipfile.ZipFile(target, "w") as archive:
            archive.comment = b" " * _SEAL_LENGTH
            text = json.dumps(
                manifest.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=1
            )
            archive.writestr(_part(_MANIFEST, zipfile.ZIP_DEFLATED), text)
            total = 2 * sum(each.size for each in kept)  # copied, then hashed for the seal
            done = 0
            for each in kept:
                if not _copy(files[each.sha256], archive, each):
                    raise _damaged(contents, each.sha256, files[each.sha256])
                done += each.size
                yield Progress(done, total)
        seal = yield from _sealing(target, done, total)
        return seal


def reading(path: Path) -> Generator[Progress, None, GalleryFile]:
    """Read a file through, every byte of it.

    Raises:
        NotAGalleryFile: it is not there, or something else.
        GalleryFileDamaged: it was cut off, damaged or changed after it was written.
        NewerGalleryFile: a later version of Touchstone wrote it.
    """
    try:
        with path.open("rb") as file:
            seal = yield from _sealed(path, file)
            with _named(path), zipfile.ZipFile(file) as archive:
                manifest = _manifest(path, archive)
                yield from _check(path, archive, manifest)
    except OSError as error:
        raise NotAGalleryFile(path, f"it cannot be read ({error.strerror or error})") from error
    return GalleryFile(path, seal, manifest)


def opened(path: Path) -> GalleryFile:
    """As `reading`, in one go.

    Raises:
        GalleryFileError: the file cannot be loaded.
    """
    return finished(reading(path))


def picture(path: Path, sha256: str) -> bytes:
    """One of the pictures of a file; empty where it has none with this hash.

    Raises:
        NotAGalleryFile: the file is not there any more.
        GalleryFileDamaged: it has changed since it was read through.
    """
    try:
        with _named(path), zipfile.ZipFile(path) as archive:
            name = _FOLDER + sha256
            return archive.read(name) if name in archive.NameToInfo else b""
    except OSError as error:
        raise NotAGalleryFile(path, f"it cannot be read ({error.strerror or error})") from error


def unpacking(
    file: GalleryFile, wanted: Collection[tuple[str, str]], folder: Path
) -> Generator[Progress, None, None]:
    """Store originals of the file: `wanted` are hashes, each with the ending of a stored name.

    Raises:
        GalleryFileDamaged: the file has changed since it was read through.
        OSError: the folder cannot be written.
    """
    with _named(file.path), zipfile.ZipFile(file.path) as archive:
        for number, (sha256, suffix) in enumerate(wanted, 1):
            with archive.open(_FOLDER + sha256) as part:
                source = cast("BinaryIO", part)
                if not originals.store(source, folder, sha256=sha256, suffix=suffix, settled=False):
                    raise GalleryFileDamaged(file.path, "a picture changed while it was read")
            yield Progress(number, len(wanted))
    for place in {originals.place(folder, *each).parent for each in wanted}:
        originals.settle(place)


def finished(steps: Generator[Progress, None, Result]) -> Result:
    """Go through all steps at once; what they lead to."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return cast("Result", end.value)


def _part(name: str, compression: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    part = zipfile.ZipInfo(name, _MOMENT)
    part.compress_type = compression
    part.external_attr = 0o644 << 16
    return part


def _lying(contents: Contents, folder: Path) -> dict[str, Path]:
    """Where the file of each hash lies; one of them where it lies under several endings."""
    found: dict[str, Path] = {}
    for sha256, suffix in contents.files():
        found.setdefault(sha256, originals.lying(folder, sha256, suffix))
    return found


def _check_there(contents: Contents, files: dict[str, Path]) -> None:
    for sha256, file in files.items():
        if not file.is_file():
            raise OriginalMissing(file, **_whose(contents, sha256))


def _damaged(contents: Contents, sha256: str, path: Path) -> OriginalDamaged:
    return OriginalDamaged(path, **_whose(contents, sha256))


def _whose(contents: Contents, sha256: str) -> dict[str, str]:
    """Product and side that need a file."""
    own = (
        (each.product, each.side)
        for each in contents.references
        if sha256 in (each.sha256, each.proof[:64])
    )
    shown = (
        (side.product, side.side)
        for side in contents.traits
        for each in side.traits
        if any(name.startswith(sha256) for name in each.pictures)
    )
    product, side = next(chain(own, shown))
    return {"product": product, "side": side}


def _copy(source: Path, archive: zipfile.ZipFile, kept: KeptOriginal) -> bool:
    """Whether what was copied are the bytes that belong to the hash."""
    part = _part(_FOLDER + kept.sha256)
    found = hashlib.sha256()
    is_large = kept.size >= zipfile.ZIP64_LIMIT
    with source.open("rb") as file, archive.open(part, "w", force_zip64=is_large) as copy:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
            copy.write(chunk)
    return found.hexdigest() == kept.sha256


@contextmanager
def _whole(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the name only once it is written to its end."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".incoming-", suffix=SUFFIX)
    incoming = Path(name)
    try:
        with os.fdopen(handle, "w+b") as target:
            yield target
            target.flush()
            os.fsync(target.fileno())
        incoming.chmod(0o644)
        incoming.replace(path)
    except BaseException:
        incoming.unlink(missing_ok=True)
        raise


def _sealing(file: BinaryIO, done: int, total: int) -> Generator[Progress, None, str]:
    """Write the seal over the last bytes."""
    size = file.seek(0, os.SEEK_END)
    hashed = yield from _hashing(file, size - _SEAL_LENGTH, done, total)
    seal = f"sha256:{hashed}"
    file.seek(size - _SEAL_LENGTH)
    file.write(seal.encode())
    return seal


def _sealed(path: Path, file: BinaryIO) -> Generator[Progress, None, str]:
    """The seal of a file, once it was found to be right."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        raise NotAGalleryFile(path, "it is something else")
    if size <= _SEAL_LENGTH:
        raise GalleryFileDamaged(path, "its end is missing")
    file.seek(size - _SEAL_LENGTH)
    written = file.read(_SEAL_LENGTH)
    if not _SEAL.match(written):
        raise GalleryFileDamaged(path, "its end is missing")
    found = yield from _hashing(file, size - _SEAL_LENGTH, 0, 2 * size)
    if written != f"sha256:{found}".encode():
        raise GalleryFileDamaged(path, "its bytes are not those that were written")
    return written.decode()


def _hashing(file: BinaryIO, size: int, done: int, total: int) -> Generator[Progress, None, str]:
    """SHA-256 (hex) of the first bytes; `done` of `total` were there before."""
    found = hashlib.sha256()
    file.seek(0)
    told = read = 0
    while read < size and (chunk := file.read(min(size - read, _CHUNK))):
        found.update(chunk)
        read += len(chunk)
        if read - told >= _TOLD:
            told = read
            yield Progress(min(done + read, total), total)
    return found.hexdigest()


def _hashed(file: BinaryIO, size: int) -> str:
    return finished(_hashing(file, size, 0, size))


@contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise GalleryFileDamaged(path, "its parts cannot be read") from error


def _manifest(path: Path, archive: zipfile.ZipFile) -> Manifest:
    if _MANIFEST not in archive.namelist():
        raise NotAGalleryFile(path, "it has no manifest")
    with archive.open(_MANIFEST) as file:
        text = file.read(_LARGEST_MANIFEST + 1)
    if len(text) > _LARGEST_MANIFEST:
        raise GalleryFileDamaged(path, "its manifest is larger than any gallery needs")
    document = json.loads(text)
    schema = document.get("schema") if isinstance(document, dict) else None
    if schema not in _KNOWN and str(schema).startswith(_FAMILY):
        raise NewerGalleryFile(path, found=str(schema), known=SCHEMA)
    try:
        return Manifest.model_validate_json(text)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise GalleryFileDamaged(path, f"its manifest is wrong at “{where}”") from error


def _check(
    path: Path, archive: zipfile.ZipFile, manifest: Manifest
) -> Generator[Progress, None, None]:
    """Parts, hashes and the gallery's version, each against what the manifest says."""
    sizes = {each.sha256: each.size for each in manifest.originals}
    expected = sorted([_MANIFEST, *(_FOLDER + each.sha256 for each in manifest.originals)])
    if sorted(archive.namelist()) != expected:
        raise GalleryFileDamaged(path, "it does not hold the files that its manifest names")
    if sizes.keys() != {sha256 for sha256, _ in manifest.contents.files()}:
        raise GalleryFileDamaged(path, "its pictures are not those of its references")
    if len(things(manifest.contents)) != len(every_thing(manifest.contents)):
        raise GalleryFileDamaged(path, "its manifest names a thing twice")
    if any(each != entries.name(each, "name") for each in _names(manifest.contents)):
        raise GalleryFileDamaged(path, "a name in it is not written as names are kept")
    if manifest.contents.policy and (unknown := manifest.contents.policy.unknown):
        raise GalleryFileDamaged(path, f"it asks for a fact that there is none of, “{unknown[0]}”")
    if manifest.contents.version() != manifest.gallery:
        raise GalleryFileDamaged(path, "its gallery is not the one that its manifest names")
    total = 2 * sum(sizes.values())
    done = total // 2
    for sha256, size in sizes.items():
        part = archive.getinfo(_FOLDER + sha256)
        if part.file_size != size or part.compress_type != zipfile.ZIP_STORED:
            raise GalleryFileDamaged(path, "a picture has another size than its manifest says")
        with archive.open(part) as file:
            if _hashed(cast("BinaryIO", file), size) != sha256:
                raise GalleryFileDamaged(path, "a picture is not the one that its manifest names")
        done += size
        yield Progress(done, total)


def _names(contents: Contents) -> set[str]:
    return {
        name
        for each in every_thing(contents)
        for field in ("product", "side")
        if (name := getattr(each, field, None))  # the threshold of a whole gallery has none
    }
