"""Hand-made inspections whose truth is known."""

from __future__ import annotations

import hashlib
import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw

from vision import (
    Alignment,
    Candidate,
    Channel,
    Comparison,
    Fault,
    FaultKind,
    Inspection,
    Outcome,
    Photo,
    Reason,
    ReasonCode,
    Reference,
    Region,
    Seconds,
)

if TYPE_CHECKING:
    from pathlib import Path

REFERENCE_SIZE = (600, 800)
SQUARES = ((100, 120, 200, 200), (380, 520, 470, 640))  # where the two differ, reference pixels
OUTLINE = ((40.0, 40.0), (560.0, 40.0), (560.0, 760.0), (40.0, 760.0))


def artwork() -> Image.Image:
    """A plain label of 600 x 800 pixels."""
    image = Image.new("RGB", REFERENCE_SIZE, "#b9b4aa")
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, 40, 560, 760), fill="#f7f2e4")
    draw.ellipse((120, 260, 480, 480), fill="#24527a")
    for row in range(6):
        draw.rectangle((120, 560 + 24 * row, 340, 570 + 24 * row), fill="#444444")
    return image


def photo_matrix(turns: int = 0) -> np.ndarray:
    """Photo of 1600 x 1400 pixels to reference: scaled by 1.5, shifted, turned by quarters."""
    angle = math.radians(90 * turns)
    scale = 1 / 1.5
    turn = np.array(
        [
            [math.cos(angle), -math.sin(angle), 0],
            [math.sin(angle), math.cos(angle), 0],
            [0, 0, 1.0],
        ]
    )
    about = np.array([[1, 0, -800], [0, 1, -700], [0, 0, 1.0]])
    to_reference = np.array([[scale, 0, 300], [0, scale, 400], [0, 0, 1.0]])
    return to_reference @ turn @ about


def photo(turns: int = 0, path: str = "suspect.jpg") -> Photo:
    """The artwork photographed on grey, with black squares where it was altered."""
    altered = artwork()
    for square in SQUARES:
        ImageDraw.Draw(altered).rectangle(square, fill="#101010")
    matrix = photo_matrix(turns)
    image = altered.transform(
        (1600, 1400),
        Image.Transform.PERSPECTIVE,
        [float(v) for v in (matrix / matrix[2, 2]).ravel()[:8]],
        Image.Resampling.BILINEAR,
        fillcolor="#8d8d8d",
    )
    return Photo(
        path=path,
        pixels=np.asarray(image),
        sha256=hashlib.sha256(path.encode()).hexdigest(),
        width=1600,
        height=1400,
        format="JPEG",
    )


def reference() -> Reference:
    return Reference(
        id="r1",
        product="Aurora 100",
        side="front",
        sha256="ab" * 32,
        path="aurora.png",
        outline=OUTLINE,
    )


def region(number: int, square: tuple[int, int, int, int], turns: int = 0) -> Region:
    x0, y0, x1, y1 = square
    corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], float)
    lifted = np.column_stack([corners, np.ones(4)]) @ np.linalg.inv(photo_matrix(turns)).T
    return Region(
        number=number,
        channel=list(Channel)[number % 4],
        polygon=tuple((float(x), float(y)) for x, y in lifted[:, :2] / lifted[:, 2:]),
        reference_polygon=tuple((float(x), float(y)) for x, y in corners),
        measured=0.52 / number,
        genuine_spread=0.11,
        ratio=4.7 / number,
        reference="ab" * 32,
    )


def comparison(turns: int = 0, *, regions: bool = True) -> Comparison:
    """Compared at half scale; the lowest quarter of the frame was not judged."""
    frame = np.asarray(artwork().reduce(2))
    judged = np.ones(frame.shape[:2], np.bool_)
    judged[320:] = False
    squares = SQUARES if regions else ()
    return Comparison(
        product="Aurora 100",
        side="front",
        reference=reference(),
        alignment=Alignment(photo_matrix(turns), inliers=212, error_px=0.8, overlap=1.0),
        similarity=0.71 if regions else 0.97,
        percentile=0.01 if regions else 0.6,
        genuine_pairs=20,
        suspicion=4.7 if regions else 0.8,
        regions=tuple(region(n, square, turns) for n, square in enumerate(squares, start=1)),
        aligned=frame,
        reference_pixels=frame,
        judged=judged,
        excess=np.zeros(frame.shape[:2], np.float32),
        frame_scale=2.0,
        outline=OUTLINE,
    )


def candidate(*, verified: bool = True) -> Candidate:
    return Candidate(
        product="Aurora 100", side="front", similarity=0.71, inliers=212, verified=verified
    )


def inspection(outcome: Outcome, turns: int = 0) -> Inspection:
    """One that is typical of its outcome."""
    codes = {
        Outcome.AGREES: ReasonCode.WITHIN_SPREAD,
        Outcome.DIFFERS: ReasonCode.OUTSIDE_SPREAD,
        Outcome.PHOTO_UNFIT: ReasonCode.FAULT,
        Outcome.NOT_IN_GALLERY: ReasonCode.NOTHING_VERIFIED,
        Outcome.GALLERY_TOO_THIN: ReasonCode.FEW_REFERENCES,
        Outcome.CANNOT_ALIGN: ReasonCode.FEW_MATCHES,
        Outcome.MIXED: ReasonCode.REFERENCES_DISAGREE,
    }
    faults: tuple[Fault, ...] = ()
    if outcome is Outcome.PHOTO_UNFIT:
        faults = (
            Fault(FaultKind.GLARE, (300, 200, 900, 700), 0.4, 0.1, severe=True),
            Fault(FaultKind.BLUR, (0, 0, 1600, 1400), 0.4, 0.1, severe=True),
        )
    compared = {Outcome.AGREES, Outcome.DIFFERS, Outcome.GALLERY_TOO_THIN, Outcome.MIXED}
    return Inspection(
        photo=photo(turns),
        faults=faults,
        outcome=outcome,
        reason=Reason(
            codes[outcome],
            product="Aurora 100",
            side="front",
            found=2.0,
            needed=3.0,
            faults=tuple(fault.kind for fault in faults),
        ),
        candidates=(candidate(verified=outcome in compared),),
        comparison=(
            comparison(turns, regions=outcome is not Outcome.AGREES)
            if outcome in compared
            else None
        ),
        seconds=Seconds(features=0.2, total=0.9),
    )


def saved(folder: Path, name: str = "suspect.png") -> Path:
    """The altered photo as a file."""
    path = folder / name
    Image.fromarray(photo().pixels).save(path)
    return path


def renamed(one: Inspection, path: str) -> Inspection:
    return replace(one, photo=replace(one.photo, path=path))
