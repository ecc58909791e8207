from __future__ import annotations

import pickle

import pytest

from tests.app import inspection_samples as samples
from vision import (
    DamagedPicture,
    Failed,
    FileUnreachable,
    Judged,
    ListedFile,
    Outcome,
    PictureTooLarge,
    ScanHalted,
    TouchstoneError,
    UnknownSide,
    WeightsMissing,
    without_pictures,
)

_FILE = ListedFile("a.jpg", "/photos", 1, 2)


@pytest.mark.parametrize(
    "error",
    [
        DamagedPicture("a.jpg", "it is cut short", "Copy it again."),
        PictureTooLarge("a.jpg", "too large", "Save it smaller.", found=9.0, limit=8.0),
        FileUnreachable("a.jpg", "away", "Check."),
        WeightsMissing("net", "net.bin", "it is not there", "Install it."),
        UnknownSide("tea", "front"),
        ScanHalted(MemoryError()),
    ],
)
def test_errors_travel_whole(error: TouchstoneError) -> None:
    there = pickle.loads(pickle.dumps(error))
    assert type(there) is type(error)
    assert str(there) == str(error)
    assert set(vars(there)) == set(vars(error))


def test_an_answer_without_pictures_says_the_same_in_little_room() -> None:
    answer = Judged(_FILE, samples.inspection(Outcome.DIFFERS))
    lean = without_pictures(answer)
    assert isinstance(lean, Judged)
    assert len(pickle.dumps(lean)) < 20_000
    before, after = answer.inspection.comparison, lean.inspection.comparison
    assert before is not None
    assert after is not None
    assert after.regions == before.regions
    assert after.suspicion == before.suspicion
    assert lean.inspection.reason == answer.inspection.reason
    assert lean.inspection.photo.width == answer.inspection.photo.width
    failed = Failed(_FILE, MemoryError())
    assert without_pictures(failed) is failed
