"""Inspection -> one picture that tells it: suspect and reference with the same numbers, and words.

The sheet is for looking at, on a screen or on paper; figures for programs are in the contract.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image, ImageDraw
from PySide6.QtCore import QCoreApplication, QDate, QLocale

from app import words
from app.code_words import code_caution, code_sentence
from app.reports import panels
from app.reports.fonts import font, printable, shortened, wrapped
from app.reports.outlines import (
    corners_of,
    grown,
    outline_in_photo,
    outline_of,
    quarter_turns,
)
from app.reports.panels import BLUE, GREY, ORANGE, Panel
from app.reports.said import said_lines
from app.reports.stated import place_letter, stated_regions, weakest_places
from app.text_words import difference_title
from vision import Channel, Outcome, ReasonCode, as_taken, in_photo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.reports.contract import VersionsPart
    from app.reports.said import SaidLine
    from app.store import Finding
    from app.words import Language
    from vision import Comparison, Inspection, Mask, Matrix, Photo, Points, Region, Vertices

WIDTH: Final = 1800
_MARGIN, _GAP = 40, 32
_COLUMN: Final = (WIDTH - 2 * _MARGIN - _GAP) // 2
_TALLEST: Final = 1100
_ROOM: Final = (_COLUMN, _TALLEST)
_PAGE, _BACK = "#F5F5F3", "#C9CBCE"
_INK, _SOFT = "#20242A", "#5A6068"
_MOST_ROWS: Final = 12
_COLOURS: Final = {Outcome.AGREES: BLUE, Outcome.DIFFERS: ORANGE}


@dataclass(slots=True)
class _Sheet:
    """A page that grows downwards while things are put on it."""

    image: Image.Image
    draw: ImageDraw.ImageDraw
    chinese: bool
    y: int = _MARGIN

    @classmethod
    def new(cls, language: Language) -> _Sheet:
        image = Image.new("RGB", (WIDTH, 4000), _PAGE)
        return cls(image, ImageDraw.Draw(image), chinese=language == "zh_CN")

    def text(
        self,
        said: str,
        size: int,
        *,
        x: int = _MARGIN,
        width: int = WIDTH - 2 * _MARGIN,
        bold: bool = False,
        colour: str = _INK,
    ) -> None:
        face = font(size, bold=bold)
        for line in wrapped(printable(said, chinese=self.chinese), face, width):
            self.draw.text((x, self.y), line, font=face, fill=colour, anchor="la")
            self.y += round(size * 1.4)

    def finished(self) -> Image.Image:
        return self.image.crop((0, 0, WIDTH, self.y + _MARGIN))


def annotate(
    inspection: Inspection,
    *,
    language: Language = "en",
    versions: VersionsPart | None = None,
    at: datetime | None = None,
    findings: Sequence[Finding] = (),
) -> Image.Image:
    """Draw the sheet of one inspection, 1800 pixels wide.

    Args:
        inspection: what is told.
        language: of the date and the quotes; the words are those of `app.words.install_language`.
        versions: told in small print where given.
        at: when the inspection was made; default now.
        findings: what examiners say of it.
    """
    sheet = _Sheet.new(language)
    _head(sheet, inspection)
    comparison = inspection.comparison
    said = said_lines(stated_regions(inspection), findings)
    if comparison is None or inspection.reason.code is ReasonCode.FAULT:
        _photo_alone(sheet, inspection)
    else:
        comparison = replace(comparison, regions=stated_regions(inspection))
        is_laid = inspection.outcome is not Outcome.CANNOT_ALIGN
        weakest = weakest_places(comparison) if inspection.outcome is Outcome.AGREES else ()
        _side_by_side(sheet, inspection.photo, comparison, weakest, said, is_laid=is_laid)
        if is_laid:
            _legend(sheet, comparison, has_weakest=bool(weakest))
        _region_rows(sheet, comparison.differing)
        if is_laid:
            _code_rows(sheet, comparison)
            for said_of_all in (
                words.by_hand_sentence(comparison),
                words.apart_sentence(comparison),
                words.colour_sentence(comparison),
            ):
                if said_of_all:
                    sheet.text(said_of_all, 22, colour=_SOFT)
    _said_rows(sheet, said)
    _small_print(sheet, inspection, language, versions, at or datetime.now().astimezone())
    return sheet.finished()


def suspect_panel(photo: Photo, comparison: Comparison) -> Panel:
    """The product in the photo, turned by quarters so that it stands like the reference."""
    placed = outline_in_photo(photo, comparison)
    full = (photo.width, photo.height)
    turns = quarter_turns(comparison.alignment.matrix, placed.mean(axis=0))
    return panels.shown(photo.pixels, full, grown(placed, full, 0.08), _ROOM, turns=turns)


def whole_panel(photo: Photo) -> Panel:
    """The whole photo."""
    full = (photo.width, photo.height)
    return panels.shown(photo.pixels, full, (0, 0, *full), _ROOM)


def reference_panel(comparison: Comparison) -> Panel:
    """The product in the reference, as far as the frame of the comparison shows it."""
    origin = np.array(comparison.frame_origin)
    height, width = comparison.reference_pixels.shape[:2]
    scale = comparison.frame_scale
    size = round(width * scale), round(height * scale)
    area = grown(outline_of(comparison) - origin, size, 0.04)
    panel = panels.shown(comparison.reference_pixels, size, area, _ROOM)
    return replace(panel, to_panel=panel.to_panel @ panels.moved(-origin[0], -origin[1]))


def _head(sheet: _Sheet, inspection: Inspection) -> None:
    colour = _COLOURS.get(inspection.outcome, GREY)
    _badge(sheet.draw, inspection.outcome, colour, (_MARGIN, sheet.y))
    x = _MARGIN + 92
    width = WIDTH - x - _MARGIN
    sheet.text(words.outcome_title(inspection.outcome), 44, x=x, width=width, bold=True)
    sheet.text(words.reason_sentence(inspection), 27, x=x, width=width)
    step = QCoreApplication.translate("annotate", "Next: {step}")
    sheet.text(step.format(step=words.next_step(inspection)), 27, x=x, width=width, colour=_SOFT)
    sheet.y += 20


def _badge(
    draw: ImageDraw.ImageDraw, outcome: Outcome, colour: str, corner: tuple[int, int]
) -> None:
    """A sign whose form tells the outcome without its colour: disc, triangle, square."""
    x, y = corner
    ends = (x, y, x + 72, y + 72)
    if outcome is Outcome.AGREES:
        draw.ellipse(ends, fill=colour)
        tick = [(x + 20, y + 38), (x + 32, y + 50), (x + 54, y + 24)]
        draw.line(tick, fill="white", width=8, joint="curve")
        return
    middle = (x + 36, y + 38)
    if outcome is Outcome.DIFFERS:
        draw.polygon([(x + 36, y), (x + 74, y + 70), (x - 2, y + 70)], fill=colour)
        middle = (x + 36, y + 47)
    else:
        draw.rounded_rectangle(ends, radius=10, fill=colour)
    sign = "≠" if outcome in (Outcome.DIFFERS, Outcome.MIXED) else "?"
    draw.text(middle, sign, font=font(44, bold=True), fill="white", anchor="mm")


def _side_by_side(
    sheet: _Sheet,
    photo: Photo,
    comparison: Comparison,
    weakest: Sequence[Vertices],
    said: Sequence[SaidLine],
    *,
    is_laid: bool,
) -> None:
    """Both pictures; marks of the comparison only where the photo `is_laid` well on the other."""
    suspect = suspect_panel(photo, comparison) if is_laid else whole_panel(photo)
    reference = reference_panel(comparison)
    if is_laid:
        unjudged = _unjudged(comparison)
        _hatch(suspect, comparison, as_taken(comparison, unjudged), comparison.alignment.matrix)
        _hatch(reference, comparison, unjudged, np.eye(3))
        panels.dashed(suspect, suspect.place(outline_in_photo(photo, comparison)))
        panels.dashed(reference, reference.place(outline_of(comparison)))
        places = [np.asarray(each, np.float64) for each in weakest]
        _mark_weakest(suspect, [in_photo(comparison, each) for each in places])
        _mark_weakest(reference, places)
    regions = comparison.differing
    _mark_regions(suspect, regions, [each.polygon for each in regions])
    _mark_regions(reference, regions, [each.reference_polygon for each in regions])
    _mark_added(suspect, [(line.label, line.polygon) for line in said])
    _mark_added(reference, [(line.label, line.reference_polygon) for line in said])
    side = words.side_name(comparison.product, comparison.side)
    _captions(
        sheet,
        QCoreApplication.translate("annotate", "Photo: {name}").format(name=_name(photo)),
        QCoreApplication.translate("annotate", "Reference: {side}").format(side=side),
    )
    height = max(suspect.picture.height, reference.picture.height)
    for column, panel in enumerate((suspect, reference)):
        x = _MARGIN + column * (_COLUMN + _GAP)
        _put(sheet, panel, x, height)
    sheet.y += height + 16


def _photo_alone(sheet: _Sheet, inspection: Inspection) -> None:
    photo = inspection.photo
    panel = whole_panel(photo)
    boxes = [panel.place(corners_of(fault.where)) for fault in inspection.faults]
    panels.outline(panel, boxes, GREY)
    panels.tags(panel, boxes, [words.fault_name(fault) for fault in inspection.faults], GREY)
    _captions(
        sheet, QCoreApplication.translate("annotate", "Photo: {name}").format(name=_name(photo)), ""
    )
    top = sheet.y
    _put(sheet, panel, _MARGIN, panel.picture.height)
    _notes_beside(sheet, inspection)
    sheet.y = max(sheet.y, top + panel.picture.height) + 16


def _notes_beside(sheet: _Sheet, inspection: Inspection) -> None:
    x = _MARGIN + _COLUMN + _GAP
    for fault in inspection.faults:
        sheet.text(words.fault_name(fault), 26, x=x, width=_COLUMN, bold=True)
        sheet.text(words.fault_fix(fault), 24, x=x, width=_COLUMN, colour=_SOFT)
        sheet.y += 10
    if not inspection.candidates:
        return
    sheet.text(
        QCoreApplication.translate("annotate", "Nearest in the gallery"),
        26,
        x=x,
        width=_COLUMN,
        bold=True,
    )
    row = QCoreApplication.translate(
        "annotate", "{place}. {side}: similarity {similarity}, matching points {points}"
    )
    for place, each in enumerate(inspection.candidates[:3], start=1):
        said = row.format(
            place=place,
            side=words.side_name(each.product, each.side),
            similarity=f"{each.similarity:.2f}",
            points=each.inliers,
        )
        sheet.text(said, 24, x=x, width=_COLUMN, colour=_SOFT)


def _captions(sheet: _Sheet, left: str, right: str) -> None:
    face = font(24, bold=True)
    for column, said in enumerate((left, right)):
        x = _MARGIN + column * (_COLUMN + _GAP)
        line = shortened(printable(said, chinese=sheet.chinese), face, _COLUMN)
        sheet.draw.text((x, sheet.y), line, font=face, fill=_INK)
    sheet.y += 40


def _put(sheet: _Sheet, panel: Panel, x: int, height: int) -> None:
    sheet.draw.rectangle((x, sheet.y, x + _COLUMN - 1, sheet.y + height - 1), fill=_BACK)
    sheet.image.paste(panel.picture, (x + (_COLUMN - panel.picture.width) // 2, sheet.y))


def _mark_regions(
    panel: Panel, regions: Sequence[Region], polygons: Sequence[Sequence[tuple[float, float]]]
) -> None:
    placed = [panel.place(np.asarray(each, np.float64)) for each in polygons]
    panels.outline(panel, placed, ORANGE)
    panels.tags(panel, placed, [str(region.number) for region in regions], ORANGE)


def _mark_weakest(panel: Panel, places: Sequence[Points]) -> None:
    """Dashed squares with letters: the places that agree least, where a photo agrees."""
    placed = [panel.place(each) for each in places]
    letters = [place_letter(number) for number, _ in enumerate(placed, 1)]
    for each in placed:
        panels.dashed(panel, each, BLUE)
    panels.tags(panel, placed, letters, BLUE)


def _mark_added(panel: Panel, places: Sequence[tuple[str, Vertices]]) -> None:
    """Dashed outlines of regions that a person added: nothing was measured there."""
    known = [(label, panel.place(np.asarray(each, np.float64))) for label, each in places if each]
    for _, each in known:
        panels.dashed(panel, each, _INK)
    panels.tags(panel, [each for _, each in known], [label for label, _ in known], _INK)


def _said_rows(sheet: _Sheet, said: Sequence[SaidLine]) -> None:
    if not said:
        return
    sheet.text(QCoreApplication.translate("annotate", "What the examiner says"), 24, bold=True)
    for line in said:
        sheet.text(f"{line.label}  {line.text}", 22)
    sheet.y += 12


def _unjudged(comparison: Comparison) -> Mask:
    """What lies inside the product's outline and was not judged, on the frame."""
    height, width = comparison.judged.shape
    inside = Image.new("L", (width, height), 0)
    frame = panels.mapped(_to_frame(comparison), outline_of(comparison) + 0.5) - 0.5
    ImageDraw.Draw(inside).polygon([(float(x), float(y)) for x, y in frame], fill=255)
    return (np.asarray(inside) > 0) & ~comparison.judged


