"""The demo pictures: which product and side, what was done, what the program should say."""

# ruff: noqa: E501 (one part of a table a line, so that columns can be compared)

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vision.inspection import Outcome
from vision.simulate.alter import Kind
from vision.simulate.backs import back
from vision.simulate.brands import CATALOGUE, Brand
from vision.simulate.elements import Text
from vision.simulate.fonts import Face
from vision.simulate.layouts import front

if TYPE_CHECKING:
    from vision.simulate.artwork import Sheet

PER_SIDE = 5
_FULL = 8  # brands with two sides of five photos
_THIN, _REPRINTED, _STRANGERS = CATALOGUE[8], CATALOGUE[9], CATALOGUE[10:]
_BATCHES = ("L2604A 17", "L2519C 03", "L2611B 22", "L2530A 41", "L2608D 09", "L2544B 30")


@dataclass(frozen=True, slots=True)
class Recipe:
    """One demo picture.

    `look` names special ways of taking the photo (see demo_set); `beside` a second brand that
    lies in it too; `printing` 1 is the first printing, 2 the changed one; `number` tells photos
    of one side apart.
    """

    file: str
    brand: Brand
    side: str
    number: int
    expected: Outcome | None = None
    done: str = ""
    kind: Kind | None = None
    element: str = ""
    look: str = ""
    printing: int = 1
    beside: Brand | None = None

    @property
    def role(self) -> str:
        """Return "reference" or "suspect"."""
        return "reference" if self.expected is None else "suspect"

    @property
    def sheet(self) -> Sheet:
        """Return the genuine sheet; backs of some brands carry a batch of their own in every photo."""
        if self.side == "front":
            return reprinted(front(self.brand)) if self.printing == 2 else front(self.brand)
        varies = self.brand.layout in ("classic", "hero")
        return back(
            self.brand, batch=_BATCHES[self.number % len(_BATCHES)] if varies else _BATCHES[0]
        )


def product_name(brand: Brand) -> str:
    """Name a product as the gallery shows it."""
    return f"{brand.latin.title()} {brand.chinese}"


def reprinted(sheet: Sheet) -> Sheet:
    """Return the second printing: other words, typeface and colour, as makers do."""
    parts = []
    for element in sheet.elements:
        if element.name == "line_cn" and isinstance(element.paint, Text):
            words = replace(element.paint, words="焕新配方 · 更多泡沫")
            parts.append(replace(element, paint=words))
        elif element.name == "kind" and isinstance(element.paint, Text):
            parts.append(replace(element, paint=replace(element.paint, face=Face.SANS_BOLD)))
        elif element.name == "name_cn":
            parts.append(replace(element, hue_deg=150.0))
        else:
            parts.append(element)
    return replace(sheet, elements=tuple(parts))


def references() -> tuple[Recipe, ...]:
    """List the genuine photos of the gallery."""
    listed = [
        Recipe(_file(brand, side, n), brand, side, n)
        for brand in CATALOGUE[:_FULL]
        for side in ("front", "back")
        for n in range(1, PER_SIDE + 1)
    ]
    listed += [Recipe(_file(_THIN, "front", n), _THIN, "front", n) for n in (1, 2)]
    listed += [
        Recipe(
            _file(_REPRINTED, "front", n),
            _REPRINTED,
            "front",
            n,
            printing=1 if n <= 3 else 2,
            done=f"printing {1 if n <= 3 else 2}",
        )
        for n in range(1, PER_SIDE + 1)
    ]
    return tuple(listed)


def suspects() -> tuple[Recipe, ...]:
    """List the 24 photos to be judged."""
    tea, serum, cocoa, volt, throat, roast, citrus, scent = CATALOGUE[:_FULL]
    rows = (
        (tea, "front", Outcome.AGREES, "genuine", None, "", "", None),
        (serum, "back", Outcome.AGREES, "genuine", None, "", "", None),
        (cocoa, "back", Outcome.AGREES, "genuine, another batch", None, "", "", None),
        (volt, "front", Outcome.AGREES, "genuine, slight reflection", None, "", "glare", None),
        (roast, "front", Outcome.AGREES, "genuine, heavy uneven warm light", None, "", "heavy", None),
        (citrus, "back", Outcome.AGREES, "genuine, 12 megapixels", None, "", "large", None),
        (scent, "front", Outcome.AGREES, "genuine, turned", None, "", "turned", None),
        (tea, "front", Outcome.DIFFERS, "logo moved", Kind.MOVED, "logo", "", None),
        (cocoa, "front", Outcome.DIFFERS, "name stretched", Kind.STRETCHED, "name", "", None),
        (citrus, "front", Outcome.DIFFERS, "logo in other colours", Kind.HUE, "logo", "", None),
        (roast, "front", Outcome.DIFFERS, "wrong letter in the name", Kind.LETTER, "name", "", None),
        (throat, "front", Outcome.DIFFERS, "other typeface", Kind.FONT, "kind", "", None),
        (serum, "front", Outcome.DIFFERS, "name bolder", Kind.BOLDER, "name", "", None),
        (volt, "front", Outcome.DIFFERS, "name thinner", Kind.THINNER, "name", "", None),
        (scent, "back", Outcome.DIFFERS, "bar code missing", Kind.MISSING, "barcode", "", None),
        (throat, "back", Outcome.DIFFERS, "another logo", Kind.LOGO, "logo", "", None),
        (citrus, "front", Outcome.PHOTO_UNFIT, "genuine, far out of focus", None, "", "blurred", None),
        (cocoa, "front", Outcome.PHOTO_UNFIT, "genuine, far too dark", None, "", "dark", None),
        (_STRANGERS[0], "front", Outcome.NOT_IN_GALLERY, "product not in the gallery", None, "", "", None),
        (_STRANGERS[1], "front", Outcome.NOT_IN_GALLERY, "product not in the gallery", None, "", "", None),
        (_THIN, "front", Outcome.GALLERY_TOO_THIN, "genuine, side has two references", None, "", "", None),
        (throat, "front", Outcome.CANNOT_ALIGN, "only a corner is in the photo", None, "", "corner", None),
        (_REPRINTED, "front", Outcome.MIXED, "first printing; the references are of two printings: three "
         "agree with it, two contradict it", None, "", "", None),
        (serum, "front", Outcome.MIXED, "two products of the gallery, equally large", None, "", "pair", scent),
    )  # fmt: skip
    return tuple(
        Recipe(
            f"suspects/{n:02d}_{expected}_{kind or look or 'plain'}.jpg",
            brand,
            side,
            100 + n,
            expected,
            done,
            kind,
            element,
            look,
            1,
            beside,
        )
        for n, (brand, side, expected, done, kind, element, look, beside) in enumerate(rows, 1)
    )


def _file(brand: Brand, side: str, number: int) -> str:
    return f"gallery/{brand.latin.lower().replace(' ', '_')}_{side}_{number}.jpg"
