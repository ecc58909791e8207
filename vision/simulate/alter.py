"""Plant one difference in artwork, before any camera, and say where it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision.simulate.artwork import Artwork, Placed, paint
from vision.simulate.elements import Code, Element, Logo, Panel, Scene, Text
from vision.simulate.fonts import NEAR_FACE, has_chinese
from vision.simulate.marks import MARK_KINDS

if TYPE_CHECKING:
    from vision.terms import Box, Mask

_SEEN = 12  # grey levels by which a pixel must change to count
_TRIES = 16
_LARGEST = 0.25  # share of the sheet; larger parts are its ground, not a detail
_ALIKE = {"O": "D", "D": "O", "E": "F", "I": "L", "L": "I", "N": "M", "M": "N", "A": "R", "R": "K",
          "B": "E", "V": "Y", "U": "V", "K": "X", "S": "Z", "a": "e", "e": "c", "i": "l", "l": "t",
          "n": "u", "o": "a", "r": "n", "t": "f", "s": "z", "c": "o", "u": "n", "g": "q", "h": "b",
          "0": "8", "1": "7", "2": "3", "5": "6", "7": "1"}  # fmt: skip
_PAIRS = (
    "佩凧宁宇蜜密晨辰清情凉谅润闰烘洪焙培每海日目元无蒂帝可司巴已布市"
    "瓦互森林诺若岚风峤娇坊访川州夜液茶荼高商山仙"
)
_ALIKE_CHINESE = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_OTHER_CHINESE = "天地云水木火土金花月日星"


class Kind(StrEnum):
    """The kinds of difference that can be planted."""

    MOVED = "moved"
    STRETCHED = "stretched"
    HUE = "hue"
    LETTER = "letter"
    FONT = "font"
    BOLDER = "bolder"
    THINNER = "thinner"
    MISSING = "missing"
    LOGO = "logo"


_PARTS: dict[Kind, tuple[type, ...]] = {
    Kind.MOVED: (Text, Logo, Code),
    Kind.STRETCHED: (Text, Logo),
    Kind.HUE: (Text, Logo, Panel, Scene),
    Kind.LETTER: (Text,),
    Kind.FONT: (Text,),
    Kind.BOLDER: (Text, Logo),
    Kind.THINNER: (Text,),
    Kind.MISSING: (Text, Logo, Code),
    Kind.LOGO: (Logo,),
}


@dataclass(frozen=True, slots=True, eq=False)
class Altered:
    """Artwork with one planted difference.

    `mask` (H, W) is True where it shows, `box` bounds it, both in pixels of `artwork`; `element`
    names the part.
    """

    artwork: Artwork
    mask: Mask
    box: Box
    kind: Kind
    element: str


def alter(
    artwork: Artwork,
    kind: Kind,
    rng: np.random.Generator,
    *,
    element: str | None = None,
    strength: float = 1.0,
) -> Altered:
    """Plant one difference of `kind`.

    Args:
        artwork: genuine artwork; it is not changed.
        kind: what to do.
        rng: decides on which part and by how much.
        element: name of the part; default: any that can be altered so.
        strength: 1 is what an attentive person sees at once; less is harder.

    Returns:
        The altered artwork, painted at the same size, with mask and box of where it differs.

    Raises:
        ValueError: no part of this sheet can be altered so that it would be seen.
    """
    chosen = _candidates(artwork, kind, element)
    for _ in range(_TRIES if chosen else 0):
        index = chosen[int(rng.integers(len(chosen)))]
        changed = _changed(artwork.sheet.elements[index], kind, rng, strength)
        sheet = artwork.sheet.with_changed(index, changed)
        painted = paint(sheet, max(artwork.pixels.shape[:2]))
        mask = difference(artwork, painted)
        if int(mask.sum()) >= _least_area(artwork):
            name = artwork.sheet.elements[index].name
            return Altered(painted, mask, _bounds(mask), kind, name)
    raise ValueError(f"{artwork.sheet.name}: nothing can be altered as {kind} {element or ''}")


def difference(genuine: Artwork, other: Artwork) -> Mask:
    """Return (H, W) True where two paintings of one size differ visibly, grown by some pixels."""
    apart = cv2.absdiff(genuine.pixels, other.pixels).max(axis=2) > _SEEN
    reach = 2 * max(1, round(2 * genuine.scale)) + 1
    return cv2.dilate(apart.astype(np.uint8), np.ones((reach, reach), np.uint8)).astype(bool)


def _candidates(artwork: Artwork, kind: Kind, element: str | None) -> list[int]:
    whole = artwork.pixels.shape[0] * artwork.pixels.shape[1]
    return [
        index
        for index, placed in enumerate(artwork.elements)
        if isinstance(placed.element.paint, _PARTS[kind])
        and (placed.element.name == element if element else _is_detail(placed, whole))
    ]


def _is_detail(placed: Placed, whole: int) -> bool:
    x0, y0, x1, y1 = placed.box
    area = (x1 - x0) * (y1 - y0)
    return 0 < area <= _LARGEST * whole and placed.element.name != "batch"


def _least_area(artwork: Artwork) -> float:
    return 2e-4 * float(artwork.pixels.shape[0] * artwork.pixels.shape[1])


def _bounds(mask: Mask) -> Box:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _changed(
    element: Element, kind: Kind, rng: np.random.Generator, strength: float
) -> Element | None:
    match kind:
        case Kind.MOVED:
            angle, far = rng.uniform(0, 2 * np.pi), rng.uniform(12, 26) * strength
            return element.moved(float(far * np.cos(angle)), float(far * np.sin(angle)))
        case Kind.STRETCHED:
            return _stretched(element, rng, strength)
        case Kind.HUE:
            turn = float(rng.uniform(25, 70)) * strength
            return replace(element, hue_deg=turn if rng.random() < 0.5 else -turn)
        case Kind.BOLDER:
            return replace(
                element, weight=_stroke(element) * float(rng.uniform(0.8, 1.3)) * strength
            )
        case Kind.THINNER:
            return replace(
                element, weight=-_stroke(element) * float(rng.uniform(0.5, 0.8)) * strength
            )
        case Kind.MISSING:
            return None
        case Kind.LETTER | Kind.FONT:
            return replace(element, paint=_retyped(element, kind, rng))
        case Kind.LOGO:
            return replace(element, paint=_other_logo(element, rng))


def _stretched(element: Element, rng: np.random.Generator, strength: float) -> Element:
    more = 1 + float(rng.uniform(0.08, 0.18)) * strength
    if rng.random() < 0.5:
        more = 1 / more
    if rng.random() < 0.5:
        return replace(element, widen=more)
    return replace(element, heighten=more)


def _stroke(element: Element) -> float:
    """Return a fitting change of weight in sheet units: a share of the height of the letters."""
    if isinstance(element.paint, Text):
        return min(3.0, max(0.6, element.paint.size * 0.04))
    return 2.5


def _retyped(element: Element, kind: Kind, rng: np.random.Generator) -> Text:
    text = element.paint
    if not isinstance(text, Text):
        raise ValueError(f"expected a text, found {type(text).__name__} ({element.name})")
    if kind is Kind.FONT:
        return replace(text, face=NEAR_FACE[text.face])
    places = [i for i, letter in enumerate(text.words) if letter.isalnum()]
    at = places[int(rng.integers(len(places)))]
    return replace(
        text, words=text.words[:at] + _other_letter(text.words[at], rng) + text.words[at + 1 :]
    )


def _other_letter(letter: str, rng: np.random.Generator) -> str:
    if has_chinese(letter):
        other = _OTHER_CHINESE[int(rng.integers(len(_OTHER_CHINESE)))]
        return _ALIKE_CHINESE.get(letter, other)
    if letter in _ALIKE:
        return _ALIKE[letter]
    pool = "0123456789" if letter.isdigit() else "ABCDEFGHKLMNPRSTUVWXYZ"
    pool = (pool if letter.isdigit() or letter.isupper() else pool.lower()).replace(letter, "")
    return pool[int(rng.integers(len(pool)))]


def _other_logo(element: Element, rng: np.random.Generator) -> Logo:
    logo = element.paint
    if not isinstance(logo, Logo):
        raise ValueError(f"expected a logo, found {type(logo).__name__} ({element.name})")
    kinds = [kind for kind in MARK_KINDS if kind != logo.kind]
    return replace(logo, kind=kinds[int(rng.integers(len(kinds)))], seed=int(rng.integers(2**31)))
