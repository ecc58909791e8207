"""What examiners say stands on the sheet: as lines, and a region of their own on both pictures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.reports.annotate import annotate
from app.reports.said import said_lines
from app.store import Opinion
from tests.app import laid_sample
from tests.app.store.test_findings import by_hand, finding
from vision import Outcome


def test_lines_follow_the_numbers_and_name_who_and_when(qapp: object) -> None:
    inspection = laid_sample.inspection()
    assert inspection.comparison is not None
    (region,) = inspection.comparison.regions
    marked = finding(polygon=region.polygon, opinion=Opinion.WEAR, note="worn edge")
    drawn = replace(by_hand(), note="look here", author="")
    gone = finding("3" * 32, polygon=((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)), note="")
    lines = said_lines((region,), (drawn, gone, marked))
    assert [(line.label, line.text) for line in lines] == [
        ("1", "Wear · worn edge (李雷, 2026-03-04 05:06 UTC)"),
        ("+1", "added by hand · look here"),
        ("+2", "Lighting (李雷, 2026-03-04 05:06 UTC)"),
    ]
    assert [bool(line.polygon) for line in lines] == [False, True, False]


def test_a_sheet_tells_what_was_said(qapp: object) -> None:
    inspection = laid_sample.inspection(Outcome.DIFFERS)
    assert inspection.comparison is not None
    (region,) = inspection.comparison.regions
    plain = np.asarray(annotate(inspection))
    marked = finding(polygon=region.polygon)
    told = np.asarray(annotate(inspection, findings=(marked,)))
    assert told.shape[0] > plain.shape[0]
    pictures = slice(0, plain.shape[0] // 2)
    assert np.array_equal(told[pictures], plain[pictures]), "an opinion changes no picture"


def test_a_region_of_the_examiner_is_drawn_on_the_sheet(qapp: object) -> None:
    inspection = laid_sample.inspection(Outcome.AGREES)
    plain = np.asarray(annotate(inspection))
    corners = tuple((float(x), float(y)) for x, y in laid_sample.corners(laid_sample.BLUE))
    photo = laid_sample.on_photo(np.array(corners))
    drawn = replace(
        by_hand(),
        polygon=tuple((float(x), float(y)) for x, y in photo),
        reference_polygon=corners,
    )
    told = np.asarray(annotate(inspection, findings=(drawn,)))
    half = plain.shape[1] // 2
    rows = slice(0, 3 * plain.shape[0] // 4)
    for side in (slice(0, half), slice(half, None)):
        assert (told[rows, side] != plain[rows, side]).any()
