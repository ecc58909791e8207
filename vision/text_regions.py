"""Letters that differ -> numbered regions before those of the maps, and a suspicion to match."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vision import polygons
from vision.evidence.reading import shared_reader
from vision.evidence.text import LEAST_MARGIN
from vision.further import beyond
from vision.regions import MOST_REGIONS
from vision.terms import Channel, Region, Wording
from vision.text_lines import OnSide, compare_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vision.frames import Frame
    from vision.gallery import Gallery
    from vision.sides import SideModel
    from vision.terms import Map, Mask, Photo
    from vision.text_lines import SideText, TextDifference

# Frame pixels along the outline, and beyond it, where a line that the references share counts
# though maps are not judged there: an outline drawn around matches may run through a line.
_EDGE = 16.0
_OUTSIDE = 1.5  # times the limit: where a letter that differs stands in the order of a batch


def with_further(known: SideText, model: SideModel, gallery: Gallery) -> SideText:
    """Return what a side says, with the references that may still speak against a difference."""
    references = gallery.of_side(model.product, model.side)
    rest = beyond(model.placed, known.learned_from, references, gallery.features_of)
    return replace(known, further=rest)


def find_letters(
    photo: Photo,
    places: Map,
    frame: Frame,
    judged: Mask,
    known: SideText | None,
    *,
    variable: Mask | None = None,
) -> tuple[TextDifference, ...]:
    """Find the letters of a photo that differ from what the references of its side say.

    Args:
        photo: laid on the side.
        places: (h, w, 2) the photo pixel at each pixel of `frame`.
        frame: of the side.
        judged: (h, w) where print could be judged.
        known: what the references say; None finds nothing.
        variable: (h, w) where print varies among genuine items, beyond what `known` tells.
    """
    if known is None or not known.lines:
        return ()
    may_count = judged | ~frame.inside(margin=_EDGE)
    return compare_text(OnSide(photo, places, frame, may_count, variable), known, shared_reader())


def add_letters(
    regions: Sequence[Region], letters: Sequence[TextDifference], reference: str
) -> tuple[Region, ...]:
    """Put a region for each run of letters that differ before the others, and number all anew.

    Regions of other channels whose middle lies within such letters say the same and are left out.
    `measured` is the natural logarithm of how much likelier the suspect's letters are than the
    reference's, and `genuine_spread` what it must pass.

    Args:
        regions: of the other channels.
        letters: that differ.
        reference: SHA-256 (hex) of the canonical reference.
    """
    found = [
        Region(
            number=0,
            channel=Channel.TEXT,
            polygon=each.polygon,
            reference_polygon=each.reference_polygon,
            measured=each.margin,
            genuine_spread=LEAST_MARGIN,
            ratio=each.margin / LEAST_MARGIN,
            reference=reference,
            text=Wording(each.suspect, each.reference),
        )
        for each in sorted(letters, key=lambda each: -each.margin)
    ]
    rest = [r for r in regions if not any(polygons.holds(f.polygon, r.polygon) for f in found)]
    kept = [*found, *rest][:MOST_REGIONS]
    return tuple(replace(region, number=number) for number, region in enumerate(kept, start=1))


def raised(suspicion: float, letters: Sequence[TextDifference], limit: float) -> float:
    """Return the suspicion of a photo, no less than clearly outside where a letter differs."""
    return max(suspicion, _OUTSIDE * limit) if letters else suspicion
