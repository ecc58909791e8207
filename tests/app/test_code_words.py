from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from app import words
from app.code_words import code_caution, code_sentence
from vision import CodeAgreement, CodeReading, CodeResult

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication

_PLACE = ((0.0, 0.0), (9.0, 0.0), (9.0, 5.0), (0.0, 5.0))
_CLAIM = re.compile(r"genuine|authentic|fake|counterfeit|正品|真品|假", re.IGNORECASE)


def _result(
    agreement: CodeAgreement, value: str | None = "4006381333931", *, ok: bool | None = True
) -> CodeResult:
    reading = None if value is None else CodeReading(value, "EAN-13", ok, _PLACE)
    return CodeResult(agreement, reading, "EAN-13", "9501101530003", _PLACE)


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest, qapp: QCoreApplication) -> str:
    spoken = words.install_language(request.param)
    yield spoken
    words.install_language("en")


@pytest.mark.parametrize("agreement", list(CodeAgreement))
@pytest.mark.parametrize("value", ["4006381333931", None])
def test_every_case_has_its_sentence_and_claims_nothing(
    agreement: CodeAgreement, value: str | None, language: str
) -> None:
    if value is None and agreement not in (CodeAgreement.UNREADABLE, CodeAgreement.VARIABLE):
        pytest.skip("a code that was not read is on record")
    said = code_sentence(_result(agreement, value))
    assert "EAN-13" in said
    assert "{" not in said
    assert "“”" not in said
    assert not _CLAIM.search(said)
    if language == "zh_CN":
        assert re.search("[一-鿿]", said)


def test_a_code_that_differs_names_both_values() -> None:
    said = code_sentence(_result(CodeAgreement.DIFFERS))
    assert "4006381333931" in said
    assert "9501101530003" in said


def test_only_a_wrong_check_digit_is_spoken_of() -> None:
    right = code_sentence(_result(CodeAgreement.AGREES))
    assert "check digit" not in right
    assert "check digit is wrong" in code_sentence(_result(CodeAgreement.AGREES, ok=False))
    assert code_sentence(_result(CodeAgreement.AGREES, ok=None)) == right


def test_what_a_right_code_does_not_prove_is_said(language: str) -> None:
    assert re.search("proves nothing|并不能证明", code_caution())


def test_long_and_strange_values_become_one_short_line() -> None:
    said = code_sentence(_result(CodeAgreement.AGREES, "A\x1d\n" + "9" * 500))
    assert "\n" not in said
    assert "\x1d" not in said
    assert len(said) < 160
