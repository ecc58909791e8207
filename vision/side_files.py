"""Side models on disk, so that a side seen once is compared at once for ever after.

Only a cache: a damaged file counts as absent.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import cv2
import numpy as np

from vision.code_records import CodeRecord
from vision.evidence.layer import layer_of
from vision.frames import Bow, Frame
from vision.side_figures import SideFigures
from vision.sides import Placed, SideModel
from vision.spline import Grid, Ripple
from vision.spread import CHANNELS, ChannelMaps, border_of
from vision.zones import lay_zones

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vision.terms import Pixels, Reference, Zone


def keep(path: Path, model: SideModel) -> None:
    """Write a side model whole or not at all; a cache that cannot be written costs time only."""
    arrays: dict[str, np.ndarray] = {
        "frame": model.frame.matrix,
        "size": np.array([model.frame.width, model.frame.height]),
        "outline": np.array(model.frame.outline),
        "inside": np.packbits(model.inside),
        "contradiction": np.packbits(model.contradiction),
        "peaks": np.array(model.peaks, np.float64),
        "genuine": np.array(model.genuine, np.float64).reshape(-1, 2),
        "ids": np.array([p.reference.id for p in model.placed]),
        "parts": np.array(json.dumps(model.parts)),
        "codes": np.array(json.dumps([[c.readings, c.polygon] for c in model.codes])),
    }
    if model.usual_odds is not None:
        arrays["usual_odds"] = model.usual_odds.astype(np.float16)
    if model.each is not None:
        arrays["each"] = model.each.astype(np.float16)
    for channel in CHANNELS:
        arrays[f"spread_{channel.value}"] = model.spread.of(channel).astype(np.float16)
    for number, placed in enumerate(model.placed):
        arrays[f"matrix_{number}"] = placed.matrix
        arrays[f"pixels_{number}"] = _packed(placed.layer.pixels)
        arrays[f"seen_{number}"] = np.packbits(placed.layer.seen)
        if placed.layer.light is not None:
            arrays[f"light_{number}"] = np.array(placed.layer.light)
        if placed.layer.fine is not None:
            arrays[f"fine_{number}"] = placed.layer.fine.astype(np.float16)
        if placed.bow is not None:
            arrays[f"bow_{number}"] = placed.bow.coefficients
            arrays[f"bow_at_{number}"] = np.append(placed.bow.centre, placed.bow.unit)
            if placed.bow.ripple is not None:
                arrays[f"knots_{number}"] = placed.bow.ripple.knots
                grid = placed.bow.ripple.grid
                arrays[f"knots_at_{number}"] = np.array([*grid.corner, grid.spacing])
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            np.savez(file, **arrays)  # type: ignore[arg-type]  # numpy's stub knows no keyword arrays
        Path(name).replace(path)


def restore(
    path: Path, references: Sequence[Reference], zones: Sequence[Zone] = ()
) -> SideModel | None:
    """Read a side model of exactly these references, or None where the file is damaged.

    `zones` are those with which it was built; the file itself does not hold them.
    """
    known = {reference.id: reference for reference in references}
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return _model(dict(stored), known, zones)
    except (OSError, ValueError, KeyError, EOFError, TypeError, BadZipFile, cv2.error):
        return None


def skim(path: Path, references: Sequence[Reference]) -> SideFigures | None:
    """Read only the figures of a side model, None where there is no file or it is damaged."""
    known = {reference.id: reference for reference in references}
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            placed = [known[str(name)] for name in stored["ids"]]
            return SideFigures(
                placed[0].product,
                placed[0].side,
                tuple(each.id for each in placed),
                tuple((float(s), float(a)) for s, a in stored["genuine"]),
                tuple(float(peak) for peak in stored["peaks"]),
            )
    except (OSError, ValueError, KeyError, EOFError, TypeError, IndexError, BadZipFile):
        return None


def _model(
    arrays: dict[str, np.ndarray], known: dict[str, Reference], zones: Sequence[Zone]
) -> SideModel:
    width, height = (int(number) for number in arrays["size"])
    outline = tuple((float(x), float(y)) for x, y in arrays["outline"])
    placed = tuple(
        _placed(number, known[str(name)], arrays, (height, width))
        for number, name in enumerate(arrays["ids"])
    )
    first = placed[0].reference
    frame = Frame(arrays["frame"], width, height, outline)
    inside = _mask(arrays["inside"], (height, width))
    return SideModel(
        product=first.product,
        side=first.side,
        frame=frame,
        inside=inside,
        placed=placed,
        spread=ChannelMaps(*(arrays[f"spread_{c.value}"].astype(np.float32) for c in CHANNELS)),
        genuine=tuple((float(s), float(a)) for s, a in arrays["genuine"]),
        contradiction=_mask(arrays["contradiction"], (height, width)),
        codes=tuple(_code_record(*each) for each in json.loads(str(arrays["codes"]))),
        peaks=tuple(float(peak) for peak in arrays["peaks"]),
        usual_odds=arrays["usual_odds"].astype(np.float32) if "usual_odds" in arrays else None,
        each=arrays["each"].astype(np.float32) if "each" in arrays else None,
        zones=lay_zones(zones, placed, frame, inside, border=border_of(inside)),
        parts=tuple(
            tuple((float(x), float(y)) for x, y in part)
            for part in json.loads(str(arrays["parts"]))
        ),
    )


def _placed(
    number: int, reference: Reference, arrays: dict[str, np.ndarray], shape: tuple[int, int]
) -> Placed:
    bow = None
    if f"bow_{number}" in arrays:
        centre_x, centre_y, unit = (float(v) for v in arrays[f"bow_at_{number}"])
        ripple = _ripple(number, arrays)
        bow = Bow(arrays[f"bow_{number}"], np.array([centre_x, centre_y]), unit, ripple)
    fine = arrays.get(f"fine_{number}")
    layer = layer_of(
        _unpacked(arrays[f"pixels_{number}"]),
        _mask(arrays[f"seen_{number}"], shape),
        None if fine is None else fine.astype(np.float32),
    )
    if f"light_{number}" in arrays:
        red, green, blue = (float(value) for value in arrays[f"light_{number}"])
        layer = replace(layer, light=(red, green, blue))
    return Placed(reference, arrays[f"matrix_{number}"], bow, layer)


def _ripple(number: int, arrays: dict[str, np.ndarray]) -> Ripple | None:
    knots = arrays.get(f"knots_{number}")
    if knots is None:
        return None
    x, y, spacing = (float(v) for v in arrays[f"knots_at_{number}"])
    return Ripple(Grid((x, y), spacing, knots.shape[0], knots.shape[1]), knots)


def _code_record(readings: list[list[str]], polygon: list[list[float]]) -> CodeRecord:
    return CodeRecord(
        tuple((kind, value) for kind, value in readings), tuple((x, y) for x, y in polygon)
    )


def _packed(pixels: Pixels) -> np.ndarray:
    done, data = cv2.imencode(".png", pixels, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    if not done:
        raise ValueError("expected pixels that PNG can hold")
    return data


def _unpacked(data: np.ndarray) -> Pixels:
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)  # three channels, as packed


def _mask(bits: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    return np.unpackbits(bits, count=shape[0] * shape[1]).reshape(shape).astype(bool)
