from __future__ import annotations

import inspect
import re
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

import app.store
import vision
from app import error_words, words
from app.places import assets_dir
from tests.app import inspection_samples as samples
from vision import (
    Channel,
    Fault,
    FaultKind,
    LimitBasis,
    Note,
    NoteCode,
    Outcome,
    PictureTooLarge,
    Reason,
    ReasonCode,
    TouchstoneError,
)

_NEVER = re.compile(
    r"\b(fake|counterfeit|forge|probabilit|likelihood|verdict|authentic|真品|假|伪造|仿冒|概率)",
    re.IGNORECASE,
)


def _fault(kind: FaultKind) -> Fault:
    return Fault(kind, (0, 0, 1, 1), 1.0, 0.5, severe=True)


def _reason(code: ReasonCode) -> Reason:
    return Reason(code, "Aurora", "front", found=0.25, needed=3.0, faults=(FaultKind.BLUR,))


def _all_sentences() -> list[str]:
    said = [words.outcome_title(outcome) for outcome in Outcome]
    said += [words.reason_sentence(_reason(code)) for code in ReasonCode]
    said += [words.next_step(_reason(code)) for code in ReasonCode]
    said += [words.fault_name(_fault(kind)) for kind in FaultKind]
    said += [words.fault_fix(_fault(kind)) for kind in FaultKind]
    said += [words.note_sentence(Note(code, "3")) for code in NoteCode]
    said += [words.channel_name(channel) for channel in Channel]
    return said


def test_every_member_has_words_and_no_field_is_left_open() -> None:
    for said in _all_sentences():
        assert said.strip()
        assert "{" not in said
        assert "}" not in said


def test_next_steps_name_nothing_that_the_program_cannot_do() -> None:
    said = " ".join([*_all_sentences(), *(str(text) for _, text in error_words.ERRORS)])
    assert not re.search(r"mark its place", said, re.IGNORECASE)


def test_members_of_one_kind_are_told_apart() -> None:
    for kind, tell in (
        (Outcome, words.outcome_title),
        (Channel, words.channel_name),
    ):
        said = [tell(member) for member in kind]
        assert len(set(said)) == len(said)
    reasons = [words.reason_sentence(_reason(code)) for code in ReasonCode]
    assert len(set(reasons)) == len(ReasonCode)


def test_the_machine_never_judges_a_person_does() -> None:
    assert _NEVER.search("This is a fake.")
    texts = [text for _, text in error_words.ERRORS]
    for said in [*_all_sentences(), *map(str, texts)]:
        assert not _NEVER.search(said), said


def test_a_reason_tells_its_facts() -> None:
    few = Reason(ReasonCode.FEW_MATCHES, "Aurora", "back", found=7, needed=25)
    said = words.reason_sentence(few)
    assert "Aurora" in said
    assert "back" in said
    assert "7" in said
    assert "25" in said


def test_shares_are_told_in_per_cent() -> None:
    seen = Reason(ReasonCode.MOSTLY_HIDDEN, "Aurora", "back", found=0.31, needed=0.5)
    said = words.reason_sentence(seen)
    assert "31 %" in said
    assert "50 %" in said


def test_regions_are_counted_in_the_reason() -> None:
    assert words.reason_sentence(samples.inspection(Outcome.DIFFERS)).endswith(": 2.")


def test_an_unfit_photo_gets_the_fix_of_each_fault_once() -> None:
    faults = (FaultKind.GLARE, FaultKind.BLUR, FaultKind.GLARE)
    step = words.next_step(Reason(ReasonCode.FAULT, faults=faults))
    glare, blur = words.fault_fix(_fault(FaultKind.GLARE)), words.fault_fix(_fault(FaultKind.BLUR))
    assert step == f"{glare} {blur}"


def _leaves(module: object, root: type[Exception]) -> list[type[Exception]]:
    classes = [
        member
        for _, member in inspect.getmembers(module, inspect.isclass)
        if issubclass(member, root)
    ]
    return [one for one in classes if not one.__subclasses__()]


@pytest.mark.parametrize("module", [vision, app.store])
def test_every_error_of_the_lower_layers_has_a_sentence_to_translate(module: object) -> None:
    leaves = _leaves(module, TouchstoneError)
    assert leaves
    worded = [kind for kind, _ in error_words.ERRORS]
    assert [leaf.__name__ for leaf in leaves if not issubclass(leaf, tuple(worded))] == []


def test_an_error_in_english_is_told_as_it_tells_itself() -> None:
    error = PictureTooLarge("a/b.png", "it is huge", "Save a smaller one.", found=2.0, limit=1.0)
    assert words.error_sentence(error) == "a/b.png: it is huge. Save a smaller one."


def test_an_error_in_another_language_is_told_from_its_facts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(error_words, "_say", lambda source: f"~{source}")
    error = PictureTooLarge("a/b.png", "x", "y", found=float("inf"), limit=1 << 30)
    said = words.error_sentence(error)
    assert "“b.png”" in said
    assert "1,024 MiB" in said


def test_an_error_of_the_system_names_cause_and_file() -> None:
    said = words.error_sentence(PermissionError(13, "Permission denied", "/x/y"))
    assert "Permission denied (/x/y)" in said


@pytest.fixture
def core_application() -> QCoreApplication:
    return QCoreApplication.instance() or QCoreApplication([])


def test_languages_can_be_changed_at_once(core_application: QCoreApplication) -> None:
    if not (assets_dir() / "translations" / "touchstone_zh_CN.qm").is_file():
        pytest.skip("the translation is not compiled yet")
    english = words.outcome_title(Outcome.AGREES)
    try:
        assert words.install_language("zh_CN") == "zh_CN"
        assert words.outcome_title(Outcome.AGREES) == "一致"
        assert words.install_language("zh_CN") == "zh_CN"
        assert len(core_application.findChildren(QTranslator)) == 1
    finally:
        assert words.install_language("en") == "en"
    assert words.outcome_title(Outcome.AGREES) == english
    assert not core_application.findChildren(QTranslator)


def test_chinese_is_complete(core_application: QCoreApplication) -> None:
    if not (assets_dir() / "translations" / "touchstone_zh_CN.qm").is_file():
        pytest.skip("the translation is not compiled yet")
    words.install_language("zh_CN")
    try:
        said = [*_all_sentences(), *(error_words._say(text) for _, text in error_words.ERRORS)]
    finally:
        words.install_language("en")
    for sentence in said:
        assert re.search("[\u4e00-\u9fff]", sentence), sentence
        assert not _NEVER.search(sentence), sentence


def test_a_threshold_that_a_trainer_set_is_stated_and_no_other() -> None:
    one = samples.inspection(Outcome.AGREES)
    assert one.comparison is not None
    assert "threshold" not in words.reason_sentence(one)
    limited = replace(one.comparison, peak=0.41, limit=0.7, limit_basis=LimitBasis.SIDE)
    said = words.reason_sentence(replace(one, comparison=limited))
    assert "0.7000 that a trainer set for this side" in said
    assert "0.4100" in said
