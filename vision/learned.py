"""The learned head's say: how surely a place differs, over what genuine references show there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vision.difference import Answer, Differ, Encoded
    from vision.evidence.layer import Layer
    from vision.spread import Evidence
    from vision.terms import Map, Mask

_SMOOTH = 2.0  # sigma in frame pixels
_UNIT = 6.0  # of log-odds: so far below even odds a place says nothing at all
_QUIET = -2.0  # log-odds up to which genuine references may go without raising a place's bar
_MEASURED = 0.07  # of the hand-made sum that is added: it tells apart where the head sees nothing
_SHARE = 0.5  # of what they show beyond that which is taken off a suspect
COVERED = 0.35  # of the head's "cannot judge": glare, a cable or a finger lies there
_BESIDE, _AWAY = 8.0, 16.0  # frame pixels from what covers: within the one, beyond the other
_DOUBT = 2.4  # log-odds that are taken off beside it: glare blooms, shadows fall, edges blur
_SURELY_HIDDEN, _SURELY_SEEN = 0.65, 0.35  # of the head's "cannot judge"


def encode(differ: Differ, layer: Layer, inside: Mask) -> Encoded:
    """Prepare a layer; what lies outside the product plays no part."""
    return differ.encode(layer.pixels, np.asarray(layer.seen & inside, bool))


def leave_one_out(differ: Differ, layers: Sequence[Layer], inside: Mask) -> tuple[Answer, ...]:
    """Compare each genuine layer with the others; needs two."""
    if len(layers) < 2:
        return ()
    encoded = [encode(differ, layer, inside) for layer in layers]
    return tuple(
        differ.compare(one, encoded[:place] + encoded[place + 1 :])
        for place, one in enumerate(encoded)
    )


def usual_odds(odds: Sequence[Map], seen: Sequence[Mask], shape: tuple[int, int]) -> Map:
    """Return (h, w) the highest log-odds that genuine layers showed, where they show anything.

    Args:
        odds: of each layer against others, as `doubted_odds` has them.
        seen: where each shows something.
        shape: of the frame.
    """
    highest = np.full(shape, -2 * _UNIT, np.float32)
    for each, visible in zip(odds, seen, strict=True):
        np.maximum(highest, np.where(visible, each, -2 * _UNIT), out=highest)
    return highest


def doubted_odds(answer: Answer) -> Map:
    """Return (h, w) the head's log-odds, less beside what covers the print.

    The rim of glare, or of whatever lies on the product, looks as if the print were another.
    """
    hidden = (answer.hidden > COVERED).astype(np.uint8)
    covered = cv2.morphologyEx(hidden, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)) > 0
    odds = smooth(answer.odds)
    if not covered.any():
        return odds
    away = cv2.distanceTransform((~covered).astype(np.uint8), cv2.DIST_L2, 5)
    beside = np.clip((_AWAY - away) / (_AWAY - _BESIDE), 0.0, 1.0)
    return np.asarray(odds - _DOUBT * beside, np.float32)


def smooth(odds: Map) -> Map:
    """Average over a neighbourhood of some pixels."""
    return np.asarray(cv2.GaussianBlur(odds, (0, 0), _SMOOTH), np.float32)


def weigh(evidence: Evidence, answer: Answer, usual: Map | None, usable: Map) -> Evidence:
    """Let the head decide how far each place lies outside what genuine items show.

    Args:
        evidence: of the hand-made channels, whose maps go on explaining what is found.
        answer: of the head for the same layer.
        usual: (h, w) log-odds that genuine references showed, None where none are known.
        usable: (h, w) in [0, 1], 0 where the product ends or light has washed out print.

    Returns:
        Evidence whose `total` is 1 at even odds and 0 at odds of e^-6, and a little of the
        hand-made sum more; `seen` leaves out that light and what the head cannot judge.
    """
    odds = doubted_odds(answer)
    if usual is not None:
        odds = odds - _SHARE * np.maximum(usual - _QUIET, 0.0)
    total = (np.maximum(1.0 + odds / _UNIT, 0.0) + _MEASURED * evidence.total) * usable
    hidden = smooth(answer.hidden)
    clear = np.clip((_SURELY_HIDDEN - hidden) / (_SURELY_HIDDEN - _SURELY_SEEN), 0.0, 1.0)
    return replace(
        evidence,
        seen=np.asarray(np.minimum(clear, usable), np.float32),
        total=np.asarray(total, np.float32),
    )
