"""The lines of text of a side, as its references read, and a photo read at the same places."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision import polygons
from vision.align import transform
from vision.errors import FileUnreachable, PictureError
from vision.evidence import text
from vision.evidence.reading import LINE_HEIGHT
from vision.frames import Frame, frame_for, lay
from vision.line_crops import Crop, cut, places_on_photo, places_on_reference
from vision.prepared import read_reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vision.evidence.reading import Reader
    from vision.evidence.text import Agreed, Change
    from vision.further import Further
    from vision.sides import Placed, SideModel
    from vision.terms import Map, Mask, Matrix, Photo, Pixels, Points, Reference, Vertices

MODEL_VERSION = 1  # of what is computed here; part of the cache key
FINE_SIDE = 1280  # pixels of the frame on which lines are looked for
READ_SIDE = 1400
_SEARCHED = 2  # references in which lines are looked for
_READ = 5  # references whose lines are read
_LEAST_HEIGHT = 11.0  # decoded pixels of a line with its margins; less cannot be read
_MOST_WIDTH = 14_000  # crop pixels of all lines of a side, the tallest lines first
_MOST_READ = 5_000  # crop pixels of a photo that are read, the least alike first
_COLUMN = 1.5  # a box this much taller than wide is read downwards
# Share of a place that must have been judged. New print on bare ground, or bare ground instead of
# print, looks like light to whoever judges; letters that are read surely are not under glare.
_JUDGED_SHARE, _JUDGED_SHARE_MISSING = 0.3, 0.9
_SECOND_LOOK = (0.94, 1.10)  # how much narrower the letters, and how much more above and below


@dataclass(frozen=True, slots=True, eq=False)
class TextLine:
    """A line of text of a side.

    `matrix` (3, 3) maps full-size pixels of the canonical reference to those of a crop
    (LINE_HEIGHT, `width`); `shown` are the crops (LINE_HEIGHT, width) uint8 grey of the references.
    """

    matrix: Matrix
    width: int
    agreed: Agreed
    shown: tuple[Pixels, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """What a further reference says at one line: its letters and its crop, grey."""

    letters: tuple[text.Letter, ...]
    grey: Pixels


@dataclass(frozen=True, slots=True, eq=False)
class SideText:
    """The lines of a side on which its references agree.

    `learned_from` is how many of the references on its frame were read; `further` the others, which
    are asked only about what seems to differ, and `remembered` what they said then; `is_whole` is
    false where the file of one could not be reached.
    """

    lines: tuple[TextLine, ...]
    is_whole: bool = True
    further: Further | None = None
    remembered: dict[tuple[bytes, str], Heard | None] = field(default_factory=dict)

    @property
    def learned_from(self) -> int:
        """How many of the references laid on the side's frame had a say in all lines."""
        return _READ


@dataclass(frozen=True, slots=True)
class TextDifference:
    """Letters that differ; polygons in full-size pixels of photo and canonical reference.

    `margin` as in `evidence.text.Change`, the smaller of two looks; `likeness` of the place.
    """

    suspect: str
    reference: str
    polygon: Vertices
    reference_polygon: Vertices
    margin: float
    likeness: float


@dataclass(frozen=True, slots=True, eq=False)
class OnSide:
    """A photo laid on a side.

    `places` (h, w, 2) the full-size photo pixel shown at each pixel of `frame`; `judged` and
    `variable` (h, w) where print could be judged, and where it varies among genuine items.
    """

    photo: Photo
    places: Map
    frame: Frame
    judged: Mask
    variable: Mask | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Doubt:
    """A line of a photo that does not look as in any reference: (width,) how `alike` it is."""

    line: TextLine
    crop: Crop
    alike: Map
    least: float


def learn_text(model: SideModel, reader: Reader) -> SideText:
    """Read the references of a side and keep the lines on which they agree.

    Args:
        model: the side, its references laid on its frame.
        reader: PP-OCR.
    """
    photos, is_whole = [], True
    for placed in model.placed[:_READ]:
        try:
            photos.append((placed, read_reference(placed.reference, max_side=READ_SIDE)))
        except PictureError as error:
            is_whole = is_whole and not isinstance(error, FileUnreachable)
    quads = _find(model.frame, photos[:_SEARCHED], reader)
    lines = (_learn_line(matrix, w, photos, reader) for matrix, w in _line_frames(quads))
    return SideText(tuple(line for line in lines if line is not None), is_whole)


