"""Codes: read twice alike or not at all, and compared with what the references carry."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
import zxingcpp

from tests.vision.samples import (
    artwork,
    box_of,
    photo_of,
    saved_side,
    seen_through,
    tilted,
)
from vision import Channel, CodeAgreement, CodeReading, Gallery, Outcome, inspect
from vision.code_records import CodeRecord, add_regions, compare_codes, learn_records
from vision.evidence import codes
from vision.evidence.codes import check_digit, has_right_check_digit, meets, read_codes
from vision.score import limit_of
from vision.simulate.codes import ean13_digits, ean13_modules
from vision.terms import Region

if TYPE_CHECKING:
    from pathlib import Path

    from vision import Box, Photo, Pixels

WIDTH, HEIGHT = 800, 640
EAN, OTHER_EAN = "4006381333931", "9501101530003"
PLACE = (420, 380)  # top left of the code on the page
_FORMATS = {
    "EAN-13": (zxingcpp.BarcodeFormat.EAN13, EAN),
    "QR Code": (zxingcpp.BarcodeFormat.QRCode, "https://example.org/9"),
    "Data Matrix": (zxingcpp.BarcodeFormat.DataMatrix, "LOT7-0042"),
    "Code 128": (zxingcpp.BarcodeFormat.Code128, "AB12345"),
    "ITF": (zxingcpp.BarcodeFormat.ITF, "12345678901231"),
    "UPC": (zxingcpp.BarcodeFormat.UPCA, "036000291452"),
}


def _drawn(name: str, value: str | None = None, *, module: int = 2) -> np.ndarray:
    kind, usual = _FORMATS[name]
    drawn = np.array(zxingcpp.create_barcode(value or usual, kind).to_image(scale=module))
    return np.pad(drawn[: 60 * module] if drawn.shape[1] > 300 else drawn, 14, constant_values=255)


def _page(*drawn: tuple[np.ndarray, tuple[int, int]], seed: int = 1) -> Pixels:
    page = artwork(seed, WIDTH, HEIGHT)
    for code, (x, y) in drawn:
        high, wide = code.shape
        page[y : y + high, x : x + wide] = code[..., None]
    return page


def _read(pixels: Pixels, matrix: np.ndarray | None = None, **known) -> tuple[CodeReading, ...]:
    photo = photo_of(pixels)
    area = (0, 0, photo.width, photo.height)
    return read_codes(photo, np.eye(3) if matrix is None else matrix, area, **known)


def _wrong_ean(module: int = 2) -> np.ndarray:
    """The bars of 4006381333931 with the last digit printed as another one."""
    bars, other = ean13_modules(EAN)[0].copy(), ean13_digits(EAN[:11] + "4")
    assert other[12] != EAN[12]
    last = slice(9 + 3 + 42 + 5 + 35, 9 + 3 + 42 + 5 + 42)
    bars[last] = ean13_modules(other)[0][last]
    drawn = np.where(bars, 0, 255).astype(np.uint8)
    return np.pad(np.kron(drawn[None], np.ones((50, module), np.uint8)), 14, constant_values=255)


# reading


@pytest.mark.parametrize("name", list(_FORMATS))
@pytest.mark.parametrize("tilt", [0.0, 30.0])
def test_a_code_is_read_with_its_kind_and_place(name: str, tilt: float) -> None:
    drawn = _drawn(name)
    view = tilted(WIDTH, HEIGHT, 4, tilt)
    taken = seen_through(_page((drawn, PLACE)), view, noise=2.0)
    [reading] = _read(taken, np.linalg.inv(view))
    value = {"UPC": "0036000291452"}.get(name, _FORMATS[name][1])
    assert reading.value == value
    assert reading.symbology == {"UPC": "EAN-13"}.get(name, name)
    assert reading.check_digit_ok is (True if name in ("EAN-13", "UPC", "ITF") else None)
    middle = np.array([[PLACE[0] + drawn.shape[1] / 2, PLACE[1] + drawn.shape[0] / 2]])
    expected = cv2.perspectiveTransform(middle[None], view)[0, 0]
    x0, y0, x1, y1 = box_of(reading.polygon)
    assert x0 - 8 < expected[0] < x1 + 8
    assert y0 - 30 < expected[1] < y1 + 30


def test_places_are_in_full_size_pixels() -> None:
    drawn = _drawn("QR Code", module=4)
    page = _page((drawn, PLACE))
    photo = photo_of(page, full_width=2 * WIDTH)
    halved = np.diag([0.5, 0.5, 1.0])
    [reading] = read_codes(photo, halved, (0, 0, photo.width, photo.height))
    [plain] = _read(page)
    assert np.array(reading.polygon) == pytest.approx(2 * np.array(plain.polygon) + 0.5, abs=2.0)
    inside = (PLACE[0] + 14, PLACE[0] + drawn.shape[1] - 14)
    x0, _, x1, _ = box_of(plain.polygon)
    assert inside[0] - 2 < x0 < x1 < inside[1] + 2


def test_several_codes_are_read_from_top_to_bottom() -> None:
    page = _page((_drawn("EAN-13"), (400, 480)), (_drawn("QR Code", module=3), (60, 60)))
    assert [reading.symbology for reading in _read(page)] == ["QR Code", "EAN-13"]


def test_only_the_product_is_searched() -> None:
    page = _page((_drawn("EAN-13"), PLACE))
    left: Box = (0, 0, 380, HEIGHT)
    assert read_codes(photo_of(page), np.eye(3), left) == ()


@pytest.mark.parametrize("name", ["EAN-13", "QR Code", "Data Matrix", "Code 128", "ITF"])
@pytest.mark.parametrize(("blur", "motion"), [(1.2, 0), (2.0, 0), (3.5, 0), (6.0, 0), (0.8, 9)])
def test_a_blurred_code_gives_the_right_answer_or_none(name: str, blur: float, motion: int) -> None:
    taken = cv2.GaussianBlur(_page((_drawn(name), PLACE)), (0, 0), blur)
    if motion:
        taken = cv2.blur(taken, (motion, 1))
    values = {reading.value for reading in _read(taken)}
    assert values <= {_FORMATS[name][1]}
    if blur >= 3.5:
        assert not values


@pytest.mark.parametrize("name", ["EAN-13", "QR Code", "Data Matrix"])
@pytest.mark.parametrize("squeezed", [0.55, 0.3, 0.12])
def test_a_code_seen_aslant_gives_the_right_answer_or_none(name: str, squeezed: float) -> None:
    slant = np.array([[squeezed, 0.0, 200.0], [0.1, 1.0, 0.0], [0.0004, 0.0, 1.0]])
    taken = seen_through(_page((_drawn(name), PLACE)), slant, noise=2.0)
    values = {reading.value for reading in _read(taken, np.linalg.inv(slant))}
    assert values <= {_FORMATS[name][1]}
    if squeezed < 0.2:
        assert not values


def test_a_wrong_check_digit_is_read_and_called_wrong() -> None:
    page = _page((_wrong_ean(), PLACE))
    [reading] = _read(page)
    assert reading.value[:12] == EAN[:12]
    assert reading.value != EAN
    assert reading.check_digit_ok is False


def test_a_known_place_is_looked_at_closely() -> None:
    """A code too small for the first look is read where references have one."""
    drawn = _drawn("Data Matrix", module=1)
    taken = cv2.GaussianBlur(_page((drawn, PLACE)), (0, 0), 0.45)
    high, wide = drawn.shape
    x, y = PLACE
    place = ((x + 14, y + 14), (x + wide - 14, y + 14), (x + wide - 14, y + high - 14))
    polygon = tuple((float(a), float(b)) for a, b in (*place, (x + 14, y + high - 14)))
    assert [r.value for r in _read(taken, known=[polygon])] == ["LOT7-0042"]


def test_where_there_is_no_code_none_is_read() -> None:
    assert _read(artwork(3, WIDTH, HEIGHT)) == ()


def _first_looks(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    whole = codes._looks

    def some(*wanted):
        return list(whole(*wanted))[:count]

    monkeypatch.setattr(codes, "_looks", some)


def test_one_look_is_not_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    page = _page((_drawn("EAN-13"), PLACE))
    _first_looks(monkeypatch, 1)
    assert _read(page) == ()
    monkeypatch.undo()
    _first_looks(monkeypatch, 2)
    assert len(_read(page)) == 1


def test_two_looks_are_not_enough_for_a_wrong_check_digit(monkeypatch: pytest.MonkeyPatch) -> None:
    _first_looks(monkeypatch, 2)
    assert _read(_page((_wrong_ean(), PLACE))) == ()


def test_looks_that_contradict_each_other_give_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = codes._reads
    asked = []

    def unsteady(*wanted):
        asked.append(0)
        for read in whole(*wanted):
            yield replace(read, value=OTHER_EAN if len(asked) == 2 else read.value)

    monkeypatch.setattr(codes, "_reads", unsteady)
    assert _read(_page((_drawn("EAN-13"), PLACE))) == ()


# check digits


@pytest.mark.parametrize(
    "digits",
    ["4006381333931", "96385074", "036000291452", "12345678901231", "106141412345678908"],
)
def test_check_digits_of_published_numbers_are_right(digits: str) -> None:
    assert has_right_check_digit(digits)
    for other in set("0123456789") - {digits[-1]}:
        assert not has_right_check_digit(digits[:-1] + other)


@pytest.mark.parametrize(
    ("symbology", "value", "ok"),
    [
        ("EAN-13", EAN, True),
        ("EAN-13", EAN[:-1] + "2", False),
        ("Data Matrix", "(01)09501101530003(21)A1", True),
        ("Data Matrix", "(01)09501101530004(21)A1", False),
        ("QR Code", "https://example.org/9", None),
        ("Code 128", "AB12345", None),
        ("QR Code", "4006381333932", None),
    ],
)
def test_only_codes_that_carry_a_check_digit_have_one(
    symbology: str, value: str, ok: bool | None
) -> None:
    assert check_digit(symbology, value) is ok


# records and comparison


def _square(x: float, y: float, side: float = 60.0) -> tuple[tuple[float, float], ...]:
    return ((x, y), (x + side, y), (x + side, y + side), (x, y + side))


def _reading(value: str, x: float = 100, kind: str = "EAN-13") -> CodeReading:
    return CodeReading(value, kind, True, _square(x, 100))


def _record(*values: str, x: float = 100, kind: str = "EAN-13") -> CodeRecord:
    return CodeRecord(tuple((kind, value) for value in values), _square(x, 100))


def _agreement(record: CodeRecord, *readings: CodeReading) -> list[CodeAgreement]:
    return [each.agreement for each in compare_codes([record], readings, np.eye(3))]


def test_equal_values_agree_and_other_values_differ() -> None:
    record = _record(EAN, EAN, EAN)
    assert _agreement(record, _reading(EAN)) == [CodeAgreement.AGREES]
    assert _agreement(record, _reading(OTHER_EAN)) == [CodeAgreement.DIFFERS]
    [result] = compare_codes([record], [_reading(OTHER_EAN)], np.eye(3))
    assert result.recorded == EAN
    assert result.reference_polygon == record.polygon


def test_values_that_differ_among_references_are_no_claim() -> None:
    record = _record("S1", "S2", "S3", kind="Data Matrix")
    assert _agreement(record, _reading("S9", kind="Data Matrix")) == [CodeAgreement.VARIABLE]
    assert _agreement(record) == [CodeAgreement.VARIABLE]
    [result] = compare_codes([record], [], np.eye(3))
    assert result.recorded == ""


def test_a_code_on_record_that_is_not_read_is_unreadable() -> None:
    assert _agreement(_record(EAN, EAN)) == [CodeAgreement.UNREADABLE]


def test_a_code_elsewhere_is_not_on_record() -> None:
    found = _agreement(_record(EAN, EAN), _reading(OTHER_EAN, x=400))
    assert found == [CodeAgreement.UNREADABLE, CodeAgreement.NOT_ON_RECORD]


def test_the_recorded_value_agrees_wherever_it_stands() -> None:
    assert _agreement(_record(EAN, EAN), _reading(EAN, x=400)) == [CodeAgreement.AGREES]


def test_another_code_in_the_recorded_place_differs_though_the_right_one_stands_elsewhere() -> None:
    wrong, right = _reading(OTHER_EAN), _reading(EAN, x=400)
    for readings in ([wrong, right], [right, wrong]):
        first, rest = compare_codes([_record(EAN, EAN)], readings, np.eye(3))
        assert (first.agreement, first.reading) == (CodeAgreement.DIFFERS, wrong)
        assert (rest.agreement, rest.reading) == (CodeAgreement.NOT_ON_RECORD, right)


def test_a_code_of_another_kind_does_not_take_a_place() -> None:
    found = _agreement(_record(EAN, EAN), _reading("A1", kind="QR Code"), _reading(EAN, x=400))
    assert found == [CodeAgreement.AGREES, CodeAgreement.NOT_ON_RECORD]


def test_codes_of_two_records_that_changed_places_agree() -> None:
    records = [_record(EAN, EAN), _record(OTHER_EAN, OTHER_EAN, x=400)]
    for readings in (
        [_reading(OTHER_EAN), _reading(EAN, x=400)],
        [_reading(EAN, x=400), _reading(OTHER_EAN)],
    ):
        results = compare_codes(records, readings, np.eye(3))
        assert [each.agreement for each in results] == [CodeAgreement.AGREES] * 2
    alone = compare_codes(records, [_reading(OTHER_EAN)], np.eye(3))
    assert {each.agreement for each in alone} == {CodeAgreement.AGREES, CodeAgreement.UNREADABLE}


@pytest.mark.parametrize(
    ("kind", "count", "expected"),
    [
        ("EAN-13", 1, CodeAgreement.NOT_ON_RECORD),
        ("EAN-13", 2, CodeAgreement.DIFFERS),
        ("QR Code", 2, CodeAgreement.NOT_ON_RECORD),
        ("QR Code", 3, CodeAgreement.DIFFERS),
    ],
)
def test_few_references_settle_nothing(kind: str, count: int, expected: CodeAgreement) -> None:
    record = _record(*["A"] * count, kind=kind)
    assert _agreement(record, _reading("B", kind=kind)) == [expected]
    assert _agreement(record, _reading("A", kind=kind)) == [CodeAgreement.AGREES]


def test_one_number_in_two_retail_symbologies_is_one_value() -> None:
    record = _record(*["0036000291452"] * 2, kind="UPC-A")
    assert _agreement(record, _reading("0036000291452")) == [CodeAgreement.AGREES]


def test_the_alignment_says_which_record_a_code_belongs_to() -> None:
    moved = np.array([[1.0, 0.0, -300.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    [result] = compare_codes([_record(EAN, EAN)], [_reading(OTHER_EAN, x=400)], moved)
    assert result.agreement is CodeAgreement.DIFFERS


def test_records_gather_what_stands_in_one_place() -> None:
    def reference(serial: str, view: np.ndarray) -> tuple[Photo, np.ndarray]:
        page = _page(
            (_drawn("EAN-13"), (420, 60)), (_drawn("Data Matrix", serial, module=3), (80, 400))
        )
        return photo_of(seen_through(page, view)), np.linalg.inv(view)

    outline = ((0.0, 0.0), (WIDTH - 1.0, 0.0), (WIDTH - 1.0, HEIGHT - 1.0), (0.0, HEIGHT - 1.0))
    known = [reference(f"SN-{n}", tilted(WIDTH, HEIGHT, n, 8.0 * n)) for n in range(3)]
    fixed, serial = learn_records(known, outline)
    assert fixed.readings == (("EAN-13", EAN),) * 3
    assert (fixed.value, fixed.varies, fixed.is_settled) == (EAN, False, True)
    assert [value for _, value in serial.readings] == ["SN-0", "SN-1", "SN-2"]
    assert (serial.value, serial.varies, serial.is_settled) == ("", True, False)


def _region(number: int, x: float) -> Region:
    here = _square(x, 100, 30)
    return Region(number, Channel.STRUCTURE, here, here, 1.0, 0.5, 2.0, "f" * 64)


def test_a_code_that_differs_is_the_first_region_and_takes_in_what_lies_on_it() -> None:
    results = compare_codes([_record(EAN, EAN)], [_reading(OTHER_EAN)], np.eye(3))
    found = add_regions([_region(1, 300), _region(2, 115)], results, "e" * 64)
    assert [(r.number, r.channel) for r in found] == [(1, Channel.CODES), (2, Channel.STRUCTURE)]
    assert found[0].polygon == _square(100, 100)
    assert found[0].reference == "e" * 64
    assert found[1].polygon[0] == (300, 100)


def test_codes_that_do_not_differ_add_no_region() -> None:
    results = compare_codes([_record(EAN, EAN)], [_reading(EAN)], np.eye(3))
    regions = (_region(1, 300), _region(2, 115))
    assert add_regions(regions, results, "e" * 64) == regions


def test_a_few_read_lines_are_in_the_place_of_the_whole_code() -> None:
    whole = np.array([(0, 0), (200, 0), (200, 40), (0, 40)], float)
    lines = np.array([(0, 32), (200, 32), (200, 33), (0, 33)], float)
    assert meets(lines, whole)
    assert not meets(lines + 120, whole)


# from end to end


def _item(number: int, ean: str = EAN) -> Pixels:
    page = _page(
        (_drawn("EAN-13", ean), (420, 60)),
        (_drawn("Data Matrix", f"SN-{number}", module=3), (80, 400)),
    )
    return seen_through(page, tilted(WIDTH, HEIGHT, number, 12.0), noise=2.0)


@pytest.fixture(scope="module")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    folder: Path = tmp_path_factory.mktemp("codes")
    known = saved_side(folder / "gallery", [_item(number) for number in range(4)])
    return Gallery(known, embedder=None, cache=folder / "cache")


def test_inspect_tells_the_codes_of_a_genuine_item(labelled: Gallery) -> None:
    said = inspect(photo_of(_item(7)), labelled)
    assert said.comparison is not None
    told = {code.symbology: code for code in said.comparison.codes}
    assert told["EAN-13"].agreement is CodeAgreement.AGREES
    assert told["Data Matrix"].agreement is CodeAgreement.VARIABLE
    assert told["Data Matrix"].reading is not None
    assert told["Data Matrix"].reading.value == "SN-7"
    assert not [r for r in said.comparison.regions if r.channel is Channel.CODES]


def test_inspect_marks_a_code_that_differs(labelled: Gallery) -> None:
    said = inspect(photo_of(_item(8, OTHER_EAN)), labelled)
    assert said.outcome is Outcome.DIFFERS
    assert said.comparison is not None
    first = said.comparison.regions[0]
    assert first.channel is Channel.CODES
    [code] = [c for c in said.comparison.codes if c.agreement is CodeAgreement.DIFFERS]
    assert code.reading is not None
    assert (code.reading.value, code.recorded) == (OTHER_EAN, EAN)
    assert first.polygon == code.reading.polygon
    limit = limit_of(labelled.side_model("tea", "front").genuine)
    assert said.comparison.suspicion >= 2 * limit


def test_codes_of_a_side_are_kept_with_it(labelled: Gallery) -> None:
    fresh = labelled.side_model("tea", "front")
    restored = Gallery(labelled.references, embedder=None, cache=labelled._cache)
    assert restored.side_model("tea", "front").codes == fresh.codes
    assert len(fresh.codes) == 2


def test_every_reference_has_a_say_in_what_codes_may_read(tmp_path: Path) -> None:
    eans = [EAN] * 6 + [OTHER_EAN] * 2  # more than are laid on the frame
    known = saved_side(tmp_path, [_item(number, ean) for number, ean in enumerate(eans)])
    gallery = Gallery(known, embedder=None)
    said = inspect(photo_of(_item(11, OTHER_EAN)), gallery, text=False)
    model = gallery.side_model("tea", "front")
    assert model.count < len(known)
    [retail] = [record for record in model.codes if record.symbology == "EAN-13"]
    assert sorted(value for _, value in retail.readings) == sorted(eans)
    assert said.comparison is not None
    told = {code.symbology: code.agreement for code in said.comparison.codes}
    assert told["EAN-13"] is CodeAgreement.VARIABLE
    assert not [r for r in said.comparison.regions if r.channel is Channel.CODES]
