"""Readings compared: likelihoods by hand, what references agree on, which letters differ."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from tests.vision.samples import frame_of, photo_of
from vision.evidence import text
from vision.evidence.reading import LINE_HEIGHT, Reading
from vision.terms import Channel, Region
from vision.text_files import keep, restore
from vision.text_lines import SideText, TextDifference, TextLine
from vision.text_regions import add_letters, find_letters, raised

if TYPE_CHECKING:
    from pathlib import Path

    from vision.evidence.text import Agreed, Change
    from vision.terms import Pixels

PITCH = 24.0  # crop pixels from letter to letter


def said(
    line: str,
    *,
    sure: float | dict[int, float] = 1.0,
    other: dict[int, tuple[str, float]] | None = None,
    places: dict[int, float] | None = None,
) -> Reading:
    """A reading; letters are `sure`, the `other` letter at a place has so much probability."""
    letters = "\0" + "".join(sorted({*line, *(each for each, _ in (other or {}).values())}))
    steps = np.full((2 * len(line) + 1, len(letters)), 1e-7)
    steps[0::2, 0] = 1.0
    for place, letter in enumerate(line):
        steps[2 * place + 1, letters.index(letter)] = 1.0
        if other and place in other:
            steps[2 * place + 1, letters.index(other[place][0])] = other[place][1]
    scores = np.ones(len(line), np.float32)
    for place in range(len(line)):
        scores[place] = sure.get(place, 1.0) if isinstance(sure, dict) else sure
    at = PITCH / 2 + PITCH * np.arange(len(line), dtype=np.float32)
    for place, x in (places or {}).items():
        at[place] = x
    return Reading(line, scores, at, np.log(np.maximum(steps, 1e-7)), letters)


def agreed(line: str, *others: str) -> Agreed:
    found = text.agree([said(each) for each in (line, *(others or (line,)))])
    assert found is not None
    return found


def found(reading: Reading, genuine: Agreed) -> list[tuple[str, str]]:
    return [(each.suspect, each.reference) for each in text.changes(reading, genuine)]


# likelihood


@pytest.mark.parametrize(
    ("line", "chance"),
    [
        ("a", 0.6 * 0.5 + 0.6 * 0.4 + 0.3 * 0.5),  # aa, a-, -a
        ("", 0.3 * 0.4),
        ("b", 0.1 * 0.1 + 0.1 * 0.4 + 0.3 * 0.1),
        ("ab", 0.6 * 0.1),
        ("ba", 0.1 * 0.5),
    ],
)
def test_the_likelihood_is_that_of_all_ways_to_say_it(line: str, chance: float) -> None:
    steps = np.log(np.array([[0.3, 0.6, 0.1], [0.4, 0.5, 0.1]]))
    reading = Reading("a", np.ones(1, np.float32), np.ones(1, np.float32), steps, "\0ab")
    assert reading.likelihood(line) == pytest.approx(np.log(chance))


def test_a_letter_twice_needs_a_gap_between() -> None:
    two = np.log(np.array([[0.1, 0.9], [0.1, 0.9]]))
    three = np.log(np.array([[0.1, 0.9], [0.8, 0.2], [0.1, 0.9]]))
    none = np.zeros(0, np.float32)
    assert Reading("", none, none, two, "\0a").likelihood("aa") == -np.inf
    said_twice = Reading("", none, none, three, "\0a").likelihood("aa")
    assert said_twice == pytest.approx(np.log(0.9 * 0.8 * 0.9))


def test_a_letter_that_was_not_kept_is_all_but_impossible() -> None:
    reading = said("cat")
    assert reading.likelihood("cat") == pytest.approx(0.0, abs=1e-3)
    assert reading.likelihood("cut") < -10


# letters


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("O", "0"),
        ("o", "0"),
        ("l", "1"),
        ("I", "l"),
        ("S", "s"),
        ("Ａ", "A"),
        ("３", "3"),
        ("曰", "日"),
    ],
)
def test_letters_that_look_alike_are_one(one: str, two: str) -> None:
    assert text.fold(one) == text.fold(two) != ""


@pytest.mark.parametrize(
    ("one", "two"), [("E", "F"), ("8", "B"), ("A", "a"), ("i", "l"), ("目", "日"), ("6", "9")]
)
def test_letters_that_look_different_stay_two(one: str, two: str) -> None:
    assert text.fold(one) != text.fold(two)


@pytest.mark.parametrize("mark", [" ", ",", "，", "。", "·", "：", "\u3000"])
def test_blanks_and_punctuation_do_not_count(mark: str) -> None:
    assert text.fold(mark) == ""


# what references agree on


def test_two_readings_alike_are_firm_and_one_alone_is_not() -> None:
    assert all(agreed("Premium tea").firm)
    alone = text.agree([said("Premium tea")])
    assert alone is not None
    assert not any(alone.firm)


def test_a_serial_number_is_learned_to_vary() -> None:
    genuine = agreed("LOT 4711", "LOT 4712", "LOT 4733")
    firm = {
        letter.at: is_firm for letter, is_firm in zip(genuine.letters, genuine.firm, strict=True)
    }
    assert [firm[at] for at in (0, 1, 2, 4, 5)] == [True] * 5
    assert not firm[7]
    assert found(said("LOT 4718"), genuine) == []
    assert found(said("LOX 4718"), genuine) == [("X", "T")]


def test_an_unsure_reader_does_not_make_a_place_variable() -> None:
    readings = [said("Tea"), said("Tea"), said("Tca", sure={1: 0.5})]
    genuine = text.agree(readings)
    assert genuine is not None
    assert all(genuine.firm)
    sure = text.agree([*readings[:2], said("Tca")])
    assert sure is not None
    assert sure.firm == (True, False, True)


def test_a_letter_more_in_a_reference_unsettles_both_neighbours() -> None:
    assert agreed("batch", "batch", "baxtch").firm == (True, False, False, True, True)


def test_the_most_frequent_reading_wins_and_poor_ones_are_ignored() -> None:
    readings = [said("Gold", sure=0.5), said("Cold"), said("Gold"), said("Gold")]
    genuine = text.agree(readings)
    assert genuine is not None
    assert genuine.text == "Gold"
    assert text.agree([said("Gold", sure=0.5)]) is None
    assert text.agree([said(" · ")]) is None


# which letters differ


def only(reading: Reading, genuine: Agreed) -> Change:
    (change,) = text.changes(reading, genuine)
    return change


def test_a_wrong_letter_is_named_with_its_place() -> None:
    change = only(said("Premlum tea"), agreed("Premium tea"))
    assert (change.suspect, change.reference) == ("l", "i")
    assert change.start == change.end == PITCH / 2 + 4 * PITCH
    assert change.margin > 10


def test_chinese_is_named_too() -> None:
    assert found(said("巴西咖啡豆"), agreed("巳西咖啡豆")) == [("巴", "巳")]


@pytest.mark.parametrize(
    ("suspect", "genuine"),
    [
        ("Premium tea", "Premium tea"),
        ("PreMiuM tea 1O", "PreMiuM tea 10"),
        ("Premium,tea", "Premium tea"),
        ("Ｐremium  tea.", "Premium tea"),
    ],
)
def test_the_same_words_never_differ(suspect: str, genuine: str) -> None:
    assert found(said(suspect), agreed(genuine)) == []


def test_unsure_readings_never_count() -> None:
    genuine = agreed("Premium tea")
    assert found(said("Premlum tea"), genuine) == [("l", "i")]
    assert found(said("Premlum tea", sure={4: 0.85}), genuine) == []
    assert found(said("Premlum tea", sure=0.7), genuine) == []
    assert found(said("Premlum tea", other={4: ("i", 0.1)}), genuine) == []
    assert found(said("Premlum tea", other={4: ("i", 1e-3)}), genuine) == [("l", "i")]


def test_a_line_that_reads_quite_otherwise_is_a_failed_reading() -> None:
    assert found(said("Xxzqqwy vvv"), agreed("Premium tea")) == []
    assert found(said(""), agreed("Premium tea")) == []


def test_what_lies_on_several_letters_is_no_difference() -> None:
    assert found(said("Prezzzz tea and more"), agreed("Premium tea and more")) == []


def test_a_reading_repeats_a_change_only_with_its_letters_in_its_place() -> None:
    genuine = agreed("MARKET CN")
    (change,) = text.changes(said("MARKET EU"), genuine)
    for line, same in {"MARKET EU": True, "MARKET CN": False, "MARKET EN": False}.items():
        assert text.repeats(text.letters_of(said(line)), genuine, change) is same
    unsure = text.letters_of(said("MARKET EU", sure=0.3))
    assert text.repeats(unsure, genuine, change)
    (first,) = text.changes(said("AXA BAB", sure=1.0), agreed("ABA BAB"))
    assert not text.repeats(text.letters_of(said("ABA BAX")), agreed("ABA BAB"), first)
    assert not text.repeats((), genuine, change)


def _closed_up(line: str, gone: int) -> dict[int, float]:
    """Places of the letters after one was left out and the line set anew."""
    return {at: PITCH / 2 + PITCH * at for at in range(gone, len(line))}


def test_a_missing_letter_counts_only_where_the_others_have_closed_up() -> None:
    genuine = agreed("Premium tea")
    short = "Premum tea"
    covered = {at: PITCH / 2 + PITCH * (at + 1) for at in range(4, len(short))}
    assert found(said(short, places=_closed_up(short, 4)), genuine) == [("", "i")]
    assert found(said(short, places=covered), genuine) == []


def test_a_letter_more_counts_only_where_the_others_have_given_way() -> None:
    genuine = agreed("Premium tea")
    squeezed = {4: 96.0, **{at: PITCH / 2 + PITCH * (at - 1) for at in range(5, 12)}}
    assert found(said("Premxium tea"), genuine) == [("x", "")]
    assert found(said("Premxium tea", places=squeezed), genuine) == []


def test_several_differences_of_a_line_are_told_apart() -> None:
    assert found(said("Prexium tex"), agreed("Premium tea")) == [("x", "m"), ("x", "a")]


# likeness


def word(letters: str) -> Pixels:
    picture = np.full((LINE_HEIGHT, 40 * len(letters)), 210, np.uint8)
    for place, letter in enumerate(letters):
        at = (40 * place + 8, 36)
        cv2.putText(picture, letter, at, cv2.FONT_HERSHEY_DUPLEX, 1.0, 40, 2, cv2.LINE_AA)
    return picture


def test_print_is_alike_in_other_light_softer_or_a_little_aside() -> None:
    print_ = word("ORIGINAL")
    dark = np.asarray(print_ * 0.6 + 10, np.uint8)
    soft = np.asarray(cv2.GaussianBlur(print_, (0, 0), 2.0), np.uint8)
    aside = np.roll(print_, 2, axis=1)
    for other in (print_, dark, soft, aside):
        assert text.likeness(print_, other)[20:-20].min() > text.ALIKE


def test_another_letter_is_unlike_at_its_place_alone() -> None:
    alike = text.likeness(word("ORIGINAL"), word("ORICINAL"))
    assert alike[40 * 3 + 20] < text.ALIKE
    assert alike[: 40 * 2].min() > text.ALIKE
    assert alike[40 * 5 :].min() > text.ALIKE


def test_bare_ground_is_alike_and_unlike_print() -> None:
    bare = np.full((LINE_HEIGHT, 320), 200, np.uint8)
    assert text.likeness(bare, bare).min() > 0.99
    assert text.likeness(bare, word("ORIGINAL"))[20::40].max() < 0.5


# regions


def difference(left: float, *, margin: float = 8.0) -> TextDifference:
    place = ((left, 10.0), (left + 20, 10.0), (left + 20, 40.0), (left, 40.0))
    return TextDifference("l", "i", place, place, margin, 0.5)


def region(x: float, y: float) -> Region:
    place = ((x, y), (x + 4, y), (x + 4, y + 4), (x, y + 4))
    return Region(1, Channel.STRUCTURE, place, place, 1.0, 0.5, 2.0, "f" * 64)


def test_letters_come_first_and_take_the_place_of_what_says_the_same() -> None:
    regions = add_letters(
        [region(108, 20), region(300, 20)],
        [difference(100), difference(200, margin=12.0)],
        "a" * 64,
    )
    assert [each.number for each in regions] == [1, 2, 3]
    assert [each.channel for each in regions] == [Channel.TEXT, Channel.TEXT, Channel.STRUCTURE]
    assert regions[0].measured == 12.0
    assert regions[0].ratio == 12.0 / regions[0].genuine_spread
    assert regions[0].text is not None
    assert (regions[0].text.suspect, regions[0].text.reference) == ("l", "i")
    assert regions[2].polygon[0] == (300, 20)


def test_without_letters_nothing_changes() -> None:
    assert add_letters([region(1, 1)], [], "a" * 64) == (region(1, 1),)
    assert raised(0.3, [], 0.6) == 0.3


def test_a_letter_lifts_the_suspicion_above_the_limit_and_never_lowers_it() -> None:
    assert raised(0.1, [difference(0)], 0.6) > 0.6
    assert raised(5.0, [difference(0)], 0.6) == 5.0


def test_lines_along_the_outline_count_though_maps_are_not_judged_there(
    known: SideText, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = []
    monkeypatch.setattr(
        "vision.text_regions.compare_text", lambda laid, *_: given.append(laid) or ()
    )
    monkeypatch.setattr("vision.text_regions.shared_reader", lambda: None)
    frame, nowhere = frame_of(200, 100), np.zeros((100, 200), bool)
    picture = photo_of(np.zeros((100, 200, 3), np.uint8))
    find_letters(picture, np.zeros((100, 200, 2), np.float32), frame, nowhere, known)
    (laid,) = given
    assert laid.judged[5, 100]
    assert laid.judged[50, 195]
    assert not laid.judged[50, 100]
    assert find_letters(picture, np.zeros((1, 1, 2)), frame, nowhere, None) == ()


# files


@pytest.fixture
def known() -> SideText:
    shown = (word("TEA"), word("TEX"))
    first = TextLine(np.diag([2.0, 2.0, 1.0]), 120, agreed("TEA 茶", "TEA 茶"), shown)
    return SideText((first, replace(first, agreed=agreed("LOT 1", "LOT 2"))))


def test_lines_come_back_from_disk_as_they_were(known: SideText, tmp_path: Path) -> None:
    file = tmp_path / "deep" / "side.npz"
    keep(file, known)
    back = restore(file)
    assert back is not None
    assert [line.agreed for line in back.lines] == [line.agreed for line in known.lines]
    for one, two in zip(back.lines, known.lines, strict=True):
        assert one.width == two.width
        np.testing.assert_array_equal(one.matrix, two.matrix)
        np.testing.assert_array_equal(one.shown, two.shown)
    assert [path.name for path in file.parent.iterdir()] == ["side.npz"]


def test_a_side_without_text_is_kept_too(tmp_path: Path) -> None:
    keep(tmp_path / "none.npz", SideText(()))
    back = restore(tmp_path / "none.npz")
    assert back is not None
    assert back.lines == ()


@pytest.mark.parametrize("harm", ["cut", "empty", "other"])
def test_a_damaged_file_counts_as_absent(known: SideText, tmp_path: Path, harm: str) -> None:
    file = tmp_path / "side.npz"
    keep(file, known)
    data = file.read_bytes()
    file.write_bytes({"cut": data[: len(data) // 2], "empty": b"", "other": b"x" * 500}[harm])
    assert restore(file) is None