def compare_text(laid: OnSide, known: SideText, reader: Reader) -> tuple[TextDifference, ...]:
    """Read a photo where its print does not look as in the references, and name what differs.

    A difference counts where the references agree among themselves, two looks at the photo say
    the same other letters surely, and the place looks like none of the references, nor does any
    further reference say the same.
    """
    doubts = _affordable(sorted(_doubts(laid, known), key=lambda doubt: doubt.least))
    readings = reader.read(
        [doubt.crop.pixels for doubt in doubts], kept=[doubt.line.agreed.text for doubt in doubts]
    )
    found: list[tuple[Change, _Doubt]] = []
    for doubt, reading in zip(doubts, readings, strict=True):
        first = [
            change
            for change in text.changes(reading, doubt.line.agreed)
            if _at(doubt.alike, change.start, change.end) < text.ALIKE
            and _may_count(laid, doubt.line, change)
        ]
        if first:
            again = _second_look(laid, doubt.line, reader)
            found += [(each, doubt) for each in _confirmed(first, again)]
    left = _unheard(found, known, reader)
    return tuple(_difference(change, doubt) for change, doubt in left)


def _unheard(
    found: list[tuple[Change, _Doubt]], known: SideText, reader: Reader
) -> list[tuple[Change, _Doubt]]:
    """Drop what a further reference says or shows too, asking no more of them than it takes."""
    if known.further is None:
        return found
    for reference in known.further.references:
        if not found:
            break
        photo: Photo | None = None
        left = []
        for change, doubt in found:
            key = (doubt.line.matrix.tobytes(), reference.sha256)
            if key not in known.remembered:
                photo = photo or _opened(reference)
                heard = (
                    None if photo is None else _hear(photo, reference, doubt.line, known, reader)
                )
                known.remembered[key] = heard
            if not _says(known.remembered[key], change, doubt):
                left.append((change, doubt))
        found = left
    return found


def _opened(reference: Reference) -> Photo | None:
    try:
        return read_reference(reference, max_side=READ_SIDE)
    except PictureError:
        return None


def _hear(
    photo: Photo, reference: Reference, line: TextLine, known: SideText, reader: Reader
) -> Heard | None:
    lies = None if known.further is None else known.further.lay(reference)
    if lies is None:
        return None
    crop = cut(photo, places_on_reference(*lies, line.matrix, line.width))
    if crop is None or not _is_readable(crop):
        return None
    (reading,) = reader.read([crop.pixels])
    return Heard(text.letters_of(reading), crop.grey)


def _says(heard: Heard | None, change: Change, doubt: _Doubt) -> bool:
    """Tell whether a reference has the letters of a change in its place, or looks like it there."""
    if heard is None:
        return False
    alike = text.likeness(doubt.crop.grey, heard.grey)
    return (
        text.repeats(heard.letters, doubt.line.agreed, change)
        or _at(alike, change.start, change.end) >= text.ALIKE
    )


def _doubts(laid: OnSide, known: SideText) -> Iterator[_Doubt]:
    for line in known.lines:
        crop = _crop(laid, line.matrix, line.width)
        if crop is None or not _is_readable(crop):
            continue
        alike = np.maximum.reduce([text.likeness(crop.grey, shown) for shown in line.shown])
        least = min(_at(alike, letter.x, letter.x) for letter in line.agreed.letters)
        if least < text.ALIKE:
            yield _Doubt(line, crop, alike, least)


def _affordable(doubts: Sequence[_Doubt]) -> list[_Doubt]:
    chosen: list[_Doubt] = []
    total = 0
    for doubt in doubts:
        total += doubt.line.width
        if total <= _MOST_READ or not chosen:
            chosen.append(doubt)
    return chosen


def _second_look(laid: OnSide, line: TextLine, reader: Reader) -> tuple[Change, ...]:
    """Read a line again, cut a little otherwise; changes in the crop pixels of the first look."""
    narrower, higher = _SECOND_LOOK
    width = max(16, round(line.width * narrower))
    factor = width / line.width
    above = 0.5 * LINE_HEIGHT * (1 - 1 / higher)
    turn = np.array([[factor, 0.0, 0.0], [0.0, 1 / higher, above], [0.0, 0.0, 1.0]])
    crop = _crop(laid, turn @ line.matrix, width)
    if crop is None:
        return ()
    (reading,) = reader.read([crop.pixels], kept=[line.agreed.text])
    return tuple(
        replace(change, start=change.start / factor, end=change.end / factor)
        for change in text.changes(reading, line.agreed)
    )


def _confirmed(first: Sequence[Change], again: Sequence[Change]) -> Iterator[Change]:
    """Return what both looks say at the same place, with the smaller margin."""
    for one in first:
        for two in again:
            same = text.folded(one.suspect) == text.folded(two.suspect)
            near = abs(one.start - two.start) < LINE_HEIGHT / 2
            if same and near and text.folded(one.reference) == text.folded(two.reference):
                yield replace(one, margin=min(one.margin, two.margin))
                break


def _at(values: Map, start: float, end: float) -> float:
    """Return the smallest value from `start` to `end` of a row."""
    low = int(np.clip(round(start), 0, len(values) - 1))
    high = int(np.clip(round(end), low, len(values) - 1))
    return float(values[low : high + 1].min())


