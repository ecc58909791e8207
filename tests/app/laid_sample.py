"""A comparison whose truth is known: a black square that was not judged, a blue one that differs.

Both are printed on the reference, whose frame begins somewhere in its middle, and are seen on the
photo through a tilt and a turn. Whatever is painted over one of them must cover just that square.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PIL import Image, ImageDraw

from vision import (
    Alignment,
    Channel,
    Comparison,
    Inspection,
    Outcome,
    Photo,
    Reason,
    ReasonCode,
    Reference,
    Region,
    Seconds,
)
from vision.frames import frame_for, lay

BLACK = (300, 250, 361, 311)
BLUE = (500, 400, 561, 461)
OUTLINE = ((200.0, 150.0), (750.0, 160.0), (740.0, 600.0), (190.0, 590.0))
SIZE = (900, 700)
_TILT = np.array([[0.62, -0.23, 210.0], [0.2, 0.66, 15.0], [0.00006, -0.00004, 1.0]])


def reference_pixels() -> np.ndarray:
    picture = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((BLACK[0], BLACK[1], BLACK[2] - 1, BLACK[3] - 1), fill="black")
    draw.rectangle((BLUE[0], BLUE[1], BLUE[2] - 1, BLUE[3] - 1), fill="blue")
    return np.asarray(picture)


def photo() -> Photo:
    """The reference through the tilt: centres-based, as the alignment's matrix is."""
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1.0]])
    edges = half @ _TILT @ np.linalg.inv(half)
    image = Image.fromarray(reference_pixels()).transform(
        (1000, 900),
        Image.Transform.PERSPECTIVE,
        [float(value) for value in (edges / edges[2, 2]).ravel()[:8]],
        Image.Resampling.BICUBIC,
        fillcolor="white",
    )
    return Photo("p.png", np.asarray(image), "0" * 64, 1000, 900)


def corners(box: tuple[int, int, int, int]) -> np.ndarray:
    x0, y0, x1, y1 = box[0] - 0.5, box[1] - 0.5, box[2] - 0.5, box[3] - 0.5
    return np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])


def on_photo(points: np.ndarray) -> np.ndarray:
    lifted = np.column_stack([points, np.ones(len(points))]) @ np.linalg.inv(_TILT).T
    return lifted[:, :2] / lifted[:, 2:]


def _vertices(points: np.ndarray) -> tuple[tuple[float, float], ...]:
    return tuple((float(x), float(y)) for x, y in points)


def inspection(outcome: Outcome = Outcome.DIFFERS) -> Inspection:
    taken, genuine = photo(), reference_pixels()
    frame = frame_for(OUTLINE, SIZE)
    laid = lay(taken.pixels, 1.0, _TILT, frame).pixels
    seen = lay(genuine, 1.0, np.eye(3), frame).pixels
    region = Region(
        1,
        Channel.COLOUR,
        _vertices(on_photo(corners(BLUE))),
        _vertices(corners(BLUE)),
        0.9,
        0.3,
        3.0,
        "f" * 64,
    )
    judged = seen.max(axis=2) > 100
    comparison = Comparison(
        product="Tea",
        side="front",
        reference=Reference("r1", "Tea", "front", "f" * 64, "r.png", OUTLINE),
        alignment=Alignment(_TILT, 200, 0.5, 1.0),
        similarity=0.8,
        percentile=0.0,
        genuine_pairs=10,
        suspicion=3.0,
        regions=(region,) if outcome is not Outcome.AGREES else (),
        weakest=(replace(region, outside=False),) if outcome is Outcome.AGREES else (),
        aligned=laid,
        reference_pixels=seen,
        judged=judged,
        excess=np.where(seen[..., 2] > 200, np.where(seen[..., 0] < 60, 0.9, 0.1), 0.0),
        frame_scale=frame.scale,
        frame_origin=frame.origin,
        outline=OUTLINE,
    )
    codes = {Outcome.AGREES: ReasonCode.WITHIN_SPREAD, Outcome.DIFFERS: ReasonCode.OUTSIDE_SPREAD}
    reason = Reason(codes.get(outcome, ReasonCode.FEW_MATCHES), "Tea", "front")
    return Inspection(taken, (), outcome, reason, (), comparison, Seconds())
