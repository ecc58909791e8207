"""Every flaw has a sentence that says what, where and what to do."""

from __future__ import annotations

import pytest

from app import words
from app.check_words import flaw_sentence
from vision import Fault, FaultKind, Flaw, FlawKind, Mend, Reference

_REFERENCES = {
    "1": Reference("1", "Aurora", "front", "a" * 64, "one.jpg"),
    "2": Reference("2", "Aurora", "front", "b" * 64, "two.jpg"),
    "3": Reference("3", "Borea", "back", "a" * 64, "three.jpg"),
}
_BLUR = Fault(FaultKind.BLUR, (0, 0, 9, 9), 4.0, 1.5, True)
_DARK = Fault(FaultKind.TOO_DARK, (0, 0, 9, 9), 10.0, 60.0, True)


def _sentence(kind: FlawKind, *references: str, **facts) -> str:
    flaw = Flaw(kind, "Aurora", "front", references, Mend.LOOK, **facts)
    return flaw_sentence(flaw, _REFERENCES)


@pytest.mark.parametrize("kind", list(FlawKind))
def test_every_kind_has_a_whole_sentence(kind: FlawKind) -> None:
    sentence = _sentence(kind, "1", elsewhere=("Borea", "back"), faults=(_BLUR,), detail="x")
    assert "{" not in sentence
    assert sentence.endswith(".")
    assert "Aurora" in sentence


def test_a_misplaced_reference_is_told_where_it_belongs_and_how_surely() -> None:
    sentence = _sentence(FlawKind.WRONG_PRODUCT, "1", measured=0.75, elsewhere=("Borea", "back"))
    assert "“Borea”, side “back”" in sentence
    assert "75 %" in sentence


def test_all_faults_of_an_unfit_photo_are_named() -> None:
    sentence = _sentence(FlawKind.UNFIT, "1", faults=(_BLUR, _DARK))
    assert f"{words.fault_name(_BLUR)}, {words.fault_name(_DARK)}" in sentence


def test_a_duplicate_names_each_side_once() -> None:
    sentence = _sentence(FlawKind.DUPLICATE, "1", "2", "3")
    assert sentence.count("Aurora") == 1
    assert "“Borea”, side “back”" in sentence


def test_a_thin_side_tells_how_many_it_has_and_needs() -> None:
    sentence = _sentence(FlawKind.THIN_SIDE, "1", "2", measured=2, limit=3)
    assert "has 2 references" in sentence
    assert "3 are needed" in sentence


def test_a_missing_batch_is_named() -> None:
    assert "“L7”" in _sentence(FlawKind.MISSING_BATCH, detail="L7")
