"""Which photos of a set are judged, and by whom."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from vision.gallery import Gallery
from vision.photo_sets import PhotoSet, gather, usable_rows
from vision.terms import Reference
from vision.truth import Label, Role, Row

Q, R = Role.QUERY, Role.REFERENCE


def row(line, role, product="p", label=Label.GENUINE):
    return Row(line, "s", f"{line}.jpg", Path(f"{line}.jpg"), role, product, label, "", label.value)


def photo_set(rows, unreadable=()):
    known = {
        r.line: Reference(f"s:{r.line}", r.product, "front", "0" * 64, r.name)
        for r in rows
        if r.role is R and r.line not in unreadable
    }
    return PhotoSet("s", Path("manifest.csv"), tuple(rows), Gallery(known.values()), known)


def test_references_are_left_out_where_genuine_queries_are_few():
    references = [row(n, R) for n in range(3)]
    few = photo_set(references + [row(10 + n, Q) for n in range(9)])
    assert few.to_leave_out() == references
    enough = photo_set(references + [row(10 + n, Q) for n in range(10)])
    assert enough.to_leave_out() == []


def test_altered_queries_do_not_make_genuine_ones_many():
    altered = [row(10 + n, Q, label=Label.COUNTERFEIT) for n in range(30)]
    assert len(photo_set([row(n, R) for n in range(3)] + altered).to_leave_out()) == 3


def test_a_product_keeps_two_references_that_can_be_read():
    rows = [row(0, R, "two"), row(1, R, "two"), *(row(n, R, "three") for n in range(2, 5))]
    assert [r.line for r in photo_set(rows).to_leave_out()] == [2, 3, 4]
    assert photo_set(rows, unreadable={4}).to_leave_out() == []


def test_the_others_are_of_the_same_product_and_not_oneself():
    rows = [*(row(n, R) for n in range(3)), row(3, R, "q")]
    assert [r.id for r in photo_set(rows).others(rows[1])] == ["s:0", "s:2"]


def test_queries_of_one_product_stand_together_in_the_order_of_the_manifest():
    rows = [row(n, Q, p) for n, p in enumerate("bab")] + [row(9, R)]
    assert [r.line for r in photo_set(rows).queries()] == [1, 0, 2]


def test_gathering_goes_on_without_what_cannot_be_read(tmp_path):
    rng = np.random.default_rng(1)
    cv2.imwrite(str(tmp_path / "a.png"), rng.integers(0, 255, (80, 90, 3), np.uint8))
    manifest = tmp_path / "manifest.csv"
    lines = ["file,set,role,product_id,label"]
    lines += ["a.png,one,reference,p,genuine", "no.png,one,reference,p,genuine"]
    lines += ["a.png,two,reference,q,", "a.png,two,query,q,unknown", "a.png,two,seen,q,genuine"]
    manifest.write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows, bad = usable_rows(manifest)
    assert [r.line for r in rows] == [2, 3, 4]
    assert [(r.outcome, r.set) for r in bad] == [("bad_row", "two")]
    steps = []
    sets, unusable = gather(manifest, rows, cache=None, embedder=None, step=lambda: steps.append(1))
    assert [(each.name, sorted(each.references)) for each in sets] == [("one", [2]), ("two", [4])]
    assert [(r.outcome, r.name) for r in unusable] == [("reference_unreadable", "no.png")]
    assert [r.id for r in sets[0].gallery.references] == ["one:2"]
    assert len(steps) == 3


def test_products_are_known_by_the_manifest_even_if_unreadable():
    rows = [row(0, R, "a"), row(1, Q, "b")]
    assert photo_set(rows, unreadable={0}).known_products == {"a"}