def _hatch(panel: Panel, comparison: Comparison, mask: Mask, to_reference: Matrix) -> None:
    """Hatch a mask of the frame; `to_reference` maps what the panel shows to the reference."""
    turned = panels.edges_based(to_reference) @ np.linalg.inv(panel.to_panel)
    panels.hatch(panel, mask, _to_frame(comparison) @ turned)


def _to_frame(comparison: Comparison) -> Matrix:
    """Full-size reference pixels to those of the frame, edges-based."""
    scale, (x0, y0) = comparison.frame_scale, comparison.frame_origin
    matrix: Matrix = np.diag([1 / scale, 1 / scale, 1.0]) @ panels.moved(-x0, -y0)
    return matrix


def _legend(sheet: _Sheet, comparison: Comparison, *, has_weakest: bool) -> None:
    x, y, face = _MARGIN, sheet.y, font(22)
    items = [
        ("dash", QCoreApplication.translate("annotate", "compared within this outline")),
        ("hatch", QCoreApplication.translate("annotate", "could not be judged")),
    ]
    if comparison.differing:
        differs = QCoreApplication.translate("annotate", "differs more than genuine items do")
        items.insert(0, ("box", differs))
    if has_weakest:
        weakest = QCoreApplication.translate("annotate", "agrees least, within the genuine spread")
        items.insert(0, ("weakest", weakest))
    for kind, said in items:
        sample = Panel(Image.new("RGB", (44, 28), _BACK), np.eye(3))
        edge = np.array([(5, 5), (38, 5), (38, 22), (5, 22)], np.float64)
        if kind == "box":
            panels.outline(sample, [edge], ORANGE)
        elif kind == "dash":
            panels.dashed(sample, edge)
        elif kind == "weakest":
            panels.dashed(sample, edge, BLUE)
        else:
            panels.hatch(sample, np.ones((28, 44), np.bool_), np.eye(3))
        sheet.image.paste(sample.picture, (x, y))
        sheet.draw.text((x + 54, y + 14), said, font=face, fill=_SOFT, anchor="lm")
        x += 54 + round(face.getlength(said)) + 44
    agreement = QCoreApplication.translate("annotate", "Degree of agreement: {value}")
    said = agreement.format(value=f"{comparison.similarity:.2f}")
    sheet.draw.text((WIDTH - _MARGIN, y + 14), said, font=face, fill=_INK, anchor="rm")
    sheet.y += 48


