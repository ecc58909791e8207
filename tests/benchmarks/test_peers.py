"""What is measured against is measured rightly: known pictures, known places, known tables."""

from __future__ import annotations

import numpy as np
import pytest

from tests.benchmarks import peers
from tests.benchmarks.peer_methods import (
    METHODS,
    PatchCore,
    PerceptualHash,
    PixelDifference,
    StructuralSimilarity,
    covered,
    peaks,
    strongest,
)
from tests.benchmarks.peers import OURS, Tally, table
from tests.benchmarks.simulated import percent, with_interval
from tests.benchmarks.simulated_set import Recipe, write
from vision.compare import LaidPair
from vision.evidence.layer import layer_of
from vision.figures import Record
from vision.frames import Laid
from vision.simulate.fonts import missing_fonts
from vision.truth import Label

SHAPE = (200, 260)
INSIDE = np.ones(SHAPE, bool)
MARK = (slice(120, 150), slice(60, 100))  # rows, columns


def print_with(mark=False, light=0):
    """Grey print with fine stripes; with a planted black mark, or lighter as a whole."""
    pixels = np.full((*SHAPE, 3), 120, np.uint8)
    pixels[:, ::4] = 170
    if mark:
        pixels[MARK] = 0
    return pixels + np.uint8(light)


def installed(method):
    if not method.is_installed():
        pytest.skip(f"{', '.join(method.needs)}: not installed")
    return method()


@pytest.mark.parametrize("method", METHODS)
class TestEveryMethod:
    def test_a_known_picture_is_less_different_than_a_marked_one(self, method):
        judge = installed(method)
        judge.learn([print_with(light=6), print_with()])
        same, marked = judge.judge(print_with(), INSIDE), judge.judge(print_with(True), INSIDE)
        if method is not PatchCore:  # which remembers a tenth of the patches
            assert same.score == pytest.approx(0, abs=1e-2)
        assert marked.score > 3 * same.score + 0.05

    def test_the_highest_place_is_the_mark(self, method):
        judge = installed(method)
        judge.learn([print_with()])
        said = judge.judge(print_with(True), INSIDE)
        if method is PerceptualHash:
            assert said.map is None
            return
        assert said.map.shape == SHAPE
        (x, y), *_ = peaks(said.map, INSIDE)
        assert MARK[1].start - 10 <= x < MARK[1].stop + 10
        assert MARK[0].start - 10 <= y < MARK[0].stop + 10


def test_pixel_difference_is_in_grey_levels():
    found = PixelDifference().difference(print_with(light=9), print_with())
    assert np.all(found == 9)


def test_of_several_references_the_least_different_counts_at_each_place():
    left, right = print_with(), print_with()
    left[:, :130] += 40
    right[:, 130:] += 40
    judge = PixelDifference()
    judge.learn([left, right])
    assert judge.judge(print_with(), INSIDE).score == 0


def test_structural_similarity_does_not_mind_light_as_pixels_do():
    ours, theirs = StructuralSimilarity(), PixelDifference()
    for judge in (ours, theirs):
        judge.learn([print_with()])
    light, mark = print_with(light=25), print_with(True)
    assert ours.judge(light, INSIDE).score < 0.1 < 0.5 < ours.judge(mark, INSIDE).score
    assert theirs.judge(light, INSIDE).score == pytest.approx(25, abs=0.1)


def test_the_strongest_half_percent():
    values = np.zeros((100, 100), np.float32)
    values[0, :50] = 4  # half a percent of all
    assert strongest(values, np.ones((100, 100), bool)) == 4
    assert strongest(values, np.arange(100)[:, None] * np.ones(100) > 0) == 0
    assert strongest(values, np.zeros((100, 100), bool)) == 0
    assert strongest(values, np.indices((100, 100))[0] < 50) == 4
    values[0, :25] = 2
    assert strongest(values, np.ones((100, 100), bool)) == 3


def test_peaks_stand_apart_and_inside():
    values = np.zeros((120, 120), np.float32)
    values[10, 10], values[10, 30], values[60, 60], values[100, 100] = 9, 8, 7, 20
    inside = np.ones((120, 120), bool)
    inside[90:] = False
    assert peaks(values, inside)[:2] == [(10, 10), (60, 60)]
    assert len(peaks(values, inside)) == 3
    assert peaks(values, np.zeros((120, 120), bool)) == []


def laid(value, seen):
    return np.full((*SHAPE, 3), value, np.uint8), np.asarray(seen, bool)