def _crop(laid: OnSide, line: Matrix, width: int) -> Crop | None:
    return cut(laid.photo, places_on_photo(laid.places, laid.frame, line, width))


def _is_readable(crop: Crop) -> bool:
    return crop.is_whole and crop.step * LINE_HEIGHT >= _LEAST_HEIGHT


def _find(frame: Frame, photos: Sequence[tuple[Placed, Photo]], reader: Reader) -> list[Points]:
    """Return the corners of lines, (4, 2) full-size pixels of the canonical reference each."""
    found: list[Points] = []
    fine = _finer(frame)
    back = np.linalg.inv(fine.matrix)
    for placed, photo in photos:
        laid = lay(photo.pixels, photo.scale, placed.matrix, fine, bow=placed.bow)
        for corners in reader.find_lines(laid.pixels):
            quad = transform(back, corners)
            if polygons.holds(frame.outline, quad) and not any(
                polygons.holds(known, quad) or polygons.holds(quad, known) for known in found
            ):
                found.append(quad)
    return found


def _finer(frame: Frame) -> Frame:
    x, y = np.ceil(np.array(frame.outline, np.float64).max(axis=0)).astype(int) + 1
    return frame_for(frame.outline, (int(x), int(y)), side=FINE_SIDE)


def _line_frames(quads: Sequence[Points]) -> list[tuple[Matrix, int]]:
    """Return the mapping of each line to its crop and the crop's width; the tallest lines first."""
    framed = []
    for quad in quads:
        corners, wide, high = quad, *_sides(quad)
        if high >= _COLUMN * wide:
            corners, wide, high = np.roll(quad, -1, axis=0), high, wide
        width = max(16, round(wide * LINE_HEIGHT / high))
        ends = np.array([(0, 0), (width, 0), (width, LINE_HEIGHT), (0, LINE_HEIGHT)]) - 0.5
        matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), ends.astype(np.float32))
        framed.append((high, np.asarray(matrix, np.float64), width))
    framed.sort(key=lambda each: -each[0])
    reach = np.cumsum([width for _, _, width in framed])
    return [
        (matrix, width)
        for (_, matrix, width), r in zip(framed, reach, strict=True)
        if r <= _MOST_WIDTH
    ]


def _sides(corners: Points) -> tuple[float, float]:
    wide, high = corners[1] - corners[0], corners[3] - corners[0]
    return float(np.linalg.norm(wide)), float(np.linalg.norm(high))


def _learn_line(
    matrix: Matrix, width: int, photos: Sequence[tuple[Placed, Photo]], reader: Reader
) -> TextLine | None:
    crops = [
        cut(photo, places_on_reference(placed.matrix, placed.bow, matrix, width))
        for placed, photo in photos
    ]
    usable = [crop for crop in crops if crop is not None and _is_readable(crop)]
    if not usable:
        return None
    looked = [crop.pixels for crop in usable]
    if len(photos) == 1:  # one reference alone must say it twice
        looked.append(_softened(looked[0]))
    agreed = text.agree(reader.read(looked))
    if agreed is None or not any(agreed.firm):
        return None
    return TextLine(matrix, width, agreed, tuple(crop.grey for crop in usable))


def _softened(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), 1.0), np.uint8)


def _box(line: TextLine, change: Change) -> Points:
    """Return the corners of the changed letters in the crop."""
    gaps = np.diff(sorted(letter.x for letter in line.agreed.letters))
    half = 0.55 * float(np.clip(np.median(gaps), 14, 52)) if len(gaps) else 0.4 * LINE_HEIGHT
    left, right = max(0.0, change.start - half), min(line.width - 1.0, change.end + half)
    top, bottom = 2.0, LINE_HEIGHT - 3.0
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)])


def _may_count(laid: OnSide, line: TextLine, change: Change) -> bool:
    """Tell whether the place of the changed letters could be judged and does not vary."""
    corners = transform(laid.frame.matrix @ np.linalg.inv(line.matrix), _box(line, change))
    place = polygons.filled(corners, (laid.frame.height, laid.frame.width))
    share = _JUDGED_SHARE if change.suspect else _JUDGED_SHARE_MISSING
    if not place.any() or float(laid.judged[place].mean()) < share:
        return False
    return laid.variable is None or not bool(laid.variable[place].any())


def _difference(change: Change, doubt: _Doubt) -> TextDifference:
    box = _box(doubt.line, change)
    columns, rows = np.rint(box).astype(int).T
    return TextDifference(
        suspect=change.suspect,
        reference=change.reference,
        polygon=_vertices(doubt.crop.places[rows, columns]),
        reference_polygon=_vertices(transform(np.linalg.inv(doubt.line.matrix), box)),
        margin=change.margin,
        likeness=_at(doubt.alike, change.start, change.end),
    )


def _vertices(points: Points) -> Vertices:
    return tuple((round(float(x), 1), round(float(y), 1)) for x, y in points)