def _region_rows(sheet: _Sheet, regions: Sequence[Region]) -> None:
    if not regions:
        return
    places = (_MARGIN, _MARGIN + 90, _MARGIN + 620, _MARGIN + 980, _MARGIN + 1340)
    heads = (
        QCoreApplication.translate("annotate", "No."),
        QCoreApplication.translate("annotate", "Kind of difference"),
        QCoreApplication.translate("annotate", "Measured here"),
        QCoreApplication.translate("annotate", "Among genuine items"),
        QCoreApplication.translate("annotate", "Times as much"),
    )
    _row(sheet, places, heads, bold=True)
    for region in regions[:_MOST_ROWS]:
        cells = (
            str(region.number),
            difference_title(region.channel, region.text),
            f"{region.measured:.3g}",
            f"{region.genuine_spread:.3g}",
            f"{region.ratio:.1f}",
        )
        if region.channel is Channel.CODES:  # what is read stands below
            cells = (*cells[:2], "–", "–", "–")
        _row(sheet, places, cells)
    left_out = len(regions) - _MOST_ROWS
    if left_out > 0:
        more = QCoreApplication.translate("annotate", "Further regions, not listed: {count}")
        sheet.text(more.format(count=left_out), 22, colour=_SOFT)
    sheet.y += 12