def test_nobody_alarms_outside_the_product_or_the_photo():
    column = np.indices(SHAPE)[1]
    inside, seen_by_photo, seen_by_second = column >= 50, column < 200, column < 150
    photo = Laid(*laid(10, seen_by_photo), np.zeros((*SHAPE, 2), np.float32))
    first, second = laid(20, INSIDE), laid(30, seen_by_second)
    pair = LaidPair(photo, (layer_of(*first, None), layer_of(*second, None)), inside)
    shown, references, compared = covered(pair)
    assert [shown[0, x, 0] for x in (0, 49, 50, 199, 200)] == [20, 20, 10, 10, 20]
    assert np.all(references[0] == 20)
    assert [references[1][0, x, 0] for x in (49, 50, 149, 150)] == [20, 30, 30, 20]
    assert np.array_equal(compared, (column >= 50) & (column < 200))


def test_all_judge_the_same_photos_of_a_set(tmp_path):
    if missing_fonts():
        pytest.skip(f"drawing artwork needs fonts that are absent: {missing_fonts()}")
    manifest = write(tmp_path / "set", Recipe(products=1, shots=1, references=3, hardness=0.4))
    told = peers.judge(manifest, cache=tmp_path / "cache")
    assert set(told) == {OURS, *(m.name for m in METHODS if m.is_installed())}
    for name, tally in told.items():
        assert len(tally.learning) >= 1
        names = [record.name.partition("_")[2] for record in tally.records]
        left_out = ["ref0.jpg", "ref1.jpg", "ref2.jpg"]  # one genuine query says too little
        assert names == ["q0.jpg", "q0_moved.jpg", *left_out], name
        assert [record.left_out for record in tally.records] == [False] * 2 + [True] * 3
        genuine, moved, *_ = tally.records
        assert genuine.suspicion is not None
        if name != PerceptualHash.name:  # of which a small part that moved is no business
            assert moved.suspicion > genuine.suspicion, name
            assert moved.places == 1
            assert len(moved.hits) >= 1


def record(name, label, suspicion, product="p", **facts):
    given = {"set": "s", "left_out": False, "outcome": "", "kind": label.value, **facts}
    return Record(product=product, name=name, label=label, suspicion=suspicion, **given)


def test_the_table_has_a_line_for_every_method(tmp_path):
    records = [
        record("a.jpg", Label.GENUINE, 1.0, seconds=2.0),
        record("a_hue.jpg", Label.COUNTERFEIT, 3.0, places=1, hits=(False, True), seconds=4.0),
        record("b.jpg", Label.GENUINE, 2.0, product="q", seconds=3.0),
    ]
    told = {OURS: Tally(records, [5.0, 7.0, 60.0]), PixelDifference.name: Tally(records[:1])}
    lines = table(tmp_path / "manifest.csv", told, workers=2).splitlines()
    cells = {line.split(" | ")[0].removeprefix("| "): line for line in lines if line[:1] == "|"}
    assert set(cells) == {"method", "|--|--|--|--|--|--|--|--|", OURS, *(m.name for m in METHODS)}
    ours = cells[OURS].strip("| ").split(" | ")
    assert ours[1].startswith("1.000 (")
    assert ours[2:] == ["100.0 %", "0.0 %", "100.0 %", "100.0 % of 1", "3.00", "7.00"]
    assert "does not say" in cells[PixelDifference.name]
    assert "not installed" in cells[PatchCore.name]
    assert all(line.count("|") == 9 for line in cells.values())
    assert lines[0].startswith(f"{tmp_path.name}: 2 genuine and 1 other photos, 100.0 % could be")


def test_figures_in_words():
    assert with_interval(0.98765, (0.97, 0.99)) == "0.988 (0.97-0.99)"
    assert with_interval(0.5, None) == "0.500"
    assert with_interval(None, None) == percent(None) == "-"
    assert percent(0.1234) == "12.3 %"


def test_each_product_is_a_task(tmp_path):
    manifest = tmp_path / "manifest.csv"
    lines = ["file,role,product_id,label"]
    lines += [f"{product}.jpg,query,{product},genuine" for product in ("b", "a")]
    manifest.write_text("\n".join(lines) + "\n", encoding="utf-8")
    tasks = peers._tasks(manifest, tmp_path, 1)
    assert [[row.product for row in task.rows] for task in tasks] == [["a"], ["b"]]
    assert all(task.leave_out for task in tasks)
    more = [f"{number}.jpg,query,a,genuine" for number in range(9)]
    manifest.write_text("\n".join(lines + more) + "\n", encoding="utf-8")
    assert not any(task.leave_out for task in peers._tasks(manifest, tmp_path, 1))
