from __future__ import annotations

import hashlib
import shutil
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import vision
from tests.vision.samples import CellNetwork, artwork, saved, saved_side, seen_through, tilted
from vision import (
    Aside,
    Contents,
    DamagedPicture,
    Failed,
    FolderUnreachable,
    Gallery,
    Inspection,
    Judged,
    ListedFile,
    Remembered,
    Repeated,
    ScanControl,
    ScanHalted,
    WeightsMissing,
    pictures,
)
from vision.scan import judging, trial, workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SIZE = (320, 240)


class _Network(CellNetwork):
    """Is ready at once."""

    def warm(self) -> None: ...


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    folder = tmp_path_factory.mktemp("gallery")
    references = []
    for number, product in enumerate(("tea", "serum")):
        prints = artwork(number, *_SIZE)
        views = [seen_through(prints, tilted(*_SIZE, seed), noise=2) for seed in range(3)]
        references += saved_side(folder, views, product)
    return Gallery(references, embedder=_Network(), cache=folder / "cache")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Genuine photos of both products, of none, and one that is cut short."""
    folder = tmp_path / "photos"
    for number, product in enumerate((0, 1, 0, 7)):
        view = seen_through(artwork(product, *_SIZE), tilted(*_SIZE, 20 + number), noise=2)
        saved(view, folder / f"{number}.png")
    (folder / "cut.png").write_bytes((folder / "0.png").read_bytes()[:3000])
    return folder


def _name(answer: object) -> str:
    return Path(getattr(answer, "file", answer).path).name


def _facts(inspection: Inspection) -> tuple[object, ...]:
    compared = inspection.comparison
    return (
        inspection.outcome,
        inspection.reason,
        inspection.candidates,
        inspection.faults,
        compared and (compared.similarity, compared.suspicion, compared.regions, compared.weakest),
        compared and compared.alignment.matrix.tolist(),
    )


@pytest.mark.parametrize("count", [1, 3])
def test_each_photo_is_judged_as_if_it_were_alone(
    gallery: Gallery, photos: Path, count: int
) -> None:
    answers = {_name(each): each for each in vision.scan([photos], gallery, workers=count)}
    assert sorted(answers) == ["0.png", "1.png", "2.png", "3.png", "cut.png"]
    outcomes = set()
    for name in ("0.png", "1.png", "2.png", "3.png"):
        found = answers[name]
        assert isinstance(found, Judged)
        alone = vision.inspect(vision.read(found.file.path, max_side=1600), gallery, text=False)
        assert _facts(found.inspection) == _facts(alone)
        outcomes.add(alone.outcome)
    assert len(outcomes) > 1  # else any answer would do
    assert isinstance(answers["cut.png"], (Judged, Failed))


def test_bad_files_among_good_ones_change_nothing(gallery: Gallery, photos: Path) -> None:
    plain = {_name(a): a for a in vision.scan([photos], gallery) if isinstance(a, Judged)}
    for number in range(40):
        (photos / f"1{number}.jpg").write_bytes(b"<html>%d" % number if number % 4 else b"")
    answers = {_name(each): each for each in vision.scan([photos], gallery)}
    bad = [each for each in answers.values() if isinstance(each, Failed)]
    assert len(bad) >= 40
    assert all(each.sha256 for each in bad)
    for name, judged in plain.items():
        again = answers[name]
        assert isinstance(again, Judged)
        assert _facts(again.inspection) == _facts(judged.inspection)


def test_the_same_bytes_are_judged_once(gallery: Gallery, photos: Path) -> None:
    (photos / "sub").mkdir()
    shutil.copy(photos / "1.png", photos / "sub" / "copy.jpg")
    (photos / "notes.txt").write_text("words")
    (photos / "0.xmp").write_text("<x/>")
    answers = {_name(each): each for each in vision.scan([photos], gallery)}
    copy = answers["copy.jpg"]
    assert isinstance(copy, Repeated)
    assert copy.first == str(photos / "1.png")
    assert isinstance(answers["notes.txt"], Aside)
    assert isinstance(answers["0.xmp"], Aside)
    assert len(answers) == 8


class _Memory:
    """Knows some contents, and the files that were looked at."""

    def __init__(self, *known: str, files: dict[str, str] | None = None) -> None:
        self.known, self.files = set(known), files or {}
        self.suspects: set[str] = set()
        self.in_work: set[str] = set()

    def sha256_of(self, file: ListedFile) -> str | None:
        return self.files.get(file.path)

    def has(self, sha256: str) -> bool:
        return sha256 in self.known

    def begin(self, sha256: str) -> bool:
        self.in_work.add(sha256)
        return sha256 in self.suspects

    def finish(self, sha256: str) -> None:
        self.in_work.remove(sha256)


def test_what_is_remembered_is_not_judged_again(
    gallery: Gallery, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = [a for a in vision.scan([photos], gallery) if isinstance(a, Judged)]
    hashes = {a.file.path: a.inspection.photo.sha256 for a in first}
    by_content = _Memory(*hashes.values())
    changed = str(photos / "0.png")
    by_file = _Memory(*hashes.values(), files={k: v for k, v in hashes.items() if k != changed})
    opened: list[str] = []
    original = workers.contents_of
    monkeypatch.setattr(
        workers, "contents_of", lambda file: (opened.append(file.path), original(file))[1]
    )
    monkeypatch.setattr(judging, "inspect", _never)
    for memory, read in ((by_content, set(hashes)), (by_file, {changed})):
        opened.clear()
        answers = list(vision.scan([photos], gallery, memory=memory))
        remembered = {a.file.path: a.sha256 for a in answers if isinstance(a, Remembered)}
        assert remembered == hashes
        assert set(opened) - {str(photos / "cut.png")} == read


def _never(*_: object, **__: object) -> Inspection:
    raise AssertionError("judged again")


class _Gate:
    """Stands for `inspect`, and lets photos through one by one."""

    def __init__(self, answer: Inspection, takes_s: float = 0.0) -> None:
        self.answer, self.takes_s = answer, takes_s
        self.begun = 0
        self.lock = threading.Lock()
        self.open = threading.Event()
        self.open.set()

    def __call__(self, photo: vision.Photo, _gallery: Gallery, *, text: bool) -> Inspection:
        with self.lock:
            self.begun += 1
        time.sleep(self.takes_s)
        self.open.wait()
        return replace(self.answer, photo=photo)


@pytest.fixture
def answer(gallery: Gallery, photos: Path) -> Inspection:
    return vision.inspect(vision.read(photos / "0.png"), gallery, text=False)


def _many(folder: Path, count: int) -> Path:
    folder.mkdir()
    data = saved(artwork(3, 40, 30), folder.parent / "one.png").read_bytes()
    for number in range(count):
        (folder / f"{number}.png").write_bytes(data + number.to_bytes(4, "big"))
    return folder


def _gate(monkeypatch: pytest.MonkeyPatch, answer: Inspection, takes_s: float) -> _Gate:
    gate = _Gate(answer, takes_s)
    monkeypatch.setattr(judging, "inspect", gate)
    return gate


def test_answers_stream_and_work_ahead_is_bounded(
    gallery: Gallery, tmp_path: Path, answer: Inspection, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = _gate(monkeypatch, answer, 0.0)
    steps = vision.scan([_many(tmp_path / "many", 200)], gallery, workers=2)
    assert isinstance(next(steps), Judged)
    time.sleep(0.5)  # time enough to run away
    assert gate.begun <= 10
    assert sum(1 for _ in steps) == 199


def test_a_stopped_scan_does_not_wait_for_photos_in_work(
    gallery: Gallery, tmp_path: Path, answer: Inspection, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = _gate(monkeypatch, answer, 0.0)
    gate.open.clear()
    control = ScanControl()
    threading.Timer(0.3, control.stop).start()
    assert list(vision.scan([_many(tmp_path / "many", 50)], gallery, control=control)) == []
    assert gate.begun  # and none of them has come back yet
    gate.open.set()


def test_a_pause_holds_and_ends(
    gallery: Gallery, tmp_path: Path, answer: Inspection, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = _gate(monkeypatch, answer, 0.01)
    control = ScanControl()
    steps = vision.scan([_many(tmp_path / "many", 60)], gallery, workers=1, control=control)
    next(steps)
    control.pause()
    got: list[object] = []
    rest = threading.Thread(target=lambda: got.extend(steps), daemon=True)
    rest.start()
    _until(lambda: _is_still(gate))
    assert control.is_paused
    held = len(got)
    assert held < 59
    control.go_on()
    rest.join(60)
    assert len(got) == 59
    assert control.is_listed
    assert control.listed == 60


def _is_still(gate: _Gate) -> bool:
    before = gate.begun
    time.sleep(0.3)
    return gate.begun == before


def _until(holds: Callable[[], bool]) -> None:
    for _ in range(100):
        if holds():
            return
    raise AssertionError("it never came to rest")


def test_who_loses_interest_leaves_no_threads_behind(gallery: Gallery, photos: Path) -> None:
    steps = vision.scan([photos], gallery)
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    for _ in range(600):
        if not any(t.name.startswith("scan-") for t in threading.enumerate()):
            return
        time.sleep(0.1)
    raise AssertionError("threads are left")


def test_a_cause_that_is_not_the_photos_halts_after_a_few(
    gallery: Gallery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def missing(*_: object, **__: object) -> Inspection:
        asked.append(1)
        raise WeightsMissing("net", "net.bin", "it is not there", "Install it.")

    monkeypatch.setattr(judging, "inspect", missing)
    answers: list[object] = []
    with pytest.raises(ScanHalted, match="it is not there"):
        answers.extend(vision.scan([_many(tmp_path / "many", 300)], gallery))
    assert answers == []
    assert len(asked) < 50


class _OfAnArray(MemoryError):
    """As numpy has one of its own."""


def test_memory_that_stays_short_halts_after_a_few_wherever_it_is_short(
    gallery: Gallery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def short(*_: object, **__: object) -> None:
        asked.append(1)
        raise MemoryError if len(asked) % 2 else _OfAnArray

    monkeypatch.setattr(pictures, "decode", short)
    answers: list[object] = []
    with pytest.raises(ScanHalted, match="not enough memory"):
        answers.extend(vision.scan([_many(tmp_path / "many", 300)], gallery))
    assert answers == []
    assert len(asked) < 50


@pytest.mark.parametrize("step", ["decode", "bytes_of"])
def test_a_moment_without_memory_is_an_answer_and_no_end(
    gallery: Gallery,
    tmp_path: Path,
    answer: Inspection,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    _gate(monkeypatch, answer, 0.0)
    done, left = getattr(pictures, step), [1, 1]

    def short(*arguments: object, **options: object) -> object:
        if left:
            left.pop()
            raise MemoryError
        return done(*arguments, **options)

    monkeypatch.setattr(pictures, step, short)
    answers = list(vision.scan([_many(tmp_path / "many", 12)], gallery))
    failed = [each for each in answers if isinstance(each, Failed)]
    assert [isinstance(each.error, MemoryError) for each in failed] == [True, True]
    assert sum(isinstance(each, Judged) for each in answers) == 10


def test_a_folder_that_goes_away_halts_and_answers_nothing_for_the_lost(
    gallery: Gallery, tmp_path: Path, answer: Inspection, monkeypatch: pytest.MonkeyPatch
) -> None:
    _gate(monkeypatch, answer, 0.0)
    top = _many(tmp_path / "many", 120)
    steps = vision.scan([top], gallery, workers=1)
    answers = [next(steps)]
    top.rename(tmp_path / "away")
    with pytest.raises(ScanHalted, match="not reachable"):
        answers.extend(steps)
    assert all(isinstance(each, Judged) for each in answers)


def test_one_mistake_of_ours_is_an_answer_and_no_end(
    gallery: Gallery, tmp_path: Path, answer: Inspection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def odd(photo: vision.Photo, _gallery: Gallery, *, text: bool) -> Inspection:
        if photo.path.endswith("7.png"):
            raise ZeroDivisionError("odd photo")
        return replace(answer, photo=photo)

    monkeypatch.setattr(judging, "inspect", odd)
    control = ScanControl()
    answers = list(vision.scan([_many(tmp_path / "many", 40)], gallery, control=control))
    assert not control.is_stopped  # it came to its end
    assert len(answers) == 40
    failed = [each for each in answers if isinstance(each, Failed)]
    assert len(failed) == 4
    assert all(isinstance(each.error, ZeroDivisionError) for each in failed)


def test_a_mistake_that_never_ends_ends_the_scan(
    gallery: Gallery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "inspect", _never)
    with pytest.raises(ScanHalted, match="judged again"):
        list(vision.scan([_many(tmp_path / "many", 90)], gallery))


def test_folders_that_are_away_are_said_at_once(gallery: Gallery, photos: Path) -> None:
    away = photos.parent / "share"
    with pytest.raises(FolderUnreachable, match="not reachable"):
        list(vision.scan([away], gallery))
    answers = list(vision.scan([away, photos], gallery))
    assert [_name(a) for a in answers if isinstance(a, Aside)] == ["share"]
    assert len(answers) == 6
    with pytest.raises(ValueError, match="at least 1 worker"):
        list(vision.scan([photos], gallery, workers=0))


def test_a_photo_that_brings_the_reader_down_is_an_answer_and_others_suspected_are_judged(
    gallery: Gallery, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fatal, innocent = (
        hashlib.sha256((photos / name).read_bytes()).hexdigest() for name in ("0.png", "1.png")
    )
    memory = _Memory()
    memory.suspects = {fatal, innocent}
    program = (
        "import hashlib, os, sys\n"
        f"if hashlib.sha256(sys.stdin.buffer.read()).hexdigest() == {fatal!r}: os.abort()"
    )
    monkeypatch.setattr(trial, "_PROGRAM", program)

    answers = {_name(a): a for a in vision.scan([photos], gallery, memory=memory)}

    down = answers.pop("0.png")
    assert isinstance(down, Failed)
    assert "brings the program that reads it down" in str(down.error)
    assert down.sha256 == fatal
    assert isinstance(answers["1.png"], Judged)
    assert not memory.in_work


def test_a_sound_or_broken_picture_bears_a_look(photos: Path) -> None:
    for data in ((photos / "0.png").read_bytes(), b"\xff\xd8\xff\xe0 and no more"):
        trial.check_bearable(Contents(data, ""), "a.png")


def test_a_look_that_never_ends_is_ended(photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "_PROGRAM", "import time; time.sleep(600)")
    monkeypatch.setattr(trial, "_PATIENCE_S", 0.5)
    with pytest.raises(DamagedPicture):
        trial.check_bearable(Contents((photos / "0.png").read_bytes(), ""), "a.png")


def test_a_fault_of_the_memory_is_the_scans_end(gallery: Gallery, photos: Path) -> None:
    class Broken(_Memory):
        def has(self, sha256: str) -> bool:
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        list(vision.scan([photos], gallery, memory=Broken()))


@pytest.fixture(autouse=True)
def _no_scan_left_over() -> Iterator[None]:
    yield
    for thread in threading.enumerate():
        if thread.name.startswith("scan-"):
            thread.join(30)