def _code_rows(sheet: _Sheet, comparison: Comparison) -> None:
    if not comparison.codes:
        return
    sheet.text(QCoreApplication.translate("annotate", "Codes"), 24, bold=True)
    for code in comparison.codes:
        sheet.text(code_sentence(code), 22)
    sheet.text(code_caution(), 20, colour=_SOFT)
    sheet.y += 12


def _row(sheet: _Sheet, places: Sequence[int], cells: Sequence[str], *, bold: bool = False) -> None:
    face = font(22, bold=bold)
    for x, cell in zip(places, cells, strict=True):
        sheet.draw.text((x, sheet.y), cell, font=face, fill=_INK)
    sheet.y += 38
    sheet.draw.line((_MARGIN, sheet.y - 6, WIDTH - _MARGIN, sheet.y - 6), fill="#DADBDD", width=1)


def _small_print(
    sheet: _Sheet,
    inspection: Inspection,
    language: Language,
    versions: VersionsPart | None,
    at: datetime,
) -> None:
    photo = inspection.photo
    date = QLocale(language).toString(QDate(at.year, at.month, at.day))
    facts = [f"{date} {at:%H:%M}", f"{photo.width} × {photo.height}", f"sha256 {photo.sha256[:16]}"]
    if versions is not None:
        facts.append(f"Touchstone {versions.touchstone}")
        for name in ("model", "gallery", "thresholds"):
            facts.append(f"{name} {getattr(versions, name).removeprefix('sha256:')[:12]}")
    sheet.y += 4
    sheet.text(" · ".join(facts), 18, colour=_SOFT)
    sheet.text(
        QCoreApplication.translate(
            "annotate", "The program measures agreement; a person decides what it means."
        ),
        18,
        colour=_SOFT,
    )


def _name(photo: Photo) -> str:
    return PurePath(photo.path).name or photo.path
