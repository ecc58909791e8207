"""Each reason why an entry cannot be kept has its own sentence, in other languages too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app import field_words, refusal_words, words
from app.store import EntryRefused, GtinRefused, NoSuchProduct, Refusal, Workspace, entries
from vision import Provenance

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OWN_CLASS = {Refusal.GTIN_LENGTH, Refusal.GTIN_DIGIT, Refusal.NO_PRODUCT}
FACTS = {"count": 201, "limit": 200, "first": "2026-02-01", "size": 0, "digit": "1"}


def test_every_reason_has_words_of_its_own() -> None:
    assert refusal_words.REFUSALS.keys() | OWN_CLASS == set(Refusal)
    assert not refusal_words.REFUSALS.keys() & OWN_CLASS
    assert len(set(map(str, refusal_words.REFUSALS.values()))) == len(refusal_words.REFUSALS)


@pytest.mark.parametrize("refusal", list(refusal_words.REFUSALS))
def test_words_of_a_reason_name_the_facts_that_english_names(
    monkeypatch: pytest.MonkeyPatch, refusal: Refusal
) -> None:
    monkeypatch.setattr(refusal_words, "_say", lambda source: f"~{source}")
    error = EntryRefused("valid_to", "x" * 300, refusal, **FACTS)
    said = words.error_sentence(error)
    assert said.startswith("~")
    assert "{" not in said
    assert "valid_to" not in said
    assert "x" * 61 not in said
    for name, fact in FACTS.items():
        if f"{{{name}}}" in refusal.value:
            assert str(fact) in said


def _refuse_product(workspace: Workspace) -> None:
    workspace.acts.set_product("Tee", {"brand": "Qingshan"})


CASES: dict[str, tuple[Callable[[Workspace], object], str, str]] = {
    "empty": (
        lambda _: entries.name(" ", "product"),
        "The product “ ” cannot be kept: it must not be empty.",
        "~Nothing was given as ~product. Fill it in.",
    ),
    "long": (
        lambda _: entries.label("x" * 201),
        "it has 201 characters, at most 200 are possible.",
        "is too long as ~name of the zone: it has 201 characters, at most 200",
    ),
    "order": (
        lambda _: entries.provenance(Provenance(valid_from="2026-02-01", valid_to="2026-01-01")),
        "The valid_to “2026-01-01” cannot be kept: it is before 2026-02-01.",
        "~“2026-01-01” cannot be kept as ~last valid day: it is before the first valid day, 2026-",
    ),
    "day": (
        lambda _: entries.product_facts({"valid_from": "soon"}),
        "The valid_from “soon” cannot be kept: a day is expected, as in 2026-01-31.",
        "~“soon” cannot be kept as ~first valid day: a day is expected",
    ),
    "product": (
        _refuse_product,
        "The gallery has no product “Tee”. “gallery list” names those it has.",
        "~The gallery has no product “Tee”. “gallery list” names those it has.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_an_entry_is_refused_for_what_is_wrong_with_it(
    workspace_folder: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    act, english, other = CASES[case]
    with Workspace(workspace_folder) as workspace, pytest.raises(EntryRefused) as caught:
        act(workspace)
    assert english in words.error_sentence(caught.value)
    for module in ("app.refusal_words._say", "app.error_words._say", "app.field_words._said"):
        monkeypatch.setattr(module, lambda source: f"~{source}")
    assert other in words.error_sentence(caught.value)


def test_every_field_that_is_refused_has_a_name() -> None:
    for field in ("name", "product", "side", "author", "snapshot", "note", "zone", "file"):
        assert field in refusal_words._FIELDS
    for field in ("proof", "outline", "valid_from", "brand", "camera"):
        assert field in field_words._FIELDS


def test_refusals_with_a_class_of_their_own_are_refused_entries() -> None:
    error = GtinRefused("12", Refusal.GTIN_LENGTH)
    assert (error.field, error.refusal) == ("gtin", Refusal.GTIN_LENGTH)
    assert str(NoSuchProduct("x" * 300)).count("x") < 100
