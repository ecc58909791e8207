"""How a reference was taken, by its file and pixels: camera, day, light; remembered by hash."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vision import pictures
from vision.check.whole_files import write_whole
from vision.decoding import DECODER_ERRORS, open_header
from vision.errors import PictureError
from vision.formats import recognise
from vision.shown_colours import lab_from_pixels
from vision.threads import one_each

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL.Image import Exif

    from vision.terms import Pixels, Reference

_VERSION = 1
_READ_SIDE = 160  # decoded at about this longer side: enough for the light
_MAKER, _MODEL, _CHANGED, _MORE, _TAKEN = 0x010F, 0x0110, 0x0132, 0x8769, 0x9003
_DAY = re.compile(r"(\d{4})[:\-./](\d{2})[:\-./](\d{2})")
_LONGEST = 80  # letters of a camera's name


@dataclass(frozen=True, slots=True)
class Shot:
    """How one photo was taken; empty, or None, where neither file nor pixels tell.

    `camera` is its maker and model, `day` YYYY-MM-DD by the camera's clock, `light` the mean
    colour of the whole photo, CIELAB: it moves with the light between photos of one side.
    """

    camera: str = ""
    day: str = ""
    light: tuple[float, float, float] | None = None


def read_shots(
    references: Sequence[Reference], cache: Path | None = None
) -> Iterator[tuple[str, Shot]]:
    """Look how references were taken, two files at a time; it may be stopped after every one.

    Args:
        references: whose files are read, unless that has been done before.
        cache: folder for what was found, which may be deleted at any time; None keeps nothing.

    Yields:
        The id of each reference with its shot, in the order given; of a file that cannot be read,
        an empty one.
    """
    file = None if cache is None else cache / "shots.json"
    known = {} if file is None else _restored(file)
    before = len(known)

    def look(reference: Reference) -> Shot:
        if reference.sha256 not in known:
            try:
                known[reference.sha256] = shot_of(reference)
            except PictureError:
                return Shot()
        return known[reference.sha256]

    with one_each(), ThreadPoolExecutor(2, thread_name_prefix="shots") as pool:
        waiting = [pool.submit(look, reference) for reference in references]
        try:
            for reference, each in zip(references, waiting, strict=True):
                yield reference.id, each.result()
        finally:  # also when whoever asked has lost interest
            for each in waiting:
                each.cancel()
            if file is not None and len(known) > before:
                _keep(file, dict(known))


def shot_of(reference: Reference) -> Shot:
    """Read one file.

    Raises:
        PictureError: it cannot be read.
    """
    data = pictures.bytes_of(Path(reference.path))
    photo = pictures.read_bytes(data, reference.path, max_side=_READ_SIDE)
    camera, day = _told(data, Path(reference.path).name)
    return Shot(camera, day, _light(photo.pixels))


def _light(pixels: Pixels) -> tuple[float, float, float]:
    lightness, red, yellow = lab_from_pixels(pixels).reshape(-1, 3).mean(axis=0)
    return round(float(lightness), 2), round(float(red), 2), round(float(yellow), 2)


def _told(data: bytes, name: str) -> tuple[str, str]:
    """Return what the header says of camera and day; empty where it says nothing."""
    found = recognise(data, name)
    if not isinstance(found, str):
        return "", ""
    try:
        exif = open_header(data, found).image.getexif()
        return _camera(exif), _day(exif)
    except DECODER_ERRORS:
        return "", ""


def _camera(exif: Exif) -> str:
    maker, model = _text(exif.get(_MAKER)), _text(exif.get(_MODEL))
    if model.casefold().startswith(maker.casefold()):
        maker = ""
    return f"{maker} {model}".strip()[:_LONGEST]


def _day(exif: Exif) -> str:
    taken = exif.get_ifd(_MORE).get(_TAKEN) or exif.get(_CHANGED)
    found = _DAY.match(_text(taken))
    return "-".join(found.groups()) if found and found[1] != "0000" else ""


def _text(value: object) -> str:
    text = value if isinstance(value, str) else ""
    return "".join(letter for letter in text if letter.isprintable()).strip()


def _keep(file: Path, known: dict[str, Shot]) -> None:
    rows = {name: asdict(shot) for name, shot in sorted(known.items())}
    write_whole(file, json.dumps({"version": _VERSION, "shots": rows}).encode())


def _restored(file: Path) -> dict[str, Shot]:
    """Read them; a file that is damaged or of another version counts as absent."""
    try:
        kept = json.loads(file.read_bytes())
        if kept["version"] != _VERSION:
            return {}
        return {name: _shot(row) for name, row in kept["shots"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _shot(row: dict[str, Any]) -> Shot:
    light = None
    if row["light"] is not None:
        lightness, red, yellow = (float(value) for value in row["light"])
        light = (lightness, red, yellow)
    return Shot(str(row["camera"]), str(row["day"]), light)
