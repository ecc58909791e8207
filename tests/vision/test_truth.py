from __future__ import annotations

import cv2
import numpy as np
import pytest

from vision.errors import PictureError, TruthUnreadable
from vision.truth import BadRow, Label, Place, Role, Row, places, read_manifest

HEAD = "file,set,role,product_id,label,region,notes\n"


@pytest.fixture
def manifest(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "manifest.csv"
        path.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
        return path

    return write


def box(x0, y0, x1, y1):
    return Place((x0, y0, x1, y1), np.ones((y1 - y0, x1 - x0), bool))


def row_with(region, tmp_path):
    path = tmp_path / "x.jpg"
    return Row(2, "s", "x.jpg", path, Role.QUERY, "p", Label.DEFECT, region, "defect")


def test_a_row_as_it_should_be(manifest, tmp_path):
    path = manifest(HEAD + "..\\a b.jpg,one,query,p1,counterfeit,1 2 3 4,planted thin line; 3 px\n")
    (row,) = read_manifest(path)
    assert (row.line, row.set, row.name, row.product) == (2, "one", "../a b.jpg", "p1")
    assert (row.role, row.label, row.region) == (Role.QUERY, Label.COUNTERFEIT, "1 2 3 4")
    assert row.kind == "thin line"
    assert row.path == tmp_path / "../a b.jpg"


def test_kind_is_the_label_where_nothing_was_planted(manifest):
    path = manifest(HEAD + "a.jpg,s,query,p,Variant,,implanted by hand\n")
    assert [row.kind for row in read_manifest(path)] == ["variant"]


def test_a_manifest_without_sets_is_one_set(manifest, tmp_path):
    path = manifest("label,file,role,product_id\n,a.jpg,reference,p\ngenuine,b.jpg,query,p\n")
    rows = list(read_manifest(path))
    assert {row.set for row in rows} == {tmp_path.name}
    assert [row.label for row in rows] == [Label.GENUINE, Label.GENUINE]


@pytest.mark.parametrize(
    "line",
    [
        ",s,query,p,genuine,,",
        "a.jpg,s,query,,genuine,,",
        "a.jpg,s,suspect,p,genuine,,",
        "a.jpg,s,query,p,real,,",
        "a.jpg,s,query,p,,,",
        "a.jpg,s,reference,p,counterfeit,,",
        "a.jpg",
        '"a\0.jpg",s,query,p,genuine,,',
    ],
)
def test_a_bad_line_is_told_and_the_rest_is_read(manifest, line):
    path = manifest(f"{HEAD}{line}\n\nb.jpg,s,query,p,genuine,,\n")
    bad, good = read_manifest(path)
    assert isinstance(bad, BadRow)
    assert bad.fault
    assert isinstance(good, Row)
    assert good.name == "b.jpg"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_of_spreadsheets(manifest, encoding, delimiter):
    text = "file,role,product_id,label\n照片.jpg,query,茶,genuine\n".replace(",", delimiter)
    (row,) = read_manifest(manifest(text, encoding))
    assert (row.name, row.product) == ("照片.jpg", "茶")


@pytest.mark.parametrize("text", ["", "\n\n", "file,role\n", b"\xff\xff\xff\xff\x81"])
def test_no_manifest_at_all(manifest, text):
    with pytest.raises(TruthUnreadable):
        list(read_manifest(manifest(text)))


def test_a_missing_manifest(tmp_path):
    with pytest.raises(TruthUnreadable, match="cannot be read"):
        list(read_manifest(tmp_path / "no.csv"))


def test_boxes(tmp_path):
    found = places(row_with("1 2 30 40; 5.0,6,7,8;-3 0 4 4;", tmp_path), tmp_path / "m", (99, 99))
    assert [place.box for place in found] == [(1, 2, 30, 40), (5, 6, 7, 8), (0, 0, 4, 4)]
    assert found[0].mask.shape == (38, 29)
    assert places(row_with("", tmp_path), tmp_path / "m", (99, 99)) == ()


@pytest.mark.parametrize("text", ["1 2 3", "9 9 1 1", "lid", "1 2 3 999999999999"])
def test_no_boxes(tmp_path, text):
    with pytest.raises((ValueError, PictureError)):
        places(row_with(text, tmp_path), tmp_path / "m", (99, 99))


def test_a_mask_has_a_place_for_each_part(tmp_path):
    mask = np.zeros((100, 200), np.uint8)
    mask[10:20, 30:50] = 255
    mask[10:20, 54:60] = 255  # four pixels away: the same place
    mask[70:75, 150:160] = 255
    mask[90:, 190:] = 100  # dark: no difference
    cv2.imwrite(str(tmp_path / "mask.png"), mask)
    row = row_with("mask.png", tmp_path)
    found = sorted(places(row, tmp_path / "m.csv", (200, 100)), key=lambda p: p.box)
    assert [place.box for place in found] == [(30, 10, 60, 20), (150, 70, 160, 75)]
    assert int(found[0].mask.sum()) == 260
    doubled = sorted(places(row, tmp_path / "m.csv", (400, 200)), key=lambda p: p.box)
    assert doubled[0].box == (60, 20, 120, 40)
    with pytest.raises(PictureError):
        places(row_with("no.png", tmp_path), tmp_path / "m.csv", (200, 100))


def test_a_place_holds_what_lies_within_eight_pixels():
    place = box(20, 30, 40, 50)
    assert place.holds(30, 40)
    assert place.holds(12, 22)
    assert place.holds(47, 57)
    assert not place.holds(11.9, 40)
    assert not place.holds(30, 57.1)
    assert not place.holds(-500, -500)
    assert not place.holds(1e4, 40)


def test_a_hole_of_a_mask_is_not_the_place():
    mask = np.ones((100, 100), bool)
    mask[20:80, 20:80] = False
    place = Place((0, 0, 100, 100), mask)
    assert place.holds(27, 50)
    assert not place.holds(50, 50)
    assert not place.meets(((30, 30), (70, 30), (70, 70), (30, 70)))
    assert place.meets(((10, 30), (70, 30), (70, 70), (10, 70)))


def test_a_place_meets_polygons_that_share_a_pixel():
    place = box(20, 30, 40, 50)
    assert place.meets(((0, 0), (100, 0), (100, 100), (0, 100)))
    assert place.meets(((39, 49), (60, 49), (60, 60), (39, 60)))
    assert place.meets(((25, 35), (26, 35), (25, 36)))
    assert not place.meets(((41, 30), (60, 30), (60, 50), (41, 50)))
    assert not place.meets(((0, 0), (10, 0), (0, 10)))
